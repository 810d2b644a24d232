internal import Conclusions
package import Knowledge
internal import Netfilter
internal import Paths
internal import Sentences
package import Topology

extension PacketWalk {
  /// What a person calls a namespace.
  package func name(_ namespace: NamespaceID) -> String {
    guard let found = snapshot.namespaces[namespace] else { return namespace.description }
    return found.kind == .host ? Say.Place.host : found.name
  }

  /// `eth0 of web`, in the language that is spoken; an interface of the host by its name alone.
  package func place(_ link: Link) -> String {
    link.id.namespace == .host ? link.name : Say.Place.link(link.name, of: name(link.id.namespace))
  }

  /// What goes along the way just now, as the object of a sentence.
  package var whatIsFollowed: String {
    if let message { return Say.Place.sizeMessage(Int(message)) }
    if let tunnel = tunnels.last.flatMap({ snapshot.link($0) }) { return Say.Place.packet(ofTunnel: tunnel.name) }
    guard let solicitation else { return Say.Place.followed(isReply: isReply) }
    return Say.Place.solicitation(of: "\(solicitation.address)", isAnswer: solicitation.isAnswer)
  }

  /// A command for a namespace, with what has to be put before it to run it from ours.
  package func command(_ text: String, in namespace: NamespaceID) -> String {
    guard namespace != .host, let found = snapshot.namespaces[namespace] else { return text }
    for path in found.paths {
      for folder in ["/run/netns/", "/var/run/netns/"] where path.hasPrefix(folder) {
        return "ip netns exec \(PacketWalk.quoted(String(path.dropFirst(folder.count)))) \(text)"
      }
    }
    if let pid = found.containers.compactMap(\.pid).first ?? found.processes.first?.pid {
      return "nsenter -t \(pid) -n \(text)"
    }
    if let path = found.paths.first { return "nsenter --net=\(PacketWalk.quoted(path)) \(text)" }
    return Say.Place.command(text, inside: found.name)
  }

  /// A word as a shell takes it.
  package static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || "_-./:@%+=,".utf8.contains($0)
    }
    if plain, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  /// The container network that a link's cable leads to, where an engine names it: the bridge and its network.
  package func network(of link: LinkRef?) -> (bridge: Link, name: String)? {
    guard let link = link.flatMap({ snapshot.link($0) }) else { return nil }
    let port = snapshot.peer(of: link) ?? link
    let bridge = link.isBridge ? link : port.master.flatMap { snapshot.link($0) }
    guard let bridge, let network = bridge.network, !network.isEmpty else { return nil }
    return (bridge, network)
  }

  /// The container of an end; nil where it is none.
  package func container(_ end: Subject.End) -> Container? {
    end.namespace.flatMap { snapshot.namespaces[$0]?.containers.first }
  }

  /// The networks of both ends, where both are containers on different ones, neither of them on the other's.
  package var differentNetworks: (source: String, destination: String)? {
    guard let from = container(subject.source), let to = container(subject.destination), from.id != to.id,
      let here = network(of: sourceLink), let there = network(of: subject.destination.link),
      here.bridge.id != there.bridge.id
    else { return nil }
    return (here.name, there.name)
  }

  /// What gives a container without a network the other end's: it is on "none", and that has to be left first.
  package func joinCommand(_ container: Container, beside end: Subject.End) -> String? {
    guard container.hasCommands else { return nil }
    let other = end.namespace == subject.source.namespace ? subject.destination : subject.source
    return network(of: other.link).map { network in
      EngineWords(container).join(PacketWalk.quoted(network.name), PacketWalk.quoted(container.name))
    }
  }

  /// `docker network connect frontend db`, for the engine of that container.
  package func connectCommand(_ network: String, _ container: Container) -> String? {
    guard container.hasCommands else { return nil }
    return EngineWords(container).connect(PacketWalk.quoted(network), PacketWalk.quoted(container.name))
  }
}
