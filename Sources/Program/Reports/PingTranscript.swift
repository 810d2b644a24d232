internal import Diagram
internal import JSON
public import Paths
internal import Questions
public import Topology

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
    let isBeyond = route.destinationLink == nil
    let reason = isBeyond ? "" : route.isSameSubnet ? ", same subnet" : ", other subnet"
    var path = route.path.map(name).joined(separator: " > ")
    if isBeyond {
      path += route.path.isEmpty ? "not known" : ", as far as the picture goes"
    } else if route.path.isEmpty {
      path = "no cable or bridge connects the two"
    }
    return
      "ping \(route.source.name) (\(route.sourceAddress)) to \(route.destinationName) (\(route.destinationAddress)\(reason))\n"
      + "path \(path)\n" + (EchoNonce.remark(payload: payload).map { "\($0)\n" } ?? "")
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
      line = "seq \(sequence)  an answer from \(address), which was not asked: no reply"
    case .lost(let sequence, let seen):
      statistics.noteLost(sequence)
      lastSeen = seen
      line = "seq \(sequence)  no reply" + (seen.map { "; the counters saw it last at \(name(route.path[$0]))" } ?? "")
    case .refused(let sequence, let by, let reason):
      statistics.noteLost(sequence)
      line = "seq \(sequence)  \(reason)" + (by.map { " (says \($0))" } ?? "")
    case .unsent(let sequence, let errno, let reason):
      statistics.noteUnsent(sequence)
      if let place = refusals.firstIndex(where: { $0.errno == errno }) {
        refusals[place].count += 1
      } else {
        refusals.append((errno, reason, 1))
      }
      line = "seq \(sequence)  " + (reason.hasPrefix("not sent") ? reason : "not sent: \(reason)")
    case .failed(let reason): failure = reason
    }
    return json || line.isEmpty ? "" : line + "\n"
  }

  /// The statistics, or the JSON object.
  public var tail: String {
    if json { return String(decoding: object + [10], as: UTF8.self) }
    let known = statistics.received + statistics.lost
    var text = "\(known) sent, \(statistics.received) received"
    // Of nothing there is no loss.
    if known > 0 || statistics.unsent == 0 { text += ", loss \(Units.fixed(statistics.lossPercent, digits: 0)) %" }
    if statistics.unsent > 0 { text += ", \(statistics.unsent) not sent" }
    if let least = statistics.minimum, let mean = statistics.average, let most = statistics.maximum {
      let figures = [least, mean, most, statistics.deviation ?? 0].map { Units.fixed($0, digits: 3) }
      text += ", rtt min/avg/max/mdev \(figures.joined(separator: "/")) ms"
    }
    return text + "\n"
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
