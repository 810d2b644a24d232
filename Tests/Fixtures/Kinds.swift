public import Topology

/// Hosts that are more than containers on bridges.
public enum Kinds {
  private static func ref(_ index: UInt32, _ space: UInt32 = 0) -> LinkRef {
    LinkRef(NamespaceID(serial: space), index)
  }

  private static func snapshot(_ namespaces: [Namespace]) -> Snapshot {
    var snapshot = Snapshot(hostname: "edge01", namespaces: namespaces)
    snapshot.revision = 1
    return snapshot
  }

  /// A container with an eth0 at a host's veth.
  private static func container(
    _ serial: UInt32, _ name: String, address: String, peer: LinkRef, kind: Namespace.Kind = .container
  ) -> Namespace {
    Namespace(
      id: NamespaceID(serial: serial), kind: kind, name: name,
      links: [Models.link(ref(2, serial), "eth0", address: address, peer: peer)])
  }

  /// Two bridges that a veth pair joins; a bond as a port of the first, a plain bond and a tunnel beside them.
  public static let nested: Snapshot = {
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links = [
      Models.link(ref(2), "eth1", kind: ""), Models.link(ref(3), "eth2", kind: ""),
      Models.link(ref(4), "bond0", kind: "bond", master: ref(6)),
      Models.link(ref(5), "br-lan", kind: "bridge", address: "192.168.7.1", prefix: 24),
      Models.link(ref(6), "br-wan", kind: "bridge", address: "10.0.0.7", prefix: 24),
      Models.link(ref(7), "veth-up", master: ref(5), peer: ref(8)),
      Models.link(ref(8), "veth-down", master: ref(6), peer: ref(7)),
      Models.link(ref(9), "vxlan42", kind: "vxlan", master: ref(5)),
      Models.link(ref(10), "veth1a2b3c4", master: ref(5), peer: ref(2, 1)),
      Models.link(ref(11), "vethd5e6f70", master: ref(5), peer: ref(2, 2)),
      Models.link(ref(12), "bond1", kind: "bond", address: "10.3.0.7", prefix: 24),
      Models.link(ref(13), "eth3", kind: "", master: ref(12)),
      Models.link(ref(14), "eth4", kind: "", master: ref(12), carrier: false),
      Models.link(ref(15), "bond1.30", kind: "vlan", master: ref(6)),
      Models.link(ref(16), "wg0", kind: "wireguard", address: "10.8.0.1", prefix: 24),
      Models.link(ref(17), "tap3", kind: "tun", master: ref(6)),
    ]
    host.links[0].master = ref(4)
    host.links[1].master = ref(4)
    host.links[7].facts = [LinkFact("id", .number(42))]
    host.links[7].lower = ref(12)
    host.links[13].facts = [LinkFact("id", .number(30))]
    host.links[13].lower = ref(12)
    return snapshot([
      host, container(1, "router", address: "192.168.7.2", peer: ref(10)),
      container(2, "printer", address: "192.168.7.3", peer: ref(11)),
    ])
  }()

  /// VLANs of an uplink, one of them in a namespace; macvlan children in containers and on the host.
  public static let children: Snapshot = {
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links = [
      Models.link(ref(2), "eth0", kind: "", address: "10.0.0.7", prefix: 24),
      Models.link(ref(3), "eth0.100", kind: "vlan", address: "10.100.0.7", prefix: 24),
      Models.link(ref(4), "eth0.200", kind: "vlan", address: "10.200.0.7", prefix: 24),
      Models.link(ref(5), "eth0.300", kind: "vlan", up: false),
      Models.link(ref(6), "docker0", kind: "bridge", address: "172.17.0.1"),
      Models.link(ref(7), "veth1a2b3c4", master: ref(6), peer: ref(2, 1)),
      Models.link(ref(8), "docker0.7", kind: "vlan"),
      Models.link(ref(9), "mac-host", kind: "macvlan", address: "10.0.0.8", prefix: 24),
    ]
    for (position, vlan) in [(1, 100), (2, 200), (3, 300)] as [(Int, UInt64)] {
      host.links[position].lower = ref(2)
      host.links[position].facts = [LinkFact("id", .number(vlan))]
    }
    host.links[6].lower = ref(6)
    host.links[6].facts = [LinkFact("id", .number(7))]
    host.links[7].lower = ref(2)
    var spaces = [container(1, "web", address: "172.17.0.2", peer: ref(7))]
    let parents: [(String, LinkRef, String)] = [
      ("camera", ref(2), "macvlan"), ("phone", ref(3), "macvlan"), ("legacy", ref(2), "vlan"),
    ]
    for (number, (name, parent, kind)) in parents.enumerated() {
      let serial = UInt32(number + 2)
      var child = Models.link(ref(2, serial), "eth0", kind: kind, address: "10.0.0.\(20 + number)", prefix: 24)
      child.lower = parent
      child.facts = kind == "vlan" ? [LinkFact("id", .number(400))] : [LinkFact("mode", .text("bridge"))]
      spaces.append(Namespace(id: NamespaceID(serial: serial), kind: .container, name: name, links: [child]))
    }
    return snapshot([host] + spaces)
  }()

