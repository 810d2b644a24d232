import Fixtures
import Foundation
import Testing

extension KernelTests {
  /// The live model against a fresh reading, after everything changed all the time.
  ///
  /// `NETNS_TOP_CHURN_SEEDS` is how many seeds are tried (1 unless given), `NETNS_TOP_CHURN_SECONDS` for how long each.
  @Suite struct ChurnTests {
    private typealias Object = [String: Any]

    private static func setting(_ name: String, _ usual: Int) -> Int {
      ProcessInfo.processInfo.environment["NETNS_TOP_CHURN_" + name].flatMap { Int($0) } ?? usual
    }

    @Test(
      .enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2"), arguments: ["", "--event-buffer 4096"])
    func theLiveModelIsTheKernelsASecondLater(option: String) throws {
      for seed in 1...Self.setting("SEEDS", 1) {
        let run = churn(seed: UInt64(seed), seconds: Self.setting("SECONDS", 3), option)
        let parts = run.output.components(separatedBy: "### ")
        try #require(parts.count > 2, "seed \(seed): \(run.output.prefix(500)) \(run.errors)")
        var differences = ["nothing was compared"]
        for pair in parts.dropFirst(2) {
          let lines = pair.split(separator: "\n")
          guard lines.count == 2, let live = normal(lines[0]), let fresh = normal(lines[1]) else { continue }
          differences =
            live.subtracting(fresh).map { "only live \($0)" } + fresh.subtracting(live).map { "only fresh \($0)" }
          if differences.isEmpty { break }
        }
        let facts = parts[1].split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        try #require(facts.count == 6, "seed \(seed): \(parts[1])")
        print("churn", seed, option, "operations", facts[0], "descriptors", facts[1...2], "KiB", facts[3...4])
        #expect(
          differences.isEmpty, "seed \(seed) \(option): \(differences.sorted().prefix(8).joined(separator: "\n"))")
        #expect(facts[0] > 30, "seed \(seed): too little happened")
        // One descriptor more may be a namespace that is being read.
        #expect(abs(facts[2] - facts[1]) <= 1, "seed \(seed): descriptors \(facts[1]), \(facts[2])")
        #expect(facts[4] < facts[3] + 24_576, "seed \(seed): resident \(facts[3]), \(facts[4]) KiB")
        if option.isEmpty {
          #expect(facts[5] == 0)
        } else {
          #expect(facts[5] > 0, "seed \(seed): no overrun was shown")
        }
      }
    }

    /// What the kernel counts on and says nothing of until something else changes (`br->fdb_n_learned`, a port's multicast
    /// groups): both readings are true, each at its moment.
    private static let counts: Set = ["stats64", "fdb_n_learned", "mcast_n_groups", "mcast_eht_hosts_cnt"]

    /// Every namespace and every link as a text, without what runs on by itself.
    private func normal(_ line: Substring) -> Set<String>? {
      guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? Object,
        let namespaces = object["namespaces"] as? [Object]
      else { return nil }
      func text(_ object: Object) -> String {
        let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
        return String(decoding: data ?? Data(), as: UTF8.self)
      }
      var rows: Set<String> = []
      for var namespace in namespaces {
        for link in namespace["interfaces"] as? [Object] ?? [] {
          let link = withoutCounts(link)
          rows.insert("\(namespace["name"] ?? "")/\(link["ifname"] ?? "") \(text(link))")
        }
        namespace["interfaces"] = nil
        rows.insert(text(namespace))
      }
      return rows
    }

    private func withoutCounts(_ object: Object) -> Object {
      object.filter { !Self.counts.contains($0.key) }.mapValues { ($0 as? Object).map(withoutCounts) ?? $0 }
    }

