internal import Sentences
public import Topology

/// One end of a ping or of a diagnosis, as a person named it.
public struct Endpoint: Hashable, Sendable {
  /// The namespace that was named, or that the interface or the address is in.
  public var namespace: NamespaceID
  /// The interface, where one was named; else the namespace as a whole.
  public var link: LinkRef?
  /// The address, where one was named.
  public var address: IPAddress?
  /// The name for people.
  public var name: String

  /// Makes an end; nothing is looked up.
  public init(namespace: NamespaceID, link: LinkRef? = nil, address: IPAddress? = nil, name: String) {
    self.namespace = namespace
    self.link = link
    self.address = address
    self.name = name
  }
}

/// Why a name leads nowhere, or to more than one place: one line with the candidates.
public struct ResolutionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The one line.
  public var description: String
  /// Whether nothing at all is called so: then it may be a name of the world's.
  public var isUnknown: Bool
  /// What is called nearly so, the likeliest first.
  public var suggestions: [String] = []

  /// Makes an error of that line.
  public init(_ description: String, isUnknown: Bool = false) {
    self.description = description
    self.isUnknown = isUnknown
  }
}

extension Endpoint {
  /// Finds what a text means: a container's name or id prefix, a namespace's name, what others call a container (a compose
  /// service, `PROJECT/SERVICE`, a network alias), an address, `NAMESPACE/INTERFACE`, or an interface of the host; the host's end of a cable in a bridge stands for the container's.
  public static func resolve(_ text: String, in snapshot: Snapshot) -> Result<Endpoint, ResolutionError> {
    if let address = IPAddress(text) { return resolve(address, in: snapshot) }
    let exact = named(text, in: snapshot)
    if let found = exact.first {
      if exact.count == 1 { return .success(found) }
      return .failure(ambiguous(text, exact.map { identify($0, snapshot) }))
    }
    let called = snapshot.called(text)
    if let found = called.first {
      return called.count == 1
        ? .success(found) : .failure(ambiguous(text, called.map { snapshot.introduced($0) }))
    }
    if let slash = text.lastIndex(of: "/"), slash != text.startIndex {
      let (owner, interface) = (String(text[..<slash]), String(text[text.index(after: slash)...]))
      return resolveInterface(owner, interface, in: snapshot)
    }
    let prefixed = withIDPrefix(text, in: snapshot)
    if let found = prefixed.first {
      return prefixed.count == 1 ? .success(found) : .failure(ambiguous(text, prefixed.map { identify($0, snapshot) }))
    }
    if let link = snapshot.namespaces[.host]?.links.first(where: { $0.name == text }) {
      let meant = snapshot.meant(by: link)
      guard meant.id != link.id, let far = snapshot.namespaces[meant.id.namespace] else {
        return .success(Endpoint(namespace: .host, link: link.id, name: text))
      }
      return .success(Endpoint(namespace: far.id, link: meant.id, name: "\(far.name)/\(meant.name)"))
    }
    return .failure(unknown(text, in: snapshot))
  }

  private static func resolve(_ address: IPAddress, in snapshot: Snapshot) -> Result<Endpoint, ResolutionError> {
    var owners: [Endpoint] = []
    for namespace in snapshot.namespaces.values {
      for link in namespace.links where link.addresses.contains(where: { $0.local == address }) {
        owners.append(
          Endpoint(namespace: namespace.id, link: link.id, address: address, name: "\(namespace.name)/\(link.name)"))
      }
    }
    if address.isLoopback {
      return .failure(ResolutionError(Say.Endpoint.inEveryNamespace("\(address)")))
    }
    guard let first = owners.first else {
      return .failure(ResolutionError(Say.Endpoint.noInterface(with: "\(address)")))
    }
    return owners.count == 1 ? .success(first) : .failure(ambiguous(address.description, owners.map(\.name)))
  }

  /// Whom the picture itself calls so.
  static func named(_ text: String, in snapshot: Snapshot) -> [Endpoint] {
    snapshot.namespaces.values.compactMap { namespace in
      let isHost = namespace.id == .host && text == "host"
      let names =
        namespace.containers.map(\.name) + [namespace.name]
        + namespace.paths.compactMap { $0.split(separator: "/").last.map(String.init) }
      guard isHost || names.contains(text) || namespace.containers.contains(where: { $0.id == text }) else {
        return nil
      }
      // Of several containers in one namespace the one that was asked for.
      let container = namespace.containers.first { $0.name == text || $0.id == text }
      return Endpoint(namespace: namespace.id, name: container?.name ?? namespace.name)
    }
  }

  private static func withIDPrefix(_ text: String, in snapshot: Snapshot) -> [Endpoint] {
    guard text.count >= 2, text.allSatisfy({ $0.isHexDigit }) else { return [] }
    return snapshot.namespaces.values.filter { $0.containers.contains { $0.id.hasPrefix(text) } }
      .map { Endpoint(namespace: $0.id, name: $0.name) }
  }

  private static func resolveInterface(_ owner: String, _ interface: String, in snapshot: Snapshot)
    -> Result<Endpoint, ResolutionError>
  {
    var owners = named(owner, in: snapshot) + withIDPrefix(owner, in: snapshot)
    if owners.isEmpty { owners = snapshot.called(owner) }
    guard let found = owners.first else { return .failure(unknown(owner, in: snapshot)) }
    if Set(owners.map(\.namespace)).count > 1 {
      return .failure(ambiguous(owner, owners.map { identify($0, snapshot) }))
    }
    let links = snapshot.namespaces[found.namespace]?.links ?? []
    guard let link = links.first(where: { $0.name == interface }) else {
      return .failure(
        ResolutionError(Say.Endpoint.noInterface(interface, in: found.name, but: links.map(\.name))))
    }
    return .success(Endpoint(namespace: found.namespace, link: link.id, name: "\(found.name)/\(link.name)"))
  }

  private static func identify(_ endpoint: Endpoint, _ snapshot: Snapshot) -> String {
    guard let namespace = snapshot.namespaces[endpoint.namespace] else { return endpoint.name }
    if let container = namespace.containers.first { return "\(namespace.name) (\(container.id.prefix(12)))" }
    return namespace.inode.map { "\(namespace.name) (net:[\($0)])" } ?? namespace.name
  }

  private static func ambiguous(_ text: String, _ candidates: [String]) -> ResolutionError {
    ResolutionError(Say.Endpoint.ambiguous(text, candidates))
  }

  private static func unknown(_ text: String, in snapshot: Snapshot) -> ResolutionError {
    if let stopped = snapshot.stoppedContainers.first(where: {
      $0.name == text || (text.count >= 2 && text.allSatisfy(\.isHexDigit) && $0.id.hasPrefix(text))
    }) {
      return ResolutionError(Say.Endpoint.notRunning(stopped.name, stopped.state))
    }
    let names = snapshot.namespaces.values.map(\.name).sorted()
    var near = names.filter { $0.contains(text) || text.contains($0) }
    // Of a short word nearly any other is two letters away.
    if near.isEmpty { near = names.filter { isTypo($0, of: text) } }
    let known = near.isEmpty ? names : near
    var error = ResolutionError(
      Say.Endpoint.unknown(SafeText.clean(text), known: Array(known.prefix(8)), hasMore: known.count > 8),
      isUnknown: true)
    error.suggestions = near
    return error
  }

  private static func isTypo(_ name: String, of text: String) -> Bool {
    // Much shorter or longer words are not looked at: that would be dear, and in vain.
    abs(name.count - text.count) <= 2
      && Spelling.distance(Array(name), Array(text)) <= (text.count > 4 ? 2 : 1)
  }
}
