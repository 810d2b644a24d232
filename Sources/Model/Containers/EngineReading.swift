internal import Labels
internal import NIOCore
internal import NIOHTTP1
internal import Topology

/// One complete reading of what an engine knows.
struct EngineReading: Sendable {
  var containers: [ContainerRecord]
  var networks: [NetworkRecord]
  /// What could not be read, where the rest could.
  var trouble: EngineTrouble?
  /// What the answers that could be read leave out; the first of several.
  var omission: EngineTrouble?

  /// The records of one answer, and what it leaves out.
  private struct Part<Record: Decodable & Sendable>: Sendable {
    var records: [Record]
    var omission: EngineTrouble?

    /// Reads the body of an answer; throws `EngineTrouble` for what is no list of records.
    init(_ body: ByteBuffer, of uri: String) throws(EngineTrouble) {
      let (dropped, surplus): (Int, Int)
      (records, dropped, surplus) = try decodeRecords(Record.self, from: body)
      if surplus > 0 {
        omission = EngineTrouble(
          Say.Engines.tooMany(
            EngineExchange.shortened(uri), entries: records.count + surplus, read: records.count))
      } else if dropped > 0 {
        omission = EngineTrouble(Say.Engines.withoutID(EngineExchange.shortened(uri), entries: dropped))
      }
    }
  }

  /// Asks for containers and networks at once; fails with `EngineTrouble` where there are no containers to be had.
  static func take(from path: String, runtime: String, timing: EngineTiming, on loop: any EventLoop) -> EventLoopFuture<
    EngineReading
  > {
    let networks = networks(from: path, runtime: runtime, timing: timing, on: loop)
      .map { Result<Part<NetworkRecord>, EngineTrouble>.success($0) }
      .flatMapErrorThrowing { .failure($0 as? EngineTrouble ?? EngineTrouble("\($0)")) }
    let memberships = memberships(from: path, runtime: runtime, timing: timing, on: loop)
    return get(ContainerRecord.self, "/containers/json?all=1", at: path, timing: timing, on: loop)
      .and(networks).and(memberships)
      .map { read, memberships in
        let (containers, networks) = read
        var reading = EngineReading(
          containers: containers.records.sorted { $0.id < $1.id }, networks: [], omission: containers.omission)
        for index in reading.containers.indices {
          memberships[reading.containers[index].id]?.complete(&reading.containers[index])
        }
        switch networks {
        case .success(let part):
          reading.networks = part.records.sorted { $0.id < $1.id }
          reading.omission = reading.omission ?? part.omission
        case .failure(let trouble): reading.trouble = trouble
        }
        reading.containers.spreadLinks()
        return reading
      }
  }

  private static func get<Record>(
    _ type: Record.Type, _ uri: String, at path: String, timing: EngineTiming, on loop: any EventLoop
  ) -> EventLoopFuture<Part<Record>> {
    EngineExchange.get(uri, at: path, timing: timing, on: loop).flatMapThrowing { try Part<Record>($0, of: uri) }
  }

  /// What only Podman's own list says of its containers, by their ids: the pods. Without it they have none.
  private static func memberships(
    from path: String, runtime: String, timing: EngineTiming, on loop: any EventLoop
  ) -> EventLoopFuture<[String: LibpodListing]> {
    guard runtime == Engine.podman.runtime else { return loop.makeSucceededFuture([:]) }
    return get(LibpodListing.self, "/v4.0.0/libpod/containers/json?all=true", at: path, timing: timing, on: loop)
      .map { Dictionary($0.records.map { ($0.id, $0) }) { first, _ in first } }
      .flatMapErrorThrowing { _ in [:] }
  }

  private static func networks(
    from path: String, runtime: String, timing: EngineTiming, on loop: any EventLoop
  ) -> EventLoopFuture<Part<NetworkRecord>> {
    @Sendable func compatible() -> EventLoopFuture<Part<NetworkRecord>> {
      get(NetworkRecord.self, "/networks", at: path, timing: timing, on: loop)
    }
    // Only Podman's own list says what a bridge is called there.
    guard runtime == Engine.podman.runtime else {
      return compatible().map { part in
        var part = part
        for index in part.records.indices { part.records[index].assumeDockerBridge() }
        return part
      }
    }
    return get(NetworkRecord.self, "/v4.0.0/libpod/networks/json", at: path, timing: timing, on: loop)
      .flatMapError { error in
        // Podman 3 has no such list. One that breaks off in the middle of it, or answers something else, has.
        guard let trouble = error as? EngineTrouble, trouble.isRefusal else { return loop.makeFailedFuture(error) }
        return compatible().map { part in
          var part = part
          if part.records.contains(where: { $0.driver == "bridge" && $0.bridge == nil }) {
            part.omission = EngineTrouble(Say.Engines.hidesBridges(trouble.text))
          }
          return part
        }
      }
  }

  /// The engine's `Engine.runtime`: by the headers of `GET /_ping`, where Podman names itself, or by the path where the engine
  /// won't tell. (Its `/version` asks other programs for theirs, and takes most of a second.) Fails with `EngineTrouble` where it does
  /// not answer at all.
  static func runtime(at path: String, timing: EngineTiming, on loop: any EventLoop) -> EventLoopFuture<String> {
    EngineExchange.answer(to: "/_ping", at: path, timing: timing, on: loop).map { answer in
      let isPodman =
        answer.headers.contains(name: "Libpod-API-Version")
        || answer.headers["Server"].contains { $0.lowercased().hasPrefix("libpod") }
      return isPodman ? Engine.podman.runtime : Engine.guess(from: path).runtime
    }
    .flatMapErrorThrowing { error in
      guard (error as? EngineTrouble)?.isRefusal == true else { throw error }
      return Engine.guess(from: path).runtime
    }
  }
}
