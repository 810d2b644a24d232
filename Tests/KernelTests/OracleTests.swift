import Foundation
import Testing

extension KernelTests {
  /// The kernel as iproute2 tells it, against the program's own JSON.
  @Suite struct OracleTests {
    /// Two namespaces whose eth0 both have ifindex 2, a bridge, IPv6, a namespace without links, one behind another.
    private static let network = """
      ip link add br0 type bridge; ip addr add 172.17.0.1/16 dev br0; ip link set br0 up
      for n in a b; do
        ip netns add $n; ip -n $n link set lo up
        ip link add veth-$n type veth peer name eth0 index 2 netns $n
        ip link set veth-$n up master br0; ip -n $n link set eth0 up
      done
      ip -n a addr add 172.17.0.2/16 dev eth0; ip -n b addr add 172.17.0.3/16 brd + dev eth0
      ip -n a addr add 2001:db8::2/64 dev eth0 nodad; ip -n b addr add 2001:db8::3/64 dev eth0 nodad
      ip -n b link set eth0 mtu 1400 address 02:42:ac:11:00:03
      ip netns add empty; ip netns add 支付网关
      ip -n b link add deep0 type veth peer name deep1 netns 支付网关
      ip -n 支付网关 link set deep1 up
      ip link set veth-b type bridge_slave isolated on

      """

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func everyLinkAndAddressIsTheKernels() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network + """
          $NT show --format json --docker-host $NONE 2>/dev/null
          echo '#'; ip -j -d addr; for n in a b empty 支付网关; do echo '#'; ip -n $n -j -d addr; done
          """)
      let parts = outcome.output.components(separatedBy: "#\n")
      try #require(parts.count == 6, "\(outcome.errors)")
      let ours = try #require(try JSONSerialization.jsonObject(with: Data(parts[0].utf8)) as? [String: Any])
      let namespaces = try #require(ours["namespaces"] as? [[String: Any]])
      var compared = 0
      for (name, text) in zip([nil, "a", "b", "empty", "支付网关"], parts.dropFirst()) {
        let theirs = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
        let namespace = try #require(
          namespaces.first { name == nil ? $0["kind"] as? String == "host" : $0["name"] as? String == name })
        let interfaces = try #require(namespace["interfaces"] as? [[String: Any]])
        #expect(interfaces.count == theirs.filter { $0["ifname"] != nil }.count)
        for theirLink in theirs where theirLink["ifname"] != nil {
          let link = try #require(interfaces.first { $0["ifindex"] as? Int == theirLink["ifindex"] as? Int })
          compared += compare(link, theirLink)
        }
      }
      #expect(compared > 100)
    }

    /// Compares every key that both have; returns how many.
    private func compare(_ ours: [String: Any], _ theirs: [String: Any]) -> Int {
      var count = 0
      for key in ["ifname", "mtu", "operstate", "link_type", "address", "broadcast", "master", "qdisc"] {
        guard let their = theirs[key] else { continue }
        #expect("\(ours[key] ?? "-")" == "\(their)", "\(theirs["ifname"] ?? ""): \(key)")
        count += 1
      }
      #expect(ours["flags"] as? [String] == theirs["flags"] as? [String])
      let info = (theirs["linkinfo"] as? [String: Any]) ?? [:]
      let ourInfo = (ours["linkinfo"] as? [String: Any]) ?? [:]
      for key in ["info_kind", "info_slave_kind"] where info[key] != nil {
        #expect(ourInfo[key] as? String == info[key] as? String)
        count += 1
      }
      let addresses = (theirs["addr_info"] as? [[String: Any]])?.filter { $0["local"] != nil } ?? []
      let ourAddresses = (ours["addr_info"] as? [[String: Any]]) ?? []
      #expect(addresses.count == ourAddresses.count)
      for (their, our) in zip(addresses, ourAddresses) {
        for key in ["family", "local", "prefixlen", "scope", "broadcast"] where their[key] != nil {
          #expect("\(our[key] ?? "-")" == "\(their[key] ?? "")")
          count += 1
        }
      }
      return count
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func equalIndexesAreToldApart() throws {
      let json = try Machine.inPrivateNamespaces(
        Self.network + "$NT show --format json --docker-host $NONE 2>/dev/null"
      )
      .json()
      let namespaces = try #require(json["namespaces"] as? [[String: Any]])
      let host = try #require(namespaces.first?["interfaces"] as? [[String: Any]])
      for name in ["a", "b"] {
        let namespace = try #require(namespaces.first { $0["name"] as? String == name })
        let near = try #require(host.first { $0["ifname"] as? String == "veth-\(name)" })
        let peer = try #require(near["peer"] as? [String: Any])
        #expect(peer["ifindex"] as? Int == 2)
        #expect(peer["cookie"] as? Int == namespace["cookie"] as? Int)
        #expect(peer["inode"] as? Int == namespace["inode"] as? Int)
        let far = try #require(
          (namespace["interfaces"] as? [[String: Any]])?.first { $0["ifname"] as? String == "eth0" })
        #expect((far["peer"] as? [String: Any])?["ifname"] as? String == "veth-\(name)")
      }
      let isolated = host.compactMap { ($0["bridge_port"] as? [String: Any])?["isolated"] as? Bool }
      #expect(isolated == [false, true])
    }

    /// More namespaces than a dump of ids tells (134), and one more at any moment of the reading: it has its name and both
    /// ends of its cable, or is not there yet.
    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func whoComesWhileItIsReadIsWholeOrNotThere() throws {
      let outcome = Machine.inPrivateNamespaces(
        """
        for n in $(seq 200); do ip netns add n$n; ip link add v$n type veth peer name eth0 netns n$n; done
        for n in $(seq 12); do
          ( sleep 0.0$((n % 5 + 1))$n; ip netns add late$n; ip link add l$n type veth peer name eth0 netns late$n ) &
          $NT show --format json --docker-host $NONE 2>/dev/null; wait
        done
        """, timeout: 120)
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == 12, "\(outcome.errors)")
      for line in lines {
        let report = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        let namespaces = try #require(report?["namespaces"] as? [[String: Any]])
        #expect(namespaces.count >= 201)
        // Others' namespaces may be kept alive by a mount that these namespaces have a copy of, and can't get at.
        let unnamed = namespaces.filter { namespace in
          namespace["kind"] as? String == "unknown"
            && (namespace["interfaces"] as? [[String: Any]] ?? []).contains { $0["ifname"] as? String == "eth0" }
        }
        #expect(unnamed.isEmpty, "\(unnamed)")
        let ours = namespaces.filter { ($0["name"] as? String ?? "").wholeMatch(of: /(n|late)\d+/) != nil }
        let ends = ours.flatMap { $0["interfaces"] as? [[String: Any]] ?? [] }.filter {
          $0["ifname"] as? String == "eth0"
        }
        #expect(ends.count >= 200)
        for end in ends { #expect((end["peer"] as? [String: Any])?["unknown"] == nil, "\(end)") }
      }
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func hostileNamesAreShownSafely() throws {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip link add br0 type bridge; ip link set br0 up
        ip netns add $'zz\\e[31mx'; ip netns add $'line\\nbreak'; ip netns add 支付网关订单数据库支付网关订单数据库
        printf 'netns' >/dev/null
        ip link add $'v\\e[5m\\xff\\xfe\\xfd' type veth peer name $'\\xff\\xfe\\xfa\\xff\\xfe\\xfa\\xff\\xfe\\xfa\\xff\\xfe\\xfa\\xff\\xfe\\xfa' netns $'zz\\e[31mx'
        ip link set $'v\\e[5m\\xff\\xfe\\xfd' master br0 up
        $NT show --format json --docker-host $NONE 2>/dev/null; echo '#'; $NT show --width 100 --docker-host $NONE 2>/dev/null
        """)
      let parts = outcome.output.components(separatedBy: "#\n")
      try #require(parts.count == 2, "\(outcome.errors)")
      #expect((try? JSONSerialization.jsonObject(with: Data(parts[0].utf8))) != nil)
      #expect(parts[0].contains("v\\\\x1b[5m\\\\xff\\\\xfe\\\\xfd"))
      #expect(!outcome.output.contains("\u{1B}"))
      // The border of the namespaces stands in one column in every row that has it.
      let columns = Set(
        parts[1].split(separator: "\n").compactMap { row in row.firstIndex(of: "╎").map { row[..<$0].count } })
      #expect(columns.count == 1)
    }

    @Test(.enabled(if: Machine.can("ip", "unshare", "setpriv"), "needs root, iproute2 and setpriv"))
    func withoutAnyCapabilityTheOwnNamespaceIsShown() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network + "exec setpriv --bounding-set -all --inh-caps -all $NT show --docker-host $NONE")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("br0"))
      #expect(outcome.output.contains("veth-a"))
      for name in [
        "CAP_NET_BROADCAST", "CAP_NET_ADMIN", "CAP_SYS_ADMIN", "CAP_SYS_PTRACE", "CAP_NET_RAW", "docker run --cap-add",
      ] {
        #expect(outcome.errors.contains(name))
      }
    }
  }
}

extension KernelTests {
  /// `netns-top ping`, from inside one namespace to another.
  @Suite struct PingCommandTests {
    private static let network = """
      ip link add br0 type bridge; ip addr add 172.17.0.1/16 dev br0; ip link set br0 up
      n=2; for c in test1 test2; do
        ip netns add $c; ip -n $c link set lo up
        ip link add veth-$c type veth peer name eth0 index 2 netns $c
        ip link set veth-$c up master br0; ip -n $c addr add 172.17.0.$n/16 dev eth0
        ip -n $c addr add 2001:db8::$n/64 dev eth0 nodad; ip -n $c link set eth0 up; n=$((n+1))
      done
      PING="$NT ping --docker-host $NONE"

      """

    private func run(_ script: String) -> Outcome { Machine.inPrivateNamespaces(Self.network + script) }

    /// Refused before the program begins to wait: it ends all the same.
    @Test(.enabled(if: Machine.can("ip", "unshare", "tc", "busybox"), "needs root, iproute2 and busybox"))
    func whatCannotBeSentIsNotWaitedFor() {
      let outcome = run(
        "ip netns exec test1 busybox ping -c 1 172.17.0.3 > /dev/null; tc -n test1 qdisc add dev eth0 root pfifo limit 0; "
          + "timeout 10 $PING test1 test2 -4 -c 1")
      #expect(outcome.status == 1, "\(outcome.output) \(outcome.errors)")
      #expect(outcome.output.contains("ENOBUFS"), "\(outcome.output) \(outcome.errors)")
    }

    /// Names are those of the sender's own files; an address that no interface has is pinged all the same.
    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func namesAndAddressesBeyondThePictureArePinged() {
      let outcome = run(
        """
        mount -t tmpfs none /etc; mkdir -p /etc/netns/test1; echo "172.17.0.3 db.example" > /etc/netns/test1/hosts
        for c in test1 test2; do ip -n $c route add default via 172.17.0.1; done
        ip route add local 198.51.100.0/24 dev lo
        for to in db.example 198.51.100.7 nowhere.example test2:80 internet; do
          $PING test1 $to -c 1 2>&1; echo "status $?"
        done
        ip -n test1 route del default
        $PING test1 198.51.100.7 -c 2 -i 0.1; echo "status $?"; $PING test1 198.51.100.7 -c 1 --format json
        """)
      for line in [
        "ping test1 (172.17.0.2) to db.example (172.17.0.3, same subnet)\npath eth0 > veth-test1 > br0 > veth-test2 > eth0\n",
        "ping test1 (172.17.0.2) to 198.51.100.7 (198.51.100.7)\npath eth0 > veth-test1 > br0, as far as the picture goes\n",
        "explain 'test1' 'test2:80' asks about 80\nstatus 2", "explain asks about it\nstatus 2",
        "seq 2  not sent: no route to that address in the source's namespace\n0 sent, 0 received, 2 not sent\nstatus 1",
        "\"unsent\":1,\"refusals\":[{\"errno\":\"ENETUNREACH\"",
      ] {
        #expect(outcome.output.contains(line), "\(line): \(outcome.output) \(outcome.errors)")
      }
      #expect(outcome.output.split(separator: "1 sent, 1 received").count == 3, "\(outcome.output)")
      #expect(outcome.output.contains("'nowhere.example'"), "\(outcome.output)")
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"), arguments: ["-4", "-6"])
    func echoIsCountedInsideBothNamespaces(family: String) throws {
      let outcome = run(
        """
        grep -h . /dev/null; $PING test1 test2 -c 3 -i 0.1 \(family); echo "status $?"
        for c in test1 test2; do ip netns exec $c cat /proc/net/snmp /proc/net/snmp6; done
        """)
      #expect(outcome.output.contains("status 0"), "\(outcome.output) \(outcome.errors)")
      #expect(outcome.output.contains("path eth0 > veth-test1 > br0 > veth-test2 > eth0"))
      #expect(outcome.output.contains("3 sent, 3 received, loss 0 %"))
      // Icmp: … InEchos is the 8th value behind InMsgs/InErrors/InCsumErrors/…; the names stand in the line before.
      let lines = outcome.output.split(separator: "\n").map(String.init)
      if family == "-4" {
        var counts: [Int] = []
        for (names, values) in zip(lines, lines.dropFirst()) where names.hasPrefix("Icmp: In") {
          let table = Dictionary(
            zip(names.split(separator: " ").map(String.init), values.split(separator: " ").map(String.init)),
            uniquingKeysWith: { first, _ in first })
          counts.append(Int(table["InEchos"] ?? "") ?? -1)
          counts.append(Int(table["InEchoReps"] ?? "") ?? -1)
        }
        #expect(counts == [0, 3, 3, 0])
      } else {
        let echos = lines.filter { $0.hasPrefix("Icmp6InEchos") || $0.hasPrefix("Icmp6InEchoReplies") }
          .compactMap { Int($0.split(whereSeparator: \.isWhitespace).last ?? "") }
        #expect(echos == [0, 3, 3, 0])
      }
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func noReplyEndsWithOneAndSaysWhereTheCountersSawIt() throws {
      let outcome = run(
        """
        ip netns exec test2 sysctl -qw net.ipv4.icmp_echo_ignore_all=1
        $PING test1 test2 -c 1 >/dev/null; echo "ignored $?"
        ip link set veth-test2 type bridge_slave isolated on; ip link set veth-test1 type bridge_slave isolated on
        $PING test1 test2 -c 5 -i 0.7; echo "isolated $?"
        ip link set veth-test1 down; $PING test1 test2 -c 1; echo "down $?"
        """)
      #expect(outcome.output.contains("ignored 1"))
      #expect(outcome.output.contains("isolated 1"), "\(outcome.output)")
      #expect(outcome.output.contains("the counters saw it last at veth-test1"), "\(outcome.output)")
      #expect(outcome.output.contains("down 1"))
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"))
    func questionsThatCannotBeAnsweredEndWithTwo() throws {
      let outcome = run(
        """
        $PING test1 test3; echo "unknown $?"; $PING test test2; echo "partial $?"
        $PING test1 10.9.9.9 -c 1; echo "beyond $?"
        ip netns add test3; $PING test1 test3; echo "no address $?"
        exec setpriv --bounding-set -all --inh-caps -all $PING host test1
        """)
      for line in ["unknown 2", "partial 2", "beyond 1", "no address 2"] {
        #expect(outcome.output.contains(line), "\(line): \(outcome.output) \(outcome.errors)")
      }
      #expect(outcome.errors.contains("is called 'test3'; there are:"))
      #expect(outcome.errors.contains("is called 'test'; there are: test1, test2"))
      #expect(outcome.errors.contains("test3 has no address"))
      #expect(outcome.status == 2)
    }
  }
}