    /// Changes a small world at random beside a running `show --watch`, then prints both views until they are equal.
    private func churn(seed: UInt64, seconds: Int, _ option: String) -> Outcome {
      var script = """
        exec 2>/dev/null
        for i in default all; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done
        for b in 0 1; do ip link add br$b type bridge; ip link set br$b up; done
        for s in 0 1 2 3 4 5; do ip netns add s$s; done
        $NT show --watch --format json --docker-host $NONE \(option) > /run/live & PID=$!
        for i in $(seq 200); do [ -s /run/live ] && break; sleep 0.05; done
        facts() { ls /proc/$PID/fd | wc -l; awk '/VmRSS/{print $2}' /proc/$PID/status; }
        # At first descriptors come to be: until their number holds still.
        for i in $(seq 100); do a=$(facts); sleep 0.1; [ "${a%%[!0-9]*}" = "$(ls /proc/$PID/fd | wc -l)" ] && break; done
        before=$(facts); N=0; END=$(( $(date +%s%3N) + \(seconds) * 1000 ))
        go() { [ $(date +%s%3N) -ge $END ]; }
        while :; do

        """
      var random = SeededGenerator(seed: seed)
      for _ in 0..<400 { script += operation(&random) + "; N=$((N+1)); go && break\n" }
      // With a buffer of one page, a burst overruns it for sure.
      if !option.isEmpty { script += "for n in $(seq 60); do ip link set br1 down; ip link set br1 up; done\n" }
      script += """
        done
        set -- $before $(facts)
        lost=$(grep -c 'events were lost' /run/live)
        echo "### $N $1 $3 $2 $4 $lost"
        for i in 1 2 3 4 5 6 7 8 9 10; do
          sleep 0.1; echo '### '; tail -n 1 /run/live; $NT show --format json --docker-host $NONE
        done
        kill $PID; wait $PID
        """
      return Machine.inPrivateNamespaces(script, timeout: TimeInterval(seconds + 60))
    }

    private func operation(_ random: inout SeededGenerator) -> String {
      func number(_ below: Int) -> Int { Int.random(in: 0..<below, using: &random) }
      let (veth, space, other, bridge) = (number(12), number(6), number(6), number(2))
      /// The host's end wherever it is called, the far end in a namespace.
      let near = "v\(veth)"
      let far = "-n s\(space) link set e\(veth)"
      switch number(22) {
      case 0...3:
        return
          "ip link add \(near) type veth peer name e\(veth) netns s\(space) && ip link set \(near) up master br\(bridge)"
      case 4: return "ip link del \(near)"
      case 5: return "ip link set \(near) \(["up", "down"][number(2)])"
      case 6: return "ip \(far) \(["up", "down"][number(2)])"
      case 7: return "ip \(far) netns s\(other)"
      case 8: return "ip link set \(near) netns s\(space); ip -n s\(space) link set \(near) netns $$"
      case 9: return "ip link set \(near) name w\(veth); ip link set w\(veth) name \(near)"
      case 10: return "ip \(far) down; ip \(far) name x\(veth); ip -n s\(space) link set x\(veth) name e\(veth) up"
      case 11: return "ip link set \(near) mtu \(1300 + number(200))"
      case 12: return "ip \(far) mtu \(1300 + number(200))"
      case 13: return "ip \(far) address 02:00:00:00:00:\(String(16 + number(200), radix: 16))"
      case 14: return "ip -n s\(space) addr add 10.0.\(veth).\(1 + number(200))/24 dev e\(veth)"
      case 15: return "ip -n s\(space) addr flush dev e\(veth)"
      case 16: return "ip link set \(near) master br\(bridge)"
      case 17: return "ip link set \(near) nomaster"
      case 18: return "ip link set br\(bridge) \(["up", "down"][number(2)])"
      case 19: return "ip netns del s\(space); ip netns add s\(space)"
      // Of one that is down the kernel does not tell it.
      case 20: return "[ -n \"$(ip link show up dev \(near))\" ] && ip link set \(near) alias a\(number(50))"
      default:
        // A container starts and stops.
        return
          "ip netns add c\(veth); ip link add q\(veth) type veth peer name eth0 netns c\(veth); ip link set q\(veth) "
          + "up master br\(bridge); ip -n c\(veth) addr add 10.9.\(veth).2/24 dev eth0; ip -n c\(veth) link set eth0 up; "
          + "ip netns del c\(number(12))"
      }
    }
  }
}
