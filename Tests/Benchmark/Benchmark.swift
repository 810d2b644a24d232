import Canvas
import Diagram
import Fixtures
import LinuxSystem
import Paths
import Topology
import Viewer

/// Layout and paint of one frame, by size of the network and of the screen.
///
///     swift run -c release benchmark
///
/// Of one change of one link: `layout` settles the slots and places everything anew, `paint` fills the diagram's cells;
/// `frame` is all that the viewer does, with the list of changes, the title and the rest of the screen.
@main enum Benchmark {
  static func main() {
    print("containers  screen   zoom   layout + paint: median    p95   frame: median    p95   (milliseconds)")
    for count in [2, 12, 100, 500, 1000] {
      for size in [Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 60)] {
        run(count, size)
      }
    }
    for count in [498, 1998] { search(count) }
  }

  /// The way between the first and the last container of a crowd; and between two that nothing joins.
  private static func search(_ count: Int) {
    let model = Models.crowd(count)
    let links = model.namespaces.values.reduce(0) { $0 + $1.links.count }
    let ends = model.namespaces.values.filter { $0.id != .host }.compactMap { $0.links.last?.id }
    guard let first = ends.first, let last = ends.last else { return }
    let times = (0..<60).map { _ in
      let begin = SystemClock.monotonicNanoseconds
      let way = Path.find(in: model, from: first, to: last)
      precondition(way != nil, "the crowd's ends are joined")
      return SystemClock.monotonicNanoseconds - begin
    }.sorted()
    let median = Double(times[30])
    print(
      "path search, \(links) links: \(Units.fixed(median / 1e6, digits: 3)) ms, \(Units.fixed(median / Double(links), digits: 0)) ns a link"
    )
  }

  private static func run(_ count: Int, _ size: Size) {
    let model = count == 12 ? Models.twelve : count == 2 ? Models.seed : Models.crowd(count)
    var state = State()
    var now = Timestamp(milliseconds: 1_795_435_480_000)
    _ = state.update(.resize(size), at: now)
    _ = state.update(.snapshot(model), at: now)
    _ = state.update(.traffic(Models.busy(model)), at: now)
    var next = model
    let last = next.namespaces[.host]?.links.indices.last ?? 0
    var slots = Slots()
    var density: Density?
    var frames: [Int64] = []
    var layouts: [Int64] = []
    for round in 0..<300 {
      next.namespaces[.host]?.links[last].mtu = UInt32(1400 + round % 2)
      next.revision += 1
      now = Timestamp(milliseconds: now.milliseconds + 33)
      let begin = SystemClock.monotonicNanoseconds
      _ = state.update(.snapshot(next), at: now)
      var canvas = CellCanvas(size)
      state.draw(into: &canvas)
      let end = SystemClock.monotonicNanoseconds
      let rect = Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
      let viewport = Size(width: size.width, height: size.height - 8)
      let layout = Layout(next, settling: &slots, at: now, viewport: viewport, after: density)
      layout.paint(
        into: &canvas, rect: rect, scroll: 0, snapshot: next, decor: Decor(traffic: state.traffic), glyphs: .unicode)
      let painted = SystemClock.monotonicNanoseconds
      density = layout.density
      // The first ones find cold caches.
      if round < 20 { continue }
      frames.append(end - begin)
      layouts.append(painted - end)
    }
    print(
      cell(String(count), 10), cell("\(size.width)x\(size.height)", 7), cell("\(state.layout.zoom)", 6),
      cell(milliseconds(layouts, 0.5), 24), cell(milliseconds(layouts, 0.95), 7),
      cell(milliseconds(frames, 0.5), 15), cell(milliseconds(frames, 0.95), 7))
  }

  private static func cell(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }

  private static func milliseconds(_ values: [Int64], _ share: Double) -> String {
    let value = values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
    return Units.fixed(Double(value) / 1e6, digits: 3)
  }
}
