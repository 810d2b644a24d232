import Foundation
import Testing

extension KernelTests {
  /// Random hosts with routers, NAT, service addresses, proxy ARP, policy routes and a tunnel, healthy and with one fault;
  /// ping and real connections are the judge.
  @Suite struct RoutedNetworkTests {
    /// `NETNS_TOP_ROUTED_SEEDS` is how many networks are asked about (8 unless given), `NETNS_TOP_ROUTED_FIRST` the first.
    private static let seeds: Range<UInt64> = {
      let environment = ProcessInfo.processInfo.environment
      let first = environment["NETNS_TOP_ROUTED_FIRST"].flatMap { UInt64($0) } ?? 0
      return first..<first + (environment["NETNS_TOP_ROUTED_SEEDS"].flatMap { UInt64($0) } ?? 8)
    }()

    /// What came of one network.
    private enum Outcome {
      /// The fault did no harm, or the network did not come up: nothing is said about the program.
      case void(String)
      case right
      case wrong(String)
    }

    private func ask(_ network: RoutedNetwork) throws -> Outcome {
      let port = network.talk.port.map { " --port \($0)" } ?? ""
      let source = network.talk.source == "host" ? "$host" : network.talk.source
      let fault = network.fault?.script ?? "true"
      let script = """
        \(Machine.tryRemedy)\(network.script)
        for i in $(seq 20); do \(network.proof) && break; sleep 0.1; done
        \(network.proof) || { echo VOID it does not work; exit; }
        \(fault)
        if \(network.proof); then echo WORKS; else echo BROKEN; fi
        JSON=$($NT explain \(source) \(network.talk.destination.name)\(port) --format json --docker-host unix:///run/none.sock)
        printf '%s\\n' "$JSON"
        proof() { \(network.proof); }
        try_remedy proof
        """
      let run = Machine.inPrivateNamespaces(script, timeout: 60)
      let lines = run.output.split(separator: "\n").map(String.init)
      if let void = lines.first(where: { $0.hasPrefix("VOID") }) { return .void(void + run.errors.suffix(300)) }
      let works = lines.contains("WORKS")
      if works, network.fault != nil { return .void("the fault does no harm") }
      if !works, network.fault == nil { return .void("it stopped working by itself") }
      guard let json = lines.last(where: { $0.hasPrefix("{") }),
        let object = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      else { return .wrong("no answer: \(run.output.suffix(300)) \(run.errors.suffix(300))") }
      if let harm = lines.first(where: { $0.hasPrefix("REMEDY no") || $0.hasPrefix("ROUTER") }) { return .wrong(harm) }
      let cause = object["cause"] as? [String: Any]
      let path = object["path"] as? [[String: Any]] ?? []
      let said =
        "\(object["verdict"] ?? "?"), \(cause?["code"] ?? "no cause") at \(cause?["namespace"] ?? "")/\(cause?["interface"] ?? ""): \(cause?["claim"] ?? "")"
      guard let fault = network.fault else {
        let isClean = cause == nil && path.allSatisfy { $0["ok"] as? Bool != false }
        return isClean && object["verdict"] as? String == "reachable" ? .right : .wrong(said)
      }
      let isNamed = (cause?["code"] as? String).map(fault.codes.contains) ?? false
      return isNamed && object["verdict"] as? String != "reachable" ? .right : .wrong(said)
    }

    @Test(
      .enabled(
        if: Machine.can("ip", "bridge", "nft", "iptables", "ip6tables", "busybox", "ping"),
        "needs root, iproute2, iputils-ping, nftables, iptables and busybox"))
    func onlyTheFaultIsAccused() throws {
      var counts = (right: 0, void: 0)
      for seed in Self.seeds {
        let network = RoutedNetwork(seed: seed)
        let name = "seed \(seed), \(network.talk.rawValue), \(network.fault?.name ?? "healthy")"
        switch try ask(network) {
        case .right: counts.right += 1
        case .void(let why):
          counts.void += 1
          print("void: \(name): \(why)")
        case .wrong(let said):
          Issue.record("\(name) \(network.masquerades ? "masquerading" : "routed") \(network.noise): \(said)")
        }
      }
      print("routed networks: \(counts.right) right, \(counts.void) void, of \(Self.seeds.count)")
      #expect(counts.void * 4 <= Self.seeds.count, "too many networks did not come to a question")
    }
  }
}
