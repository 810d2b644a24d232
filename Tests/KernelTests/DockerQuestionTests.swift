import Foundation
import Testing

extension KernelTests {
  /// Questions as users of Docker ask them, about a real engine: by name, by port, out, and from outside.
  @Suite(
    .serialized,
    .enabled(
      if: Machine.can("dockerd", "docker", "ip", "iptables", "busybox"), "needs root, Docker's engine and busybox"))
  struct DockerQuestionTests {
    private let engine = Engine.shared

    /// A question, what is done before it, and what must be said.
    struct Question: Sendable {
      var asked: String
      /// A script that runs where the engine runs.
      var before = ""
      var verdict = "reachable"
      /// The cause's code; empty: there is no cause.
      var code = ""
      /// What the cause, `also`, the notes, the resolution and the translation hold.
      var words: [String] = []
      var remedy: String?
    }

    private static let questions: [Question] = [
      Question(asked: "a1 http://a2/", words: ["\"by\":\"dns\"", "127.0.0.11"]),
      Question(asked: "a1 a2:80"),
      Question(asked: "a1 http://database:80/", words: ["\"by\":\"dns\""]),
      Question(
        asked: "d1 http://d2/", verdict: "unreachable", code: "name-not-resolved",
        words: ["default network", "has no names"]),
      Question(asked: "linked http://db/", words: ["\"by\":\"hosts\""]),
      Question(
        asked: "stale http://db/", verdict: "unreachable", code: "neighbor-failed",
        words: ["\"by\":\"hosts\"", "172.17.0.200"]),
      Question(
        asked: "a1 http://away/", before: "$D network disconnect front away", verdict: "unreachable",
        code: "name-not-resolved", words: ["away is a container on back, and a1 is not there"]),
      Question(
        asked: "a1 a2:81", verdict: "unreachable", code: "port-closed", words: ["nothing listens on TCP port 81"]),
      Question(asked: "HOST 10.50.0.1:8080", words: []),
      Question(asked: "HOST localhost:8080"),
      Question(asked: "a1 10.50.0.1:8080"),
      Question(asked: "b1 10.50.0.1:8080"),
      Question(asked: "outside host:8080", words: ["\"predicted\":true"]),
      Question(asked: "isp 10.50.0.1:8080"),
      Question(
        asked: "outside host:8099", verdict: "unreachable", code: "port-closed", words: ["no container publishes it"]),
      Question(asked: "HOST localhost:8081"),
      Question(
        asked: "outside host:8081", verdict: "unreachable", code: "listens-elsewhere", words: ["127.0.0.1:8081"]),
      Question(
        asked: "isp 10.50.0.1:8082", verdict: "unreachable", code: "listens-elsewhere", words: ["127.0.0.1:80", "self"]),
      Question(asked: "a1 internet"),
      Question(
        asked: "v1 internet", verdict: "unreachable", code: "network-isolation", words: ["vault", "--internal"]),
      Question(asked: "x1 x2 -6"),
      Question(asked: "a1 hostnet:8090"),
      Question(asked: "hostnet a2:80"),
      Question(
        asked: "none1 http://a2/", verdict: "unreachable", code: "name-not-resolved|resolver-unreachable"),
      Question(
        asked: "unmasked internet", verdict: "unreachable", code: "no-masquerade",
        words: ["was made without masquerade", "plain"]),
      // What somebody's hand has taken away.
      Question(
        asked: "a1 http://a2/", before: "nsenter -t $(pid a1) -n iptables -t nat -F", verdict: "unreachable",
        code: "resolver-unreachable",
        words: ["Docker's translation of 127.0.0.11 is gone from a1", "docker restart a1"]),
      // Its remedy helps.
      Question(asked: "a1 http://a2/", before: "$D restart -t 0 a1"),
      Question(
        asked: "b1 internet", before: "iptables -t nat -F POSTROUTING", verdict: "unreachable", code: "no-masquerade",
        words: ["Docker's masquerade of the network back is gone", "masquerade=true"]),
      Question(
        asked: "outside host:8080", before: "iptables -t nat -F; pkill docker-proxy; sleep 0.2", verdict: "unreachable",
        code: "rule-missing", words: ["a2 publishes port 8080", "Its DNAT is gone"]),
      Question(
        asked: "b1 10.50.0.2", before: "iptables -P FORWARD DROP; iptables -F FORWARD", verdict: "unreachable",
        code: "rule-missing", words: ["Docker's rule that lets out what comes from the network back"]),
    ]

