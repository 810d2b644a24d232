internal import Topology

extension Plan {
  /// The band that a namespace's box stands in.
  func home(of id: NamespaceID) -> BandKey? { nodes.place(of: id).flatMap { homes[$0] } }

  /// Whether a namespace is left out as a whole.
  func hides(_ id: NamespaceID) -> Bool { nodes.place(of: id) == nil }

  /// The rows of a namespace's box.
  func rows(of id: NamespaceID) -> ArraySlice<LinkRef> {
    nodes.place(of: id).map { rowLinks[rowRanges[$0]] } ?? []
  }

  /// The wire that ends at a link in a box.
  func wire(of link: LinkRef) -> Wire? { nodes.index(of: link).flatMap { wires[$0] } }

  /// The items of each band, in order.
  var itemsByBand: [BandKey: [Item]] {
    var lists: [[Item]] = []
    var places: [BandKey: Int] = [:]
    var last: (band: BandKey, place: Int)?
    for item in items {
      // Most of a band's items follow each other: those are found without a hash.
      if let last, last.band == item.band {
        lists[last.place].append(item)
        continue
      }
      let place = places[item.band] ?? lists.count
      if place == lists.count {
        lists.append([])
        places[item.band] = place
      }
      lists[place].append(item)
      last = (item.band, place)
    }
    return places.mapValues { lists[$0] }
  }

  /// Whether a link is a bridge.
  func isBridge(_ ref: LinkRef) -> Bool { nodes.index(of: ref).map { nodes[$0].isBridge } ?? false }

  /// The worse state of a wire's ends, as far as they can be seen; nil where there is neither.
  func state(_ near: LinkRef?, _ far: LinkRef?) -> LinkState? {
    let near = near.flatMap { nodes.index(of: $0) }.map { nodes[$0].state }
    let far = far.flatMap { nodes.index(of: $0) }.map { nodes[$0].state }
    guard let near, let far else { return near ?? far }
    return far.badness > near.badness ? far : near
  }
}
