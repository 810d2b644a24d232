public import Canvas
public import Conclusions
internal import Labels
internal import Topology

extension ExplanationText {
  /// Writes who reaches a destination, a line each, and below it each cause once.
  public init(_ table: Reachability, width: Int, glyphs: GlyphSet) {
    self.init(width: width, glyphs: glyphs)
    add([
      ("\(table.destination)", .strong), ("   ", .text),
      (
        Say.Prose.reached(by: table.reaching, of: table.answers.count),
        table.reaching == table.answers.count ? .up : table.reaching == 0 ? .fault : .warning
      ),
    ])
    lines.append([])
    let names = table.answers.map { displayWidth($0.source.name) }.max() ?? 0
    let addresses = table.answers.map { displayWidth($0.source.address?.description ?? "") }.max() ?? 0
    for answer in table.answers { row(answer, min(names, 32), addresses) }
    for group in table.groups {
      lines.append([])
      finding(group.cause)
      add([("  \(Say.Prose.from)  ", .dim), (group.sources.joined(separator: ", "), .text)], indent: 8)
    }
  }

  private mutating func row(_ answer: Explanation, _ names: Int, _ addresses: Int) {
    let role = ExplanationText.role(answer.verdict)
    let glyph: Unicode.Scalar =
      switch answer.verdict {
      case .reachable: glyphs.up
      case .unreachable: glyphs.down
      case .degraded, .unknown: glyphs.noCarrier
      }
    func padded(_ text: String, _ columns: Int) -> String {
      text + String(repeating: " ", count: max(0, columns - displayWidth(text)))
    }
    var spans: [(String, Role)] = [
      ("\(glyph) ", role), (padded(answer.source.name, names), .strong), ("  ", .text),
      (padded(answer.source.address?.description ?? "", addresses), .dim), ("  ", .text),
      (padded(ExplanationText.word(answer.verdict), 11), role),
    ]
    if let cause = answer.cause { spans.append(("  " + cause.code.rawValue, .text)) }
    add(spans, indent: 2)
  }
}
