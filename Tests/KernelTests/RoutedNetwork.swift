import Fixtures

/// A host of the kind that people have, chosen at random: two container networks, an uplink with a router and a server
/// behind it, a service address, a pod on a cable of its own, a second node behind a VXLAN, a published port; healthy, or
/// with one fault.
///
/// Written for the tests alone: nothing here knows how `explain` looks at a network. What is to be said follows from
/// what was done, and whether it does harm is asked of ping and of a real connection.
struct RoutedNetwork {
  /// Who talks to whom.
  enum Talk: String, CaseIterable {
    case sameBridge, twoNetworks, outside, podToContainer, serviceAddress, otherNode, hostToContainer, publishedPort,
      ipv6

    var source: String {
      switch self {
      case .podToContainer: "p1"
      case .hostToContainer: "host"
      case .publishedPort: "www"
      default: "c1"
      }
    }

    /// The argument of `explain`, and the address that ping is given.
    var destination: (name: String, address: String) {
      switch self {
      case .sameBridge, .hostToContainer: ("c2", "172.17.0.3")
      case .twoNetworks: ("c3", "172.18.0.2")
      case .outside: ("203.0.113.7", "203.0.113.7")
      case .podToContainer: ("c1", "172.17.0.2")
      case .serviceAddress: ("172.17.0.50", "172.17.0.50")
      case .otherNode: ("p9", "10.244.2.2")
      case .publishedPort: ("192.0.2.2", "192.0.2.2")
      case .ipv6: ("fd00::3", "fd00::3")
      }
    }

    var port: Int? { self == .publishedPort ? 8080 : nil }
    var isForwarded: Bool { ![.sameBridge, .serviceAddress, .hostToContainer, .ipv6].contains(self) }
    /// The container that is to answer.
    var server: String {
      switch self {
      case .twoNetworks: "c3"
      case .outside: "www"
      case .podToContainer: "c1"
      case .otherNode: "p9"
      default: "c2"
      }
    }
  }

  /// What is broken: a script, and the codes of which one must be said.
  struct Fault {
    var name: String
    var script: String
    var codes: Set<String>
  }

