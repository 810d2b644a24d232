import Foundation
import NIOCore
import Testing
import Topology

@testable import Containers

@Suite(.timeLimit(.minutes(1))) struct WatchTests {
  @Test func readsContainersAndNetworks() async throws {
    let engine = try FakeEngine([
      "/containers/json": .ok("[\(container("b", "web")),\(container("a", "支付网关"))]"),
      "/networks": .ok(#"[{"Id":"0123456789abcdef","Name":"front","Driver":"bridge"}]"#),
    ])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.runtime == "docker")
    #expect(report.endpoint == engine.path)
    #expect(report.containers.map(\.name) == ["支付网关", "web"])
    #expect(report.networks.map(\.bridge) == ["br-0123456789ab"])
  }

  @Test func readsChunksThatSplitCharacters() async throws {
    let body = "[\(container("a", "订单数据库")),\(container("b", "é"))]"
    let engine = try FakeEngine(["/containers/json": .chunked(body, size: 1)])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.containers.map(\.name) == ["订单数据库", "é"])
  }

  @Test func twoContainersOfOneNameStayTwo() async throws {
    let engine = try FakeEngine(["/containers/json": .ok("[\(container("a", "x")),\(container("b", "x"))]")])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.containers.map(\.id) == ["a", "b"])
  }

  @Test func anEventCausesAReading() async throws {
    let engine = try FakeEngine()
    let reports = try Reports(engine)
    #expect(await reports.first { $0.status == .connected }?.containers.isEmpty == true)
    engine.answer("/containers/json", .ok("[\(container("a", "new"))]"))
    engine.send(#"{"Type":"container","Action":"start","id":"a"}"# + "\n")
    #expect(await reports.first { !$0.containers.isEmpty }?.containers.map(\.name) == ["new"])
  }

  @Test func anEventMayComeInPieces() async throws {
    let engine = try FakeEngine()
    let reports = try Reports(engine)
    _ = await reports.first { $0.status == .connected }
    engine.answer("/containers/json", .ok("[\(container("a", "new"))]"))
    for piece in [#"{"Type":"cont"#, #"ainer","Action":"die","#, #""id":"a"}"#, "\r", "\n"] { engine.send(piece) }
    #expect(await reports.first { !$0.containers.isEmpty } != nil)
  }

  @Test func healthChecksCauseNoReading() async throws {
    let engine = try FakeEngine()
    let reports = try Reports(engine)
    _ = await reports.first { $0.status == .connected }
    engine.answer("/containers/json", .ok("[\(container("a", "1"))]"))
    engine.send(#"{"Type":"container","Action":"exec_create: sh","id":"a"}"# + "\n\n  \n")
    engine.send(#"{"Type":"container","Action":"health_status: healthy","id":"a"}"# + "\n")
    let before = engine.requests(of: "/_ping")
    engine.cutEvents()
    // The connection after the cut is the first to see the new container: the lines before it were not heeded.
    #expect(await reports.first { $0.status != .connected }?.containers.isEmpty == true)
    #expect(await reports.first { $0.status == .connected }?.containers.count == 1)
    #expect(engine.requests(of: "/_ping") > before)
  }

  @Test func anEventThatMakesNoDifferenceIsNotDelivered() async throws {
    let engine = try FakeEngine()
    let reports = try Reports(engine)
    _ = await reports.first { $0.status == .connected }
    let readings = engine.requests(of: "/containers/json")
    engine.send("nonsense, but a line\n")
    await engine.asked("/containers/json", readings + 1)
    engine.answer("/containers/json", .ok("[\(container("a", "1"))]"))
    engine.send(#"{"Type":"network","Action":"connect"}"# + "\n")
    #expect(await reports.first { _ in true }?.containers.count == 1)
  }

  @Test func aDyingEngineIsReportedAndFoundAgain() async throws {
    let engine = try FakeEngine(["/containers/json": .ok("[\(container("a", "x"))]")])
    let reports = try Reports(engine)
    _ = await reports.first { $0.status == .connected }
    try engine.die()
    let dead = try #require(await reports.first { $0.trouble != nil })
    #expect(dead.containers.map(\.name) == ["x"])
    engine.answer("/containers/json", .ok("[\(container("a", "x")),\(container("b", "y"))]"))
    try engine.listen()
    #expect(await reports.first { $0.status == .connected }?.containers.count == 2)
  }

  /// A clean restart takes the socket away: what was said last stays, and is said to be no more than that.
  @Test func theLastWordOutlivesTheSocket() async throws {
    let engine = try FakeEngine(["/containers/json": .ok("[\(container("a", "x"))]")])
    let reports = Reports(EngineEndpoint(usual: [engine.path]))
    _ = await reports.first { $0.status == .connected }
    try engine.die()
    try? FileManager.default.removeItem(atPath: engine.path)
    let gone = try #require(await reports.first { $0.trouble?.contains("does not exist") == true })
    #expect(gone.containers.map(\.name) == ["x"])
    try engine.listen()
    #expect(await reports.first { $0.status == .connected }?.containers.count == 1)
  }

  /// Somebody whom nobody has named is asked about at once, however long the engine has been silent.
  @Test func whoIsMissedIsAskedAboutAtOnce() async throws {
    let engine = try FakeEngine(["/containers/json": .ok("[\(container("a", "x"))]")])
    let slow = EngineTiming(
      connect: 5_000, response: 20_000, coalesce: 1, firstRetry: 3_600_000, lastRetry: 3_600_000, wantedRetry: 5)
    let reports = try Reports(engine, timing: slow)
    _ = await reports.first { $0.status == .connected }
    try engine.die()
    _ = await reports.first { $0.trouble != nil }
    try engine.listen()
    reports.want(true)
    #expect(await reports.first { $0.status == .connected } != nil)
    let before = engine.requests(of: "/containers/json")
    reports.want(true)
    await engine.asked("/containers/json", before + 1)
  }

  /// Docker tells aliases and links of one container at a time: names come before them, and each is asked about once.
  @Test func aliasesFollow() async throws {
    func listed(_ endpoint: String) -> String {
      #"[{"Id":"a1","Names":["/shop-db-1"],"State":"running","NetworkSettings":{"Networks":{"back":{"EndpointID":"\#(endpoint)"}}}},"#
        + #"{"Id":"../x","Names":["/odd"],"State":"running","NetworkSettings":{"Networks":{"back":{"EndpointID":"e9"}}}}]"#
    }
    let engine = try FakeEngine([
      "/containers/json": .ok(listed("e1")),
      "/containers/a1/json": .ok(
        #"{"NetworkSettings":{"Networks":{"back":{"Aliases":["db","database"],"Links":["cache:store"]}}}}"#),
    ])
    let reports = try Reports(engine)
    let first = try #require(await reports.first { $0.status == .connected })
    #expect(first.containers.first { $0.id == "a1" }?.aliases == [:])
    let second = try #require(await reports.first { _ in true })
    #expect(second.containers.first { $0.id == "a1" }?.aliases == ["back": ["db", "database"]])
    #expect(second.containers.first { $0.id == "a1" }?.links == ["store": "cache"])
    engine.send(#"{"Type":"network","Action":"connect"}"# + "\n")
    await engine.asked("/containers/json", 2)
    engine.answer("/containers/json", .ok(listed("e2")))
    engine.answer(
      "/containers/a1/json", .ok(#"{"NetworkSettings":{"Networks":{"back":{"Aliases":["main"]}}}}"#))
    engine.send(#"{"Type":"network","Action":"connect"}"# + "\n")
    #expect(
      await reports.first { $0.containers.contains { $0.aliases == ["back": ["main"]] } } != nil)
    #expect(engine.requests(of: "/containers/a1/json") == 2, "each is asked about once a change")
    #expect(engine.requests(of: "/containers/../x/json") == 0, "an id is no path")
  }

  /// A user's engine can tell of any number of names: what is kept has a bound, and one answer that is too long costs no other.
  @Test func aliasesHaveABound() async throws {
    func listed(_ id: String) -> String {
      #"{"Id":"\#(id)","Names":["/\#(id)"],"State":"running","NetworkSettings":{"Networks":{"n":{"EndpointID":"e"}}}}"#
    }
    let ids = (1...10).map { "c\($0)" }
    let many = (0..<200).map { #""\#(String(repeating: "x", count: 1000))\#($0)""# }.joined(separator: ",")
    var answers = Dictionary(
      uniqueKeysWithValues: ids.map { id in
        (
          "/containers/\(id)/json",
          FakeEngine.Answer.ok(#"{"NetworkSettings":{"Networks":{"n":{"Aliases":[\#(many)]}}}}"#)
        )
      })
    answers["/containers/c7/json"] = .ok(#"{"x":"\#(String(repeating: "x", count: 300_000))"}"#)
    answers["/containers/json"] = .ok("[\(ids.map(listed).joined(separator: ","))]")
    let engine = try FakeEngine(answers)
    let reports = try Reports(engine)
    let report = try #require(await reports.first { $0.containers.contains { $0.aliases["n"] != nil } })
    let bytes = report.containers.flatMap { $0.aliases["n"] ?? [] }.reduce(0) { $0 + $1.utf8.count }
    #expect(bytes > 1 << 19 && bytes <= ReadLimit.aliases, "\(bytes)")
    #expect(engine.requests(of: "/containers/c10/json") == 1)
    #expect(report.trouble == "\(engine.path) tells of more than 1 MiB of aliases: the rest is left out")
  }

  @Test func oneReportForAnOngoingFailure() async throws {
    let engine = try FakeEngine(["/containers/json": .status(500, #"{"message":"driver\nfailed"}"#)])
    let reports = try Reports(engine)
    let report = try #require(await reports.first { _ in true })
    #expect(report.trouble == #"\#(engine.path) answered GET /containers/json with 500: driver\x0afailed"#)
    await engine.asked("/containers/json", 4)
    #expect(reports.delivered == 1)
  }

  @Test func refusedEventsDoNotCostTheNames() async throws {
    let engine = try FakeEngine([
      "/events": .status(403, "forbidden"), "/_ping": .status(403, ""),
      "/containers/json": .ok("[\(container("a", "x"))]"),
    ])
    let report = try #require(await Reports(engine).first { !$0.containers.isEmpty })
    #expect(report.trouble?.contains("GET /events with 403") == true)
  }

  @Test func missingNetworksDoNotCostTheNames() async throws {
    let engine = try FakeEngine([
      "/networks": .ok("{}"), "/containers/json": .ok("[\(container("a", "x"))]"),
    ])
    let report = try #require(await Reports(engine).first { !$0.containers.isEmpty })
    #expect(report.trouble == "\(engine.path) answered something that is not the Docker API: {}")
  }

  @Test func podmanNamesItsBridges() async throws {
    let engine = try FakeEngine(
      [
        "/_ping": FakeEngine.podmanPing,
        "/v4.0.0/libpod/networks/json": .ok(
          #"[{"id":"1","name":"n","driver":"bridge","network_interface":"podman1"}]"#),
      ])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.runtime == "podman")
    #expect(report.networks.map(\.bridge) == ["podman1"])
  }

  /// Docker's list says nothing of pods, nor who is on the host's network: Podman's own does.
  @Test func podmanSaysWhichPodAContainerIsIn() async throws {
    let listing = """
      [{"Id":"a","PodName":"web-pod","IsInfra":true,"Networks":["front"],"Pid":0},
       {"Id":"b","PodName":"web-pod","IsInfra":false},{"PodName":"no id"},{"Id":"c","PodName":"","Pid":1}]
      """
    let port = #"[{"PrivatePort":80,"PublicPort":8081,"Type":"tcp"}]"#
    let engine = try FakeEngine([
      "/_ping": FakeEngine.podmanPing, "/v4.0.0/libpod/networks/json": .ok("[]"),
      "/v4.0.0/libpod/containers/json": .ok(listing),
      "/containers/json": .ok(
        #"[{"Id":"a","Names":["/x-infra"],"Ports":\#(port)},{"Id":"b","Names":["/p1"],"Ports":\#(port)},{"Id":"c","Names":["/c"]}]"#
      ),
    ])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.containers.map(\.pod) == [Pod(name: "web-pod", isInfra: true), Pod(name: "web-pod"), nil])
    #expect(report.containers.map(\.ports) == [["0.0.0.0:8081→80/tcp"], [], []])
    #expect(report.containers[1].networkMode == .container(""))
    #expect(engine.requests(of: "/version") == 0, "Podman needs most of a second for it")
  }

  @Test func anOlderPodmanHasNoNameForItsBridges() async throws {
    let engine = try FakeEngine(
      [
        "/_ping": .ok("OK"), "/networks": .ok(#"[{"Id":"1","Name":"n","Driver":"bridge"}]"#),
      ], name: "podman.sock")
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.runtime == "podman")
    #expect(report.networks == [NetworkRecord(id: "1", name: "n", driver: "bridge", bridge: nil)])
    let part = "names the bridges of its networks to nobody: it answered GET /v4.0.0/libpod/networks/json with 404"
    #expect(report.trouble?.hasPrefix("\(engine.path) \(part)") == true, "\(report.trouble ?? "none")")
  }

  /// An error of Podman's own list is no older Podman: it is told, and the networks are not said to have no bridges.
  @Test(arguments: ["<html>", "[{\"id\":\"1\""])
  func podmansOwnErrorIsTold(body: String) async throws {
    let engine = try FakeEngine([
      "/_ping": FakeEngine.podmanPing, "/v4.0.0/libpod/networks/json": .ok(body),
      "/networks": .ok(#"[{"Id":"1","Name":"n","Driver":"bridge"}]"#),
    ])
    let report = try #require(await Reports(engine).first { $0.status != .connected })
    #expect(report.trouble?.contains("not the Docker API") == true)
    #expect(report.networks.isEmpty)
  }

  @Test func recordsWithoutAnIdAreToldOf() async throws {
    let engine = try FakeEngine([
      "/containers/json": .ok(#"[{"Id":"1","Names":["/one"]},{"Names":["/two"]}]"#),
      "/networks": .ok(#"[{"Id":"1"},{},{}]"#),
    ])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.containers.map(\.id) == ["1"])
    #expect(report.trouble == "\(engine.path) answered GET /containers/json with an entry that has no id: left out")
    let once = EngineQuery(endpoint: try engine.endpoint, timeoutMilliseconds: 2000).answer(2000)
    #expect(once.status == .connected && once.trouble == report.trouble)
  }

  @Test func fiveThousandContainersInTenMegabytes() async throws {
    let filler = String(repeating: "x", count: 2_000)
    let body =
      "["
      + (0..<5_000).map { #"{"Id":"\#($0 + 10_000)","Names":["/c\#($0)"],"Command":"\#(filler)"}"# }
      .joined(separator: ",") + "]"
    #expect(body.utf8.count > 10_000_000)
    let engine = try FakeEngine(["/containers/json": .ok(body)])
    let report = try #require(await Reports(engine).first { $0.status == .connected })
    #expect(report.containers.count == 5_000)
    #expect(report.containers.last?.name == "c4999")
  }

  @Test func stoppingEndsEverything() async throws {
    let engine = try FakeEngine()
    let reports = try Reports(engine)
    _ = await reports.first { $0.status == .connected }
    reports.stop()
    let delivered = reports.delivered
    engine.answer("/containers/json", .ok("[\(container("a", "1"))]"))
    engine.send(#"{"Action":"start"}"# + "\n")
    reports.stop()
    #expect(reports.delivered == delivered)
  }

  @Test func anEventLineWithoutEndIsCut() async throws {
    let engine = try FakeEngine()
    let reports = try Reports(engine)
    _ = await reports.first { $0.status == .connected }
    engine.send(String(repeating: "x", count: ReadLimit.eventLine + 1))
    #expect(await reports.first { $0.trouble != nil }?.trouble?.contains("more than 1 MiB") == true)
  }
}
