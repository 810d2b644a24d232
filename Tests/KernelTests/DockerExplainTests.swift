import Foundation
import Testing

extension KernelTests {
  /// What explain says of networks that a real Docker engine has made: as one of its users would say it.
  @Suite(
    .serialized, .enabled(if: Machine.can("dockerd", "docker", "ip", "iptables"), "needs root and Docker's engine"))
  struct DockerExplainTests {
    private let engine = Engine.shared
    private let outside = "outside"

    /// Pairs, what is asked beside them, the code (nil: reachable), words of the claim, and the remedy.
    private static let questions: [(String, code: String?, words: [String], remedy: String?)] = [
      ("a1 a2", nil, [], nil),
      (
        "a1 b1", "network-isolation", ["a1 is on the network front", "b1 on back"], "docker network connect back a1"
      ),
      ("a1 both", nil, [], nil), ("b1 both", nil, [], nil),
      ("v1 a1", "network-isolation", ["vault", "front"], "docker network connect front v1"),
      ("v1 v2", nil, [], nil),
      ("v1 10.50.0.2", "network-isolation", ["vault has no way out", "--internal"], nil),
      ("a1 10.50.0.2", nil, [], nil),
      ("q1 q2", "network-isolation", ["quiet", "icc=false"], nil),
      (
        "none1 a1", "no-address", ["network=none"],
        "docker network disconnect none none1 && docker network connect front none1"
      ),
      ("a1 stopped", "namespace-gone", ["stopped is not running (exited)"], "docker start stopped"),
      ("shared a2", nil, [], nil),
      ("a1 web --port 80", "network-isolation", ["front", "bridge"], "docker network connect bridge a1"),
      ("OUT web --port 80", nil, [], nil),
      ("OUT 10.50.0.1 --port 8080", nil, [], nil),
      ("OUT 10.50.0.1 --port 8081", "port-closed", ["8081", "no container publishes it"], nil),
      ("OUT hidden --port 80", "network-isolation", ["hidden does not publish TCP port 80"], nil),
      ("web hidden --port 81", "port-closed", ["81"], nil),
    ]

    private func build() -> Outcome {
      let out = outside
      return engine.insideScript(
        """
        set -e; D="docker -H unix://\(engine.folder)/S"; run() { $D run -d --name "$@" >/dev/null; }
        for n in front back; do $D network create $n >/dev/null; done; $D network create --internal vault >/dev/null
        $D network create -o com.docker.network.bridge.enable_icc=false quiet >/dev/null
        run a1 --network front busybox sleep 1000; run a2 --network front busybox sleep 1000
        run b1 --network back busybox sleep 1000; run both --network front busybox sleep 1000
        $D network connect back both
        for n in v1 v2; do run $n --network vault busybox sleep 1000; done
        for n in q1 q2; do run $n --network quiet busybox sleep 1000; done
        run none1 --network none busybox sleep 1000; run shared --network container:a1 busybox sleep 1000
        run stopped busybox sleep 0
        run web -p 8080:80 busybox /bin/busybox nc -ll -p 80 -e /bin/busybox
        run hidden busybox /bin/busybox nc -ll -p 80 -e /bin/busybox
        ip netns add \(out); ip link add up0 type veth peer name eth0 netns \(out)
        ip addr add 10.50.0.1/24 dev up0; ip link set up0 up
        ip -n \(out) addr add 10.50.0.2/24 dev eth0; ip -n \(out) link set lo up; ip -n \(out) link set eth0 up
        ip -n \(out) route add default via 10.50.0.1; ip route add default via 10.50.0.2
        """)
    }

    private func remove() {
      engine.insideScript(
        """
        D="docker -H unix://\(engine.folder)/S"
        $D rm -f a1 a2 b1 both v1 v2 q1 q2 none1 shared stopped web hidden
        $D network rm front back vault quiet; ip netns del \(outside)
        """)
    }

    @Test func everyAnswerIsOneOfDockersWords() throws {
      try #require(engine.failure.isEmpty, "\(engine.failure)")
      defer { remove() }
      let built = build()
      try #require(built.status == 0, "\(built.errors)")
      #expect(Machine.wait { engine.inspect("stopped", "{{.State.Running}}") == "false" })
      for (question, code, words, remedy) in Self.questions {
        let outcome = engine.program(
          "explain \(question.replacingOccurrences(of: "OUT", with: outside)) --format json")
        let object = try outcome.json()
        let cause = object["cause"] as? [String: Any]
        #expect(cause?["code"] as? String == code, "\(question): \(object)")
        let claim = cause?["claim"] as? String ?? ""
        for word in words { #expect(claim.contains(word), "\(question): \(claim)") }
        if let remedy { #expect(cause?["remedy"] as? String == remedy, "\(question): \(cause ?? [:])") }
        #expect(outcome.status == (code == nil ? 0 : 1), "\(question): \(outcome.status)")
      }
      // A published port that somebody's hand has closed is not called unpublished.
      #expect(engine.inside("iptables -F DOCKER").status == 0)
      let closed = try engine.program("explain \(outside) web --port 80 --format json").json()
      #expect((closed["cause"] as? [String: Any])?["code"] as? String == "firewall-drop", "\(closed)")
    }
  }
}
