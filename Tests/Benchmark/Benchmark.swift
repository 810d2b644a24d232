import Canvas
import Diagram
import Fixtures
import LinuxSystem
import Topology
import Viewer

/// Layout and paint of one frame, by size of the network and of the screen.
///
///     swift run -c release benchmark
///
/// A frame here is what one change of one link costs: the slots settle, everything is placed anew, the whole screen is
/// painted into cells. `draw` alone is what a key or a tick costs.
@main enum Benchmark {
  static func main() {
    print("containers  screen   zoom   frame: median    p95     draw: median    p95   (milliseconds)")
    for count in [2, 12, 100, 500, 1000] {
      for size in [Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 60)] {
        run(count, size)
      }
    }
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
    var frames: [Int64] = []
    var draws: [Int64] = []
    for round in 0..<300 {
      next.namespaces[.host]?.links[last].mtu = UInt32(1400 + round % 2)
      next.revision += 1
      now = Timestamp(milliseconds: now.milliseconds + 33)
      let begin = SystemClock.monotonicNanoseconds
      _ = state.update(.snapshot(next), at: now)
      let placed = SystemClock.monotonicNanoseconds
      var canvas = Canvas(size)
      state.draw(into: &canvas)
      let end = SystemClock.monotonicNanoseconds
      // The first ones find cold caches.
      if round < 20 { continue }
      frames.append(end - begin)
      draws.append(end - placed)
    }
    func cell(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(0, width - text.count)) + text
    }
    func milliseconds(_ values: [Int64], _ share: Double) -> String {
      let value = values.sorted()[min(values.count - 1, Int(share * Double(values.count)))]
      return Units.fixed(Double(value) / 1e6, digits: 3)
    }
    print(
      cell(String(count), 10), cell("\(size.width)x\(size.height)", 7), cell("\(state.layout.zoom)", 6),
      cell(milliseconds(frames, 0.5), 15), cell(milliseconds(frames, 0.95), 7), cell(milliseconds(draws, 0.5), 15),
      cell(milliseconds(draws, 0.95), 7))
  }
}
