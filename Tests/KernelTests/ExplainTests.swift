import Fixtures
import Foundation
import Testing

extension KernelTests {
  /// Networks that do not work, made with the usual tools, and what is said of them.
  @Suite struct ExplainTests {
    private typealias Object = [String: Any]

    /// a and b at br0 (10.0.0.0/24), c at br1 (10.0.1.0/24); all have a default route by way of the host, which forwards.
    private static let network = """
      set -e
      sysctl -qw net.ipv4.ip_forward=1
      for i in 0 1; do ip link add br$i type bridge; ip addr add 10.0.$i.1/24 dev br$i; ip link set br$i up; done
      join() {
        ip netns add $1; ip link add v$1 type veth peer name eth0 netns $1; ip link set v$1 master $2 up
        ip -n $1 link set lo up; ip -n $1 addr add $3/24 dev eth0; ip -n $1 link set eth0 up
        ip -n $1 route add default via ${3%.*}.1
        # The port comes up by itself, a moment later, and would undo what is done to it.
        for i in $(seq 100); do bridge link show dev v$1 | grep -q 'state forwarding' && break; sleep 0.02; done
      }
      join a br0 10.0.0.2; join b br0 10.0.0.3; join c br1 10.0.1.2
      in_ns() { ip netns exec "$@"; }
      MAC=$(ip -n b -j link show eth0 | sed 's/.*"address":"\\([^"]*\\)".*/\\1/')
      set +e

      """

