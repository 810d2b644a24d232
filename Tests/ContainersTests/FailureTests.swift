import Foundation
import NIOCore
import Testing

@testable import Containers

/// Each bad day, by the watch and by the one-shot reading.
@Suite(.timeLimit(.minutes(1))) struct FailureTests {
  private func expectTrouble(
    _ part: String, _ engine: FakeEngine, timing: EngineTiming = .quick,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let report = try #require(await Reports(engine, timing: timing).first { $0.status != .connected })
    let once = EngineQuery(endpoint: try engine.endpoint, timeoutMilliseconds: timing.response).answer(timing.response)
    for reason in [report.trouble, once.trouble] {
      #expect(reason?.contains(part) == true, "\(reason ?? "none")", sourceLocation: sourceLocation)
      #expect(reason?.hasPrefix(engine.path) == true, sourceLocation: sourceLocation)
      #expect((reason?.count ?? 0) <= 200, sourceLocation: sourceLocation)
      #expect(reason?.unicodeScalars.contains { $0.value < 0x20 } == false, sourceLocation: sourceLocation)
    }
    #expect(once.containers.isEmpty, sourceLocation: sourceLocation)
  }

  @Test func missingSocket() async throws {
    try await expectTrouble("does not exist", FakeEngine(listening: false))
  }

  @Test func nobodyListens() async throws {
    let engine = try FakeEngine(listening: false)
    engine.leaveSocket()
    try await expectTrouble("nobody listens", engine)
  }

  @Test func aPlainFileIsRefused() async throws {
    let engine = try FakeEngine(listening: false)
    try Data().write(to: URL(fileURLWithPath: engine.path))
    try await expectTrouble("nobody listens", engine)
  }

  @Test(arguments: ["/_ping", "/containers/json", "/networks"])
  func silence(_ path: String) async throws {
    let engine = try FakeEngine([path: .silence])
    try await expectTrouble("gave no answer", engine, timing: .impatient)
  }

  /// Interim responses without end, and an answer of blanks without end.
  @Test(arguments: [true, false]) func anAnswerHasABound(isInterim: Bool) async throws {
    let interim = "HTTP/1.1 100 Continue\r\nX: \(String(repeating: "x", count: 4096))\r\n\r\n"
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 999999999\r\n\r\n["
    let length = ReadLimit.body + (1 << 20)
    let flood =
      isInterim
      ? String(repeating: interim, count: length / interim.utf8.count) : head + String(repeating: " ", count: length)
    try await expectTrouble("more than", FakeEngine(["/containers/json": .rawThenSilence(flood)]))
  }

  @Test func aHeadWithoutBody() async throws {
    let engine = try FakeEngine([
      "/containers/json": .rawThenSilence("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"Id\"")
    ])
    try await expectTrouble("gave no answer", engine, timing: .impatient)
  }

  @Test(arguments: [
    "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[{\"Id\":\"1\"", "HTTP/1.1 200 OK\r\nContent-Le",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n[{\"I", "",
  ])
  func cutInTheMiddle(_ bytes: String) async throws {
    try await expectTrouble("closed the connection", FakeEngine(["/containers/json": .raw(bytes)]))
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "\u{1B}[31m\0\u{7}\n\n\n", "HTTP/9.9 banana\r\n\r\n"])
  func notHTTP(_ bytes: String) async throws {
    try await expectTrouble("not HTTP", FakeEngine(["/containers/json": .raw(bytes)]))
  }

  @Test(arguments: ["<html>\u{1B}[2J</html>", "{\"Id\":\"1\"}", "[[[", "[1]"])
  func notTheAPI(_ body: String) async throws {
    try await expectTrouble("not the Docker API", FakeEngine(["/containers/json": .ok(body)]))
  }

  @Test func errorsCarryTheEnginesWords() async throws {
    let long = #"{"message":"\#(String(repeating: "long ", count: 2_000))"}"#
    try await expectTrouble("with 503: long long", FakeEngine(["/containers/json": .status(503, long)]))
    let huge = String(repeating: "x", count: 100_000)
    try await expectTrouble("more than 64 KiB", FakeEngine(["/containers/json": .status(503, huge)]))
  }

  @Test func headersWithoutEnd() async throws {
    let headers = (0..<20_000).map { "X-\($0): y\r\n" }.joined()
    let engine = try FakeEngine(["/containers/json": .raw("HTTP/1.1 200 OK\r\n" + headers)])
    try await expectTrouble("not HTTP", engine)
  }

  @Test func aGoodEngineIsReadOnce() throws {
    let engine = try FakeEngine(["/containers/json": .ok("[\(container("a", "x"))]")])
    let report = EngineQuery(endpoint: try engine.endpoint, timeoutMilliseconds: 20_000).answer(20_000)
    #expect(report.status == .connected)
    #expect(report.containers.map(\.name) == ["x"])
    #expect(engine.requests(of: "/events") == 0)
  }

  @Test func withoutASocketThereIsNothingToComplainAbout() async throws {
    let engine = try FakeEngine(listening: false)
    let endpoint = EngineEndpoint(usual: [engine.path])
    #expect(EngineQuery(endpoint: endpoint, timeoutMilliseconds: 2_000).answer(2_000).status == .absent)
    // It is found as soon as it is there.
    let reports = Reports(endpoint)
    #expect(await reports.first { _ in true }?.status == .absent)
    try engine.listen()
    #expect(await reports.first { _ in true }?.status == .connected)
  }
}
