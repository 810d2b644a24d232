public import Paths
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
    let asked = servers.map(\.description).joined(separator: ", ")
    switch outcome {
    case .noSuchName where servers.isEmpty:
      return "\(who) finds no '\(name)' in its hosts file, and asks no name server"
    case .noSuchName: return "there is no name '\(name)', says \(asked) (NXDOMAIN)"
    case .found, .noAddress: return "the name '\(name)' has no address that \(who) could use"
    case .serverFailed(let word): return "\(who)'s name server \(asked) can't say what '\(name)' is: \(word)"
    case .noServer(let why): return "\(who) has no name server to ask for '\(name)': \(why)"
    case .notAName(let why): return "'\(name)' can't be a name: \(why)"
    case .noAnswer(let silences):
      let list = silences.map { "\($0.server)" }.joined(separator: ", ")
      return "\(who)'s name server \(list) does not answer when it is asked for '\(name)'"
    }
  }
}
