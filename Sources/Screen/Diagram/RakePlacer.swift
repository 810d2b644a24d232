internal import Canvas
internal import Topology

/// Places a plan as rakes or dots: each band is a title line and as many lines of teeth as it has slots for.
struct RakePlacer {
  private(set) var placement = Placement()
  private let grid: Grid
  private let plan: Plan
  private let slots: Slots
  private let folded: Set<LinkRef>

  /// Places everything; nil where it gets higher than `limit`. Complexity: O(n) in the links, O(limit) where it fails.
  init?(_ plan: Plan, _ slots: Slots, folded: Set<LinkRef>, grid: Grid, limit: (Int) -> Bool) {
    self.grid = grid
    self.plan = plan
    self.slots = slots
    self.folded = folded
    // The height is known from the number of slots alone: what does not fit is not placed at all.
    guard limit(height) else { return nil }
    placement.teeth.reserveCapacity(plan.items.count)
    placement.elements.reserveCapacity(plan.items.count + plan.bands.count)
    placement.standIns.reserveCapacity(2 * plan.items.count)
    var y = 0
    var last = NamespaceID.host
    for band in plan.bands {
      if let owner = group(of: band, after: last) {
        placement.groups.append(Pieces.Group(y: y, namespace: owner))
        if plan.home(of: owner) == nil {
          placement.add(.namespace(owner), Rect(x: grid.busX, y: y, width: grid.width - 2, height: 1))
        }
        y += 1
      }
      last = band.owner ?? last
      y = place(band, at: y)
    }
    placement.crossings = plan.crossings
    placement.height = y
  }

  private var height: Int {
    var height = 0
    var last = NamespaceID.host
    for band in plan.bands {
      if group(of: band, after: last) != nil { height += 1 }
      last = band.owner ?? last
      let isFolded = band.bus.map { folded.contains($0) } ?? false
      let teeth = isFolded ? 0 : (slots.bands[band] ?? []).reduce(0) { $0 + $1.shape.teeth }
      height += 1 + grid.height(of: teeth)
    }
    return height
  }

  /// The namespace whose title stands above a band.
  private func group(of band: BandKey, after last: NamespaceID) -> NamespaceID? {
    guard case .bus = band, let owner = band.owner, owner != last, owner != .host else { return nil }
    return owner
  }

  private mutating func place(_ band: BandKey, at y: Int) -> Int {
    let content = slots.bands[band] ?? []
    let frame = Rect(x: grid.busX, y: y, width: grid.width - 2, height: 1)
    switch band {
    case .bus(let ref): placement.add(.link(ref), frame)
    case .direct(let id):
      if id != .host, plan.home(of: id) == nil, placement.groups.last?.namespace != id {
        placement.add(.namespace(id), frame)
      }
    case .lonely: break
    }
    let ports = band.bus.flatMap { plan.ports[$0] } ?? []
    var rail = Pieces.Rail(
      y: y, height: 1, band: band, isFolded: false, count: 0,
      teeth: placement.teeth.count..<placement.teeth.count, ports: ports)
    if let ref = band.bus, folded.contains(ref) {
      rail.isFolded = true
      for case .taken(let entry, _) in content { placement.fold(entry, plan, into: .link(ref)) }
      placement.rails.append(rail)
      return y + 1
    }
    var number = 0
    let first = placement.teeth.count
    for slot in content {
      switch slot {
      case .taken(.box(let id), _): placeBox(id, band, number, y)
      case .taken(.stub(let ref), _): placeStub(ref, number, y)
      case .ghost(let name, let shape, _):
        for offset in 0..<shape.teeth {
          var tooth = tooth(number + offset, y)
          tooth.name = name
          placement.teeth.append(tooth)
        }
      case .hole: break
      }
      number += slot.shape.teeth
    }
    rail.teeth = first..<placement.teeth.count
    rail.count = placement.teeth[rail.teeth].reduce(0) { $0 + ($1.element == nil ? 0 : 1) }
    rail.height = 1 + grid.height(of: number)
    placement.rails.append(rail)
    return y + rail.height
  }

  private func tooth(_ number: Int, _ title: Int) -> Pieces.Tooth {
    Pieces.Tooth(
      element: nil, near: nil, far: nil, number: number, x: grid.x(number), y: grid.y(number, below: title),
      isMultiHomed: false)
  }

  private mutating func append(_ tooth: Pieces.Tooth, _ element: Element) {
    var tooth = tooth
    tooth.element = element
    tooth.state = plan.state(tooth.near, tooth.far)
    placement.teeth.append(tooth)
    let width = grid.scale.isNamed ? grid.scale.spacing - 1 : 1
    placement.add(element, Rect(x: tooth.x, y: tooth.y, width: width, height: 1))
  }

  /// A container's teeth: one for each of its ports in this band. The first one stands for the container itself.
  private mutating func placeBox(_ id: NamespaceID, _ band: BandKey, _ first: Int, _ title: Int) {
    let home = Element.namespace(id)
    let isMultiHomed = plan.networks[id] != nil
    var number = first
    for ref in plan.rows(of: id) {
      guard let wire = plan.wire(of: ref), wire.band == band else {
        // Its tooth may stand in another band: the port's own label there.
        if let near = plan.wire(of: ref)?.near, plan.crossings[near] != nil {
          placement.standIns[ref] = .link(near)
        } else {
          placement.standIns[ref] = home
        }
        continue
      }
      var tooth = tooth(number, title)
      tooth.near = wire.near
      tooth.far = ref
      tooth.isMultiHomed = isMultiHomed
      if number == first {
        append(tooth, home)
        placement.standIns[ref] = home
        if let near = wire.near { placement.standIns[near] = home }
      } else {
        append(tooth, .link(ref))
        if let near = wire.near { placement.standIns[near] = .link(ref) }
      }
      number += 1
    }
    if number == first { append(tooth(first, title), home) }
  }

  /// A label's tooth, and one for each that hangs on it.
  private mutating func placeStub(_ ref: LinkRef, _ first: Int, _ title: Int) {
    for (offset, link) in ([ref] + (plan.children[ref] ?? [])).enumerated() {
      var tooth = tooth(first + offset, title)
      tooth.near = link
      tooth.far = plan.crossings[link]
      tooth.isMultiHomed = tooth.far.map { plan.networks[$0.namespace] != nil } ?? false
      append(tooth, .link(link))
    }
  }
}

extension BandKey {
  /// The bridge or uplink that the band is drawn as.
  var bus: LinkRef? {
    if case .bus(let ref) = self { ref } else { nil }
  }
}
