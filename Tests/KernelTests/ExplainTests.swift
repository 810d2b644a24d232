import Foundation
import Testing

extension KernelTests {
  /// Networks that do not work, made with the usual tools, and what is said of them.
  @Suite struct ExplainTests {
    private typealias Object = [String: Any]

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
      var testDescription: String { name }

      init(
        _ name: String, _ script: String, _ code: String, _ interface: String? = nil, isOnReply: Bool = false,
        arguments: String = "a b", verdict: String = "unreachable"
      ) {
        (self.name, self.script, self.code, self.interface) = (name, script, code, interface)
        (self.isOnReply, self.arguments, self.verdict) = (isOnReply, arguments, verdict)
      }
    }

    /// a and b at br0 (10.0.0.0/24), c at br1 (10.0.1.0/24); all have a default route by way of the host, which forwards.
    private static let network = """
      set -e
      sysctl -qw net.ipv4.ip_forward=1
      for i in 0 1; do ip link add br$i type bridge; ip addr add 10.0.$i.1/24 dev br$i; ip link set br$i up; done
      join() {
        ip netns add $1; ip link add v$1 type veth peer name eth0 netns $1; ip link set v$1 master $2 up
        ip -n $1 link set lo up; ip -n $1 addr add $3/24 dev eth0; ip -n $1 link set eth0 up
        ip -n $1 route add default via ${3%.*}.1
      }
      join a br0 10.0.0.2; join b br0 10.0.0.3; join c br1 10.0.1.2
      in_ns() { ip netns exec "$@"; }
      MAC=$(ip -n b -j link show eth0 | sed 's/.*"address":"\\([^"]*\\)".*/\\1/')
      set +e

      """

    private func explain(_ script: String, _ arguments: String) throws -> (Object, Int32) {
      let end = "$NT explain \(arguments) --format json --docker-host unix:///run/none.sock; echo \"STATUS $?\""
      let run = Machine.inPrivateWorld(Self.network + script + "\n" + end, timeout: 40)
      let lines = run.output.split(separator: "\n").map(String.init)
      let json = try #require(lines.last { $0.hasPrefix("{") }, "\(run.output) \(run.errors)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? Object)
      let status = lines.last.flatMap { Int32($0.dropFirst("STATUS ".count)) }
      return (object, status ?? -1)
    }

    static let cases: [Case] = [
      Case("cable down at the host", "ip link set va down", "link-down", "va"),
      Case("interface down", "ip -n b link set eth0 down", "link-down", "eth0"),
      Case("bridge down", "ip link set br0 down", "bridge-down", "br0"),
      Case("unplugged", "ip link set vb nomaster", "not-a-bridge-port", "vb"),
      Case("other bridge", "ip link set vb master br1", "different-bridges", "vb"),
      Case("port blocked by hand", "bridge link set dev vb state 4", "port-not-forwarding", "vb"),
      Case("both isolated", "bridge link set dev va isolated on; bridge link set dev vb isolated on", "port-isolated"),
      Case(
        "no flooding, no learning",
        "bridge link set dev vb learning off flood off bcast_flood off; bridge fdb flush dev br0; sleep 0.1",
        "flooding-off", "vb"),
      Case("fdb on the wrong port", "bridge fdb replace $MAC dev va master static", "fdb-wrong-port"),
      Case("no address", "ip -n b addr flush dev eth0", "no-address", "eth0"),
      Case(
        "prefix of 32 at the source", "ip -n a addr flush dev eth0; ip -n a addr add 10.0.0.2/32 dev eth0", "no-route"),
      Case(
        "no route back",
        "ip -n b addr flush dev eth0; ip -n b addr add 10.0.0.3/32 dev eth0", "no-route", isOnReply: true),
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
        "duplicate-address"),
      Case(
        "the same MAC twice",
        "join d br0 10.0.0.4; ip -n d link set eth0 down; ip -n d link set eth0 address $MAC; ip -n d link set eth0 up; "
          + "ip -n d neigh flush all; in_ns d ping -c1 -W1 10.0.0.1 >/dev/null; bridge fdb replace $MAC dev vd master static",
        "duplicate-mac"),
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

