// Every statement of nft, for people.

extension RulesFixtures {
  /// `nft list ruleset` beside `everyStatement`: the rules alone, in order, without counts.
  static let everyStatementText = #"""
    counter return
    ct state vmap { invalid : drop, established : accept, related : accept }
    ct state established,related accept
    ct state { new, untracked } continue
    ct state != established counter name "named"
    iif "lo" accept
    iifname "br-*" oifname != "eth0" jump aux
    ip saddr @bad drop
    ip saddr != @bad accept
    ip saddr { 1.1.1.1, 2.2.2.0/24, 3.3.3.3-3.3.3.9 } drop
    iifname . ip saddr . meta l4proto . th dport @cc accept
    tcp dport vmap @ports
    iifname vmap @ifs
    tcp flags syn / syn,ack log prefix "x y"
    tcp flags syn / syn,ack accept
    tcp flags ! syn drop
    tcp flags syn,rst drop
    meta l4proto { tcp, udp } th dport 53 accept
    icmp type echo-request limit rate 5/second burst 3 packets accept
    icmp type { echo-reply, echo-request } icmp code net-unreachable accept
    icmpv6 type { echo-request, nd-neighbor-solicit } accept
    meta mark & 0x000000ff == 0x00000001 meta mark set 0x00000002
    meta mark set meta mark | 0x00000004
    meta mark set ct mark
    ct mark set meta mark
    meta mark 0x00000005-0x00000009 accept
    meta pkttype broadcast drop
    meta nfproto ipv4 meta protocol ip accept
    meta length > 1400 drop
    ip ttl < 5 drop
    ip length 84 drop
    ip6 hoplimit 255 accept
    ip dscp cs1 accept
    ip frag-off & 8191 != 0 drop
    ip protocol icmp accept
    ip6 nexthdr ipv6-icmp accept
    exthdr hbh exists drop
    fib daddr type local accept
    fib daddr . iif type != { local, broadcast, multicast } drop
    fib saddr . iif oif missing drop
    meta skuid 0 accept
    meta skuid != 1000-2000 accept
    ether saddr 02:42:ac:11:00:02 accept
    vlan id 5 accept
    ct status dnat accept
    ct status snat,dnat accept
    ct direction original accept
    ct original ip daddr 10.0.0.1 accept
    socket transparent 1 accept
    reject with icmpx admin-prohibited
    meta l4proto tcp reject with tcp reset
    ip daddr 10.1.0.0/16 accept
    add @dyn { ip saddr timeout 5m } accept
    update @dyn { ip saddr limit rate over 10/minute } drop
    ct count over 5 drop
    quota over 5 mbytes drop
    meta day "Monday" drop
    th dport 80 drop
    meta iiftype ether accept
    tcp option maxseg size 1-500 drop
    meta cgroup 5 accept
    tcp dport != 80 accept comment "hello w"
    meta time < "2030-01-01 00:00:00" accept
    rt ip nexthop 10.0.0.1 accept
    numgen random mod 2 vmap { 0 : accept, 1 : drop }
    jhash ip saddr mod 2 0 accept
    ct helper "ftp" accept
    ct state established ct direction reply ip saddr 10.0.0.0/8 counter accept
    ip saddr . tcp dport { 1.1.1.1 . 80, 2.2.2.2 . 81-90 } accept
    ip saddr . tcp dport vmap { 1.1.1.1 . 80 : drop }
    tcp dport 1024-65535 accept
    tcp dport < 1024 accept
    tcp dport 80 dnat ip to 10.0.0.5:8080
    tcp dport 81 redirect to :8081
    ip daddr 1.1.1.1 dnat ip to 10.0.0.6
    dnat ip to tcp dport map { 90 : 1.2.3.4 }
    notrack
    oifname "eth0" masquerade random
    snat ip to 1.2.3.4
    ip saddr 1.2.3.4 drop
    dup to "lo"
    fwd to "lo"
    arp operation request arp saddr ip 1.2.3.4 drop
    vlan id 4 ip saddr 1.2.3.4 drop
    ip saddr 1.2.3.4 drop
    ether daddr & 01:00:00:00:00:00 == 01:00:00:00:00:00 accept
    arp operation request drop
    """#
}
