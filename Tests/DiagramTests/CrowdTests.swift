import Canvas
import Fixtures
import Testing
import Topology

@testable import Diagram

/// Random hosts of any size at every zoom, looked over from outside.
@Suite struct CrowdTests {
  /// Up to four bridges, containers on one or more of them, some down, names of any width.
  private func randomHost(_ generator: inout SeededGenerator, containers count: Int) -> Snapshot {
    let names = ["web", "支付", "a-very-long-name-for-a-container", "x", "订单数据库", "db"]
    let bridges = Int.random(in: 1...4, using: &generator)
    func name(_ number: Int) -> String { "\(names[number % names.count])-\(number)" }
    let networks = (0..<bridges).map { bridge in
      Models.Network(
        bridge == 0 ? "docker0" : "br-\(bridge)f00ba47", network: bridge == 0 ? "bridge" : "net\(bridge)",
        subnet: "172.\(17 + bridge)",
        containers: (0..<count).filter {
          $0 % bridges == bridge || Int.random(in: 0..<20, using: &generator) == 0
        }.map(name))
    }
    let down = (0..<count).filter { _ in Int.random(in: 0..<9, using: &generator) == 0 }.map(name)
    return Models.host(networks, down: Set(down))
  }

  private func size(_ generator: inout SeededGenerator) -> Size {
    Size(width: Int.random(in: 60...220, using: &generator), height: Int.random(in: 10...70, using: &generator))
  }

  private func layout(_ snapshot: Snapshot, _ size: Size, zoom: Zoom? = nil) -> Layout {
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    return Layout(snapshot, slots: slots, zoom: zoom, viewport: size)
  }

  @Test(arguments: 0..<12) func nothingIsOutOfPlace(seed: UInt64) {
    var generator = SeededGenerator(seed: 1000 + seed)
    let counts = [1, 2, 3, 5, 8, 13, 21, 40, 80, 160, 400]
    let count = counts[Int.random(in: 0..<counts.count, using: &generator)]
    let snapshot = randomHost(&generator, containers: count)
    for zoom in [nil] + Zoom.allCases.map(Optional.some) {
      let layout = layout(snapshot, size(&generator), zoom: zoom)
      if let zoom { #expect(layout.zoom == zoom) }
      let faults = Inspection(snapshot, layout).faults
      #expect(faults.isEmpty, "\(count) containers, \(layout.density), \(layout.size)")
    }
  }

  @Test(arguments: [1000, 1023, 2000]) func nothingIsOutOfPlaceInTheLargestCrowds(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    let snapshot = count == 1023 ? Models.fullDocker : randomHost(&generator, containers: count)
    for zoom in [Zoom.row, .rake, .dots] {
      #expect(Inspection(snapshot, layout(snapshot, size(&generator), zoom: zoom)).faults.isEmpty, "\(count) \(zoom)")
    }
  }

  @Test(arguments: 0..<6) func everyKindOfHostIsInPlace(index: Int) {
    let models = [Kinds.nested, Kinds.children, Kinds.dind, Kinds.lonely, Kinds.bridgeless, Models.wide]
    var generator = SeededGenerator(seed: UInt64(index))
    for zoom in [nil] + Zoom.allCases.map(Optional.some) {
      for width in [60, 72, 80, 100, 120, 200] {
        let layout = layout(models[index], Size(width: width, height: size(&generator).height), zoom: zoom)
        #expect(Inspection(models[index], layout).faults.isEmpty, "\(layout.density) \(width)")
      }
    }
  }

  /// Containers come, go and flap, the window changes: who stays keeps the slot that he has.
  @Test(arguments: 0..<8) func survivorsKeepTheirSlot(seed: UInt64) {
    var generator = SeededGenerator(seed: 2000 + seed)
    var snapshot = randomHost(&generator, containers: Int.random(in: 1...60, using: &generator))
    let bridges = snapshot.bridges.map(\.id)
    var slots = Slots()
    var now = snapshot.takenAt
    var places: [Element: (number: Int, band: Int)] = [:]
    var next: UInt32 = 5000
    for step in 0..<60 {
      now = Timestamp(milliseconds: now.milliseconds + Int64.random(in: 1...4000, using: &generator))
      slots.settle(snapshot, at: now)
      let layout = Layout(snapshot, slots: slots, zoom: .rake, viewport: size(&generator))
      let found = layout.slotNumbers
      for (element, place) in found {
        if let before = places[element], before.band == place.band {
          #expect(before.number == place.number, "step \(step): \(element) went from \(before) to \(place)")
        }
      }
      places = found
      if step.isMultiple(of: 10) { #expect(Inspection(snapshot, layout).faults.isEmpty, "step \(step)") }
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        churn(&snapshot, bridges, next: &next, &generator)
      }
    }
  }

  private func churn(
    _ snapshot: inout Snapshot, _ bridges: [LinkRef], next: inout UInt32, _ generator: inout SeededGenerator
  ) {
    let ids = Array(snapshot.namespaces.ids.dropFirst())
    switch Int.random(in: 0..<3, using: &generator) {
    case 0:
      let bridge = bridges[Int.random(in: 0..<bridges.count, using: &generator)]
      Models.join("new-\(next)", number: next, to: bridge, of: &snapshot)
      next += 1
    case 1 where ids.count > 1:
      Models.remove(ids[Int.random(in: 0..<ids.count, using: &generator)], from: &snapshot)
    default:
      guard let id = ids.randomElement(using: &generator) else { return }
      for index in (snapshot.namespaces[id]?.links ?? []).indices {
        snapshot.namespaces[id]?.links[index].flags.formSymmetricDifference(.up)
      }
    }
  }

  @Test func aLayoutIsAPureFunction() {
    for zoom in Zoom.allCases {
      let (a, b) = (
        layout(Models.fiveHundred, Size(width: 100, height: 30), zoom: zoom),
        layout(Models.fiveHundred, Size(width: 100, height: 30), zoom: zoom)
      )
      #expect(a.elements == b.elements && a.density == b.density && a.size == b.size)
      #expect(
        picture(Models.fiveHundred, Size(width: 100, height: 30), zoom: zoom)
          == picture(Models.fiveHundred, Size(width: 100, height: 30), zoom: zoom))
    }
  }

