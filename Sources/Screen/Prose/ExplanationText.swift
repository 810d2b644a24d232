public import Canvas
public import Conclusions
internal import Labels
internal import Netfilter
internal import Paths
internal import Questions
internal import Topology

/// An explanation as lines for people: what the page of the viewer shows, and what `explain` prints.
public struct ExplanationText: Sendable {
  /// A piece of a line.
  public struct Span: Sendable, Hashable {
    /// The words, without a line break.
    public var text: String
    /// What the words mean; a theme gives them colours.
    public var role: Role

    /// Makes a piece.
    public init(text: String, role: Role) {
      self.text = text
      self.role = role
    }
  }

  /// Each is at most `width` columns wide; what is longer goes on in the next one, behind its own indent.
  public internal(set) var lines: [[Span]] = []
  private let width: Int
  let glyphs: GlyphSet

  init(width: Int, glyphs: GlyphSet) {
    self.width = max(24, width)
    self.glyphs = glyphs
  }

  /// Writes an explanation for a width in columns; one that is still being found out says so.
  public init(_ explanation: Explanation, width: Int, glyphs: GlyphSet, isFinal: Bool = true, showsSent: Bool = false) {
    self.init(width: width, glyphs: glyphs)
    head(explanation, isFinal)
    if let cause = explanation.cause {
      lines.append([])
      finding(cause)
    }
    if !explanation.also.isEmpty {
      heading(Say.Prose.also)
      for (number, other) in explanation.also.enumerated() {
        if number > 0 { lines.append([]) }
        finding(other)
      }
    }
    if !explanation.path.isEmpty {
      heading(Say.Prose.way)
      for step in explanation.path { self.step(step) }
    }
    list(Say.Prose.notes, explanation.notes, .text)
    if showsSent { list(Say.Prose.sent, explanation.sent, .text) }
    list(Say.Prose.unread, explanation.unread, .warning)
  }

  /// The lines on a canvas of their own.
  public var canvas: CellCanvas {
    var canvas = CellCanvas(Size(width: width, height: max(1, lines.count)))
    for (y, line) in lines.enumerated() { ExplanationText.draw(line, x: 0, y: y, on: &canvas) }
    return canvas
  }

  /// Draws a line from a place on.
  public static func draw(_ line: [Span], x: Int, y: Int, on canvas: inout CellCanvas) {
    var x = x
    for span in line { x += canvas.put(span.text, x: x, y: y, role: span.role) }
  }

  // MARK: Parts

  private mutating func head(_ explanation: Explanation, _ isFinal: Bool) {
    let port = explanation.target?.port.map { ":\($0)" } ?? ""
    let names =
      "\(explanation.source.name) \(glyphs.arrow) \(explanation.target?.name ?? explanation.destination.name)\(port)"
    let isOpen = !isFinal && explanation.verdict == .unknown
    let verdict = isOpen ? Say.Prose.lookingIntoIt : ExplanationText.word(explanation.verdict)
    add([(names, .strong), ("   ", .text), (verdict, ExplanationText.role(explanation.verdict))])
    if let from = explanation.source.address, let to = explanation.destination.address {
      add([("\(from) \(glyphs.arrow) \(to)", .dim)])
    }
    conversation(explanation)
    if let probe = explanation.probe { add([(ExplanationText.text(probe), probe.received == 0 ? .fault : .text)]) }
    if let connection = explanation.connection {
      let isOpen = connection.outcome == .accepted
      let outcome = ExplanationText.text(connection.outcome)
      add([(Say.Prose.Probe.tcp(port: Int(connection.port), outcome: outcome), isOpen ? .up : .text)])
    }
    if let datagram = explanation.datagram {
      let isAnswered = if case .answered = datagram.outcome { true } else { false }
      let outcome = ExplanationText.text(datagram.outcome)
      add([(Say.Prose.Probe.udp(port: Int(datagram.port), outcome: outcome), isAnswered ? .up : .text)])
    }
  }

