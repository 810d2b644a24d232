import Foundation
import Testing

extension KernelTests {
  /// A real engine's networks under the rules that newer versions make: what is missing is named in their words, too.
  @Suite(
    .serialized,
    .enabled(
      if: Machine.can("dockerd", "docker", "ip", "iptables", "nft", "busybox"),
      "needs root, Docker's engine, nftables and busybox"))
  struct DockerVersionTests {
    private let engine = Engine.shared

    private func script(_ text: String) -> Outcome {
      engine.insideScript(
        """
        D="docker -H unix://\(engine.folder)/S"; of() { $D network inspect -f "$2" $1; }
        F=br-$(of vfront '{{slice .Id 0 12}}'); B=br-$(of vback '{{slice .Id 0 12}}')
        NF=$(of vfront '{{(index .IPAM.Config 0).Subnet}}'); NB=$(of vback '{{(index .IPAM.Config 0).Subnet}}')
        A2=$($D inspect -f '{{.NetworkSettings.Networks.vfront.IPAddress}}' w2 2>/dev/null)

        """ + text)
    }

    private func ask(_ question: String, _ verdict: String, _ code: String?, _ words: [String] = []) throws {
      let outcome = engine.program("explain \(question) --format json")
      let object = try outcome.json()
      let cause = object["cause"] as? [String: Any]
      let said = "\(question): \(object["verdict"] ?? ""), \(cause ?? [:]) \(outcome.errors)"
      #expect(object["verdict"] as? String == verdict && cause?["code"] as? String == code, "\(said)")
      let claim = cause?["claim"] as? String ?? ""
      for word in words { #expect(claim.contains(word), "\(word) in \(said)") }
    }

    private func build() -> Outcome {
      engine.insideScript(
        """
        set -e; D="docker -H unix://\(engine.folder)/S"; run() { $D run -d --name "$@" >/dev/null; }
        for n in vfront vback; do $D network create $n >/dev/null; done
        run w1 --network vfront busybox sleep 1000; run z1 --network vback busybox sleep 1000
        run w2 --network vfront -p 8080:80 busybox /bin/busybox nc -ll -p 80 -e /bin/busybox true
        ip netns add isp; ip link add up0 type veth peer name eth0 netns isp
        ip addr add 10.50.0.1/24 dev up0; ip link set up0 up
        ip -n isp addr add 10.50.0.2/24 dev eth0; ip -n isp link set lo up; ip -n isp link set eth0 up
        ip route add default via 10.50.0.2
        """)
    }

    /// What the engine itself made is gone with the test: it makes its rules again for those that come.
    private func remove() {
      engine.insideScript(
        """
        D="docker -H unix://\(engine.folder)/S"; iptables-save > /dev/null
        $D rm -f w1 w2 z1; $D network rm vfront vback; ip netns del isp; nft delete table ip docker-bridges 2>/dev/null
        iptables-restore < /run/own-rules
        """)
    }

    @Test(arguments: [
      ("28", DockerRules.version28, DockerRules.without28), ("29", DockerRules.version29, DockerRules.without29),
    ])
    func whatIsMissingIsNamed(
      _ version: String, _ rules: String, _ without: (dnat: String, masquerade: String)
    ) throws {
      try #require(engine.failure.isEmpty, "\(engine.failure)")
      #expect(engine.insideScript("iptables-save > /run/own-rules").status == 0)
      defer { remove() }
      let built = build()
      try #require(built.status == 0, "\(built.errors)")
      let loaded = script(rules)
      try #require(loaded.status == 0, "\(loaded.errors)")
      try ask("w1 w2:80", "reachable", nil)
      try ask("w1 internet", "reachable", nil)
      try ask("outside host:8080", "reachable", nil)
      try ask("isp 10.50.0.1:8080", "reachable", nil)
      try ask("w1 z1", "unreachable", "network-isolation", ["vfront", "vback"])
      #expect(script("ip -n isp route add $A2/32 via 10.50.0.1").status == 0)
      try ask("isp w2:80", "unreachable", "firewall-drop", ["raw"])
      #expect(script("ip -n isp route del $A2/32").status == 0)
      #expect(script(without.masquerade).status == 0)
      try ask("w1 internet", "unreachable", "no-masquerade", ["Docker's masquerade of the network vfront is gone"])
      #expect(script(without.dnat).status == 0)
      try ask("outside host:8080", "unreachable", "rule-missing", ["w2 publishes port 8080", "Its DNAT is gone"])
      try ask("isp 10.50.0.1:8080", "unreachable", "rule-missing", ["w2 publishes port 8080"])
    }
  }
}
