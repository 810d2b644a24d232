/// Set-ups of what is said beside the cause: remedies, what clears, and what is no fault at all.
extension Situation {
  /// Remedies: they are run, and help; or there is none.
  static let remedies = [
    Situation("a port has left its bridge", "ip link set vc2 nomaster", "c1 c2", "not-a-bridge-port"),
    Situation("a routed cable is no lost port", "true", "c1 p1"),
    Situation(
      "an uplink is no lost port, and no route but the one that refuses leads back",
      "in_ns up ip route add blackhole 172.17.0.0/16", "c1 192.0.2.1", "no-masquerade", "route-rejects"),
    Situation(
      "a route that refuses, and a wider one behind it",
      "in_ns up ip route add 172.16.0.0/12 via 192.0.2.2; in_ns up ip route add blackhole 172.17.0.0/16",
      "c1 192.0.2.1", "route-rejects"),
    Situation(
      "a duplicate has been detected",
      "in_ns c2 sysctl -qw net.ipv6.conf.eth0.accept_dad=1; in_ns c2 ip addr add fd00::2/64 dev eth0; for i in $(seq 40); do ip -n c2 addr show dev eth0 | grep -q dadfailed && break; sleep 0.1; done; in_ns c2 ip addr del fd00::3/64 dev eth0",
      "c2 c1 -6", "address-unusable"),
    Situation(
      "a rule of the sender's own policy wins over its routes",
      "in_ns c1 ip rule add pref 40 to 172.18.0.0/16 unreachable", "c1 c3", "route-rejects"),
    Situation("a rule that is for others", "in_ns c1 ip rule add pref 40 to 198.51.100.0/24 unreachable", "c1 c3"),
  ]

  /// Addresses of the loopback that are translated.
  static let loopbacks = [
    Situation(
      "a port of the loopback is translated, and its packets go nowhere", localhost, "$host 127.0.0.1 --port 8080",
      "loopback-not-routed"),
    Situation(
      "a port of the loopback is translated, and may leave",
      localhost + "sysctl -qw net.ipv4.conf.br0.route_localnet=1",
      "$host 127.0.0.1 --port 8080"),
  ]

  private static let localhost = """
    iptables -t nat -A OUTPUT -p tcp -d 127.0.0.1 --dport 8080 -j DNAT --to-destination 172.17.0.3:80
    iptables -t nat -A POSTROUTING -s 127.0.0.0/8 -o br0 -j MASQUERADE

    """

  /// A later counter that saw every probe clears all before it; what came back is part of the cause.
  static let clearing = [
    Situation(
      "what can't be decided does not drop, and the container's own rule does",
      "iptables -A FORWARD -m string --string nothing --algo bm -j DROP; in_ns c3 iptables -A INPUT -p icmp -j DROP",
      "c1 c3", "firewall-drop"),
    Situation(
      "what can't be decided drops",
      "iptables -A FORWARD -m u32 --u32 '6&0xFF=1' -j DROP || echo VOID", "c1 c3", "firewall-drop"),
    Situation(
      "a limit that is not reached",
      "iptables -A FORWARD -p icmp -m limit --limit 50/s --limit-burst 100 -j ACCEPT; iptables -P FORWARD DROP; iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT",
      "c1 c3"),
    Situation(
      "a router says that its hops are spent", "in_ns up iptables -t mangle -A PREROUTING -p icmp -j TTL --ttl-set 1",
      "$host 203.0.113.7", "ttl-exceeded"),
    Situation(
      "a router forbids", "in_ns up iptables -A FORWARD -j REJECT --reject-with icmp-admin-prohibited",
      "$host 203.0.113.7", "firewall-drop"),
    Situation(
      "a connection passes what can't be decided",
      "iptables -A FORWARD -m string --string nothing --algo bm -j DROP; serve c3 80; sleep 0.3", "c1 c3 --port 80"),
  ]

  /// Nothing on the way of a conversation that works is bad, however odd.
  static let healthy = [
    Situation("one isolated port is alone with it", "bridge link set dev vc2 isolated on", "c1 c2"),
    Situation(
      "static entries in place of learning and floods",
      "for n in c1 c2; do bridge fdb replace $(ip -n $n -br link show eth0 | awk '{print $3}') dev v$n master static; bridge link set dev v$n learning off flood off; done",
      "c1 c2"),
    Situation(
      "strict reverse paths, and another link that is down",
      "sysctl -qw net.ipv4.conf.all.rp_filter=1; ip -n c3 link add spare type ifb; ip -n c3 addr add 10.98.0.1/24 dev spare",
      "c1 c3"),
    Situation(
      "both ports are isolated", "for n in c1 c2; do bridge link set dev v$n isolated on; done", "c1 c2",
      "port-isolated"),
    Situation(
      "no floods, and nothing learned",
      "bridge link set dev vc2 learning off flood off; bridge fdb del $(ip -n c2 -br link show eth0 | awk '{print $3}') dev vc2 master",
      "c1 c2", "flooding-off"),
  ]
}
