import Testing

/// Networks that people have, each with what must be said of it, written down before it was run: five of a kind, half
/// of them healthy. They begin as the random networks do (`RoutedNetwork.base`).
struct Situation: Sendable, CustomTestStringConvertible {
  var name: String
  var script: String
  /// What `explain` is asked.
  var arguments: String
  /// One of them is the cause; empty: it is reachable, and nobody is accused.
  var codes: Set<String>
  var testDescription: String { name }

  init(_ name: String, _ script: String, _ arguments: String, _ codes: String...) {
    (self.name, self.script, self.arguments, self.codes) = (name, script, arguments, Set(codes))
  }

  static let all =
    answering + returning + sending + listening + remedies + loopbacks + addresses + clearing + families + attached
    + healthy + ways
    + tunnels

  /// Who answers for an address.
  private static let answering = [
    Situation(
      "gateway on another link of the host", "in_ns c1 ip route replace default via 172.18.0.1 dev eth0 onlink", "c1 c3"
    ),
    Situation(
      "gateway that only a neighbour entry names",
      "in_ns c1 ip neigh replace 169.254.1.7 lladdr $(cat /sys/class/net/br0/address 2>/dev/null || ip -br link show br0 | awk '{print $3}') dev eth0 nud permanent; in_ns c1 ip route replace default via 169.254.1.7 dev eth0 onlink",
      "c1 c3"),
    Situation(
      "ARP dropped by the container's own rules",
      "in_ns c2 nft add table arp f; in_ns c2 nft 'add chain arp f i { type filter hook input priority 0; }'; in_ns c2 nft add rule arp f i drop; flush",
      "c1 c2", "firewall-drop"),
    Situation("no broadcast to the port", "bridge link set dev vc2 bcast_flood off; flush", "c1 c2", "flooding-off"),
    Situation(
      "answers to nobody", "in_ns c2 sysctl -qw net.ipv4.conf.all.arp_ignore=8; flush", "c1 c2", "nobody-answers-for"),
  ]

  private static let masquerade = "iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE; "

  /// The way back.
  private static let returning = [
    Situation(
      "the replies are let in",
      masquerade
        + "iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT; iptables -A FORWARD -i br0 -j ACCEPT",
      "c1 203.0.113.7"),
    Situation(
      "only the way out is let through", masquerade + "iptables -P FORWARD DROP; iptables -A FORWARD -i br0 -j ACCEPT",
      "c1 203.0.113.7", "firewall-drop"),
    Situation(
      "a router that does not believe the source",
      masquerade
        + "in_ns up sysctl -qw net.ipv4.conf.lan.rp_filter=1; in_ns up ip route add 192.0.2.2/32 via 198.18.0.2",
      "c1 203.0.113.7", "reverse-path-filter"),
    Situation(
      "a strict router, and a worse route to the source",
      masquerade
        + "in_ns up sysctl -qw net.ipv4.conf.lan.rp_filter=1; in_ns up ip route add 192.0.2.0/24 via 198.18.0.2 metric 500",
      "c1 203.0.113.7"),
    Situation(
      "not tracked, so no reply of it",
      "iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT; iptables -A FORWARD -i br0 -j ACCEPT; iptables -t raw -A PREROUTING -s 172.17.0.2 -j CT --notrack",
      "c1 c3", "firewall-drop"),
  ]

  /// The packet that an application would send.
  private static let sending = [
    Situation(
      "a second address is the source",
      "in_ns c1 ip addr add 172.17.0.77/16 dev eth0; in_ns c1 ip route replace default via 172.17.0.1 src 172.17.0.77",
      "c1 c3"),
    Situation(
      "a source that nobody knows",
      "in_ns c1 ip addr add 10.9.9.9/32 dev eth0; in_ns c1 ip route replace 172.17.0.0/16 dev eth0 src 10.9.9.9",
      "c1 c2", "wrong-source"),
    Situation("one hop is not enough", "in_ns c1 sysctl -qw net.ipv4.ip_default_ttl=1", "c1 c3", "ttl-exceeded"),
    Situation("two hops are enough", "in_ns c1 sysctl -qw net.ipv4.ip_default_ttl=2", "c1 c3"),
    Situation(
      "the source is named",
      "in_ns c1 ip addr add 10.9.9.9/32 dev eth0; in_ns c1 ip route replace 172.17.0.0/16 dev eth0 src 10.9.9.9",
      "c1/eth0 c2"),
  ]

