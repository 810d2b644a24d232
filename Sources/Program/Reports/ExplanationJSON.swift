public import Conclusions
internal import JSON
internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

/// An explanation as `explain --format json` prints it: one object.
public struct ExplanationJSON: Sendable {
  private let explanation: Explanation

  /// Makes the report of an explanation.
  public init(_ explanation: Explanation) { self.explanation = explanation }

  /// One line of JSON, without a newline.
  public var bytes: [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.field("version", SnapshotJSON.version)
      end("source", explanation.source, &json)
      end("destination", explanation.destination, &json)
      json.field("verdict", explanation.verdict.rawValue)
      conversation(&json)
      if let probe = explanation.probe { self.probe(probe, &json) }
      if let connection = explanation.connection { self.connection(connection, &json) }
      if let datagram = explanation.datagram { self.datagram(datagram, &json) }
      if let cause = explanation.cause { json.object("cause") { Self.write(cause, &$0) } }
      json.array("also") { json in
        for other in explanation.also { json.object { Self.write(other, &$0) } }
      }
      json.array("path") { json in
        for step in explanation.path { json.object { self.step(step, &$0) } }
      }
      json.field("sent", explanation.sent)
      json.field("unread", explanation.unread)
      json.field("notes", explanation.notes)
    }
    return writer.bytes
  }

  private func end(_ key: StaticString, _ end: Explanation.End, _ json: inout JSONWriter) {
    json.object(key) { json in
      json.field("name", end.name)
      if let interface = end.interface { json.field("interface", interface) }
      if let address = end.address { json.field("address", address.description) }
    }
  }

  /// What was asked for, beyond two ends.
  private func conversation(_ json: inout JSONWriter) {
    if explanation.isPredicted { json.field("predicted", true) }
    if let target = explanation.target {
      json.object("target") { json in
        json.field("name", target.name)
        if let address = target.address { json.field("address", address.description) }
        json.field("protocol", target.port?.transport.rawValue ?? "icmp")
        if let port = target.port { json.field("port", port.number) }
      }
    }
    if let resolution = explanation.resolution {
      json.object("resolution") { json in
        json.field("name", resolution.name)
        switch resolution.by {
        case .hostsFile: json.field("by", "hosts")
        case .server(let server):
          json.field("by", "dns")
          json.field("server", server.description)
        case .literal, nil: break
        }
        json.field("outcome", resolution.outcome.word)
        json.field("addresses", resolution.addresses.map(\.description))
        if let name = resolution.canonicalName, name != resolution.name { json.field("canonical_name", name) }
        if resolution.by == nil, !resolution.servers.isEmpty {
          json.field("servers", resolution.servers.map(\.description))
        }
      }
    }
    if let translation = explanation.translation {
      json.object("translation") { json in
        json.field("namespace", translation.namespaceName)
        json.field("from", translation.before)
        json.field("to", translation.after)
        if let rule = translation.rule { json.field("rule", rule.text) }
      }
    }
  }

  private func datagram(_ datagram: Explanation.Datagram, _ json: inout JSONWriter) {
    json.object("datagram") { json in
      json.field("port", datagram.port)
      switch datagram.outcome {
      case .answered: json.field("outcome", "answered")
      case .refused: json.field("outcome", "refused")
      case .silent: json.field("outcome", "silent")
      case .failed(_, let message, _):
        json.field("outcome", "error")
        json.field("error", message)
      }
    }
  }

  private func probe(_ probe: EchoOutcome, _ json: inout JSONWriter) {
    json.object("probe") { json in
      json.field("sent", probe.sent)
      json.field("received", probe.received)
      if let least = probe.roundTrips.min(), let most = probe.roundTrips.max() {
        json.object("rtt_ms") { json in
          json.field("min", least)
          json.field("avg", probe.roundTrips.reduce(0, +) / Double(probe.roundTrips.count))
          json.field("max", most)
        }
      }
      if !probe.errors.isEmpty {
        json.array("icmp_errors") { json in
          for error in probe.errors {
            json.object { json in
              if let reporter = error.reporter { json.field("from", reporter.description) }
              json.field("type", error.type)
              json.field("code", error.code)
              if let mtu = error.mtu { json.field("mtu", mtu) }
            }
          }
        }
      }
      if !probe.strangers.isEmpty { json.field("strangers", probe.strangers.map(\.description)) }
      if !probe.refusals.isEmpty { json.field("refusals", probe.refusals.map(\.message)) }
    }
  }

  private func connection(_ connection: Explanation.Connection, _ json: inout JSONWriter) {
    json.object("connection") { json in
      json.field("port", connection.port)
      switch connection.outcome {
      case .accepted: json.field("outcome", "accepted")
      case .refused: json.field("outcome", "refused")
      case .timedOut: json.field("outcome", "timeout")
      case .failed(_, let message):
        json.field("outcome", "error")
        json.field("error", message)
      }
    }
  }

  /// What is wrong, as the fields of an object.
  static func write(_ finding: Explanation.Finding, _ json: inout JSONWriter) {
    json.field("code", finding.code.rawValue)
    json.field("namespace", finding.namespaceName)
    if let interface = finding.interface { json.field("interface", interface) }
    json.field("direction", finding.isOnReply ? "reply" : "request")
    json.field("claim", finding.claim)
    json.array("evidence") { json in
      for evidence in finding.evidence {
        json.object { json in
          json.field("fact", evidence.fact)
          json.field("source", evidence.source)
        }
      }
    }
    if let remedy = finding.remedy { json.field("remedy", remedy) }
    if let rule = finding.rule {
      json.object("rule") { json in
        json.field("family", rule.family.rawValue)
        json.field("table", rule.table)
        json.field("chain", rule.chain)
        if let handle = rule.handle { json.field("handle", handle) }
        if let line = rule.line { json.field("line", line) }
        json.field("text", rule.text)
      }
    }
  }

  private func step(_ step: Explanation.Step, _ json: inout JSONWriter) {
    json.field("namespace", step.namespaceName)
    if !step.interface.isEmpty { json.field("interface", step.interface) }
    json.field("role", step.role.rawValue)
    if let count = step.packetsIn { json.field("packets_in", count) }
    if let count = step.packetsOut { json.field("packets_out", count) }
    if let isOK = step.isOK { json.field("ok", isOK) }
    json.array("checks") { json in
      for check in step.checks {
        json.object { json in
          json.field("state", check.state.rawValue)
          json.field("what", check.title)
          json.field("found", check.text)
        }
      }
    }
  }
}
