public import Conclusions
internal import Listing
internal import Questions
public import Topology

/// What there is, as Prometheus reads it (text exposition format 0.0.4): for node_exporter's textfile collector.
///
/// Names and units follow Prometheus's conventions: base units (seconds, bytes), `_total` behind counters. Every series of a
/// metric stands together, below its HELP and TYPE.
public struct MetricsText: Sendable {
  /// Two ends that were asked about.
  public struct Pair: Sendable {
    /// Both ends as the user named them.
    public var source: String, destination: String
    /// What was found out; nil: nothing in time.
    public var explanation: Explanation?

    /// Makes a pair.
    public init(source: String, destination: String, explanation: Explanation? = nil) {
      self.source = source
      self.destination = destination
      self.explanation = explanation
    }
  }

  private let snapshot: Snapshot
  private let pairs: [Pair]
  private let version: String
  /// When it was read, in seconds since the epoch.
  private let seconds: Double

  /// Makes a text of a model and of what was found out of some pairs; `seconds` since the epoch.
  public init(_ snapshot: Snapshot, pairs: [Pair] = [], version: String, seconds: Double) {
    self.snapshot = snapshot
    self.pairs = pairs
    self.version = version
    self.seconds = seconds
  }

  /// All of it, with a newline at its end.
  public var text: String {
    var writer = MetricsWriter()
    writer.metric("netns_top_build_info", "gauge", "The version that wrote this.") { $0.add(1, [("version", version)]) }
    writer.metric("netns_top_read_timestamp_seconds", "gauge", "When the kernel was read, since the epoch.") {
      $0.add(seconds)
    }
    writer.metric("netns_top_warnings", "gauge", "What limits the picture: missing rights, engines that do not answer.")
    {
      $0.add(Double(snapshot.warnings.count))
    }
    writeNamespaces(&writer)
    writeLinks(&writer)
    writeTrouble(&writer)
    writePairs(&writer)
    return writer.text
  }

  private func writeNamespaces(_ writer: inout MetricsWriter) {
    writer.metric("netns_top_namespaces", "gauge", "Network namespaces, by what names them.") { series in
      for kind in [Namespace.Kind.host, .container, .named, .process, .unknown] {
        let count = snapshot.namespaces.values.count { $0.kind == kind }
        series.add(Double(count), [("kind", kind.rawValue)])
      }
    }
  }

  /// Every link but loopbacks, with the name of its namespace.
  private var links: [(link: Link, labels: [(String, String)])] {
    snapshot.namespaces.values.flatMap { namespace in
      namespace.links.filter { !$0.isLoopback }.map { link in
        var labels = [("namespace", namespace.name), ("netns", "\(namespace.inode ?? 0)"), ("interface", link.name)]
        if let master = link.master.flatMap({ snapshot.link($0) }) { labels.append(("master", master.name)) }
        return (link, labels)
      }
    }
  }

  private func writeLinks(_ writer: inout MetricsWriter) {
    let links = links
    writer.metric("netns_top_links", "gauge", "Links but loopbacks, by state.") { series in
      for state in [LinkState.up, .noCarrier, .down] {
        series.add(Double(links.count { $0.link.state == state }), [("state", Self.label(of: state))])
      }
    }
    writer.metric("netns_top_link_up", "gauge", "Whether a link is switched on and has a carrier.") { series in
      for (link, labels) in links { series.add(link.state == .up ? 1 : 0, labels) }
    }
    let counters: [(name: String, help: String, value: (Counters) -> UInt64)] = [
      ("receive_errors", "Bad packets received.", { $0.rxErrors }),
      ("transmit_errors", "Packets that could not be sent.", { $0.txErrors }),
      ("receive_drop", "Packets received and dropped.", { $0.rxDropped }),
      ("transmit_drop", "Packets dropped that were to be sent.", { $0.txDropped }),
    ]
    for counter in counters {
      writer.metric("netns_top_link_\(counter.name)_total", "counter", counter.help) { series in
        for (link, labels) in links { series.add(Double(counter.value(link.counters)), labels) }
      }
    }
  }