  // MARK: One comes, one goes

  private struct LiveSource {
    var snapshot = Models.fiveHundred
    var slots = Slots()
    var now = Models.fiveHundred.takenAt
    var density: Density?

    mutating func settle(after seconds: Int64) {
      now = Timestamp(milliseconds: now.milliseconds + seconds * 1000)
      slots.settle(snapshot, at: now)
    }

    mutating func frames(_ zoom: Zoom) -> [Element: Rect] {
      let layout = Layout(
        snapshot, slots: slots, zoom: zoom, viewport: Size(width: 120, height: 40), after: density)
      density = layout.density
      return Dictionary(layout.elements.map { ($0.element, $0.frame) }, uniquingKeysWith: { a, _ in a })
    }
  }

  /// How far those that are in both moved down, by element.
  private func shifts(_ old: [Element: Rect], _ new: [Element: Rect]) -> [Element: Int] {
    var shifts: [Element: Int] = [:]
    for (element, frame) in old {
      guard let now = new[element] else { continue }
      #expect(now.minX == frame.minX && now.size.width == frame.size.width)
      shifts[element] = now.minY - frame.minY
    }
    return shifts
  }

  @Test(arguments: [Zoom.row, .rake, .dots]) func whoGoesMovesNobodyAndLeavesASlot(zoom: Zoom) {
    var world = LiveSource()
    world.settle(after: 0)
    for (step, victim) in ([100, 7, 312, 412, 500] as [UInt32]).enumerated() {
      let before = world.frames(zoom)
      Models.remove(NamespaceID(serial: victim), from: &world.snapshot)
      for seconds in [1, 6] as [Int64] {
        world.settle(after: seconds)
        #expect(shifts(before, world.frames(zoom)).values.allSatisfy { $0 == 0 }, "\(victim) after \(seconds) s")
      }
      guard victim <= 312 else { continue }
      Models.join("new", number: 900 + UInt32(step), to: LinkRef(.host, 3), of: &world.snapshot)
      world.settle(after: 1)
      #expect(shifts(before, world.frames(zoom)).values.allSatisfy { $0 == 0 }, "a newcomer with a free slot")
    }
  }

  @Test(arguments: [Zoom.row, .rake, .dots]) func whoComesMovesOnlyLaterBandsAsABlock(zoom: Zoom) {
    var world = LiveSource()
    world.settle(after: 0)
    let bridges = world.snapshot.bridges.map(\.id)
    var reliefs = 0
    for number in 0..<50 {
      let before = world.frames(zoom)
      let density = world.density
      Models.join("new-\(number)", number: UInt32(900 + number), to: bridges[1], of: &world.snapshot)
      world.settle(after: 1)
      let after = world.frames(zoom)
      // Where all of it does not fit any more, less is drawn of a band.
      if world.density?.levels != density?.levels {
        reliefs += 1
        continue
      }
      let moved = shifts(before, after)
      guard let border = before[.link(bridges[2])]?.minY else { continue }
      for (element, shift) in moved where (before[element]?.minY ?? 0) < border {
        #expect(shift == 0, "\(element) moved")
      }
      let later = Set(moved.filter { (before[$0.key]?.minY ?? 0) >= border }.values)
      #expect(later.count == 1, "later bands moved by \(later)")
    }
    #expect(reliefs <= 5)
  }

  // MARK: Fit

