internal import LinuxSystem
internal import NetlinkSocket
internal import Observer
internal import Reports
internal import Topology

extension Printer {
  /// What `events` is asked for.
  public struct EventRequest: Sendable {
    public var json: Bool
    /// A recording of rtmon(8); nil: this machine, now.
    public var file: String?
    /// Only these objects; empty: all but neighbours.
    public var objects: Set<String>

    public init(json: Bool = false, file: String? = nil, objects: Set<String> = []) {
      self.json = json
      self.file = file
      self.objects = objects
    }

    func wants(_ event: Event) -> Bool {
      // What was lost or can't be read is always said.
      if [.overrun, .malformed].contains(event.object) { return true }
      if objects.isEmpty { return event.object != .neighbor && event.object != .nsid || file != nil }
      return objects.contains(event.object.rawValue)
    }
  }

  /// Prints changes as they happen, until the program is ended; or those of a recording.
  public static func events(_ options: WorldOptions, _ request: EventRequest) throws -> Int32 {
    Standard.ignoreBrokenPipes()
    if let file = request.file { return try replay(file, request) }
    let signals = try SignalSource([SignalSource.Number.interrupt, SignalSource.Number.terminate])
    var options = options
    options.observer.tellsEvents = true
    let world = try World(options)
    let teller = EventTeller(request, world)
    var status: Int32 = 0
    try world.loop.watch(signals.descriptor) {
      for arrival in signals.take() where arrival.number == SignalSource.Number.terminate {
        status = 128 + arrival.number
      }
      world.loop.stop()
    }
    world.afterReconcile = { teller.tell() }
    try world.start { _ in }
    world.recheckEverySecond()
    for warning in world.observer.snapshot.warnings {
      try? Standard.write(Array("netns-top: \(warning.text)\n".utf8), to: 2)
    }
    world.loop.run()
    world.stop()
    if let failure = teller.failure { throw failure }
    return status
  }

  private static func replay(_ file: String, _ request: EventRequest) throws -> Int32 {
    let bytes: [UInt8]
    do {
      bytes = try SmallFile.read(file, limit: 1 << 30)
    } catch {
      throw Failure("events: \(file): \(error)")
    }
    var ledger = Ledger()
    var failure: (any Error)?
    var out: [UInt8] = []
    func flush(_ limit: Int) {
      guard out.count > limit, failure == nil else { return }
      do {
        try emit(out)
      } catch let error {
        failure = error
      }
      out.removeAll(keepingCapacity: true)
    }
    var damage: Recording.Damage?
    do {
      try Recording(bytes).forEach { time, header, payload in
        guard let event = ledger.replay(header, payload, at: time), request.wants(event) else { return }
        let report = EventReport(event, at: nil)
        out += request.json ? report.json : Array(report.text(withDate: true).utf8)
        out.append(10)
        flush(1 << 16)
      }
    } catch {
      damage = error
    }
    flush(0)
    if let failure { throw failure }
    if let damage { throw Failure("events: \(file) \(damage)") }
    return 0
  }
}

/// Prints the observer's events with the names of the moment.
private final class EventTeller {
  private let request: Printer.EventRequest
  private let world: World
  private var places: [NamespaceID: EventReport.Place] = [:]
  private var last: Snapshot
  private(set) var failure: (any Error)?

  init(_ request: Printer.EventRequest, _ world: World) {
    self.request = request
    self.world = world
    last = world.observer.snapshot
    places = Self.places(last)
  }

  private static func places(_ snapshot: Snapshot) -> [NamespaceID: EventReport.Place] {
    Dictionary(
      uniqueKeysWithValues: snapshot.namespaces.values.map {
        ($0.id, EventReport.Place(name: $0.name, containers: $0.containers.map(\.name)))
      })
  }

  func tell() {
    let messages = world.observer.takeEvents()
    let now = world.observer.snapshot
    let changes = now.revision == last.revision ? [] : differences(now)
    places.merge(Self.places(now)) { $1 }
    last = now
    // A namespace is born before its links, and its links go before it does.
    let born = changes.filter { $0.action == .added && $0.object == .namespace }
    let events = born + messages + changes.filter { !($0.action == .added && $0.object == .namespace) }
    var out: [UInt8] = []
    for event in events where request.wants(event) {
      let report = EventReport(event, at: event.namespace.map { places[$0] ?? EventReport.Place(name: "netns") })
      out += request.json ? report.json : Array(report.text(utcOffset: SystemClock.utcOffset).utf8)
      out.append(10)
    }
    if out.isEmpty || failure != nil { return }
    do {
      try Printer.emit(out)
    } catch let error {
      failure = error
      world.loop.stop()
    }
    places = places.filter { now.namespaces[$0.key] != nil }
  }

  /// Births, names and containers: what no message tells. Deaths are told by the kernel.
  private func differences(_ now: Snapshot) -> [Event] {
    var events: [Event] = []
    let time = now.takenAt.milliseconds * 1000
    func add(_ id: NamespaceID, _ object: Event.Object, _ action: Event.Action, _ subject: String) {
      events.append(Event(microseconds: time, namespace: id, object: object, action: action, subject: subject))
    }
    for namespace in now.namespaces.values {
      let old = last.namespaces[namespace.id]
      if old == nil { add(namespace.id, .namespace, .added, "") }
      if let old, old.name != namespace.name {
        events.append(
          Event(
            microseconds: time, namespace: namespace.id, object: .namespace, action: .changed,
            differences: [Event.Difference("name", from: old.name, to: namespace.name)]))
      }
      let before = Set((old?.containers ?? []).map(\.id))
      for container in namespace.containers where !before.contains(container.id) {
        add(namespace.id, .container, .added, container.name)
      }
      let after = Set(namespace.containers.map(\.id))
      for container in old?.containers ?? [] where !after.contains(container.id) {
        add(namespace.id, .container, .removed, container.name)
      }
    }
    for namespace in last.namespaces.values where now.namespaces[namespace.id] == nil {
      for container in namespace.containers { add(namespace.id, .container, .removed, container.name) }
    }
    return events
  }
}
