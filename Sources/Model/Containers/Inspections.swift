internal import NIOCore

/// What an engine tells of one container at a time only, network aliases and links: each is asked about once, and again
/// when it has joined or left a network.
struct Inspections {
  private struct Known {
    let endpoints: [String]
    let inspection: ContainerInspection
  }

  private var known: [String: Known] = [:]
  /// Bytes of what is kept: an engine of a user's can tell of any number.
  private var kept = 0
  /// Whether something was left out for that.
  private(set) var isCut = false

  /// So many are asked about at once.
  private static let width = 4

  /// Fills in what is known.
  func fill(_ records: inout [ContainerRecord]) {
    for index in records.indices {
      guard let found = known[records[index].id], found.endpoints == records[index].endpoints else { continue }
      records[index].take(found.inspection)
    }
  }

  /// Those that have to be asked about: on a network of their own making, where aliases are.
  func missing(in records: [ContainerRecord]) -> [ContainerRecord] {
    let asked = records.lazy.filter { record in
      record.state == "running" && record.aliases.isEmpty && known[record.id]?.endpoints != record.endpoints
        && record.networks.contains { !["bridge", "host", "none"].contains($0) } && isPlain(record.id)
    }
    return Array(asked.prefix(ReadLimit.inspections))
  }

  /// Whether an id is one: it becomes a part of a path.
  private func isPlain(_ id: String) -> Bool {
    id.utf8.count <= 64
      && id.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      }
  }

  /// Takes over what was told of those; of whom nothing was told nothing is asked until he joins another network.
  mutating func learn(_ answers: [String: ContainerInspection], about records: [ContainerRecord]) {
    for record in records {
      var inspection = answers[record.id] ?? ContainerInspection()
      inspection.aliases = inspection.aliases.filter { record.networks.contains($0.key) }
      kept -= known[record.id]?.inspection.size ?? 0
      if kept + inspection.size > ReadLimit.aliases {
        inspection = ContainerInspection()
        isCut = true
      }
      kept += inspection.size
      known[record.id] = Known(endpoints: record.endpoints, inspection: inspection)
    }
  }

  /// Forgets those that the engine has forgotten.
  mutating func keep(_ records: [ContainerRecord]) {
    guard known.count > records.count * 2 + 16 else { return }
    let ids = Set(records.map(\.id))
    known = known.filter { ids.contains($0.key) }
    kept = known.values.reduce(0) { $0 + $1.inspection.size }
  }

  /// Asks about containers, a few at a time; who can't be asked about is missing in the answer.
  static func ask(
    about records: [ContainerRecord], at path: String, timing: EngineTiming, on loop: any EventLoop
  ) -> EventLoopFuture<[String: ContainerInspection]> {
    let ids = records.map(\.id)
    let lanes = (0..<width).map { lane in
      ask(Array(stride(from: lane, to: ids.count, by: width)).map { ids[$0] }[...], at: path, timing, loop, [:])
    }
    return EventLoopFuture.whenAllSucceed(lanes, on: loop).map { parts in
      parts.reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }
    }
  }

  private static func ask(
    _ ids: ArraySlice<String>, at path: String, _ timing: EngineTiming, _ loop: any EventLoop,
    _ found: [String: ContainerInspection]
  ) -> EventLoopFuture<[String: ContainerInspection]> {
    guard let id = ids.first else { return loop.makeSucceededFuture(found) }
    return EngineExchange.get(
      "/containers/\(id)/json", at: path, timing: timing, limit: ReadLimit.inspection, on: loop
    )
    .map { body in
      // One that has gone meanwhile, or an answer that is none, tells of no alias.
      try? decodeJSON(ContainerInspection.self, from: body)
    }
    .flatMapError { error in
      // An engine that answers no more is not asked on; the list will say so. One that says too much of one is asked of others.
      (error as? EngineTrouble)?.isOfOne == true ? loop.makeSucceededFuture(nil) : loop.makeFailedFuture(error)
    }
    .flatMap { inspection in
      var found = found
      found[id] = inspection
      return ask(ids.dropFirst(), at: path, timing, loop, found)
    }
    .flatMapErrorThrowing { _ in found }
  }
}

extension [ContainerRecord] {
  /// Tells those who made links on the default network what they call others: the list has that as names of the others
  /// (`/web/database` of the container that `web` calls `database`).
  mutating func spreadLinks() {
    var links: [String: [String: String]] = [:]
    for record in self {
      for name in record.names.dropFirst() {
        let parts = name.split(separator: "/")
        if parts.count == 2 { links[String(parts[0]), default: [:]][String(parts[1])] = record.name }
      }
    }
    guard !links.isEmpty else { return }
    for index in indices { self[index].links.merge(links[self[index].name] ?? [:]) { own, _ in own } }
  }
}
