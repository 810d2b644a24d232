internal import Canvas
internal import Topology

/// Places a plan: bands from top to bottom, each at its level, in each its slots in their order.
struct Placer {
  let metrics: Metrics
  var placement = Placement()
  let plan: Plan
  let slots: Slots
  private let folded: Set<LinkRef>
  private var grids: [Level: Grid] = [:]
  /// The row of each interface whose wire comes from another band, and of each label: both ends of the lanes.
  var rowY: [LinkRef: Int] = [:]
  var labelPlaces: [LinkRef: (y: Int, index: Int)] = [:]
  var foldedBands: [BandKey: Int] = [:]
  /// The row of each label that others' wires branch off, and those wires' ends.
  var branchRows: [LinkRef: Int] = [:]
  var branchEnds: [(child: LinkRef, isBoxed: Bool, end: Point)] = []

  /// Places everything as it was found to fit. Complexity: O(n) in the links.
  init(_ plan: Plan, _ slots: Slots, folded: Set<LinkRef>, width: Int, _ fit: Fit, gauge: Gauge, hasGuests: Bool) {
    let levels = fit.levels
    self.plan = plan
    self.slots = slots
    self.folded = folded
    metrics = Metrics(levels, width: width, lanes: Self.lanes(plan, levels), gauge: gauge)
    for level in levels where !level.isWired && grids[level] == nil {
      grids[level] = Grid(level, width: width, gauge: gauge, isAiry: fit.air.betweenLines)
    }
    placement.elements.reserveCapacity(plan.items.count + plan.bands.count)
    placement.standIns.reserveCapacity(2 * plan.items.count)
    var y = Fit.head(levels.first, hasGuests: hasGuests)
    if y > 0 {
      let end = levels.first?.isWired ?? true ? metrics.borderX - 1 : max(12, width) - 2
      placement.head = Rect(x: metrics.busX, y: 0, width: end - metrics.busX, height: 1)
      if hasGuests { placement.add(.namespace(.host), placement.head) }
    }
    var last = NamespaceID.host
    for (band, level) in zip(plan.bands, levels) {
      if let owner = Self.group(of: band, after: last) {
        addGroup(owner, at: y, level, width)
        y += 1
      }
      last = band.owner ?? last
      if let grid = grids[level] {
        y = placeRail(band, at: y, grid)
      } else if level.isLine {
        y = placeLines(band, at: y, level)
      } else {
        y = placeBoxed(band, at: y, level)
      }
      if fit.air.betweenBands, level.bandGap == 0, band != plan.bands.last { y += 1 }
    }
    drawBranches()
    drawLanes()
    placement.crossings = plan.crossings
    placement.height = y
  }

  /// The namespace whose title stands above a band: one with its box on the left has the title there.
  static func group(of band: BandKey, after last: NamespaceID) -> NamespaceID? {
    guard case .bus = band, let owner = band.owner, owner != last, owner != .host else { return nil }
    return owner
  }

  /// Wires that need a lane: those whose two ends stand in different bands, each with a label or a row of its own.
  private static func lanes(_ plan: Plan, _ levels: [Level]) -> Int {
    if plan.crossings.isEmpty, plan.ties.isEmpty, plan.branches.isEmpty { return 0 }
    guard levels.contains(where: { $0.isWired }) else { return 0 }
    let isBoxed = levels.contains { $0.isWired && !$0.isLine }
    // Children of cables whose boxes stand in other bands.
    let distant = plan.branches.keys.count { child in
      plan.wire(of: child).map { $0.band != plan.home(of: child.namespace) } ?? false
    }
    return (isBoxed ? plan.crossings.count : 0) + plan.ties.count + distant
  }

  private mutating func addGroup(_ owner: NamespaceID, at y: Int, _ level: Level, _ width: Int) {
    let end = level.isWired ? metrics.borderX - 1 : max(12, width) - 2
    placement.groups.append(Pieces.Group(y: y, namespace: owner, end: end))
    guard plan.home(of: owner) == nil else { return }
    let x = metrics.busX
    placement.add(
      .namespace(owner), Rect(x: x, y: y, width: level.isWired ? metrics.busWidth : end - x, height: 1))
  }

  func isFolded(_ band: BandKey) -> Bool { band.bus.map { folded.contains($0) } ?? false }

  // MARK: Buses

