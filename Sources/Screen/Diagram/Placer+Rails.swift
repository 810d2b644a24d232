internal import Canvas
internal import Topology

/// A title line and as many lines of teeth as there are slots for.
extension Placer {
  /// Places one band and returns the row below it.
  mutating func placeRail(_ band: BandKey, at y: Int, _ grid: Grid) -> Int {
    let content = slots.bands[band] ?? []
    let frame = Rect(x: grid.busX, y: y, width: min(grid.width - 2, grid.titleEnd - grid.busX), height: 1)
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
      grid: grid, y: y, height: 1, band: band, isFolded: false, count: 0,
      teeth: placement.teeth.count..<placement.teeth.count, ports: ports)
    if let ref = band.bus, isFolded(band) {
      rail.isFolded = true
      for case .taken(let entry, _) in content { placement.fold(entry, plan, into: .link(ref)) }
      placement.rails.append(rail)
      return y + 1
    }
    var number = 0
    let first = placement.teeth.count
    for slot in content {
      switch slot {
      case .taken(.box(let id), _): placeTeeth(of: id, band, number, y, grid)
      case .taken(.stub(let ref), _): placeStub(ref, number, y, grid)
      case .ghost(let name, let shape, _):
        for offset in 0..<shape.teeth {
          var tooth = tooth(number + offset, y, grid)
          tooth.name = name
          placement.teeth.append(tooth)
        }
      case .hole: break
      }
      number += slot.shape.teeth
    }
    rail.teeth = first..<placement.teeth.count
    rail.count = placement.teeth[rail.teeth].reduce(0) { $0 + ($1.element == nil ? 0 : 1) }
    rail.height = grid.height(of: number)
    placement.rails.append(rail)
    return y + rail.height
  }

  private func tooth(_ number: Int, _ title: Int, _ grid: Grid) -> Pieces.Tooth {
    Pieces.Tooth(
      hasComb: grid.level.hasComb, isNamed: grid.level.isNamed, element: nil, near: nil, far: nil, number: number,
      x: grid.x(number), y: grid.y(number, below: title), isMultiHomed: false)
  }

  private mutating func append(_ tooth: Pieces.Tooth, _ element: Element, _ grid: Grid) {
    var tooth = tooth
    tooth.element = element
    tooth.state = plan.state(tooth.near, tooth.far)
    placement.teeth.append(tooth)
    let width = grid.level.isNamed ? max(1, min(grid.pitch - 1, grid.width - tooth.x)) : 1
    placement.add(element, Rect(x: tooth.x, y: tooth.y, width: width, height: 1))
  }

  /// A container's teeth: one for each of its ports in this band. The first one stands for the container itself.
  private mutating func placeTeeth(of id: NamespaceID, _ band: BandKey, _ first: Int, _ title: Int, _ grid: Grid) {
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
      var tooth = tooth(number, title, grid)
      tooth.near = wire.near
      tooth.far = ref
      tooth.isMultiHomed = isMultiHomed
      if number == first {
        append(tooth, home, grid)
        placement.standIns[ref] = home
        if let near = wire.near { placement.standIns[near] = home }
      } else {
        append(tooth, .link(ref), grid)
        if let near = wire.near { placement.standIns[near] = .link(ref) }
      }
      number += 1
    }
    if number == first { append(tooth(first, title, grid), home, grid) }
  }

  /// A label's tooth, and one for each that hangs on it.
  private mutating func placeStub(_ ref: LinkRef, _ first: Int, _ title: Int, _ grid: Grid) {
    for (offset, link) in ([ref] + (plan.children[ref] ?? [])).enumerated() {
      var tooth = tooth(first + offset, title, grid)
      tooth.near = link
      tooth.far = plan.crossings[link]
      tooth.isMultiHomed = tooth.far.map { plan.networks[$0.namespace] != nil } ?? false
      append(tooth, .link(link), grid)
    }
  }
}