  /// Docker in a container, with its own bridge and containers; and rootless networking with a tap.
  public static let dind: Snapshot = {
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links = [
      Models.link(ref(2), "eth0", kind: "", address: "10.0.0.7", prefix: 24),
      Models.link(ref(3), "docker0", kind: "bridge", address: "172.17.0.1"),
      Models.link(ref(4), "veth1a2b3c4", master: ref(3), peer: ref(2, 1)),
      Models.link(ref(5), "veth5d6e7f8", master: ref(3), peer: ref(2, 2)),
    ]
    var dind = container(1, "dind", address: "172.17.0.2", peer: ref(4))
    dind.links += [
      Models.link(ref(3, 1), "docker0", kind: "bridge", address: "172.30.0.1"),
      Models.link(ref(4, 1), "veth90a1b2c", master: ref(3, 1), peer: ref(2, 3)),
      Models.link(ref(5, 1), "vethc3d4e5f", master: ref(3, 1), peer: ref(2, 4)),
    ]
    let rootless = Namespace(
      id: NamespaceID(serial: 5), kind: .process, name: "rootlesskit 4711",
      links: [
        Models.link(ref(2, 5), "tap0", kind: "tun", address: "10.0.2.100", prefix: 24),
        Models.link(ref(3, 5), "docker0", kind: "bridge", address: "172.17.0.1"),
        Models.link(ref(4, 5), "veth00aa11b", master: ref(3, 5), peer: ref(2, 6)),
      ])
    return snapshot([
      host, dind, container(2, "web", address: "172.17.0.3", peer: ref(5)),
      container(3, "build-1", address: "172.30.0.2", peer: ref(4, 1)),
      container(4, "build-2", address: "172.30.0.3", peer: ref(5, 1)), rootless,
      container(6, "nginx", address: "172.17.0.2", peer: ref(4, 5)),
    ])
  }()

  /// Namespaces that nothing leads to: without links, with a dummy, with a lost pair, and one that may not be read.
  public static let lonely: Snapshot = {
    let host = Namespace(
      id: .host, kind: .host, name: "edge01",
      links: [Models.link(ref(2), "eth0", kind: "", address: "10.0.0.7", prefix: 24)])
    var lost = Models.link(ref(2, 3), "veth-x", carrier: false)
    lost.peer = .unknown("in a namespace that can't be seen")
    return snapshot([
      host, Namespace(id: NamespaceID(serial: 1), kind: .named, name: "blue"),
      Namespace(
        id: NamespaceID(serial: 2), kind: .named, name: "lab",
        links: [Models.link(ref(2, 2), "dummy0", kind: "dummy", address: "10.9.0.1", prefix: 24)]),
      Namespace(id: NamespaceID(serial: 3), kind: .process, name: "unshare 4711", links: [lost]),
      Namespace(id: NamespaceID(serial: 4), kind: .unknown, name: "netns 4026532871", permission: .none),
    ])
  }()

  /// No bridge at all: pairs between the host and namespaces, a chain of namespaces, a pair within the host.
  public static let bridgeless: Snapshot = {
    let host = Namespace(
      id: .host, kind: .host, name: "edge01",
      links: [
        Models.link(ref(2), "eth0", kind: "", address: "10.0.0.7", prefix: 24),
        Models.link(ref(3), "cali12ab34cd", peer: ref(2, 1)), Models.link(ref(4), "cali56ef78aa", peer: ref(2, 2)),
        Models.link(ref(5), "left", address: "10.1.0.1", prefix: 30, peer: ref(6)),
        Models.link(ref(6), "right", address: "10.1.0.2", prefix: 30, peer: ref(5)),
      ])
    let router = Namespace(
      id: NamespaceID(serial: 3), kind: .named, name: "router",
      links: [
        Models.link(ref(2, 3), "to-a", address: "10.8.0.1", prefix: 30, peer: ref(2, 4)),
        Models.link(ref(3, 3), "to-b", address: "10.8.0.5", prefix: 30, peer: ref(2, 5)),
      ])
    func end(_ serial: UInt32, _ name: String, _ address: String, _ peer: LinkRef) -> Namespace {
      Namespace(
        id: NamespaceID(serial: serial), kind: .named, name: name,
        links: [Models.link(ref(2, serial), "up", address: address, prefix: 30, peer: peer)])
    }
    return snapshot([
      host, container(1, "pod-1", address: "10.2.0.2", peer: ref(3)),
      container(2, "pod-2", address: "10.2.0.3", peer: ref(4)), router, end(4, "a", "10.8.0.2", ref(2, 3)),
      end(5, "b", "10.8.0.6", ref(3, 3)),
    ])
  }()
}
