internal import Labels

/// Something that a reader should know of the picture's limits.
public struct Warning: Hashable, Sendable {
  /// Where it comes from; a newer warning of the same source replaces the older one.
  public var source: String
  /// One line: what, where, why, what to do.
  public var text: String
  /// The same line in English, for the log: who reads it need not be who reads the screen.
  public let english: String

  /// Makes a warning; where another language is spoken the text is made once more, in English.
  public init(source: String, text: @autoclosure () -> String) {
    self.source = source
    self.text = text()
    english = Language.current == .english ? self.text : Language.$spoken.withValue(.english) { text() }
  }
}

/// The whole model at one moment: immutable once made, and cheap to hand on (copy on write).
public struct Snapshot: Hashable, Sendable {
  /// Grows with every change.
  public var revision: UInt64
  /// When the last change was seen.
  public var takenAt: Timestamp
  /// The host's name (gethostname(2)), made safe; may be empty.
  public var hostname: String
  /// The host's namespace first, then in the order in which they were found.
  public var namespaces: NamespaceMap
  /// Containers that the engine knows and that have no namespace now (stopped).
  public var stoppedContainers: [Container]
  /// The networks of root's container engines, sorted by name.
  public var networks: [ContainerNetwork] = []
  /// At most one of each source, sorted by source.
  public var warnings: [Warning]

  /// Makes a snapshot.
  public init(
    revision: UInt64 = 0, takenAt: Timestamp = Timestamp(milliseconds: 0), hostname: String = "",
    namespaces: NamespaceMap = NamespaceMap(), stoppedContainers: [Container] = [],
    warnings: [Warning] = []
  ) {
    self.revision = revision
    self.takenAt = takenAt
    self.hostname = hostname
    self.namespaces = namespaces
    self.stoppedContainers = stoppedContainers
    self.warnings = warnings
  }

  /// Makes a snapshot of those namespaces, in that order.
  public init(hostname: String, namespaces: [Namespace]) {
    self.init(hostname: hostname, namespaces: NamespaceMap(namespaces))
  }

  /// The link with that identity, in O(log n).
  public func link(_ ref: LinkRef) -> Link? { namespaces[ref.namespace]?.link(ref.index) }

  /// The other end of a pair, where both ends name each other.
  public func peer(of link: Link) -> Link? { link.peerLink.flatMap { self.link($0) } }

  /// The link that people mean who point at one end of a cable: a port has no address of its own, and stands for the
  /// container's end behind it.
  public func meant(by link: Link) -> Link {
    guard link.isPair, link.master != nil || link.addresses.isEmpty, let peer = peer(of: link),
      peer.id.namespace != link.id.namespace
    else { return link }
    return peer
  }

  /// The links whose master is `bridge`, in ifindex order.
  public func ports(of bridge: LinkRef) -> [Link] {
    namespaces[bridge.namespace]?.links.filter { $0.master == bridge } ?? []
  }

  /// All bridges: the host's first, by ifindex.
  public var bridges: [Link] {
    namespaces.values.flatMap { $0.links.filter(\.isBridge) }
  }
}
