internal import LinuxSystem
internal import Observer
internal import Reports
internal import Session
internal import Topology

/// Prints the observer's events with the names of the moment.
final class EventTeller {
  private let command: EventsCommand
  private let source: LiveSource
  private var places: [NamespaceID: EventReport.Place] = [:]
  private var last: Snapshot

  init(_ command: EventsCommand, _ source: LiveSource) {
    self.command = command
    self.source = source
    last = source.observer.snapshot
    places = Self.places(last)
  }

  private static func places(_ snapshot: Snapshot) -> [NamespaceID: EventReport.Place] {
    Dictionary(
      uniqueKeysWithValues: snapshot.namespaces.values.map {
        ($0.id, EventReport.Place(name: $0.name, containers: $0.containers.map(\.name)))
      })
  }

  /// Prints what has happened since the last call.
  func tell() throws {
    let messages = source.observer.takeEvents()
    let now = source.observer.snapshot
    let changes = now.revision == last.revision ? [] : differences(now)
    places.merge(Self.places(now)) { $1 }
    last = now
    // A namespace is born before its links, and its links go before it does.
    let born = changes.filter { $0.action == .added && $0.object == .namespace }
    let events = born + messages + changes.filter { !($0.action == .added && $0.object == .namespace) }
    var out: [UInt8] = []
    for event in events where command.wants(event) {
      let report = EventReport(event, at: event.namespace.map { places[$0] ?? EventReport.Place(name: "netns") })
      out += command.json ? report.json : Array(report.text(utcOffset: SystemClock.utcOffset).utf8)
      out.append(10)
    }
    if out.isEmpty { return }
    try Output.emit(out)
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
