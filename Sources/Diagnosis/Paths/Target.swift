internal import Sentences
public import Topology

/// Where a packet is to come from or to go, or why that can't be told.
public enum Target: Hashable, Sendable {
  /// A namespace of the model, with an interface or an address where one was named.
  case endpoint(Endpoint)
  /// Somewhere beyond the picture: an address that no namespace of the model has, or that several have. Without one the
  /// internet as a whole. `by` is the uplink that was named.
  case outside(IPAddress?, by: LinkRef?)
  /// A container that is not running.
  case stopped(Container)
  /// A name that nothing in the picture has: the source's own resolver is to be asked.
  case name(String)

  /// An address beyond the picture.
  public static func outside(_ address: IPAddress) -> Target { .outside(address, by: nil) }
}

extension Target {
  /// Who sends: a container's name or id prefix, a namespace's name, an address, `NAMESPACE/INTERFACE`, or somebody
  /// beyond an uplink: `outside`, `outside@ADDRESS`, `outside/INTERFACE`.
  public static func source(_ text: String, in snapshot: Snapshot) -> Result<Target, ResolutionError> {
    let found = named(text, in: snapshot)
    guard case .failure(let error) = found, error.isUnknown, text.hasPrefix("outside") else { return found }
    var rest = text.dropFirst("outside".count)
    var address: IPAddress?
    if rest.hasPrefix("@") {
      let word = rest.dropFirst().prefix { $0 != "/" }
      guard let named = IPAddress(String(word)) else {
        return .failure(ResolutionError(Say.Endpoint.notAnOutsideAddress(SafeText.clean(String(word)))))
      }
      address = named
      rest = rest.dropFirst(word.count + 1)
    }
    guard rest.hasPrefix("/") else { return rest.isEmpty ? .success(.outside(address, by: nil)) : found }
    let name = String(rest.dropFirst())
    let links = snapshot.namespaces[.host]?.links ?? []
    guard let link = links.first(where: { $0.name == name }) else {
      let uplinks = links.filter { $0.isUplink && !$0.isLoopback }.map(\.name)
      return .failure(ResolutionError(Say.Endpoint.noUplink(SafeText.clean(name), but: uplinks)))
    }
    return .success(.outside(address, by: link.id))
  }

  /// Where it is to go, as a person would type it into an application; `source` is who asks.
  public static func destination(
    _ text: String, from source: Target, in snapshot: Snapshot
  ) -> Result<(target: Target, port: ServicePort?), ResolutionError> {
    let whole = named(text, in: snapshot)
    if let name = innerName(text, from: source, unlike: whole, in: snapshot) { return .success((name, nil)) }
    if case .success(let target) = whole { return .success((target, nil)) }
    if IPAddress(text) != nil { return address(text, from: source, in: snapshot).map { ($0, nil) } }
    let parts: DestinationText
    do throws(ResolutionError) { parts = try DestinationText(text) } catch { return .failure(error) }
    if IPAddress(parts.host) != nil {
      return address(parts.host, from: source, in: snapshot).map { ($0, parts.port) }
    }
    if !parts.isURL {
      let host = named(parts.host, in: snapshot)
      if let name = innerName(parts.host, from: source, unlike: host, in: snapshot) {
        return .success((name, parts.port))
      }
      switch host {
      case .success(let target): return .success((target, parts.port))
      case .failure(let error):
        if parts.host == "internet", error.isUnknown {
          if case .outside = source {
            return .failure(ResolutionError(Say.Endpoint.outsideToInternet))
          }
          return .success((.outside(nil, by: nil), parts.port))
        }
        guard error.isUnknown, !parts.host.contains("/") else { return .failure(error) }
      }
    }
    guard isName(parts.host) else {
      if case .failure(let error) = whole, !parts.isURL { return .failure(error) }
      return .failure(ResolutionError(Say.Endpoint.notAHostName(SafeText.clean(parts.host))))
    }
    if case .outside = source {
      return .failure(ResolutionError(Say.Endpoint.outsideToName(parts.host)))
    }
    return .success((.name(parts.host), parts.port))
  }

  /// What the source itself calls so, where that is not what the picture calls so: its own networks come first, and its own
  /// resolver is to say which address is meant. Nil: it is left to the picture.
  private static func innerName(
    _ text: String, from source: Target, unlike picture: Result<Target, ResolutionError>, in snapshot: Snapshot
  ) -> Target? {
    guard case .endpoint(let own) = source, isName(text), text != "internet", text != "host",
      snapshot.namespaces[own.namespace]?.containers.isEmpty == false, own.namespace != .host
    else { return nil }
    let near = snapshot.neighbors(named: text, of: own.namespace)
    if near.isEmpty {
      // What only others call so is nobody's name here, and the resolver says so.
      return snapshot.called(text).isEmpty || !Endpoint.named(text, in: snapshot).isEmpty ? nil : .name(text)
    }
    if case .success(.endpoint(let shown)) = picture, near.contains(where: { $0.namespace == shown.namespace }),
      !Endpoint.named(text, in: snapshot).isEmpty
    {
      return nil
    }
    return .name(text)
  }

  /// What the picture calls so; also a container that is not running.
  private static func named(_ text: String, in snapshot: Snapshot) -> Result<Target, ResolutionError> {
    switch Endpoint.resolve(text, in: snapshot) {
    case .success(let endpoint): return .success(.endpoint(endpoint))
    case .failure(let error):
      let exact = snapshot.stoppedContainers.filter { $0.name == text }
      // An engine may write anything for an id.
      let isID = text.count >= 2 && text.allSatisfy(\.isHexDigit) && IPAddress(text) == nil
      let prefixed = isID ? snapshot.stoppedContainers.filter { $0.id.hasPrefix(text) } : []
      if let container = exact.first ?? prefixed.first, (exact.isEmpty ? prefixed : exact).count == 1 {
        return .success(.stopped(container))
      }
      return .failure(error)
    }
  }

  /// An address: that of a link, of the sender's own loopback, or one for the packet to find.
  private static func address(
    _ text: String, from source: Target, in snapshot: Snapshot
  ) -> Result<Target, ResolutionError> {
    guard let address = IPAddress(text) else { return .failure(ResolutionError(Say.Endpoint.notAnAddress(text))) }
    if address.isLoopback {
      guard case .endpoint(let own) = source else {
        return .failure(ResolutionError(Say.Endpoint.outsideToLoopback("\(address)")))
      }
      return .success(.endpoint(Endpoint(namespace: own.namespace, address: address, name: own.name)))
    }
    if case .success(let endpoint) = Endpoint.resolve(text, in: snapshot) { return .success(.endpoint(endpoint)) }
    // Nobody's, or that of several: the packet decides which is meant.
    return .success(.outside(address))
  }

  /// Whether it can be a host's name (RFC 1123, 2.1; underscores as people use them).
  private static func isName(_ text: String) -> Bool {
    let labels = (text.hasSuffix(".") ? text.dropLast() : text[...]).split(
      separator: ".", omittingEmptySubsequences: false)
    return text.utf8.count <= 253
      && labels.allSatisfy { label in
        (1...63).contains(label.utf8.count)
          && label.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == 0x2D
              || $0 == 0x5F
          }
      }
  }
}
