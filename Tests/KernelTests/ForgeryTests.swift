import Foundation
import Testing

extension KernelTests {
  /// What a neighbour sends at full speed who knows all of our echoes but their nonce changes no verdict.
  @Suite struct ForgeryTests {
    private static let need = "needs root, iproute2, util-linux and nftables"

    /// 10.7.0.2 pings; 10.7.0.3 answers, 10.7.0.4 does not; 10.7.0.5 forges.
    private static let network = """
      ip link add br0 type bridge; ip addr add 10.7.0.1/24 dev br0; ip link set br0 up
      n=2; for c in test1 alive dead evil; do
        ip netns add $c; ip -n $c link set lo up
        ip link add veth-$c type veth peer name eth0 index 2 netns $c
        ip link set veth-$c up master br0; ip -n $c addr add 10.7.0.$n/24 dev eth0
        ip -n $c addr add 2001:db8::$n/64 dev eth0 nodad; ip -n $c link set eth0 up; n=$((n+1))
      done
      ip netns exec dead sysctl -qw net.ipv4.icmp_echo_ignore_all=1 net.ipv6.icmp.echo_ignore_all=1
      ip netns exec test1 sysctl -qw net.ipv4.ping_group_range="0 2147483647"

      """

    /// How often each verdict is asked for; a campaign asks for more.
    private static let runs =
      ProcessInfo.processInfo.environment["NETNS_TOP_FORGERY_RUNS"].flatMap { Int($0) } ?? 1

    /// Prints the verdict, and what was counted, of each run. Forger and program have a processor each, where there are
    /// two: what a processor's queue has no room for is truly lost, and not what this is about.
    private static func campaign(_ family: Int, program: String) -> String {
      let network = family == 4 ? "10.7.0." : "2001:db8::"
      return """
        here= there=; [ $(nproc) -gt 1 ] && here="taskset -c 0" there="taskset -c 1"
        for target in alive:3 dead:4; do
          $there \(Machine.products)/forger veth-test1 /run/netns/evil \(network)2 \(network)${target#*:} > /run/ready & forger=$!
          while ! grep -q ready /run/ready; do kill -0 $forger || exit 1; done
          for run in $(seq \(runs)); do
            echo "== ${target%:*}"
            $here \(program) explain test1 ${target%:*} -\(family) --format json --docker-host $NONE
          done
          kill $forger; wait $forger; true
        done
        """
    }

    @Test(
      .enabled(if: Machine.can("ip", "unshare", "setpriv", "taskset"), "\(need)"), arguments: [4, 6], [true, false])
    func tenKindsOfForgeryChangeNoVerdict(family: Int, isRaw: Bool) throws {
      let program = isRaw ? "$NT" : "setpriv --bounding-set -net_raw --inh-caps -net_raw $NT"
      let outcome = Machine.inPrivateNamespaces(
        Self.network + Self.campaign(family, program: program), timeout: 60 + 10 * Double(Self.runs))
      #expect(outcome.status == 0, "\(outcome.errors)")
      let answers = outcome.output.components(separatedBy: "== ").dropFirst()
      #expect(answers.count == 2 * Self.runs)
      for answer in answers {
        let isAlive = answer.hasPrefix("alive")
        let object = try #require(
          try JSONSerialization.jsonObject(with: Data(answer.drop { $0 != "\n" }.utf8)) as? [String: Any])
        let probe = try #require(object["probe"] as? [String: Any], "\(answer)")
        #expect(object["verdict"] as? String == (isAlive ? "reachable" : "unreachable"), "\(answer)")
        #expect(probe["sent"] as? Int == 3 && probe["received"] as? Int == (isAlive ? 3 : 0), "\(answer)")
        #expect(probe["icmp_errors"] == nil && probe["refusals"] == nil && probe["strangers"] == nil, "\(answer)")
        let cause = (object["cause"] as? [String: Any])?["code"] as? String
        #expect(cause == (isAlive ? nil : "echo-ignored"), "\(answer)")
      }
    }

    /// Each kind of socket still hears what is true: a router's error about its own echo.
    @Test(.enabled(if: Machine.can("ip", "unshare", "setpriv"), "\(need)"), arguments: [4, 6], [true, false])
    func anErrorAboutOurOwnEchoIsHeard(family: Int, isRaw: Bool) {
      let program = isRaw ? "$NT" : "setpriv --bounding-set -net_raw --inh-caps -net_raw $NT"
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          ip netns add far; ip link add veth-far type veth peer name eth0 index 2 netns far; ip link set veth-far up
          ip addr add 10.8.0.1/24 dev veth-far; ip addr add 2001:db9::1/64 dev veth-far nodad
          ip -n far addr add 10.8.0.2/24 dev eth0; ip -n far addr add 2001:db9::2/64 dev eth0 nodad; ip -n far link set eth0 up
          ip addr add 2001:db8::1/64 dev br0 nodad; sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1
          ip -n test1 route add default via 10.7.0.1; ip -n test1 -6 route add default via 2001:db8::1
          ip rule add iif br0 to 10.8.0.2 prohibit; ip -6 rule add iif br0 to 2001:db9::2 prohibit
          exec \(program) ping test1 far -\(family) -c 2 -i 0.1 --docker-host $NONE
          """)
      #expect(outcome.status == 1, "\(outcome.errors)")
      let reporter = family == 4 ? "10.7.0.1" : "2001:db8::1"
      for number in 1...2 {
        #expect(
          outcome.output.contains("seq \(number)  prohibited by a firewall (says \(reporter))"), "\(outcome.output)")
      }
    }

    @Test(.enabled(if: Machine.can("ip", "unshare", "nft"), "\(need)"))
    func anAnswerFromWhoWasNotAskedIsToldAndNotCounted() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          ip netns exec alive nft 'table ip other { chain out { type filter hook output priority -300; \
            icmp type echo-reply ip saddr set 10.7.0.33 notrack; }; }'
          $NT ping test1 alive -4 -c 1 --docker-host $NONE; echo "status $?"; echo ==
          $NT explain test1 alive -4 --format json --docker-host $NONE
          """)
      #expect(outcome.output.contains("seq 1  an answer from 10.7.0.33, which was not asked: no reply"))
      #expect(outcome.output.contains("1 sent, 0 received, loss 100 %") && outcome.output.contains("status 1"))
      let text = try #require(outcome.output.components(separatedBy: "==\n").last)
      let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any], "\(text)")
      let probe = try #require(object["probe"] as? [String: Any])
      #expect(probe["received"] as? Int == 0 && probe["strangers"] as? [String] == ["10.7.0.33"], "\(probe)")
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "\(need)")) func whatIsTooSmallForTheNonceSaysSo() {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          for size in 0 3 8; do
            $NT ping test1 alive -4 -c 1 --size $size --docker-host $NONE
            $NT explain test1 alive -6 --size $size --docker-host $NONE --format json; echo
          done
          """)
      func count(_ text: String) -> Int { outcome.output.components(separatedBy: text).count - 1 }
      #expect(count("1 sent, 1 received") == 3 && count("\"reachable\"") == 3, "\(outcome.output)")
      #expect(count("have no room of the 8 random bytes") == 2 && count("have room for 3 of the 8 random bytes") == 2)
    }
  }
}
