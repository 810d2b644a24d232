internal import NIOCore

/// One complete reading of what an engine knows.
struct EngineReading: Sendable {
  var containers: [ContainerRecord]
  var networks: [NetworkRecord]
  /// What could not be read, where the rest could.
  var trouble: EngineTrouble?

  /// Asks for containers and networks at once; fails with `EngineTrouble` where there are no containers to be had.
  static func take(from path: String, runtime: String, timing: EngineTiming, on loop: any EventLoop) -> EventLoopFuture<
    EngineReading
  > {
    let networks = networks(from: path, runtime: runtime, timing: timing, on: loop)
      .map { Result<[NetworkRecord], EngineTrouble>.success($0) }
      .flatMapErrorThrowing { .failure($0 as? EngineTrouble ?? EngineTrouble("\($0)")) }
    return EngineExchange.get("/containers/json?all=1", at: path, timing: timing, on: loop)
      .flatMapThrowing { try decodeRecords(ContainerRecord.self, from: $0) }
      .and(networks)
      .map { containers, networks in
        var reading = EngineReading(containers: containers.sorted { $0.id < $1.id }, networks: [])
        switch networks {
        case .success(let records): reading.networks = records.sorted { $0.id < $1.id }
        case .failure(let trouble): reading.trouble = trouble
        }
        return reading
      }
  }

  private static func networks(
    from path: String, runtime: String, timing: EngineTiming, on loop: any EventLoop
  ) -> EventLoopFuture<[NetworkRecord]> {
    @Sendable func compatible() -> EventLoopFuture<[NetworkRecord]> {
      EngineExchange.get("/networks", at: path, timing: timing, on: loop)
        .flatMapThrowing { try decodeRecords(NetworkRecord.self, from: $0) }
    }
    // Only Podman's own list says what a bridge is called there.
    guard runtime == "podman" else {
      return compatible().map { records in
        records.map { record in
          var record = record
          record.assumeDockerBridge()
          return record
        }
      }
    }
    return EngineExchange.get("/v4.0.0/libpod/networks/json", at: path, timing: timing, on: loop)
      .flatMapThrowing { try decodeRecords(NetworkRecord.self, from: $0) }
      .flatMapError { _ in compatible() }
  }

  /// "docker" or "podman": by `GET /version`, or by the path where the engine won't tell. Fails with `EngineTrouble` where it
  /// does not answer at all.
  static func runtime(at path: String, timing: EngineTiming, on loop: any EventLoop) -> EventLoopFuture<String> {
    EngineExchange.get("/version", at: path, timing: timing, on: loop).map { body in
      // An answer that can't be read names no engine: the path has to, and the readings that follow will complain.
      let version = try? decodeJSON(VersionAnswer.self, from: body)
      return version?.isPodman == true ? "podman" : guess(path)
    }
    .flatMapErrorThrowing { error in
      guard (error as? EngineTrouble)?.isRefusal == true else { throw error }
      return guess(path)
    }
  }

  /// What the socket's name says of the engine.
  static func guess(_ path: String) -> String { path.contains("podman") ? "podman" : "docker" }
}

private struct VersionAnswer: Decodable {
  let isPodman: Bool

  private struct Component: Decodable {
    let name: String
    init(from decoder: any Decoder) { name = LenientObject(decoder).text("Name") ?? "" }
  }

  init(from decoder: any Decoder) {
    isPodman = LenientObject(decoder).list("Components", of: Component.self)
      .contains { $0.name.lowercased().contains("podman") }
  }
}
