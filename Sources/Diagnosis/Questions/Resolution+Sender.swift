public import Paths
internal import Sentences
public import Topology

extension ResolutionQuery {
  /// The name, as the programs of that end would resolve it.
  public init(_ name: String, asked from: Endpoint, _ family: AddressFamily, in snapshot: Snapshot) {
    let namespace = snapshot.namespaces[from.namespace]
    // The host is not any of the containers that share its network, unless one of them was named.
    let named = namespace?.containers.first { $0.name == from.name }
    let container = named ?? (from.namespace == .host ? nil : namespace?.containers.first { $0.pid != nil })
    let mounted =
      from.namespace == .host
      ? nil : namespace?.paths.first { $0.hasPrefix("/run/netns/") || $0.hasPrefix("/var/run/netns/") }
    // A process that somebody has moved there with `ip netns exec` sees the files of /etc/netns by its own mounts.
    let process = container?.pid ?? (from.namespace == .host ? nil : namespace?.processes.first?.pid)
    self.init(
      namespace: from.namespace, process: process,
      mountName: mounted?.split(separator: "/").last.map(String.init), name: name,
      families: family == .ipv4 ? .ipv4 : family == .ipv6 ? .ipv6 : .both)
  }
}

extension Resolution {
  /// The addresses in the order in which a program of the sender's tries them: those of IPv6 first where the sender has one
  /// itself, else not at all (RFC 6724; `AI_ADDRCONFIG`).
  public func usable(by source: Target, _ family: AddressFamily, in snapshot: Snapshot) -> [IPAddress] {
    var addresses = addresses
    if addresses.isEmpty, name == "localhost" || name.hasSuffix(".localhost") {
      // RFC 6761, 6.3.
      addresses = [IPAddress(family == .ipv6 ? "::1" : "127.0.0.1")].compactMap(\.self)
    }
    switch family {
    case .ipv4: return addresses.filter { !$0.isIPv6 }
    case .ipv6: return addresses.filter(\.isIPv6)
    case .any: break
    }
    guard case .endpoint(let from) = source else { return addresses }
    let links = snapshot.namespaces[from.namespace]?.links ?? []
    let hasIPv6 = links.contains { link in
      !link.isLoopback && link.addresses.contains { $0.local.isIPv6 && !$0.local.isLinkLocal }
    }
    let (old, new) = (addresses.filter { !$0.isIPv6 }, addresses.filter(\.isIPv6))
    if hasIPv6 { return new + old }
    return old.isEmpty ? new : old + new.filter(\.isLoopback)
  }

  /// Why it has no address, in a few words; `who` asked.
  public func refusal(to who: String) -> String {
    let asked = servers.map(\.description)
    switch outcome {
    case .noSuchName where servers.isEmpty: return Say.NameLookup.notInHostsFile(name, who)
    case .noSuchName: return Say.NameLookup.noSuchName(name, says: asked)
    case .found, .noAddress: return Say.NameLookup.noUsableAddress(name, who)
    case .serverFailed(let code): return Say.NameLookup.serverFailed(asked, of: who, name, code)
    case .noServer(let why): return Say.NameLookup.noServer(who, name, why)
    case .notAName(let why): return Say.NameLookup.notAName(name, why)
    case .noAnswer(let silences): return Say.NameLookup.serverIsSilent(silences.map { "\($0.server)" }, of: who, name)
    }
  }
}
