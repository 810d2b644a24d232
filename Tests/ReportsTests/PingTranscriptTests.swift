import Fixtures
import Paths
import Reports
import Testing
import Topology

/// What `ping` prints in the end of requests that came back, were lost, and never left.
@Suite struct PingTranscriptTests {
  private static func transcript(json: Bool, _ events: [PingReport.Event]) throws -> PingTranscript {
    let snapshot = Models.seed
    let from = try Endpoint.resolve("test1", in: snapshot).get()
    let to = try Endpoint.resolve("test2", in: snapshot).get()
    let route = try PingRoute.choose(from: from, to: to, family: .any, in: snapshot).get()
    var transcript = PingTranscript(route: route, snapshot: snapshot, json: json)
    for event in events { _ = transcript.take(PingReport(id: 1, event: event, at: snapshot.takenAt)) }
    return transcript
  }

  private static let mixed: [PingReport.Event] = [
    .sent(sequence: 1), .reply(sequence: 1, milliseconds: 0.5, ttl: 64), .sent(sequence: 2),
    .lost(sequence: 2, lastSeen: nil), .sent(sequence: 3),
    .unsent(sequence: 3, errno: 105, reason: "not sent: no room (ENOBUFS)"), .sent(sequence: 4),
    .unsent(sequence: 4, errno: 105, reason: "not sent: no room (ENOBUFS)"),
  ]

  @Test func whatNeverLeftIsCountedApart() throws {
    let tail = try Self.transcript(json: false, Self.mixed).tail
    #expect(tail.hasPrefix("2 sent, 1 received, loss 50 %, 2 not sent, rtt min/avg/max/mdev 0.500/"), "\(tail)")
    let json = try Self.transcript(json: true, Self.mixed).tail
    #expect(json.contains("\"probe\":{\"sent\":2,\"received\":1,\"lost\":1,\"unsent\":2,"), "\(json)")
    #expect(
      json.contains(
        "\"refusals\":[{\"errno\":\"ENOBUFS\",\"reason\":\"not sent: no room (ENOBUFS)\",\"count\":2}]"), "\(json)")
  }

  @Test func ofNothingThereIsNoLoss() throws {
    var transcript = try Self.transcript(json: false, [.sent(sequence: 1)])
    let event = PingReport.Event.unsent(sequence: 1, errno: 101, reason: "no route")
    let line = transcript.take(PingReport(id: 1, event: event, at: Timestamp(milliseconds: 0)))
    #expect(line == "seq 1  not sent: no route\n")
    #expect(transcript.tail == "0 sent, 0 received, 1 not sent\n")
  }
}