  mutating func addBus(_ band: BandKey, _ top: Int, height: Int, _ level: Level) {
    let rect = Rect(x: metrics.busX, y: top, width: metrics.busWidth, height: height)
    switch band {
    case .bus(let ref):
      placement.buses.append(
        Pieces.Bus(
          rect: rect, link: ref, namespace: ref.namespace, isFolded: isFolded(band), ports: plan.ports[ref] ?? [],
          level: level, isBare: slots.bands[band]?.isEmpty ?? true))
      placement.add(.link(ref), rect)
    case .direct(let id):
      placement.buses.append(
        Pieces.Bus(rect: rect, link: nil, namespace: id, isFolded: false, ports: [], level: level))
      if id != .host, plan.home(of: id) == nil, !placement.groups.contains(where: { $0.namespace == id }) {
        placement.add(.namespace(id), rect)
      }
    case .lonely: break
    }
  }

  /// Places a bus whose ports are left out; returns the row below it.
  mutating func placeFolded(_ band: BandKey, at top: Int, _ level: Level) -> Int? {
    guard let ref = band.bus, isFolded(band) else { return nil }
    let height = level.isLine ? 2 : 3
    addBus(band, top, height: height, level)
    for case .taken(let entry, _) in slots.bands[band] ?? [] { placement.fold(entry, plan, into: .link(ref)) }
    foldedBands[band] = level.isLine ? top : top + 1
    return top + height + level.bandGap
  }

  // MARK: Labels

  /// Places a label of its own slot, and below it what hangs on it. `first` is the row of the band's first child: the
  /// further ones of an uplink branch off its wire.
  mutating func placeLabel(_ ref: LinkRef, _ band: BandKey, _ y: Int, from first: inout Int?, _ level: Level) {
    labelPlaces[ref] = (y, placement.labels.count)
    let leaves = plan.crossings[ref] != nil || plan.tied.contains(ref)
    addLabel(ref, x: metrics.labelX, y: y, end: leaves ? .lane : .note, level)
    let (edge, end) = (metrics.edge, Point(x: metrics.labelX - 1, y: y))
    let isBranch = band.bus.map { !plan.isBridge($0) } ?? false
    if !leaves, !isBranch, plan.branches[ref] != nil {
      branchEnds.append((ref, false, end))
    } else if !leaves {
      // A short wire: the words behind it say where it leads.
      let corners =
        isBranch && first != nil
        ? [Point(x: edge + 2, y: first ?? y), Point(x: edge + 2, y: y), end] : [Point(x: edge, y: y), end]
      placement.wires.append(Pieces.Wire(near: ref, far: nil, corners: corners, isMultiHomed: false))
      if isBranch, first == nil { first = y }
    }
    placeChildren(of: ref, y, level)
  }

  /// Places what hangs on a label, below it.
  mutating func placeChildren(of ref: LinkRef, _ y: Int, _ level: Level) {
    if plan.branched.contains(ref) { branchRows[ref] = y }
    for (offset, child) in (plan.children[ref] ?? []).enumerated() {
      let row = y + 1 + offset
      addLabel(child, x: metrics.labelX + 2, y: row, end: .note, level)
      let x = metrics.labelX - 1
      placement.wires.append(
        Pieces.Wire(
          near: child, far: nil,
          corners: [Point(x: x, y: y), Point(x: x, y: row), Point(x: x + 2, y: row)], isMultiHomed: false))
    }
  }

  mutating func addLabel(_ ref: LinkRef, x: Int, y: Int, end: Pieces.Label.End, _ level: Level) {
    let isOnCard = level.isCard && end == .box
    placement.labels.append(Pieces.Label(link: ref, x: x, y: y, end: end, isOnCard: isOnCard))
    // A card's label has a row above its wire's and one below it.
    let rows = isOnCard ? y - 1...y + (level == .briefCards ? 0 : 1) : y...y
    placement.add(
      .link(ref), Rect(x: x, y: rows.lowerBound, width: max(4, metrics.borderX - x - 1), height: rows.count))
  }

  /// The straight wire to an interface whose port is in the same band.
  mutating func connect(_ far: LinkRef, _ near: LinkRef?, y: Int, _ isMultiHomed: Bool, _ level: Level) {
    let corners = [Point(x: metrics.edge, y: y), Point(x: metrics.boxX, y: y)]
    guard let near else {
      placement.captions.append(Pieces.Caption(link: far, y: y))
      if plan.branches[far] != nil {
        branchEnds.append((far, true, corners[1]))
      } else {
        placement.wires.append(
          Pieces.Wire(near: nil, far: far, corners: corners, isMultiHomed: isMultiHomed, isOnCard: level.isCard))
      }
      return
    }
    placement.wires.append(
      Pieces.Wire(near: near, far: far, corners: corners, isMultiHomed: isMultiHomed, isOnCard: level.isCard))
    addLabel(near, x: metrics.labelX, y: y, end: .box, level)
    if plan.branched.contains(near) { branchRows[near] = y }
  }
}

extension BandKey {
  /// The bridge or uplink that the band is drawn as.
  var bus: LinkRef? {
    if case .bus(let ref) = self { ref } else { nil }
  }
}