  /// A refusal is not "nothing listens".
  private static let listening = [
    Situation(
      "reset by the container's rules",
      "in_ns c2 iptables -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset",
      "c1 c2 --port 80", "firewall-drop"),
    Situation(
      "redirected to a proxy that has ended",
      "iptables -t nat -A PREROUTING -i br0 -p tcp --dport 80 -j REDIRECT --to-ports 3129",
      "c1 203.0.113.7 --port 80", "no-program"),
    Situation("listens for itself", "serve c2 127.0.0.1:82; sleep 0.3", "c1 c2 --port 82", "listens-elsewhere"),
    Situation("listens on everything", "serve c2 82; sleep 0.3", "c1 c2 --port 82"),
    Situation(
      "translated to a port that is open",
      "iptables -t nat -A PREROUTING -d 10.96.0.1 -p tcp --dport 443 -j DNAT --to-destination 172.18.0.2:84; serve c3 84; sleep 0.3",
      "c1 10.96.0.1 --port 443"),
  ]

  /// Addresses on other links, and of several.
  private static let addresses = [
    Situation("an address on the loopback", "in_ns c2 ip addr add 172.17.0.60/32 dev lo", "c1 172.17.0.60"),
    Situation(
      "an address that two have, and a route to one of them",
      "for n in c2 c3; do in_ns $n ip addr add 10.50.0.1/32 dev lo; done; ip route add 10.50.0.1 via 172.17.0.3",
      "c1 10.50.0.1"),
    Situation(
      "an address on the loopback, and a rule that drops",
      "in_ns c2 ip addr add 172.17.0.60/32 dev lo; in_ns c2 iptables -A INPUT -d 172.17.0.60 -j DROP",
      "c1 172.17.0.60", "firewall-drop"),
    Situation(
      "a route to the one of two that drops",
      "for n in c2 c3; do in_ns $n ip addr add 10.50.0.1/32 dev lo; done; ip route add 10.50.0.1 via 172.17.0.3; in_ns c2 iptables -A INPUT -d 10.50.0.1 -j DROP",
      "c1 10.50.0.1", "firewall-drop"),
    Situation(
      "the service address is on a link that is down, and answered for all the same",
      "in_ns c2 ip link set vip0 down; in_ns c2 ip addr add 172.17.0.50/32 dev lo 2>/dev/null; true",
      "c1 172.17.0.50"),
  ]

  /// An address of the subnet is behind another cable of the host.
  private static let behindProxy = """
    ip addr add fd00::1/64 dev br0 nodad; ns q1; ip link add vq1 type veth peer name eth0 netns q1; ip link set vq1 up
    ip -n q1 addr add fd00::50/128 dev eth0 nodad; ip -n q1 link set eth0 up; ip addr add fe80::1/64 dev vq1 nodad
    ip -n q1 route add default via fe80::1 dev eth0; ip route add fd00::50 dev vq1

    """

  /// IPv6's own.
  private static let families = [
    Situation(
      "IPv6 is off at the other end", "in_ns c2 sysctl -qw net.ipv6.conf.all.disable_ipv6=1", "c1 c2 -6",
      "ipv6-disabled"),
    Situation(
      "advertisements dropped",
      "in_ns c2 ip6tables -A OUTPUT -p icmpv6 --icmpv6-type neighbour-advertisement -j DROP; flush",
      "c1 fd00::3", "firewall-drop"),
    Situation(
      "no multicast, and entries that were set",
      "ip link set br0 type bridge mcast_snooping 0; bridge link set dev vc2 mcast_flood off; in_ns c1 ip neigh replace fd00::3 lladdr $(ip -n c2 -br link show eth0 | awk '{print $3}') dev eth0 nud permanent; in_ns c2 ip neigh replace fd00::2 lladdr $(ip -n c1 -br link show eth0 | awk '{print $3}') dev eth0 nud permanent",
      "c1 fd00::3"),
    Situation("IPv6 is well", "true", "c1 fd00::3"),
    Situation(
      "nobody answers for what is routed behind it", behindProxy, "c1 fd00::50", "nobody-answers-for"),
    Situation(
      "a proxy entry, and the setting is off", behindProxy + "ip -6 neigh add proxy fd00::50 dev br0", "c1 fd00::50",
      "nobody-answers-for"),
    Situation(
      "answered for by proxy",
      behindProxy + "ip -6 neigh add proxy fd00::50 dev br0; sysctl -qw net.ipv6.conf.br0.proxy_ndp=1", "c1 fd00::50"),
    Situation(
      "a router's advertisements are not heard",
      "in_ns c1 sysctl -qw net.ipv6.conf.all.forwarding=1; ip addr add fd00::1/64 dev br0 nodad; ip addr add fd01::1/64 dev br1 nodad; in_ns c3 ip addr add fd01::2/64 dev eth0 nodad; in_ns c3 ip route add default via fd01::1",
      "c1 fd01::2", "no-route"),
    Situation(
      "echo of IPv6 ignored", "in_ns c2 sysctl -qw net.ipv6.icmp.echo_ignore_all=1", "c1 fd00::3", "echo-ignored"),
  ]

