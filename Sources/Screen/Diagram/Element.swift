public import Topology

/// Something on the diagram that can be selected.
public enum Element: Hashable, Sendable {
  /// An interface: a bridge's box, a port's label on its wire, an uplink's box, or a row `eth0` in a namespace's box.
  case link(LinkRef)
  /// A namespace's box, by its title.
  case namespace(NamespaceID)

  /// In one step, as of a `LinkRef`; no link has the ifindex 0.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .link(let ref): hasher.combine(ref)
    case .namespace(let id): hasher.combine(LinkRef(id, 0))
    }
  }

  /// The namespace that it is, or is in.
  public var namespace: NamespaceID {
    switch self {
    case .link(let ref): ref.namespace
    case .namespace(let id): id
    }
  }
}

/// A direction of the arrow keys.
public enum Direction: Sendable, CaseIterable { case up, down, left, right }