  let talk: Talk
  let masquerades: Bool
  let usesNFT: Bool
  let fault: Fault?
  /// Rules that do nothing to this conversation.
  let noise: [String]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let talk = Talk.allCases.randomElement(using: &random) ?? .sameBridge
    self.talk = talk
    masquerades = Bool.random(using: &random)
    usesNFT = Bool.random(using: &random)
    noise = Self.noise.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random)).map { $0 }
    let faults = Self.faults(talk, masquerades: masquerades)
    fault = seed % 2 == 0 ? nil : faults.randomElement(using: &random)
  }

  private static let noise = [
    "iptables -A FORWARD -p udp --dport 9 -j DROP", "iptables -A INPUT -s 198.51.100.0/24 -j DROP",
    "nft add table inet noise; nft 'add chain inet noise f { type filter hook forward priority -5; }'; nft add rule inet noise f tcp dport 25 counter drop",
    "ip rule add pref 900 fwmark 0x77 lookup 77; ip route add unreachable default table 77",
    "iptables -t mangle -A PREROUTING -p udp --dport 9 -j MARK --set-mark 0x77",
    "ip route add 198.51.100.0/24 dev br1", "sysctl -qw net.ipv4.conf.eth0.rp_filter=2",
    "iptables -t raw -A PREROUTING -p udp --dport 9 -j CT --notrack", "ip link add idle type bridge",
    "in_ns c2 ip addr add 10.99.0.1/32 dev lo", "in_ns c3 sysctl -qw net.ipv4.conf.all.arp_announce=2",
    "iptables -N EMPTY; iptables -A FORWARD -j EMPTY",
  ]

  private static func faults(_ talk: Talk, masquerades: Bool) -> [Fault] {
    anywhere(talk) + (talk.isForwarded ? whereForwarded(talk) : []) + onlyThere(talk, masquerades: masquerades)
  }

  /// What can happen on any way.
  private static func anywhere(_ talk: Talk) -> [Fault] {
    let server = talk.server
    let tool = talk == .ipv6 ? "ip6tables" : "iptables"
    var faults: [Fault] = []
    if talk != .publishedPort {
      faults.add(
        "input drops ping",
        "in_ns \(server) \(tool) -A INPUT -p \(talk == .ipv6 ? "icmpv6 --icmpv6-type 128" : "icmp --icmp-type 8") -j DROP",
        "firewall-drop")
      faults.add(
        "echo ignored", "in_ns \(server) sysctl -qw net.ipv\(talk == .ipv6 ? "6.icmp." : "4.icmp_")echo_ignore_all=1",
        "echo-ignored")
    }
    if ["c1", "c2", "c3"].contains(server) {
      faults.add("cable down", "ip link set v\(server) down", "link-down")
      faults.add("interface down", "in_ns \(server) ip link set eth0 down", "link-down", "no-address", "no-route")
    }
    return faults
  }

  /// What can happen where the host passes packets on.
  private static func whereForwarded(_ talk: Talk) -> [Fault] {
    let address = talk.destination.address
    var faults: [Fault] = []
    faults.add("forward policy", "iptables -P FORWARD DROP", "firewall-drop")
    faults.add("replies not let in", "iptables -I FORWARD -m conntrack --ctdir REPLY -j DROP", "firewall-drop")
    faults.add("forwarding off", "sysctl -qw net.ipv4.ip_forward=0", "forwarding-off")
    if talk != .publishedPort {
      faults.add("blackhole", "ip route add blackhole \(address)/32", "route-rejects")
      faults.add(
        "rule to another table",
        "ip rule add pref 50 to \(address) lookup 60; ip route add default dev idle0 table 60", "other-way",
        "neighbor-failed", "nobody-answers-for", "beyond-view")
      faults.add("hops spent", "iptables -t mangle -A PREROUTING -d \(address) -j TTL --ttl-set 1", "ttl-exceeded")
      faults.add(
        "own gateway is nobody",
        "in_ns \(talk.source) ip route replace default via \(talk == .podToContainer ? "169.254.1.9 dev eth0 onlink" : "172.17.0.99")",
        "neighbor-failed", "nobody-answers-for")
    }
    return faults
  }

  /// What can happen to that conversation alone.
  private static func onlyThere(_ talk: Talk, masquerades: Bool) -> [Fault] {
    switch talk {
    case .sameBridge, .hostToContainer, .twoNetworks, .ipv6: onBridges(talk)
    case .outside, .otherNode, .podToContainer: beyond(talk, masquerades: masquerades)
    case .serviceAddress, .publishedPort: services(talk)
    }
  }

  /// On the bridges of the host.
  private static func onBridges(_ talk: Talk) -> [Fault] {
    var faults: [Fault] = []
    switch talk {
    case .sameBridge, .hostToContainer:
      faults.add(
        "ARP dropped",
        "nft add table bridge f; nft 'add chain bridge f c { type filter hook \(talk == .sameBridge ? "forward" : "output") priority 0; }'; nft add rule bridge f c ether type arp drop; flush",
        "firewall-drop")
      faults.add(
        "both have it",
        "in_ns c3 ip addr add 172.17.0.3/16 dev eth0; ip link set vc3 master br0; in_ns c2 sysctl -qw net.ipv4.conf.all.arp_ignore=8; flush",
        "duplicate-address", "nobody-answers-for", "neighbor-wrong-mac")
    case .twoNetworks:
      faults.add("no way back", "in_ns c3 ip route del default", "no-route")
      faults.add(
        "bridge without address", "ip addr flush dev br1", "bridge-down", "no-route", "neighbor-failed", "other-way")
    case .ipv6:
      faults.add("IPv6 off", "in_ns c1 sysctl -qw net.ipv6.conf.eth0.disable_ipv6=1", "ipv6-disabled")
      faults.add(
        "no multicast", "ip link set br0 type bridge mcast_snooping 0; bridge link set dev vc2 mcast_flood off; flush",
        "flooding-off")
      faults.add(
        "solicitations dropped",
        "in_ns c2 ip6tables -A INPUT -p icmpv6 --icmpv6-type neighbour-solicitation -j DROP; flush", "firewall-drop")
    default: break
    }
    return faults
  }

  /// Behind routers.
  private static func beyond(_ talk: Talk, masquerades: Bool) -> [Fault] {
    var faults: [Fault] = []
    switch talk {
    case .outside:
      faults.add("blackhole at the router", "in_ns up ip route add blackhole 203.0.113.7", "route-rejects")
      if masquerades {
        faults.add(
          "wrong SNAT", "iptables -t nat -I POSTROUTING -s 172.17.0.0/16 ! -o br0 -j SNAT --to-source 192.0.2.77",
          "wrong-source")
        faults.add(
          "not masqueraded",
          "iptables -t nat -F POSTROUTING; nft flush chain ip own post 2>/dev/null; conntrack -F 2>/dev/null; true",
          "no-masquerade")
      }
      faults.add(
        "source of a route",
        "in_ns c1 ip addr add 10.9.9.9/32 dev eth0; in_ns c1 ip route replace default via 172.17.0.1 src 10.9.9.9",
        "wrong-source", "no-masquerade")
      faults.add("uplink down", "ip link set eth0 down", "link-down", "no-route")
    case .otherNode:
      faults.add(
        "old far end", "bridge fdb replace 02:00:00:00:00:02 dev vx dst 192.0.2.66 self permanent", "tunnel-mismatch")
      faults.add(
        "other hardware address", "in_ns nb ip link set vx address 02:00:00:00:00:77", "tunnel-mismatch",
        "neighbor-wrong-mac")
      faults.add("outer packet dropped", "in_ns nb iptables -A INPUT -p udp --dport 4789 -j DROP", "firewall-drop")
    case .podToContainer:
      faults.add("no proxy ARP", "sysctl -qw net.ipv4.conf.vp1.proxy_arp=0; flush", "nobody-answers-for")
      faults.add(
        "route to the pod is gone", "ip route del 10.233.76.1 dev vp1", "no-route", "other-way", "neighbor-failed",
        "nobody-answers-for")
    default: break
    }
    return faults
  }

  /// Of services.
  private static func services(_ talk: Talk) -> [Fault] {
    var faults: [Fault] = []
    switch talk {
    case .serviceAddress:
      faults.add("ARP ignored", "in_ns c2 sysctl -qw net.ipv4.conf.all.arp_ignore=1; flush", "nobody-answers-for")
      faults.add("address gone", "in_ns c2 ip addr del 172.17.0.50/32 dev vip0; flush", "neighbor-failed")
    case .publishedPort:
      faults.add(
        "nobody has the address",
        "iptables -t nat -F PREROUTING; iptables -t nat -A PREROUTING -d 192.0.2.2 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.99:80",
        "neighbor-failed")
      faults.add(
        "other port",
        "iptables -t nat -F PREROUTING; iptables -t nat -A PREROUTING -d 192.0.2.2 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:81",
        "port-closed")
      faults.add(
        "only for itself", "kill $SERVER; wait $SERVER 2>/dev/null; serve c2 127.0.0.1:80", "listens-elsewhere")
      faults.add("rejected", "iptables -A FORWARD -p tcp --dport 80 -j REJECT --reject-with tcp-reset", "firewall-drop")
      faults.add("INPUT of the container", "in_ns c2 iptables -A INPUT -p tcp --dport 80 -j DROP", "firewall-drop")
    default: break
    }
    return faults
  }

  /// The commands that make it, in a namespace that is to be the host, up to and with the fault.
  var script: String {
    let masquerade =
      !masquerades
      ? "in_ns up ip route add 172.17.0.0/16 via 192.0.2.2; in_ns up ip route add 172.18.0.0/16 via 192.0.2.2"
      : usesNFT
        ? "nft add table ip own; nft 'add chain ip own post { type nat hook postrouting priority srcnat; }'; nft add rule ip own post oifname eth0 masquerade"
        : "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE"
    return Self.base + "\n" + masquerade + "\n" + noise.joined(separator: "\n") + "\n"
  }

  /// Exit 0 where the conversation works, by other means than those of the program.
  var proof: String {
    let prefix = talk.source == "host" ? "" : "in_ns \(talk.source) "
    if let port = talk.port {
      return
        "\(prefix)timeout 2 bash -c 'exec 3<>/dev/tcp/\(talk.destination.address)/\(port)' 2> /dev/null"
    }
    return "\(prefix)ping -n -c 2 -i 0.2 -W 1 \(talk.destination.address) > /dev/null 2>&1"
  }

  static let base = """
    in_ns() { ip netns exec "$@"; }
    host=$(hostname)
    ns() { ip netns add $1; ip -n $1 link set lo up; in_ns $1 sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.ipv4.conf.all.arp_ignore=0 net.ipv6.conf.default.accept_dad=0 net.ipv6.conf.all.accept_dad=0; }
    plug() { ns $1; ip link add v$1 type veth peer name eth0 netns $1; ip link set v$1 master $2 up; ip -n $1 link set eth0 up; ip -n $1 addr add $3 dev eth0; ip -n $1 route add default via $4; }
    flush() { for n in c1 c2 c3 p1; do in_ns $n ip neigh flush all; done; ip neigh flush all; }
    serve() { in_ns $1 busybox httpd -f -p $2 -h / & SERVER=$!; }
    ip link set lo up
    sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 net.bridge.bridge-nf-call-iptables=0 net.ipv4.conf.all.proxy_arp=0
    for i in 0 1; do ip link add br$i type bridge; ip addr add 172.1$((7+i)).0.1/16 dev br$i; ip link set br$i up; done
    plug c1 br0 172.17.0.2/16 172.17.0.1; plug c2 br0 172.17.0.3/16 172.17.0.1; plug c3 br1 172.18.0.2/16 172.18.0.1
    for i in 1 2; do in_ns c$i ip addr add fd00::$((i+1))/64 dev eth0 nodad; done
    in_ns c2 ip link add vip0 type ifb; in_ns c2 ip addr add 172.17.0.50/32 dev vip0; in_ns c2 ip link set vip0 up
    ns up; in_ns up sysctl -qw net.ipv4.ip_forward=1; ip link add eth0 type veth peer name lan netns up; ip addr add 192.0.2.2/24 dev eth0; ip link set eth0 up; ip -n up addr add 192.0.2.1/24 dev lan; ip -n up link set lan up
    ns www; ip -n up link add wan type veth peer name eth0 netns www; ip -n up link set wan up; ip -n www link set eth0 up; ip -n up addr add 203.0.113.1/24 dev wan; ip -n www addr add 203.0.113.7/24 dev eth0; ip -n www route add default via 203.0.113.1
    ip route add default via 192.0.2.1
    ns p1; ip link add vp1 type veth peer name eth0 netns p1; ip link set vp1 up; ip -n p1 addr add 10.233.76.1/32 dev eth0; ip -n p1 link set eth0 up; ip -n p1 route add 169.254.1.1 dev eth0; ip -n p1 route add default via 169.254.1.1; ip route add 10.233.76.1 dev vp1; sysctl -qw net.ipv4.conf.vp1.proxy_arp=1 net.ipv4.neigh.vp1.proxy_delay=0
    ns nb; in_ns nb sysctl -qw net.ipv4.ip_forward=1; ip -n up link add nodes type veth peer name eth0 netns nb; ip -n up link set nodes up; ip -n up addr add 198.18.0.1/24 dev nodes; ip -n nb link set eth0 up; ip -n nb addr add 198.18.0.2/24 dev eth0; ip -n nb route add default via 198.18.0.1
    ip link add vx address 02:00:00:00:00:01 type vxlan id 7 local 192.0.2.2 dstport 4789 nolearning; ip addr add 10.244.1.0/32 dev vx; ip link set vx up
    ip -n nb link add vx address 02:00:00:00:00:02 type vxlan id 7 local 198.18.0.2 dstport 4789 nolearning; ip -n nb addr add 10.244.2.0/32 dev vx; ip -n nb link set vx up
    ip route add 10.244.2.0/24 via 10.244.2.0 dev vx onlink; ip neigh add 10.244.2.0 lladdr 02:00:00:00:00:02 dev vx nud permanent; bridge fdb add 02:00:00:00:00:02 dev vx dst 198.18.0.2
    ip -n nb route add 172.17.0.0/16 via 10.244.1.0 dev vx onlink; ip -n nb neigh add 10.244.1.0 lladdr 02:00:00:00:00:01 dev vx nud permanent; bridge -n nb fdb add 02:00:00:00:00:01 dev vx dst 192.0.2.2
    ns p9; ip -n nb link add vp9 type veth peer name eth0 netns p9; ip -n nb link set vp9 up; ip -n nb addr add 10.244.2.1/24 dev vp9; ip -n p9 addr add 10.244.2.2/24 dev eth0; ip -n p9 link set eth0 up; ip -n p9 route add default via 10.244.2.1
    ip link add idle0 type bridge; ip addr add 10.77.0.1/24 dev idle0; ip link set idle0 up
    serve c2 80
    iptables -t nat -A PREROUTING -d 192.0.2.2 -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.3:80
    """
}

extension [RoutedNetwork.Fault] {
  fileprivate mutating func add(_ name: String, _ script: String, _ codes: String...) {
    append(RoutedNetwork.Fault(name: name, script: script, codes: Set(codes)))
  }
}
