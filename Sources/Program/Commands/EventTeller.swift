internal import LinuxSystem
internal import Reports
internal import Topology

/// Prints the observer's events with the names of the moment.
final class EventTeller {
  private let command: EventsCommand
  private let output: Output
  private var places: [NamespaceID: EventReport.Place] = [:]
  private var last: Snapshot

  init(_ command: EventsCommand, _ first: Snapshot, _ output: Output) {
    self.command = command
    self.output = output
    last = first
    places = Self.places(last)
  }

  private static func places(_ snapshot: Snapshot) -> [NamespaceID: EventReport.Place] {
    Dictionary(
      uniqueKeysWithValues: snapshot.namespaces.values.map {
        ($0.id, EventReport.Place(name: $0.name, containers: $0.containers.map(\.name)))
      })
  }

  /// Prints what has happened since the last call, and what is different `now`.
  func tell(_ messages: [Event], _ now: Snapshot) throws {
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
    try output.emit(out)
    places = places.filter { now.namespaces[$0.key] != nil }
  }

  /// Births, names and containers: what no message tells. Deaths are told by the kernel.
  private func differences(_ now: Snapshot) -> [Event] {
    NamespaceChange.between(last, now).compactMap { namespace, change in
      func event(
        _ object: Event.Object, _ action: Event.Action, _ subject: String = "", _ differences: [Event.Difference] = []
      ) -> Event {
        Event(
          microseconds: now.takenAt.milliseconds * 1000, namespace: namespace.id, object: object, action: action,
          subject: subject, differences: differences)
      }
      switch change {
      case .joined: return event(.namespace, .added)
      case .renamed(let name):
        return event(.namespace, .changed, "", [Event.Difference("name", from: name, to: namespace.name)])
      case .gained(let container): return event(.container, .added, container.name)
      case .lost(let container): return event(.container, .removed, container.name)
      case .gone: return nil
      }
    }
  }
}