  /// The name, the translation, and what was not sent.
  private mutating func conversation(_ explanation: Explanation) {
    if let resolution = explanation.resolution, !resolution.addresses.isEmpty {
      let addresses = resolution.addresses.map(\.description).joined(separator: ", ")
      let words: String? =
        switch resolution.by {
        case .hostsFile: Say.Prose.resolvedByHostsFile(resolution.name, addresses: addresses)
        case .server(let server): Say.Prose.resolved(resolution.name, addresses: addresses, by: "\(server)")
        case .literal, nil: nil
        }
      if let words { add([(words, .dim)], indent: 2) }
    }
    if let translation = explanation.translation {
      let words = Say.Prose.translated(translation.before, to: translation.after, in: translation.namespaceName)
      add([(words, .dim)], indent: 2)
    }
    if explanation.isPredicted { add([(Say.Prose.predicted, .dim)], indent: 2) }
  }

  private static func text(_ probe: EchoOutcome) -> String {
    var text = Say.Prose.Probe.echoes(sent: probe.sent, received: probe.received)
    if let least = probe.roundTrips.min(), let most = probe.roundTrips.max() {
      let mean = probe.roundTrips.reduce(0, +) / Double(probe.roundTrips.count)
      let figures = [least, mean, most].map { ExplanationText.milliseconds($0) }
      text += Say.Prose.Probe.roundTrips(figures.joined(separator: "/"))
    }
    if !probe.strangers.isEmpty {
      let names = probe.strangers.prefix(3).map { "\($0)" }.joined(separator: ", ")
      text += Say.Prose.Probe.strangers(names)
    }
    if let refusal = probe.refusals.first { text += Say.Prose.Probe.notSent(refusal.message) }
    return text
  }

  private static func milliseconds(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let rest = String(thousandths % 1000 + 1000).dropFirst()
    return "\(thousandths / 1000).\(rest)"
  }

  private static func text(_ outcome: ConnectOutcome) -> String {
    switch outcome {
    case .accepted: Say.Prose.Probe.accepted
    case .refused: Say.Prose.Probe.refused
    case .timedOut: Say.Prose.Probe.noAnswer
    case .failed(_, let message): message
    }
  }

  private static func text(_ outcome: DatagramOutcome) -> String {
    switch outcome {
    case .answered: Say.Prose.Probe.answered
    case .refused: Say.Prose.Probe.refused
    case .silent: Say.Prose.Probe.noAnswer
    case .failed(_, let message, _): message
    }
  }

  static func word(_ verdict: Explanation.Verdict) -> String {
    switch verdict {
    case .reachable: Say.Prose.reachable
    case .unreachable: Say.Prose.unreachable
    case .degraded: Say.Prose.degraded
    case .unknown: Say.Prose.unknown
    }
  }

  private static func word(_ role: Hop.Role) -> String? {
    switch role {
    case .source: Say.Prose.source
    case .veth: "veth"
    case .bridgePort: Say.Prose.bridgePort
    case .bridge: Say.Prose.bridge
    case .route: nil
    case .destination: Say.Prose.destination
    }
  }

  static func role(_ verdict: Explanation.Verdict) -> Role {
    switch verdict {
    case .reachable: .up
    case .unreachable: .fault
    case .degraded, .unknown: .warning
    }
  }

  mutating func finding(_ finding: Explanation.Finding) {
    let isUnknown = finding.code == .unknown
    let glyph = isUnknown ? glyphs.noCarrier : glyphs.down
    var head: [(String, Role)] = [("\(glyph) ", isUnknown ? .warning : .fault)]
    head.append((finding.claim, .strong))
    add(head, indent: 2)
    let code = finding.code.rawValue
    let place = finding.isOnReply ? Say.Prose.onReply(code) : code
    add([("  " + place, isUnknown ? .warning : .fault)], indent: 2)
    if let rule = finding.rule {
      var origin = "\(rule.family.rawValue) \(rule.table) \(rule.chain)"
      if let handle = rule.handle { origin += " handle \(handle)" }
      if let line = rule.line { origin += " " + Say.Prose.ruleNumber(line) }
      add([("  \(Say.Prose.rule)  ", .dim), (rule.text, .text), ("   \(origin)", .dim)], indent: 8)
    }
    for evidence in finding.evidence {
      add([("  \(Say.Prose.fact)  ", .dim), (evidence.fact, .text), ("   \(evidence.source)", .dim)], indent: 8)
    }
    if let remedy = finding.remedy { add([("  \(Say.Prose.remedy)  ", .dim), (remedy, .ping)], indent: 8) }
  }

