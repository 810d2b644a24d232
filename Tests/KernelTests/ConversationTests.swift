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
  }
}