    private func explain(_ script: String, _ arguments: String, holds: String = "true", triesRemedy: Bool = false)
      throws -> (Object, Int32)
    {
      let end =
        #"JSON=$($NT explain \#(arguments) --format json --docker-host unix:///run/none.sock); S=$?; printf '%s\n' "$JSON"; echo "STATUS $S""#
      let asked = "for n in 1 2 3 4 5 6; do\n\(script)\n\(end)\n\(holds) && break; sleep 0.3; done"
      let proof =
        arguments.contains("--")
        ? ""
        : "\n" + Machine.tryRemedy + #"""

          ADDRESS=$(printf '%s' "$JSON" | sed -n 's/.*"destination":{[^}]*"address":"\([^"]*\)".*/\1/p')
          set -- \#(arguments)
          proof() { case $1 in br*) shift; ping -n -c 1 -W 1 "$@";; *) ip netns exec "$1" ping -n -c 1 -W 1 "$2";; esac; }
          [ -z "$ADDRESS" ] || try_remedy proof "$1" "$ADDRESS"
          """#
      let run = Machine.inPrivateNamespaces(Self.network + asked + proof, timeout: 60)
      let lines = run.output.split(separator: "\n").map(String.init)
      if triesRemedy, let useless = lines.first(where: { $0.hasPrefix("REMEDY no") }) {
        Issue.record("\(script): \(useless)")
      }
      let json = try #require(lines.last { $0.hasPrefix("{") }, "\(run.output) \(run.errors)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? Object)
      let status = lines.last { $0.hasPrefix("STATUS") }.flatMap { Int32($0.dropFirst("STATUS ".count)) }
      return (object, status ?? -1)
    }

    @Test(
      .enabled(
        if: Machine.can("ip", "bridge", "nft", "iptables-nft", "iptables-legacy", "busybox"),
        "needs root, iproute2, nftables, iptables and busybox"), arguments: cases)
    func theCauseIsNamed(of fault: Case) throws {
      let (object, status) = try explain(
        fault.script, fault.arguments, holds: fault.holds, triesRemedy: !fault.isOneOfTwo)
      let cause = object["cause"] as? Object
      #expect(object["verdict"] as? String == fault.verdict, "\(object)")
      #expect(cause?["code"] as? String == fault.code, "\(object)")
      if let interface = fault.interface { #expect(cause?["interface"] as? String == interface, "\(object)") }
      #expect(cause?["direction"] as? String == (fault.isOnReply ? "reply" : "request"), "\(object)")
      #expect((cause?["evidence"] as? [Object])?.isEmpty == false)
      #expect(status == (fault.verdict == "unreachable" ? 1 : 0))
      if fault.code == "firewall-drop" { #expect(cause?["rule"] is Object, "\(object)") }
    }

    /// A source on two networks, whose way out is not by its first interface: the reply comes where the request left.
    @Test(.enabled(if: Machine.can("ip", "bridge", "iptables-nft"), "needs root, iproute2 and iptables"))
    func theReplyComesBackByTheNetworkThatTheKernelChose() throws {
      let (object, _) = try explain(
        """
        ip link add vx type veth peer name eth1 netns a; ip link set vx master br1 up
        ip -n a addr add 10.0.1.9/24 dev eth1; ip -n a link set eth1 up; ip -n a route replace default via 10.0.1.1
        ip netns add sky; ip link add up0 type veth peer name sky0 netns sky; ip addr add 203.0.113.5/24 dev up0
        ip link set up0 up; ip -n sky link set sky0 up; ip -n sky addr add 203.0.113.1/24 dev sky0
        ip route add default via 203.0.113.1; iptables-nft -t nat -A POSTROUTING -o up0 -j MASQUERADE
        ip -n sky addr add 198.51.100.1/32 dev sky0
        """, "a 198.51.100.7 --port 53/udp")
      let wrong = ((object["also"] as? [Object]) ?? []) + [object["cause"] as? Object].compactMap { $0 }
      #expect(wrong.allSatisfy { $0["code"] as? String != "wrong-subnet" }, "\(object)")
      #expect(((object["path"] as? [Object])?.first)?["interface"] as? String == "eth1", "\(object)")
    }

    /// Two hosts that nothing joins, with the same addresses on their bridges, as demos and engines inside engines have them:
    /// who answers is the near one, and neither is to give up its address.
    @Test(.enabled(if: Machine.can("ip", "bridge"), "needs root and iproute2"))
    func whoHasTheAddressInAWorldOfItsOwnIsNotReached() throws {
      let (object, status) = try explain(
        """
        for h in one two; do
          ip netns add $h; ip -n $h link add br0 type bridge; ip -n $h addr add 172.17.0.1/16 dev br0; ip -n $h link set br0 up
          for n in 2 3; do
            ip netns add $h-$n; ip -n $h link add v$n type veth peer name eth0 netns $h-$n; ip -n $h link set v$n master br0 up
            ip -n $h-$n addr add 172.17.0.$n/16 dev eth0; ip -n $h-$n link set eth0 up; ip -n $h-$n link set lo up
          done
        done
        in_ns one-2 ping -c 1 -W 2 172.17.0.3 > /dev/null || echo NO ANSWER
        """, "one-2 two-3")
      let cause = object["cause"] as? Object
      #expect(object["verdict"] as? String == "unreachable" && status == 1, "\(object)")
      #expect(cause?["code"] as? String == "different-bridges" && cause?["remedy"] == nil, "\(object)")
      #expect((cause?["claim"] as? String)?.hasPrefix("172.17.0.3 is one-3's address here") == true, "\(object)")
    }

    /// Somebody beyond an uplink answers with the destination's address, and nothing comes to the destination.
    @Test(.enabled(if: Machine.can("ip", "bridge", "python3"), "needs root, iproute2 and python3"))
    func aStrangersAnswerIsNotTheDestinations() throws {
      let (object, status) = try explain(
        """
        ip netns add x; ip -n x tuntap add t0 mode tun; ip -n x addr add 203.0.113.5/24 dev t0; ip -n x link set t0 up
        ip -n x route add default via 203.0.113.1
        # Turns each echo round.
        cat > /run/turn.py <<'END'
        import fcntl, os, struct
        tun = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(tun, 0x400454CA, struct.pack("16sH22x", b"t0", 0x1001))
        print("ready", flush=True)
        while True:
            p = bytearray(os.read(tun, 2000))
            if p[0] != 0x45 or p[9] != 1 or p[20] != 8: continue
            # The sums stay as they are, but for the type that is 8 less.
            p[12:16], p[16:20], p[20] = p[16:20], p[12:16], 0
            total = struct.unpack("!H", p[22:24])[0] + 0x0800
            p[22:24] = struct.pack("!H", (total & 0xFFFF) + (total >> 16))
            os.write(tun, bytes(p))
        END
        mkfifo /run/ready; in_ns x python3 /run/turn.py > /run/ready & read -r _ < /run/ready
        in_ns x ping -c 1 -W 1 10.0.1.2 > /dev/null || echo NO ANSWER
        """, "x c", holds: "kill %1")
      let cause = object["cause"] as? Object
      #expect(object["verdict"] as? String == "unreachable" && status == 1, "\(object)")
      #expect(cause?["code"] as? String == "other-way", "\(object)")
      #expect((cause?["claim"] as? String)?.contains("answers as 10.0.1.2, not c") == true, "\(object)")
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

    /// `NETNS_TOP_EXPLAIN_SEEDS` is how many random networks are asked about (3 unless given).
    private static let seeds =
      ProcessInfo.processInfo.environment["NETNS_TOP_EXPLAIN_SEEDS"].flatMap { Int($0) } ?? 3

    /// Networks that work, with rules that do nothing: nothing is accused.
    @Test(
      .enabled(if: Machine.can("ip", "bridge", "nft", "iptables-nft", "iptables-legacy"), "needs root and the tools"))
    func healthyNetworksAreCalledHealthy() throws {
      for seed in 0..<Self.seeds {
        var random = SeededGenerator(seed: UInt64(seed))
        var lines: [String] = []
        var names = ["a", "b", "c"]
        for number in 0..<Int.random(in: 0...4, using: &random) {
          let net = Int.random(in: 0...1, using: &random)
          lines.append("join x\(number) br\(net) 10.0.\(net).\(20 + number)")
          names.append("x\(number)")
        }
        for _ in 0..<Int.random(in: 0...3, using: &random) {
          // At br1, too, the packet may come by; there is no br9.
          let rule = Self.innocent.randomElement(using: &random) ?? ""
          lines.append(rule.replacingOccurrences(of: "-i br1", with: "-i br9"))
        }
        names.shuffle(using: &random)
        if Bool.random(using: &random) {
          lines.append("ip -n \(names[0]) addr add fd00::1/64 dev eth0 nodad")
          lines += names.prefix(2).map { "ip -n \($0) link set eth0 mtu 1400" }
        }
        let (object, status) = try explain(lines.joined(separator: "\n"), "\(names[0]) \(names[1])")
        #expect(
          object["verdict"] as? String == "reachable" && object["cause"] == nil && status == 0,
          "seed \(seed): \(lines) \(names[0]) > \(names[1]): \(object)")
      }
    }

    /// What stops a packet from a to b, in the order in which it meets it; what is accused of it, and where.
    static let onTheWay: [(script: String, code: String, place: String)] = [
      ("in_ns a iptables-nft -A OUTPUT -p icmp -j DROP", "firewall-drop", "a"),
      (
        "ip -n a neigh replace 10.0.0.3 lladdr 02:00:00:00:00:99 dev eth0 nud permanent", "neighbor-wrong-mac", "eth0"
      ), ("ip link set va down", "link-down", "va"), ("ip link set br0 down", "bridge-down", "br0"),
      ("bridge link set dev va isolated on; bridge link set dev vb isolated on", "port-isolated", "vb"),
      (
        "nft add table ip w; nft 'add chain ip w c { type filter hook forward priority 0; }'; nft add rule ip w c ip daddr 10.0.0.3 drop",
        "firewall-drop", "the host"
      ),
      ("ip link set vb down", "link-down", "vb"),
      (
        "in_ns b nft add table netdev w; in_ns b nft 'add chain netdev w c { type filter hook ingress device eth0 priority 0; }'; in_ns b nft add rule netdev w c ip protocol icmp drop",
        "firewall-drop", "b"
      ),
      ("in_ns b iptables-nft -A INPUT -p icmp -j DROP", "firewall-drop", "b"),
      ("in_ns b sysctl -qw net.ipv4.icmp_echo_ignore_all=1", "echo-ignored", "b"),
      ("ip -n b route add unreachable 10.0.0.2", "route-rejects", "b"),
    ]

    @Test(
      .enabled(if: Machine.can("ip", "bridge", "iptables-nft"), "needs root and the tools"))
    func ofTwoFaultsTheFirstIsTheCause() throws {
      var random = SeededGenerator(seed: 7)
      var pairs: Set<[Int]> = []
      let all = Self.onTheWay.indices
      while pairs.count < min(Self.seeds, all.count * (all.count - 1) / 2) {
        let pair = Set([Int.random(in: all, using: &random), Int.random(in: all, using: &random)])
        if pair.count == 2 { pairs.insert(pair.sorted()) }
      }
      for pair in pairs.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let (first, second) = (Self.onTheWay[pair[0]], Self.onTheWay[pair[1]])
        let (object, _) = try explain("\(second.script); \(first.script)", "a b")
        func isMeant(_ finding: Object?, _ fault: (script: String, code: String, place: String)) -> Bool {
          finding?["code"] as? String == fault.code
            && (finding?["interface"] as? String == fault.place || finding?["namespace"] as? String == fault.place)
        }
        #expect(isMeant(object["cause"] as? Object, first), "\(first), then \(second): \(object)")
        let also = object["also"] as? [Object] ?? []
        #expect(also.contains { isMeant($0, second) }, "\(first), then \(second): \(object)")
      }
      if Self.seeds > 3 { print("pairs of faults:", pairs.count) }
    }

    /// Without any tool that reads rules: what could not be read is named, and what can be seen is said all the same.
    @Test(.enabled(if: Machine.can("ip", "bridge"), "needs root and iproute2"))
    func withoutToolsTheRestIsSaid() throws {
      let folder = "mkdir /run/empty; mount --bind /run/empty /usr/sbin; hash -r; export PATH=/usr/bin:/bin"
      let (object, status) = try explain(
        "bridge link set dev va isolated on; bridge link set dev vb isolated on; sed() { :; }; \(folder)", "a b")
      #expect((object["cause"] as? Object)?["code"] as? String == "port-isolated" && status == 1, "\(object)")
      let unread = (object["unread"] as? [String] ?? []).joined(separator: "\n")
      #expect(unread.contains("nft"), "\(object)")
    }

    /// Without the capability to read other namespaces nothing is said of what is in them.
    @Test(.enabled(if: Machine.can("ip", "setpriv"), "needs root, iproute2 and util-linux"))
    func whatMayNotBeReadIsNotMissing() throws {
      let run = Machine.inPrivateNamespaces(
        Self.network + "setpriv --bounding-set -net_admin --inh-caps -net_admin $NT explain a b --format json "
          + "--docker-host unix:///run/none.sock")
      let object = try run.json()
      #expect(object["verdict"] as? String == "unknown", "\(object)")
      #expect((object["cause"] as? Object)?["code"] as? String == "unknown", "\(object)")
      let unread = (object["unread"] as? [String] ?? []).joined(separator: "\n")
      #expect(unread.contains("CAP_NET_ADMIN"), "\(object)")
    }

    /// The trace names the rule, and leaves nothing behind, not even when it is killed.
    @Test(.enabled(if: Machine.can("ip", "nft"), "needs root, iproute2 and nftables"))
    func theTraceLeavesNothing() throws {
      let rules =
        "nft add table inet f; nft 'add chain inet f c { type filter hook forward priority 0; }'; "
        + "nft add rule inet f c ip protocol icmp drop"
      let list =
        "all() { for i in a b c; do ip netns exec $i nft -s list ruleset; done; nft -s list ruleset; iptables-nft-save; }"
      let (object, _) = try explain("\(rules)\n\(list)\nall > /run/before", "a b --trace")
      let evidence = (object["cause"] as? Object)?["evidence"] as? [Object] ?? []
      #expect(evidence.contains { $0["source"] as? String == "nftrace" }, "\(object)")
      let run = Machine.inPrivateNamespaces(
        Self.network
          + """
          \(rules)
          \(list)
          all > /run/before
          $NT explain a b --trace --docker-host unix:///run/none.sock > /dev/null
          all > /run/after; cmp /run/before /run/after && echo SAME
          for i in 1 2 3 4 5 6; do
            $NT explain a b --trace --docker-host unix:///run/none.sock > /dev/null & P=$!
            for j in $(seq 300); do nft list tables | grep -q netns-top && break; sleep 0.01; done
            nft list tables | grep -q netns-top && echo SEEN
            kill -9 $P; wait $P 2>/dev/null
            for j in $(seq 100); do all > /run/after; cmp -s /run/before /run/after && break; sleep 0.02; done
            cmp /run/before /run/after && echo SAME
          done
          """, timeout: 60)
      #expect(run.output.contains("SEEN"), "\(run.output) \(run.errors)")
      #expect(run.output.components(separatedBy: "SAME").count == 8, "\(run.output) \(run.errors)")
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
