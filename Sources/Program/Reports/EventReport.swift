internal import JSON
public import Topology
internal import Usage

/// One event as a line: for people, or as JSON.
public struct EventReport: Sendable {
  /// The namespace's name as it was known last, and its containers'.
  public struct Place: Sendable {
    /// The namespace's name, as the screen shows it.
    public var name: String
    /// The names of its containers; empty where there is none.
    public var containers: [String]

    /// Makes a place.
    public init(name: String, containers: [String] = []) {
      self.name = name
      self.containers = containers
    }
  }

  private let event: Event
  private let place: Place?

  /// Makes the report of an event; `place` is nil where a recording does not tell.
  public init(_ event: Event, at place: Place?) {
    self.event = event
    self.place = place
  }

  private var time: String? {
    event.microseconds.map { microseconds in
      let milliseconds = microseconds.quotientAndRemainder(dividingBy: 1000)
      let rest = String(milliseconds.remainder + 1000).dropFirst()
      return Timestamp(milliseconds: milliseconds.quotient).rfc3339.dropLast() + rest + "Z"
    }
  }

  // MARK: JSON

  /// One line of JSON, without a newline.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      if let time { json.field("time", time) }
      if let place {
        json.field("namespace", place.name)
        if !place.containers.isEmpty { json.field("containers", place.containers) }
      }
      json.field("object", event.object.rawValue)
      json.field("action", event.action.rawValue)
      if let index = event.index { json.field("ifindex", index) }
      if !event.name.isEmpty { json.field("ifname", event.name) }
      if !event.subject.isEmpty { json.field("subject", event.subject) }
      if !event.differences.isEmpty {
        json.array("changes") { json in
          for difference in event.differences {
            json.object { json in
              json.field("key", difference.key)
              if let from = difference.from { json.field("from", from) }
              if let to = difference.to { json.field("to", to) }
            }
          }
        }
      }
      if !event.values.isEmpty {
        json.object("values") { json in
          var seen: Set<String> = []
          for value in event.values where seen.insert(value.key).inserted {
            let all = event.values.filter { $0.key == value.key }.compactMap(\.to)
            json.key(value.key)
            if all.count > 1 { json.array { for text in all { $0.value(text) } } } else { json.value(all.first ?? "") }
          }
        }
      }
      if !event.message.isEmpty { json.field("message", event.message) }
    }
    return writer.bytes
  }

  // MARK: Text

  /// One line: `12:04:33.120481  test1  eth0  link changed: operstate UP > DOWN`.
  public func text(utcOffset: Int = 0, withDate: Bool = false) -> String {
    var line = clock(utcOffset, withDate)
    if let place {
      line += "  " + place.name
      if !place.containers.isEmpty, place.containers != [place.name] {
        line += " (\(place.containers.joined(separator: ", ")))"
      }
    }
    let subject = event.subject.isEmpty ? "" : " " + event.subject
    switch event.object {
    case .link, .address:
      line += "  \(event.name)" + (event.index.map { "(\($0))" } ?? "")
      line += "  \(event.object.rawValue)\(subject) \(event.action.words)"
    case .overrun: line += "  \(event.subject)"
    case .other: line += "  \(event.message) \(event.object.rawValue):\(subject)"
    case .malformed: line += "  \(event.message) \(Say.Report.malformed):\(subject)"
    case .route, .rule, .neighbor, .nsid, .namespace, .container:
      line += "  \(event.object.rawValue)\(subject) \(event.action.words)"
    }
    let isNew = event.object == .link && [.added, .present].contains(event.action)
    // A link that joins a bridge gets thirty values at once, of which the state is the one that matters.
    let told = event.differences.filter {
      $0.key == "port.state" || !$0.key.hasPrefix("port.") || ($0.from != nil && $0.to != nil)
    }
    if !told.isEmpty, !isNew {
      line += ": " + told.map(Self.text).joined(separator: ", ")
    } else if isNew {
      let shown = ["kind", "mtu", "address", "master", "operstate"]
      let words = shown.compactMap { key in event.values.first { $0.key == key }?.to.map { "\(key) \($0)" } }
      if !words.isEmpty { line += ": " + words.joined(separator: ", ") }
    }
    return line
  }

  private static func text(_ difference: Event.Difference) -> String {
    switch (difference.from, difference.to) {
    case (let from?, let to?): "\(difference.key) \(from) > \(to)"
    case (nil, let to?): "\(difference.key) \(to)"
    case (let from?, nil): Say.Report.lost(difference.key, was: from)
    case (nil, nil): difference.key
    }
  }

  private func clock(_ utcOffset: Int, _ withDate: Bool) -> String {
    guard let microseconds = event.microseconds else { return "-" }
    let shifted = microseconds + Int64(utcOffset) * 1_000_000
    let stamp = Timestamp(milliseconds: shifted / 1000).rfc3339  // 2026-11-23T12:04:33.120Z
    let fraction = String(shifted % 1000 + 1000).dropFirst()
    let text = stamp.dropLast() + fraction
    return withDate ? String(text).replacing("T", with: " ") : String(text.drop { $0 != "T" }.dropFirst())
  }
}

extension Event.Action {
  /// As a line for people says it, behind the object.
  fileprivate var words: String {
    switch self {
    case .present: Say.Report.present
    case .added: Say.Report.added
    case .removed: Say.Report.removed
    case .changed: Say.Report.changed
    case .moved: Say.Report.moved
    case .unchanged: Say.Report.unchanged
    }
  }
}