  @Test func theZoomIsTheFinestThatFits() {
    let size = Size(width: 120, height: 40)
    let zooms = [2, 12, 60, 500, 1023, 2000].map { layout(Models.crowd($0), size).zoom }
    #expect(zooms == [.card, .row, .rake, .rake, .rake, .dots])
    #expect(layout(Models.fullDocker, Size(width: 80, height: 22)).zoom == .dots)
    let snapshot = Models.crowd(300)
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    #expect(Layout(snapshot, slots: slots, viewport: size, coarsest: .row).zoom == .row)
  }

  /// At each size one container comes and goes twenty times: the picture may change and settle, and stays so.
  @Test(arguments: [Size(width: 80, height: 21), Size(width: 100, height: 30), Size(width: 120, height: 37)])
  func oneThatFlapsDoesNotMakeThePictureFlicker(size: Size) {
    for count in 1...60 {
      var last: Density?
      var changes = 0
      for step in 0..<20 {
        let snapshot = Models.crowd(count + step % 2)
        var slots = Slots()
        slots.settle(snapshot, at: snapshot.takenAt)
        let density = Layout(snapshot, slots: slots, viewport: size, after: last).density
        if let last, last.levels != density.levels || last.air != density.air { changes += 1 }
        last = density
      }
      #expect(changes <= 2, "\(count) containers")
    }
  }

  // MARK: Finding

  @Test func aToothStandsForBothEndsOfItsCable() {
    let layout = layout(Models.fiveHundred, Size(width: 84, height: 40), zoom: .rake)
    let worker = NamespaceID(serial: 7)
    let near = Models.fiveHundred.namespaces[worker]?.links.first?.peerLink
    #expect(layout.linksByElement[.namespace(worker)] == [near, LinkRef(worker, 2)].compactMap(\.self))
    #expect(near.flatMap { layout.element(for: $0) } == .namespace(worker))
    // On two networks: the second one's port is a tooth of its own, which stands for eth1 as well.
    let both = NamespaceID(serial: 312 + 24)
    let second = Models.fiveHundred.namespaces[both]?.links.last
    #expect(second?.name == "eth1")
    #expect(second.flatMap { layout.element(for: $0.id) } == second?.peerLink.map { .link($0) })
  }

  @Test func aSelectionFindsItsPlaceAtEveryZoom() {
    for from in Zoom.allCases {
      for to in Zoom.allCases {
        let (old, new) = (
          layout(Models.fiveHundred, Size(width: 84, height: 40), zoom: from),
          layout(Models.fiveHundred, Size(width: 84, height: 40), zoom: to)
        )
        for placed in old.elements {
          let there = new.element(for: placed.element, in: Models.fiveHundred)
          #expect(there.flatMap { new.frame(of: $0) } != nil)
        }
      }
    }
  }

  // MARK: Walking

  @Test(arguments: [Zoom.rake, .dots]) func arrowsReachEveryToothAndKeepToTheLine(zoom: Zoom) {
    for (snapshot, width) in [(Models.fiveHundred, 90), (Kinds.dind, 80), (Kinds.lonely, 80), (Kinds.bridgeless, 80)] {
      let layout = layout(snapshot, Size(width: width, height: 40), zoom: zoom)
      var reached: Set<Element> = []
      var frontier = [layout.elements[0].element]
      while let element = frontier.popLast() {
        guard reached.insert(element).inserted else { continue }
        for direction in Direction.allCases {
          guard let next = layout.next(from: element, toward: direction) else { continue }
          frontier.append(next)
          guard let here = layout.frame(of: element), let there = layout.frame(of: next) else { continue }
          switch direction {
          case .up: #expect(there.minY < here.minY)
          case .down: #expect(there.minY > here.minY)
          case .left: #expect(there.minX < here.minX)
          case .right: #expect(there.minX > here.minX)
          }
        }
      }
      #expect(reached.count == layout.elements.count)
    }
  }

  @Test func arrowsGoFromToothToToothAndFromCombToComb() {
    let layout = layout(Models.fiveHundred, Size(width: 84, height: 40), zoom: .rake)
    func box(_ serial: UInt32) -> Element { .namespace(NamespaceID(serial: serial)) }
    #expect(layout.next(from: box(41), toward: .right) == box(42))
    #expect(layout.next(from: box(42), toward: .left) == box(41))
    #expect(layout.next(from: box(41), toward: .left) == .link(LinkRef(.host, 3)))
    #expect(layout.next(from: box(42), toward: .up) == box(2))
    #expect(layout.next(from: box(42), toward: .down) == box(82))
    #expect(layout.next(from: box(80), toward: .right) == nil)
    #expect(layout.next(from: .link(LinkRef(.host, 3)), toward: .down) == box(1))
    #expect(layout.element(at: Point(x: 5, y: 1)) == box(2), "the comb above a tooth is the tooth's")
    for placed in layout.elements { #expect(layout.element(at: placed.frame.origin) == placed.element) }
  }
}