  /// What can't be read, named.
  private static let attached = [
    Situation(
      "a filter of tc drops",
      "tc qdisc add dev vc2 clsact && tc filter add dev vc2 egress matchall action drop || echo VOID",
      "c1 c2", "opaque-program"),
    Situation(
      "a filter of tc lets pass",
      "tc qdisc add dev vc2 clsact && tc filter add dev vc2 egress matchall action pass || echo VOID",
      "c1 c2"),
    Situation(
      "an egress rule on the cable",
      "nft add table netdev f; nft 'add chain netdev f e { type filter hook egress device vc2 priority 0; }' || echo VOID; nft add rule netdev f e ip protocol icmp drop",
      "c1 c2", "firewall-drop"),
    Situation(
      "a queue without a program that may be passed by", "iptables -A FORWARD -j NFQUEUE --queue-num 4 --queue-bypass",
      "c1 c3"),
    Situation("a queue without a program", "iptables -A FORWARD -j NFQUEUE --queue-num 4", "c1 c3", "no-program"),
  ]

  /// Rules and tables that lead elsewhere.
  private static let ways = [
    Situation(
      "a mark leads to a table that refuses",
      masquerade
        + "iptables -t mangle -A PREROUTING -s 172.17.0.2 -d 203.0.113.0/24 -j MARK --set-mark 5; ip rule add pref 41 fwmark 5 lookup 72; ip route add unreachable default table 72",
      "c1 203.0.113.7", "route-rejects"),
    Situation(
      "a mark leads to a table that is right",
      masquerade
        + "iptables -t mangle -A PREROUTING -s 172.17.0.2 -d 203.0.113.0/24 -j MARK --set-mark 5; ip rule add pref 41 fwmark 5 lookup 72; ip route add default via 192.0.2.1 table 72",
      "c1 203.0.113.7"),
    Situation(
      "a table takes the containers' subnet",
      "ip route add 172.17.0.0/16 dev idle0 table 73; ip rule add pref 42 lookup 73", "$host c2",
      "other-way"),
    Situation(
      "a default route by a container's cable",
      "ip route del default; ip route add default via 192.0.2.1 metric 300; ip route add default dev vp1 metric 200",
      "$host 203.0.113.7",
      "other-way", "neighbor-failed", "nobody-answers-for"),
    Situation(
      "two defaults, the better one is right",
      "ip route replace default via 192.0.2.1 metric 100; ip route add default dev idle0 metric 200",
      "$host 203.0.113.7"),
  ]

  /// A tunnel at layer 2: x1 and x2 in one subnet, at a bridge of each node.
  private static let stretched = """
    for n in host nb; do [ $n = host ] && I= || I="-n nb"; ip $I link add br5 type bridge; ip $I link set br5 up; done
    ip link add vx5 type vxlan id 5 local 192.0.2.2 remote 198.18.0.2 dstport 4799; ip link set vx5 master br5 up
    ip -n nb link add vx5 type vxlan id 5 local 198.18.0.2 remote 192.0.2.2 dstport 4799; ip -n nb link set vx5 master br5 up
    ns x1; ip link add vx1 type veth peer name eth0 netns x1; ip link set vx1 master br5 up; ip -n x1 link set eth0 up; ip -n x1 addr add 10.60.0.1/24 dev eth0
    ns x2; ip -n nb link add vx2 type veth peer name eth0 netns x2; ip -n nb link set vx2 master br5 up; ip -n x2 link set eth0 up; ip -n x2 addr add 10.60.0.2/24 dev eth0

    """

  private static let tunnels = [
    Situation("a stretched network", stretched, "x1 x2"),
    Situation(
      "a stretched network, and its packets are dropped",
      stretched + "in_ns nb iptables -A INPUT -p udp --dport 4799 -j DROP", "x1 x2",
      "firewall-drop"),
    Situation(
      "another number at the far end",
      "ip -n nb link del vx; ip -n nb link add vx address 02:00:00:00:00:02 type vxlan id 8 local 198.18.0.2 dstport 4789 nolearning; ip -n nb addr add 10.244.2.0/32 dev vx; ip -n nb link set vx up",
      "c1 p9", "tunnel-mismatch"),
    Situation("dropped by a router between", "in_ns up iptables -P FORWARD DROP", "c1 p9", "firewall-drop"),
    Situation("a tunnel that works", "true", "c1 p9"),
  ]
}
