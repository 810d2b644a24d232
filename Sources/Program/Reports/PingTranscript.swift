internal import Diagram
internal import JSON
public import Paths
internal import Questions
public import Topology
internal import Usage

/// What `ping` prints, line by line; as text, or one JSON object at the end.
public struct PingTranscript {
  /// Who pings whom.
  public let route: PingRoute
  /// The model that the names come from.
  public let snapshot: Snapshot
  /// Whether one JSON object is printed at the end, and not a line each.
  public let json: Bool
  /// The figures so far.
  public private(set) var statistics = PingStatistics()
  /// Why the ping could not go on.
  public private(set) var failure: String?
  private let payload: Int
  private var lastSeen: Int?
  /// Why requests did not leave, each reason once, and how many times.
  private var refusals: [(errno: Int32, reason: String, count: Int)] = []
  /// Who answered that was not asked, each once.
  private var strangers: [IPAddress] = []

  /// Makes the transcript of a ping with so many bytes behind the ICMP header.
  public init(route: PingRoute, snapshot: Snapshot, payload: Int = 56, json: Bool) {
    self.route = route
    self.snapshot = snapshot
    self.payload = payload
    self.json = json
  }

  /// Whether more may come.
  public var isOpen: Bool { failure == nil }

  private func name(_ hop: Hop) -> String {
    snapshot.link(hop.link).map { hop.role == .bridge ? $0.title : $0.name } ?? "?"
  }

  /// The first lines: who pings whom, by which way, and what is to be said of small requests.
  public var head: String {
    if json { return "" }
    let lines = [ends, path] + [EchoNonce.remark(payload: payload)].compactMap(\.self)
    return lines.map { $0 + "\n" }.joined()
  }

  private var ends: String {
    let (from, to) = (route.sourceAddress.description, route.destinationAddress.description)
    if route.destinationLink == nil {
      return Say.Transcript.head(route.source.name, from, route.destinationName, to)
    }
    return Say.Transcript.head(
      route.source.name, from, route.destinationName, to, sharesSubnet: route.isSameSubnet)
  }

  private var path: String {
    let names = route.path.map(name).joined(separator: " > ")
    if route.destinationLink == nil {
      return route.path.isEmpty ? Say.Transcript.unknownPath : Say.Transcript.knownPath(names)
    }
    return route.path.isEmpty ? Say.Transcript.noPath : Say.Transcript.path(names)
  }

  /// Takes a report and gives the line for it.
  public mutating func take(_ report: PingReport) -> String {
    var line = ""
    switch report.event {
    case .sent(let sequence): statistics.noteSent(sequence)
    case .reply(let sequence, let milliseconds, let ttl):
      statistics.noteReply(sequence, milliseconds: milliseconds)
      line = "seq \(sequence)  \(Units.fixed(milliseconds, digits: 3)) ms" + (ttl.map { "  ttl \($0)" } ?? "")
    case .stranger(let sequence, let address):
      if !strangers.contains(address) { strangers.append(address) }
      line = "seq \(sequence)  " + Say.Transcript.stranger("\(address)")
    case .lost(let sequence, let seen):
      statistics.noteLost(sequence)
      lastSeen = seen
      line = "seq \(sequence)  " + (seen.map { Say.Transcript.lost(at: name(route.path[$0])) } ?? Say.Transcript.lost)
    case .refused(let sequence, let by, let reason):
      statistics.noteLost(sequence)
      line = "seq \(sequence)  " + (by.map { Say.Transcript.refused(reason, by: "\($0)") } ?? reason)
    case .unsent(let sequence, let errno, let reason):
      statistics.noteUnsent(sequence)
      if let place = refusals.firstIndex(where: { $0.errno == errno }) {
        refusals[place].count += 1
      } else {
        refusals.append((errno, reason, 1))
      }
      // This one's reason says by itself that it was not sent.
      let isWhole = errno == ErrorNumber.noBufferSpace
      line = "seq \(sequence)  " + (isWhole ? reason : Say.Transcript.unsent(reason))
    case .failed(let reason): failure = reason
    }
    return json || line.isEmpty ? "" : line + "\n"
  }

  /// The statistics, or the JSON object.
  public var tail: String {
    if json { return String(decoding: object + [10], as: UTF8.self) }
    let known = statistics.received + statistics.lost
    var items = [Say.Transcript.counts(sent: known, received: statistics.received)]
    // Of nothing there is no loss.
    if known > 0 || statistics.unsent == 0 {
      items.append(Say.Transcript.loss(Units.fixed(statistics.lossPercent, digits: 0)))
    }
    if statistics.unsent > 0 { items.append(Say.Transcript.unsent(statistics.unsent)) }
    if let least = statistics.minimum, let mean = statistics.average, let most = statistics.maximum {
      let figures = [least, mean, most, statistics.deviation ?? 0].map { Units.fixed($0, digits: 3) }
      items.append(Say.Transcript.roundTrips(figures.joined(separator: "/")))
    }
    return Say.Report.list(items) + "\n"
  }

  private var object: [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.field("version", SnapshotJSON.version)
      json.object("source") { json in
        json.field("name", route.source.name)
        writePlace(of: route.sourceLink, &json)
        json.field("address", route.sourceAddress.description)
      }
      json.object("destination") { json in
        json.field("name", route.destinationName)
        if let link = route.destinationLink { writePlace(of: link, &json) }
        json.field("address", route.destinationAddress.description)
      }
      json.object("probe") { json in writeProbe(&json) }
      json.array("path") { json in
        for hop in route.path {
          json.object { json in
            json.field("namespace", snapshot.namespaces[hop.link.namespace]?.name ?? "")
            json.field("interface", snapshot.link(hop.link)?.name ?? "")
            json.field("role", hop.role.rawValue)
          }
        }
      }
      if let lastSeen, lastSeen < route.path.count { json.field("last_seen", name(route.path[lastSeen])) }
    }
    return writer.bytes
  }

  private func writePlace(of link: LinkRef, _ json: inout JSONWriter) {
    json.field("namespace", snapshot.namespaces[link.namespace]?.name ?? "")
    json.field("interface", snapshot.link(link)?.name ?? "")
  }

  private func writeProbe(_ json: inout JSONWriter) {
    json.field("sent", statistics.sent)
    json.field("received", statistics.received)
    json.field("lost", statistics.lost)
    json.field("unsent", statistics.unsent)
    if let least = statistics.minimum, let mean = statistics.average, let most = statistics.maximum {
      json.object("rtt_ms") { json in
        json.field("min", least)
        json.field("avg", mean)
        json.field("max", most)
        json.field("mdev", statistics.deviation ?? 0)
      }
    }
    if !refusals.isEmpty {
      json.array("refusals") { json in
        for refusal in refusals {
          json.object { json in
            json.field("errno", ErrorNumber.name(of: refusal.errno))
            json.field("reason", refusal.reason)
            json.field("count", refusal.count)
          }
        }
      }
    }
    if !strangers.isEmpty { json.field("strangers", strangers.map(\.description)) }
    let nonce = EchoNonce.length(inPayload: payload)
    if nonce < EchoNonce.length { json.field("nonce_bytes", nonce) }
  }
}