    @Test(
      .enabled(
        if: Machine.can("ip", "bridge", "nft", "iptables-nft", "iptables-legacy", "busybox"),
        "needs root, iproute2, nftables, iptables and busybox"), arguments: cases)
    func theCauseIsNamed(of fault: Case) throws {
      let (object, status) = try explain(fault.script, fault.arguments)
      let cause = object["cause"] as? Object
      #expect(object["verdict"] as? String == fault.verdict, "\(object)")
      #expect(cause?["code"] as? String == fault.code, "\(object)")
      if let interface = fault.interface { #expect(cause?["interface"] as? String == interface, "\(object)") }
      #expect(cause?["direction"] as? String == (fault.isOnReply ? "reply" : "request"), "\(object)")
      #expect((cause?["evidence"] as? [Object])?.isEmpty == false)
      #expect(status == (fault.verdict == "unreachable" ? 1 : 0))
      if fault.code == "firewall-drop" { #expect(cause?["rule"] is Object, "\(object)") }
    }

    /// Rules that look bad, and do not match our packet.
    static let innocent: [String] = [
      "", "iptables-nft -A FORWARD -p tcp -j DROP", "iptables-nft -A FORWARD -i br1 -j DROP",
      "nft add table ip f; nft 'add chain ip f c { type filter hook forward priority 0; }'; nft add rule ip f c ip daddr 10.9.0.0/16 counter drop",
      "nft add table ip f; nft 'add set ip f s { type ipv4_addr; elements = { 10.0.0.77 }; }'; nft 'add chain ip f c { type filter hook forward priority 0; }'; nft add rule ip f c ip daddr @s drop",
      "in_ns b iptables-legacy -A INPUT -p udp -j DROP", "bridge link set dev va isolated on",
      "in_ns b iptables-nft -A INPUT -m statistic --mode nth --every 1000000 -j DROP",
    ]

    @Test(
      .enabled(if: Machine.can("ip", "bridge", "nft", "iptables-nft", "iptables-legacy"), "needs root and the tools"),
      arguments: innocent)
    func whoDoesNothingIsNotAccused(script: String) throws {
      let (object, status) = try explain(script, "a b")
      #expect(object["verdict"] as? String == "reachable", "\(object)")
      #expect(object["cause"] == nil && (object["also"] as? [Object])?.isEmpty == true, "\(object)")
      #expect(status == 0)
    }

    /// The broken laboratories of the demo, and what is to be said of them.
    static let laboratories = [
      "port-down": "link-down", "interface-down": "link-down", "bridge-down": "bridge-down",
      "unplugged": "not-a-bridge-port", "wrong-bridge": "different-bridges", "isolated-ports": "port-isolated",
      "stp-learning": "port-not-forwarding", "flooding-off": "flooding-off", "wrong-port": "fdb-wrong-port",
      "wrong-subnet": "wrong-subnet", "no-address": "no-address", "blackhole": "route-rejects",
      "stale-neighbor": "neighbor-wrong-mac", "duplicate-address": "duplicate-address",
      "two-networks": "forwarding-off", "forward-drop": "firewall-drop", "input-drop": "firewall-drop",
      "reply-filter": "firewall-drop", "ping-ignored": "echo-ignored", "mtu": "mtu-mismatch",
    ]

    @Test(
      .enabled(if: Machine.can("unshare", "nft"), "needs namespaces, and nft to read the rules"),
      arguments: laboratories.sorted { $0.key < $1.key })
    func theLaboratoriesAreExplained(name: String, code: String) throws {
      let run = Machine.bash("$NT demo --scenario \(name) --explain --format json")
      let object = try run.json()
      #expect((object["cause"] as? Object)?["code"] as? String == code, "\(object)")
    }

    @Test func everyBrokenLaboratoryIsListed() {
      let list = Machine.bash("$NT demo --list").output
      for name in Self.laboratories.keys { #expect(list.contains(name), "\(name)") }
    }
  }
}