  private mutating func step(_ step: Explanation.Step) {
    let (glyph, role): (Unicode.Scalar, Role) =
      switch step.isOK {
      case true?: (glyphs.up, .up)
      case false?: (glyphs.down, .fault)
      case nil: (glyphs.noCarrier, .warning)
      }
    let name = step.interface.isEmpty ? Say.Prose.routing : step.interface
    var line: [(String, Role)] = [("\(glyph) ", role), (name, .strong), ("  \(step.namespaceName)", .dim)]
    if let role = ExplanationText.word(step.role) { line.append(("  \(role)", .dim)) }
    // A bridge's own counters are of what the host sends and gets by it, not of what it passes on.
    if step.role != .bridge, let (into, out) = step.packetsIn.flatMap({ into in step.packetsOut.map { (into, $0) } }) {
      line.append(("   " + Say.Prose.packets(in: "\(into)", out: "\(out)"), .rxRate))
    }
    add(line, indent: 2)
    for check in step.checks {
      let (glyph, role): (Unicode.Scalar, Role) =
        switch check.state {
        case .ok: (glyphs.dot, .dim)
        case .bad: (glyphs.down, .fault)
        case .unknown: (glyphs.noCarrier, .warning)
        }
      add(
        [("  \(glyph) ", role), ("\(check.title)  ", .dim), (check.text, check.state == .ok ? .text : role)], indent: 6)
    }
  }

  private mutating func list(_ title: String, _ texts: [String], _ role: Role) {
    guard !texts.isEmpty else { return }
    heading(title)
    for text in texts { add([("\(glyphs.dot) ", .dim), (text, role)], indent: 2) }
  }

  private mutating func heading(_ text: String) {
    lines.append([])
    add([(text, .bridgeTitle)])
  }

  // MARK: Wrapping

  /// Adds a line; it is broken between words, and inside those that are longer than a line.
  mutating func add(_ spans: [(String, Role)], indent: Int = 0) {
    let blank = Span(text: String(repeating: " ", count: indent), role: .text)
    var line: [Span] = []
    var used = 0
    // Whether nothing but the indent stands on the line: then blanks are left out.
    var isFresh = false
    func next() {
      lines.append(line)
      (line, used, isFresh) = ([blank], indent, true)
    }
    for (text, role) in spans {
      for word in ExplanationText.words(text) {
        let columns = displayWidth(word)
        if word.first == " ", isFresh || used + columns > width { continue }
        if used + columns > width, used > indent { next() }
        var rest = word[...]
        while displayWidth(String(rest)) > width - used {
          let head = ExplanationText.prefix(rest, columns: width - used)
          line.append(Span(text: String(head), role: role))
          rest = rest.dropFirst(head.count)
          next()
        }
        if rest.isEmpty { continue }
        line.append(Span(text: String(rest), role: role))
        used += displayWidth(String(rest))
        isFresh = false
      }
    }
    lines.append(line)
  }

  /// Words and the blanks between them, in order; where a line may be broken inside of a word it is as many.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for character in text {
      if let last = words.last, (last.last == " ") == (character == " "), !mayBreak(last, before: character) {
        words[words.count - 1].append(character)
      } else {
        words.append(String(character))
      }
    }
    return words
  }

  private static func mayBreak(_ word: String, before character: Character) -> Bool {
    guard let last = word.unicodeScalars.last, let first = character.unicodeScalars.first else { return false }
    return Canvas.mayBreak(between: last, and: first)
  }

  private static func prefix(_ text: Substring, columns: Int) -> Substring {
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let width = displayWidth(String(text[end]))
      if used + width > columns { break }
      used += width
      end = text.index(after: end)
    }
    return end == text.startIndex ? text.prefix(1) : text[..<end]
  }
}
