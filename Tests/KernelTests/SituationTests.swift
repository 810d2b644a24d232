import Foundation
import Testing

extension Situation {
  /// A command that fails while `ADDRESS` is not reached from the source, by other means than the program's.
  fileprivate var proof: String {
    let words = arguments.split(separator: " ").map(String.init)
    let source = words[0].split(separator: "/")[0]
    let inside = source == "$host" ? "" : "in_ns \(source) "
    if let flag = words.firstIndex(of: "--port") {
      return inside + "timeout 2 bash -c \"exec 3<>/dev/tcp/$ADDRESS/\(words[flag + 1])\""
    }
    return inside + "ping -n -c 1 -W 1 $ADDRESS"
  }
}

extension KernelTests {
  @Suite struct SituationTests {
    @Test(
      .enabled(
        if: Machine.can("ip", "bridge", "nft", "iptables", "ip6tables", "busybox", "ping", "tc"),
        "needs root, iproute2, iputils-ping, nftables, iptables and busybox"), arguments: Situation.all)
    func whatMustBeSaidIsSaid(of situation: Situation) throws {
      // What has to work by itself needs a moment after the set-up: it is asked again, as a person would.
      let script = """
        \(Machine.tryRemedy)\(RoutedNetwork.base)
        sysctl -qw net.ipv4.conf.br0.rp_filter=0
        \(situation.script)
        for i in 1 2 3 4 5 6; do
          JSON=$($NT explain \(situation.arguments) --format json --docker-host unix:///run/none.sock); S=$?
          [ "\(situation.codes.isEmpty)" = true ] && [ $S != 0 ] || break
          sleep 0.3
        done
        printf '%s\\n' "$JSON"
        ADDRESS=$(printf '%s' "$JSON" | sed -n 's/.*"destination":{[^}]*"address":"\\([^"]*\\)".*/\\1/p')
        proof() { \(situation.proof); }
        [ -z "$ADDRESS" ] || try_remedy proof
        """
      let run = Machine.inPrivateNamespaces(script, timeout: 60)
      let lines = run.output.split(separator: "\n").map(String.init)
      // This kernel lacks what the situation is made of.
      if lines.contains("VOID") { return print("SKIPPED \(situation.name): this kernel can't do it") }
      for harm in lines where harm.hasPrefix("REMEDY no") || harm.hasPrefix("ROUTER") { Issue.record("\(harm)") }
      let json = try #require(lines.last { $0.hasPrefix("{") }, "\(run.output) \(run.errors)")
      let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
      let cause = object["cause"] as? [String: Any]
      let said =
        "\(object["verdict"] ?? ""), \(cause?["code"] ?? "no cause") at \(cause?["namespace"] ?? "")/\(cause?["interface"] ?? ""): \(cause?["claim"] ?? "") \(run.errors.suffix(200))"
      if situation.codes.isEmpty {
        let path = object["path"] as? [[String: Any]] ?? []
        #expect(object["verdict"] as? String == "reachable" && cause == nil, "\(said)")
        #expect(path.allSatisfy { $0["ok"] as? Bool != false }, "\(path)")
      } else {
        #expect(situation.codes.contains(cause?["code"] as? String ?? ""), "\(said)")
        #expect(object["verdict"] as? String != "reachable", "\(said)")
      }
    }
  }
}
