package import Topology

/// The VLAN tags that a frame carries on its way along a segment (IEEE 802.1Q), the outermost last.
package struct FrameTags: Hashable, Sendable {
  /// One tag.
  package struct Tag: Hashable, Sendable {
    /// 1 to 4094.
    package var id: UInt16
    /// Whether it is one of 802.1ad (`ETH_P_8021AD`); else one of 802.1Q.
    package var isService = false

    package init(id: UInt16, isService: Bool = false) {
      self.id = id
      self.isService = isService
    }

    /// `VLAN 10`, `VLAN 10 (802.1ad)`.
    package var words: String { "VLAN \(id)" + (isService ? " (802.1ad)" : "") }
  }

  package var stack: [Tag] = []

  package init() {}

  /// Takes the outermost off, where it is of that kind, and gives its number.
  package mutating func pop(isService: Bool) -> UInt16? {
    guard let last = stack.last, last.isService == isService else { return nil }
    stack.removeLast()
    return last.id
  }

  /// What whoever is behind a place of the way takes.
  package enum Taker: Hashable, Sendable {
    /// A link without a VLAN: frames without a tag.
    case plain(Link)
    /// A link of that VLAN.
    case vlan(Tag, Link)
    /// Another bridge that filters, or one that puts on a tag of its own: any.
    case any
  }

  /// Who takes the frame that leaves the way's link of that number.
  package static func taker(behind position: Int, of way: [Link]) -> Taker {
    for (here, next) in zip(way.dropFirst(position), way.dropFirst(position + 1)) {
      if let tag = next.tag, next.lower == here.id { return .vlan(tag, next) }
      if here.tag != nil, here.lower == next.id { return .any }
      if next.bridge?.vlanFiltering == true { return .any }
    }
    // A tunnel carries tags to whoever is behind its far end.
    return way.last.map { $0.kind == "vxlan" || $0.isFixedTunnelOfFrames ? .any : .plain($0) } ?? .any
  }
}

extension Link {
  /// The tag that frames of this VLAN carry; nil where it is a link of another kind.
  package var tag: FrameTags.Tag? {
    vlanID.map { FrameTags.Tag(id: UInt16(truncatingIfNeeded: $0), isService: fact("protocol") == .text("802.1ad")) }
  }

  /// Whether the bridge's own VLANs are those of 802.1ad (`IFLA_BR_VLAN_PROTOCOL`).
  package var filtersServiceTags: Bool { fact("vlan_protocol") == .text("802.1ad") }
}
