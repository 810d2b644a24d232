import Canvas
import Fixtures
import Foundation
import Testing
import Topology

@testable import Diagram

/// What is given up is given up for want of room: random hosts, measured from outside of the code that chose.
@Suite struct FitTests {
  /// Some hundred in each run; ten thousand by hand (NETNS_TOP_HOSTS=10000).
  private static let count = ProcessInfo.processInfo.environment["NETNS_TOP_HOSTS"].flatMap { UInt64($0) } ?? 400

  private func randomHost(_ generator: inout SeededGenerator) -> Snapshot {
    let bridges = Int.random(in: 1...20, using: &generator)
    let most = [3, 12, 40, 400][Int.random(in: 0..<4, using: &generator)]
    let total = Int.random(in: 1...most, using: &generator)
    let words = ["web", "api", "db", "订单数据库", "a-very-long-name-for-a-container", "worker", "cache"]
    var members = Array(repeating: [String](), count: bridges)
    for number in 0..<total {
      let name = "\(words[Int.random(in: 0..<words.count, using: &generator)])-\(number)"
      members[Int.random(in: 0..<bridges, using: &generator)].append(name)
      if Int.random(in: 0..<15, using: &generator) == 0 {
        members[Int.random(in: 0..<bridges, using: &generator)].append(name)
      }
    }
    return Models.host(
      members.enumerated().map { number, names in
        Models.Network(
          "br-\(number)", network: "project\(number)_default", subnet: "172.\(number + 17)",
          containers: names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
      })
  }

  @Test func nothingIsGivenUpThatThereIsRoomFor() {
    for seed in 0..<Self.count {
      var generator = SeededGenerator(seed: 7000 + seed)
      let snapshot = randomHost(&generator)
      let size = Size(
        width: Int.random(in: 60...200, using: &generator), height: Int.random(in: 15...60, using: &generator))
      var slots = Slots()
      slots.settle(snapshot, at: snapshot.takenAt)
      let layout = Layout(snapshot, slots: slots, viewport: size)
      let faults = Self.faults(snapshot, slots, layout, size)
      #expect(faults.isEmpty, "seed \(7000 + seed), \(size), \(layout.density.levels.values)")
      if seed.isMultiple(of: 20) { #expect(Inspection(snapshot, layout).faults.isEmpty, "seed \(7000 + seed)") }
    }
  }

  private static func faults(_ snapshot: Snapshot, _ slots: Slots, _ layout: Layout, _ size: Size) -> [String] {
    let plan = Plan(snapshot)
    let sizes = Layout.sizes(plan, slots, folded: [])
    let gauge = Gauge(plan, snapshot)
    let levels = plan.bands.compactMap { layout.density.levels[$0] }
    func height(_ levels: [Level]) -> Int {
      zip(sizes, levels).reduce(Fit.head(levels.first, hasGuests: false)) { sum, band in
        let grid = band.1.isWired ? nil : Grid(band.1, width: size.width, gauge: gauge)
        return sum + band.0.height(at: band.1, grid)
      }
    }
    func loss(_ levels: [Level]) -> Loss {
      zip(sizes, levels).reduce(Loss()) { $0 + Loss($1.1, ports: max(1, $1.0.teeth)) }
    }
    var faults: [String] = []
    if layout.density.air == Air(), layout.size.height != height(levels) {
      faults.append("\(layout.size.height) rows instead of \(height(levels))")
    }
    // What fits nowhere scrolls; else nobody's band could show more in the rows that are left.
    guard layout.size.height <= size.height else {
      return height(Array(repeating: .dots, count: sizes.count)) <= size.height ? ["it scrolls in vain"] : []
    }
    let used = height(levels)
    let isCalm = loss(levels).isSmall && (size.height - used < size.height / 3)
    for band in levels.indices where !isCalm {
      for level in Level.allCases where level.leastColumns <= size.width {
        var other = levels
        other[band] = level
        if loss(other) < loss(levels), height(other) <= size.height, size.height - used >= size.height / 3 {
          faults.append("band \(band) could be \(level)")
        }
      }
    }
    // Names are given up last of all.
    for other in [Level.namedCells, .closeLines] where levels.contains(where: { $0 == .comb || $0 == .dots }) {
      if height(Array(repeating: other, count: sizes.count)) <= size.height { faults.append("all could be \(other)") }
    }
    return faults
  }
}
