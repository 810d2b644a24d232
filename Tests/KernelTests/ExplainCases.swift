import Testing

extension KernelTests.ExplainTests {
  /// Two namespaces at a bridge, an outer network beside it, and what is done to them.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// What is done after the network is made.
    var script: String
    var code: String
    /// The interface that is accused, where it matters.
    var interface: String?
    var isOnReply = false
    var arguments = "a b"
    var verdict = "unreachable"
    /// Tells whether the fault is still there afterwards, where the kernel may undo it: then it is done again.
    var holds = "true"
    /// Whether another fault would still be there when this one is mended.
    var isOneOfTwo: Bool { name.hasPrefix("the same address twice") || name == "nft, verdict map" }
    var testDescription: String { name }

    init(
      _ name: String, _ script: String, _ code: String, _ interface: String? = nil, isOnReply: Bool = false,
      arguments: String = "a b", verdict: String = "unreachable", holds: String = "true"
    ) {
      (self.name, self.script, self.code, self.interface) = (name, script, code, interface)
      (self.isOnReply, self.arguments, self.verdict) = (isOnReply, arguments, verdict)
      self.holds = holds
    }
  }

  /// What stops a packet, one fault each: with the tools that people break networks with.
  static let cases: [Case] = [
    Case("cable down at the host", "ip link set va down", "link-down", "va"),
    Case("interface down", "ip -n b link set eth0 down", "link-down", "eth0"),
    Case("bridge down", "ip link set br0 down", "bridge-down", "br0"),
    Case("unplugged", "ip link set vb nomaster", "not-a-bridge-port", "vb"),
    Case("other bridge", "ip link set vb master br1", "different-bridges", "vb"),
    Case(
      "port disabled by hand", "bridge link set dev vb state 0", "port-not-forwarding", "vb",
      holds: "bridge link show dev vb | grep -q disabled"),
    Case(
      "spanning tree listens", "ip link set br0 type bridge stp_state 1; ip link set vb down; ip link set vb up",
      "port-not-forwarding", "vb"),
    Case("bridge without its address", "ip addr flush dev br0", "neighbor-failed", arguments: "a c"),
    Case("nobody has the address", "", "neighbor-failed", arguments: "a 10.0.0.99"),
    Case("no default route", "ip -n a route del default", "no-route", arguments: "a c"),
    Case(
      "the host has no route, and somebody's port is down", "ip link set vc down", "no-route", arguments: "br0 10.9.9.9"
    ),
    Case(
      "no room in the queue on the way out",
      "in_ns a busybox ping -c 1 10.0.0.3 > /dev/null; tc -n a qdisc add dev eth0 root pfifo limit 0", "unknown"),
    Case("no default route back", "ip -n c route del default", "no-route", isOnReply: true, arguments: "a c"),
    Case("unreachable at the host", "ip route add unreachable 10.0.1.2", "route-rejects", arguments: "a c"),
    Case("both isolated", "bridge link set dev va isolated on; bridge link set dev vb isolated on", "port-isolated"),
    Case(
      "no flooding, no learning",
      "bridge link set dev vb learning off flood off bcast_flood off; bridge fdb flush dev br0; sleep 0.1",
      "flooding-off", "vb"),
    Case("fdb on the wrong port", "bridge fdb replace $MAC dev va master static sticky", "fdb-wrong-port"),
    Case("no address", "ip -n b addr flush dev eth0", "no-address", "eth0"),
    Case(
      "prefix of 32 at the source", "ip -n a addr flush dev eth0; ip -n a addr add 10.0.0.2/32 dev eth0",
      "wrong-subnet"),
    Case(
      "no route back",
      "ip -n b addr flush dev eth0; ip -n b addr add 10.0.0.3/32 dev eth0", "wrong-subnet", isOnReply: true),
    Case("blackhole", "ip -n a route add blackhole 10.0.0.3", "route-rejects"),
    Case("prohibit", "ip -n a route add prohibit 10.0.0.3", "route-rejects"),
    Case("unreachable on the way back", "ip -n b route add unreachable 10.0.0.2", "route-rejects", isOnReply: true),
    Case("rule of the policy", "ip -n a rule add to 10.0.0.3 prohibit", "route-rejects"),
    Case(
      "wrong neighbour", "ip -n a neigh replace 10.0.0.3 lladdr 02:00:00:00:00:99 dev eth0 nud permanent",
      "neighbor-wrong-mac", "eth0"),
    Case(
      "wrong neighbour on the way back",
      "ip -n b neigh replace 10.0.0.2 lladdr 02:00:00:00:00:99 dev eth0 nud permanent", "neighbor-wrong-mac", "eth0",
      isOnReply: true),
    Case("no resolution", "ip -n b link set eth0 arp off", "neighbor-off", "eth0"),
    Case(
      "the same address twice",
      "join d br0 10.0.0.4; ip -n d addr add 10.0.0.3/24 dev eth0; ip -n b link set eth0 arp off",
      "duplicate-address", verdict: "degraded"),
    Case(
      "the same address twice, and the other one refuses",
      "join d br0 10.0.0.4; ip -n d addr add 10.0.0.3/24 dev eth0; ip -n b link set eth0 arp off; "
        + "busybox nsenter --net=/run/netns/b busybox httpd -p 5432 -h /run",
      "duplicate-address", arguments: "a b:5432"),
    Case(
      "the same MAC twice",
      "join d br0 10.0.0.4; ip -n d link set eth0 down; ip -n d link set eth0 address $MAC; ip -n d link set eth0 up; "
        + "ip -n d neigh flush all; in_ns d ping -c1 -W1 10.0.0.1 >/dev/null; bridge fdb replace $MAC dev vd master static",
      "duplicate-mac", verdict: "degraded"),
    Case(
      "nft, forward, bridged frames",
      "nft add table ip f; nft 'add chain ip f c { type filter hook forward priority 0; policy drop; }'",
      "firewall-drop"),
    Case(
      "nft, bridge family",
      "nft add table bridge f; nft 'add chain bridge f c { type filter hook forward priority 0; }'; nft add rule bridge f c iifname va counter drop",
      "firewall-drop"),
    Case(
      "nft, netdev family",
      "nft add table netdev f; nft 'add chain netdev f c { type filter hook ingress device va priority 0; }'; nft add rule netdev f c ip protocol icmp drop",
      "firewall-drop"),
    Case(
      "nft, set of addresses",
      "nft add table inet f; nft 'add set inet f s { type ipv4_addr; flags interval; elements = { 10.0.0.0/29 }; }'; nft 'add chain inet f c { type filter hook forward priority 10; }'; nft add rule inet f c ip daddr @s reject",
      "firewall-drop"),
    Case(
      "nft, verdict map",
      "nft add table inet f; nft 'add chain inet f c { type filter hook forward priority 0; }'; nft add rule inet f c iifname . oifname vmap '{ br0 . br0 : drop }'; nft add rule inet f c ip protocol vmap '{ icmp : drop }'",
      "firewall-drop"),
    Case("iptables, input of b", "in_ns b iptables-nft -A INPUT -p icmp -j DROP", "firewall-drop"),
    Case("iptables, policy of b", "in_ns b iptables-nft -P INPUT DROP", "firewall-drop"),
    Case("iptables, output of a", "in_ns a iptables-nft -A OUTPUT -d 10.0.0.3 -j REJECT", "firewall-drop"),
    Case("iptables, reply", "in_ns a iptables-nft -A INPUT -p icmp -j DROP", "firewall-drop", isOnReply: true),
    Case("iptables-legacy, input of b", "in_ns b iptables-legacy -A INPUT -s 10.0.0.2 -j DROP", "firewall-drop"),
    Case(
      "firewalls of two kinds",
      "in_ns b iptables-legacy -A INPUT -j ACCEPT; in_ns b nft add table inet f; "
        + "in_ns b nft 'add chain inet f c { type filter hook input priority 0; policy drop; }'", "firewall-drop"),
    Case(
      "another network, no forwarding", "sysctl -qw net.ipv4.ip_forward=0", "forwarding-off", arguments: "a c"),
    Case(
      "another network, FORWARD drops", "iptables-nft -A FORWARD -i br0 -o br1 -j DROP", "firewall-drop",
      arguments: "a c"),
    Case(
      "reverse path",
      "sysctl -qw net.ipv4.conf.all.rp_filter=1 net.ipv4.conf.br0.rp_filter=1; "
        + "ip route add 10.0.0.2/32 via 10.0.1.2", "reverse-path-filter", arguments: "a c"),
    Case(
      "ping ignored",
      "in_ns b sysctl -qw net.ipv4.icmp_echo_ignore_all=1; in_ns b busybox nc -l -p 80 >/dev/null & sleep 0.3",
      "echo-ignored", verdict: "degraded"),
    Case(
      "narrow", "ip -n b link set eth0 mtu 1200; ip link set vb mtu 1200", "mtu-mismatch",
      arguments: "a b --size 1400",
      verdict: "degraded"),
  ]
}