  private static func label(of state: LinkState) -> String {
    switch state {
    case .up: "up"
    case .noCarrier: "no_carrier"
    case .down: "down"
    }
  }

  private func writeTrouble(_ writer: inout MetricsWriter) {
    let troubles = Roster(snapshot).rows.compactMap { snapshot.trouble(of: $0)?.kind }
    let counts = Dictionary(troubles.map { ($0, 1) }, uniquingKeysWith: +)
    writer.metric("netns_top_trouble", "gauge", "Interfaces that are not as they should be, by kind.") { series in
      for kind in Trouble.kinds { series.add(Double(counts[kind] ?? 0), [("kind", kind)]) }
    }
  }

  private func writePairs(_ writer: inout MetricsWriter) {
    if pairs.isEmpty { return }
    func labels(_ pair: Pair) -> [(String, String)] {
      [("source", pair.source), ("destination", pair.destination)]
    }
    writer.metric("netns_top_pair_known", "gauge", "Whether it could be told in time.") { series in
      for pair in pairs { series.add((pair.explanation?.verdict ?? .unknown) == .unknown ? 0 : 1, labels(pair)) }
    }
    writer.metric("netns_top_pair_reachable", "gauge", "Whether the one reaches the other, of those that are known.") {
      series in
      for pair in pairs {
        guard let verdict = pair.explanation?.verdict, verdict != .unknown else { continue }
        series.add(verdict == .unreachable ? 0 : 1, labels(pair))
      }
    }
    writer.metric("netns_top_pair_cause", "gauge", "Why one does not reach the other, or not well.") { series in
      for pair in pairs {
        guard let code = pair.explanation?.cause?.code else { continue }
        series.add(1, labels(pair) + [("code", code.rawValue)])
      }
    }
    writer.metric("netns_top_pair_round_trip_seconds", "gauge", "The shortest round trip of the echo requests.") {
      series in
      for pair in pairs {
        if let best = pair.explanation?.probe?.roundTrips.min() { series.add(best / 1000, labels(pair)) }
      }
    }
  }
}

extension Trouble {
  /// The kind as a label's value.
  fileprivate var kind: String {
    switch self {
    case .off: "off"
    case .bridgeOff: "bridge_off"
    case .farEndOff: "far_end_off"
    case .noCarrier: "no_carrier"
    case .unplugged: "unplugged"
    case .port: "port_not_forwarding"
    case .duplicateAddress: "duplicate_address"
    }
  }

  fileprivate static let kinds = [
    "off", "bridge_off", "far_end_off", "no_carrier", "unplugged", "port_not_forwarding", "duplicate_address",
  ]
}

/// Writes metrics one after the other.
private struct MetricsWriter {
  private(set) var text = ""

  /// The series of one metric.
  struct Series {
    fileprivate let name: String
    fileprivate var lines = ""

    mutating func add(_ value: Double, _ labels: [(String, String)] = []) {
      let list = labels.map { "\($0.0)=\"\(MetricsWriter.escaped($0.1))\"" }.joined(separator: ",")
      lines += "\(name)\(list.isEmpty ? "" : "{\(list)}") \(MetricsWriter.number(value))\n"
    }
  }

  /// A metric without a series is left out: its lines would say nothing.
  mutating func metric(_ name: String, _ type: String, _ help: String, _ body: (inout Series) -> Void) {
    var series = Series(name: name)
    body(&series)
    if series.lines.isEmpty { return }
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n\(series.lines)"
  }

  /// A label's value: backslash, quote and line feed are escaped, as the format wants it; nothing else is.
  static func escaped(_ value: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\\": out.append(contentsOf: "\\\\".unicodeScalars)
      case "\"": out.append(contentsOf: "\\\"".unicodeScalars)
      case "\n": out.append(contentsOf: "\\n".unicodeScalars)
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
  }
}
