public import Topology

/// Which part of a snapshot is drawn, and in which order: what a filter and a sort ask for.
public struct Arrangement: Sendable, Equatable {
  /// What a filter lets through.
  public struct Selection: Sendable, Equatable {
    /// The links that are drawn, with the buses that they hang on.
    public var links: Set<LinkRef>
    /// The namespaces that have one of them, or are let through for their own sake.
    public var namespaces: Set<NamespaceID>

    /// Makes a selection; as it is, it lets nothing through.
    public init(links: Set<LinkRef> = [], namespaces: Set<NamespaceID> = []) {
      self.links = links
      self.namespaces = namespaces
    }
  }

  /// Nil: everything is drawn.
  public var selection: Selection?
  /// Where newcomers and everybody in empty slots stand within their band, lowest first; who has no rank comes after
  /// all who have one. Empty: the order of the ports.
  public var ranks: [Element: Int]

  /// Makes an arrangement; as it is, everything in the order of the ports.
  public init(selection: Selection? = nil, ranks: [Element: Int] = [:]) {
    self.selection = selection
    self.ranks = ranks
  }
}