    /// The folder's client as `$D`, and the process of a container.
    private var words: String {
      "D=\"docker -H unix://\(engine.folder)/S\"; pid() { $D inspect -f '{{.State.Pid}}' $1; }; "
    }

    private func build() -> Outcome {
      engine.insideScript(
        words + """
          set -e; run() { $D run -d --name "$@" >/dev/null; }
          for n in front back; do $D network create $n >/dev/null; done; $D network create --internal vault >/dev/null
          $D network create --ipv6 --subnet fd00:77::/64 six >/dev/null
          $D network create -o com.docker.network.bridge.enable_ip_masquerade=false plain >/dev/null
          serve="busybox /bin/busybox nc -ll -p 80 -e /bin/busybox true"
          run a1 --network front busybox sleep 1000; run a2 --network front --network-alias database -p 8080:80 $serve
          run away --network front $serve; $D network connect back away; run b1 --network back busybox sleep 1000
          run v1 --network vault busybox sleep 1000; run unmasked --network plain busybox sleep 1000
          run d1 busybox sleep 1000; run d2 $serve; run linked --link d2:db busybox sleep 1000
          run stale --add-host db:172.17.0.200 busybox sleep 1000
          run local -p 127.0.0.1:8081:80 $serve
          run self -p 8082:80 busybox /bin/busybox httpd -f -p 127.0.0.1:80
          for n in x1 x2; do run $n --network six busybox sleep 1000; done
          run hostnet --network host busybox /bin/busybox nc -ll -p 8090 -e /bin/busybox true
          run none1 --network none busybox sleep 1000
          ip netns add isp; ip link add up0 type veth peer name eth0 netns isp
          ip addr add 10.50.0.1/24 dev up0; ip link set up0 up
          ip -n isp addr add 10.50.0.2/24 dev eth0; ip -n isp link set lo up; ip -n isp link set eth0 up
          ip route add default via 10.50.0.2
          """)
    }

    private func remove() {
      engine.insideScript(
        words + """
          $D rm -f a1 a2 away b1 v1 unmasked d1 d2 linked stale local self x1 x2 hostnet none1
          $D network rm front back vault six plain; ip netns del isp; iptables -P FORWARD ACCEPT
          """)
    }

    @Test func everyQuestionIsAnsweredInDockersWords() throws {
      try #require(engine.failure.isEmpty, "\(engine.failure)")
      defer { remove() }
      let built = build()
      try #require(built.status == 0, "\(built.errors)")
      let host = engine.inside("hostname").output.trimmingCharacters(in: .whitespacesAndNewlines)
      for question in Self.questions {
        if !question.before.isEmpty { engine.insideScript(words + question.before) }
        let asked = question.asked.replacingOccurrences(of: "HOST", with: host)
        let outcome = engine.program("explain \(asked) --format json")
        let object = try outcome.json()
        let cause = object["cause"] as? [String: Any]
        let said = "\(question.asked): \(cause ?? [:]) \(outcome.output.prefix(400)) \(outcome.errors)"
        #expect(object["verdict"] as? String == question.verdict, "\(said)")
        let codes = question.code.split(separator: "|").map(String.init)
        #expect(codes.isEmpty ? cause == nil : codes.contains(cause?["code"] as? String ?? ""), "\(said)")
        for word in question.words { #expect(outcome.output.contains(word), "\(word) in \(said)") }
        if let remedy = question.remedy { #expect(cause?["remedy"] as? String == remedy, "\(said)") }
      }
    }
  }
}
