import Conclusions
import Fixtures
import Questions
import Reports
import Testing
import Topology

@Suite struct MetricsTextTests {
  private static func lines(_ snapshot: Snapshot, _ pairs: [MetricsText.Pair] = []) -> [String] {
    MetricsText(snapshot, pairs: pairs, version: "1.2.3", seconds: 1_795_435_480.5).text.split(separator: "\n").map(
      String.init)
  }

  @Test func aPairOfContainersIsTold() {
    let lines = Self.lines(Models.seed)
    for line in [
      "# TYPE netns_top_build_info gauge", #"netns_top_build_info{version="1.2.3"} 1"#,
      "netns_top_read_timestamp_seconds 1795435480.5", #"netns_top_namespaces{kind="container"} 2"#,
      "# TYPE netns_top_link_receive_drop_total counter", #"netns_top_trouble{kind="no_carrier"} 0"#,
    ] { #expect(lines.contains(line), "\(line)") }
    #expect(lines.contains { $0.hasPrefix(#"netns_top_link_up{namespace="test1","#) && $0.hasSuffix("} 1") })
    #expect(!lines.contains { $0.contains("pair") })
  }

  /// Every metric stands together, below its two lines, and every sample is of the metric above it.
  @Test func everyMetricStandsTogether() {
    var known: Set<String> = []
    var current = ""
    for line in Self.lines(Models.twelve) {
      if line.hasPrefix("# HELP ") {
        current = String(line.split(separator: " ")[2])
        #expect(known.insert(current).inserted, "\(current) twice")
      } else if !line.hasPrefix("#") {
        #expect(line.hasPrefix(current + " ") || line.hasPrefix(current + "{"), "\(line)")
      }
    }
    #expect(known.count == 11)
  }

  @Test func namesAreEscapedAsTheFormatWantsIt() {
    let snapshot = Models.host([
      Models.Network("docker0", subnet: "172.17", containers: [#"a"b\c"#, "支付网关"])
    ])
    let lines = Self.lines(snapshot)
    #expect(lines.contains { $0.contains(#"namespace="a\"b\\c""#) })
    #expect(lines.contains { $0.contains(#"namespace="支付网关""#) })
  }

  @Test func whatIsNotKnownHasNoValue() {
    var reached = Explanation(
      source: Explanation.End(name: "a"), destination: Explanation.End(name: "b"), verdict: .reachable, also: [],
      path: [], unread: [], notes: [])
    reached.probe = EchoOutcome(sent: 3, received: 3, roundTrips: [0.2, 0.1, 0.4])
    var cut = reached
    cut.verdict = .unreachable
    cut.probe = EchoOutcome(sent: 3, received: 0)
    cut.cause = Explanation.Finding(
      code: .bridgeDown, namespace: .host, namespaceName: "the host", interface: "docker0", link: nil,
      isOnReply: false, claim: "", evidence: [], remedy: nil, rule: nil)
    let lines = Self.lines(
      Models.seed,
      [
        MetricsText.Pair(source: "a", destination: "b", explanation: reached),
        MetricsText.Pair(source: "a", destination: "c:80", explanation: cut),
        MetricsText.Pair(source: "a", destination: "gone"),
      ])
    for line in [
      #"netns_top_pair_reachable{source="a",destination="b"} 1"#,
      #"netns_top_pair_reachable{source="a",destination="c:80"} 0"#,
      #"netns_top_pair_known{source="a",destination="gone"} 0"#,
      #"netns_top_pair_cause{source="a",destination="c:80",code="bridge-down"} 1"#,
      #"netns_top_pair_round_trip_seconds{source="a",destination="b"} 0.0001"#,
    ] { #expect(lines.contains(line), "\(line)") }
    #expect(!lines.contains { $0.contains("reachable{source=\"a\",destination=\"gone\"") })
  }
}
