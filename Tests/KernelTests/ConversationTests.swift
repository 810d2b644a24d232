import Foundation
import Testing

extension KernelTests {
  /// Random conversations, half of them broken; a client in the source's namespace is the judge.
  @Suite struct ConversationTests {
    /// `NETNS_TOP_CONVERSATION_SEEDS` is how many are asked about (8 unless given), `NETNS_TOP_CONVERSATION_FIRST` the
    /// first.
    private static let seeds: Range<UInt64> = {
      let environment = ProcessInfo.processInfo.environment
      let first = environment["NETNS_TOP_CONVERSATION_FIRST"].flatMap { UInt64($0) } ?? 0
      return first..<first + (environment["NETNS_TOP_CONVERSATION_SEEDS"].flatMap { UInt64($0) } ?? 8)
    }()

    private func ask(_ conversation: Conversation) throws -> (works: Bool?, answer: [String: Any], text: String) {
      let script = """
        RESPONDER=\(Machine.products)/responder
        \(Conversation.base)\(conversation.servers)
        works() { \(conversation.client); }
        for i in $(seq 20); do works && break; sleep 0.1; done
        works || { echo VOID; exit; }
        \(conversation.fault?.script ?? "true")
        if works; then echo WORKS; else echo BROKEN; fi
        $NT explain \(conversation.kind.source) '\(conversation.kind.destination.asked)' --format json --docker-host unix:///run/none.sock
        """
      let run = Machine.inPrivateNamespaces(script, timeout: 60)
      let lines = run.output.split(separator: "\n").map(String.init)
      let object = try lines.last { $0.hasPrefix("{") }.map { try JSONSerialization.jsonObject(with: Data($0.utf8)) }
      let works = lines.contains("VOID") ? nil : lines.contains("WORKS")
      return (works, object as? [String: Any] ?? [:], "\(run.output.suffix(200)) \(run.errors.suffix(300))")
    }

    @Test(
      .enabled(
        if: Machine.can("ip", "bridge", "iptables", "busybox", "ping"),
        "needs root, iproute2, iputils-ping, iptables and busybox"))
    func theAnswerIsTheClients() throws {
      var right = 0
      for seed in Self.seeds {
        let conversation = Conversation(seed: seed)
        let name = "seed \(seed), \(conversation.kind.rawValue), \(conversation.fault?.name ?? "healthy")"
        let (works, answer, text) = try ask(conversation)
        guard let works else {
          Issue.record("\(name): it never worked: \(text)")
          continue
        }
        let verdict = answer["verdict"] as? String ?? ""
        let cause = answer["cause"] as? [String: Any]
        let said = "\(name): \(verdict), \(cause?["code"] ?? "") \(cause?["claim"] ?? "") \(answer.isEmpty ? text : "")"
        let isReached = verdict == "reachable" || verdict == "degraded"
        let isNamed = works || conversation.fault?.codes.contains(cause?["code"] as? String ?? "") == true
        let isClean = !works || cause == nil
        if isReached == works, isNamed, isClean {
          right += 1
        } else {
          Issue.record("\(said), and the client says \(works)")
        }
      }
      print("conversations: \(right) right of \(Self.seeds.count)")
    }

    @Test(
      .enabled(
        if: Machine.can("ip", "iptables", "busybox", "ss"), "needs root, iproute2, iptables and busybox"),
      arguments: ["db.example:80", "c2:5353/udp", "c2:5354/udp", "203.0.113.7:80", "internet"])
    func nothingIsLeft(of destination: String) throws {
      let script = """
        RESPONDER=\(Machine.products)/responder
        \(Conversation.base)responder c2 udp 0.0.0.0 5353
        $NT explain c1 \(destination) --format json --docker-host unix:///run/none.sock > /dev/null
        echo "OPEN $(in_ns c1 ss -Hantu state all | grep -v TIME-WAIT | wc -l)"
        echo "HELD $(ls -l /proc/[0-9]*/ns/net /proc/[0-9]*/fd 2> /dev/null | grep -c "net:\\[$(stat -Lc %i /run/netns/c1)\\]")"
        """
      let run = Machine.inPrivateNamespaces(script, timeout: 60)
      let lines = run.output.split(separator: "\n").map(String.init)
      // Nothing of ours listens in c1; what TCP remembers for a while is no socket of anybody's.
      #expect(lines.contains("OPEN 0"), "\(run.output) \(run.errors)")
      #expect(lines.contains("HELD 0"), "\(run.output) \(run.errors)")
    }

    @Test(
      .enabled(
        if: Machine.can("ip", "iptables", "busybox", "conntrack"), "needs root, iproute2, iptables, busybox, conntrack")
    )
    func aFlowThatIsTrackedIsForgottenByTheRemedy() throws {
      let script = """
        RESPONDER=\(Machine.products)/responder
        \(Conversation.base)responder c2 udp 0.0.0.0 5353; responder c3 udp 0.0.0.0 5353; sleep 0.3
        # Always from one port, as a resolver or a phone does.
        old() { in_ns www $RESPONDER ask 192.0.2.2 5300 4444; }
        old || echo "NEVER worked"
        iptables -t nat -F PREROUTING
        iptables -t nat -A PREROUTING -d 192.0.2.2 -p udp --dport 5300 -j DNAT --to-destination 172.18.0.2:5353
        in_ns c2 ip link set eth0 down
        old && echo "STILL works"
        JSON=$($NT explain www 192.0.2.2:5300/udp --format json --docker-host unix:///run/none.sock)
        REMEDY=$(printf '%s' "$JSON" | sed -n 's/.*"also":.*"remedy":"\\(conntrack[^"]*\\)".*/\\1/p')
        echo "REMEDY $REMEDY"; $REMEDY > /dev/null 2>&1
        for i in 1 2 3 4 5; do old && { echo "HELPS"; break; }; done
        printf '%s\\n' "$JSON"
        """
      let run = Machine.inPrivateNamespaces(script, timeout: 60)
      let lines = run.output.split(separator: "\n").map(String.init)
      #expect(!lines.contains("NEVER worked") && !lines.contains("STILL works"), "\(run.output) \(run.errors)")
      #expect(lines.contains("HELPS"), "\(run.output) \(run.errors)")
      let answer = lines.last { $0.hasPrefix("{") } ?? ""
      #expect(answer.contains("stale-connection") && answer.contains("172.17.0.3"), "\(answer)")
    }

    /// Where no rules can be read nothing is said to be missing among them, and nothing is promised.
    @Test(
      .enabled(
        if: Machine.can("ip", "iptables", "nft", "busybox"), "needs root, iproute2, iptables, nftables and busybox"),
      arguments: ["outside 192.0.2.2:8080", "c1 203.0.113.7:80", "c1 internet"])
    func whatCantBeReadIsNotMissing(_ question: String) throws {
      let script = """
        RESPONDER=\(Machine.products)/responder
        \(Conversation.base)iptables -t nat -F
        for t in nft iptables iptables-legacy; do mount --bind /dev/null "$(readlink -f "$(command -v $t)")"; done
        $NT explain \(question) --format json --docker-host unix:///run/none.sock
        """
      let run = Machine.inPrivateNamespaces(script, timeout: 60)
      let json = try #require(run.output.split(separator: "\n").last { $0.hasPrefix("{") }, "\(run.errors)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let code = (object["cause"] as? [String: Any])?["code"] as? String
      #expect((object["unread"] as? [String])?.isEmpty == false, "\(json)")
      #expect(object["verdict"] as? String != "reachable", "\(json)")
      #expect(code != "no-masquerade" && code != "rule-missing" && code != "port-closed", "\(json)")
    }
  }
}
