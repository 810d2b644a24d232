/// Which characters lines, marks and bars are drawn with.
public enum GlyphSet: String, Sendable, CaseIterable {
  /// Box-drawing, blocks and geometric shapes of Unicode; or nothing but ASCII.
  case unicode, ascii

  /// What the locale of the environment asks for (locale(7)): Unicode where it is one of UTF-8, or none is named at all.
  ///
  /// Where none is named nothing speaks against UTF-8: pipes and files take it, and so do the terminals of today.
  public static func wanted(by environment: [String: String]) -> GlyphSet {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    guard let locale = locale?.lowercased() else { return .unicode }
    return locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
  }

  private func pick(_ unicode: Unicode.Scalar, _ ascii: Unicode.Scalar) -> Unicode.Scalar {
    self == .unicode ? unicode : ascii
  }

  /// Up.
  public var up: Unicode.Scalar { pick("●", "*") }
  /// Switched on without a carrier.
  public var noCarrier: Unicode.Scalar { pick("○", "o") }
  /// Down, lost.
  public var down: Unicode.Scalar { pick("✕", "x") }
  /// It went well.
  public var check: Unicode.Scalar { pick("✓", "+") }
  /// It was not even tried.
  public var unsent: Unicode.Scalar { "-" }
  /// Sent, up, and an arrow head.
  public var upward: Unicode.Scalar { pick("▲", "^") }
  /// Received, down, and an arrow head.
  public var downward: Unicode.Scalar { pick("▼", "v") }
  /// An arrow head that points to the left.
  public var leftward: Unicode.Scalar { pick("◀", "<") }
  /// An arrow head that points to the right.
  public var rightward: Unicode.Scalar { pick("▶", ">") }
  /// From one hop to the next.
  public var step: Unicode.Scalar { pick("▸", ">") }
  /// From one address or name to another.
  public var arrow: Unicode.Scalar { pick("→", ">") }
  /// Two ends of one cable.
  public var pair: Unicode.Scalar { pick("⇄", "=") }
  /// Between two facts on one line; in the matrix, a pair that has not been asked yet.
  public var dot: Unicode.Scalar { pick("·", ".") }
  /// Where text was cut off.
  public var ellipsis: Unicode.Scalar { pick("…", "~") }
  /// The border of the namespaces.
  public var border: Unicode.Scalar { pick("╎", "|") }
  /// Between the diagram and a pane.
  public var rule: Unicode.Scalar { pick("│", "|") }
  /// The text cursor of the search line.
  public var caret: Unicode.Scalar { pick("▏", "_") }
  /// The cap of the Enter key, 1 or 3 columns.
  public var enterKey: String { self == .unicode ? "⏎" : "Ent" }
  /// The caps of the four arrow keys, 4 columns.
  public var arrowKeys: String { self == .unicode ? "←↑↓→" : "<^v>" }

  /// The glyph for a height from 0 (nothing) to 8 (full).
  public func bar(_ eighths: Int) -> Unicode.Scalar {
    let glyphs: [Unicode.Scalar] =
      self == .unicode
      ? [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : [" ", "_", ".", ",", ":", "-", "=", "+", "#"]
    return glyphs[min(8, max(0, eighths))]
  }

  /// A bar that is so long a part of `columns`; what is not nothing is seen.
  public func meter(_ share: Double, columns: Int) -> String {
    let count = share > 0 ? max(1, Int((share * Double(columns)).rounded())) : 0
    return String(repeating: "\(bar(6))", count: min(columns, count))
  }

  /// The newest `columns` values as bars; the largest of them is full, and what is not zero is at least visible.
  ///
  /// Missing values on the left are the lowest bar, so that a young line has its full length.
  public func sparkline(_ values: some BidirectionalCollection<Float>, columns: Int, peak: Float? = nil) -> String {
    guard columns > 0 else { return "" }
    let shown = values.suffix(columns)
    let top = max(peak ?? 0, shown.max() ?? 0)
    var out = String.UnicodeScalarView()
    for _ in 0..<(columns - shown.count) { out.append(bar(1)) }
    for value in shown {
      let share = top > 0 && value > 0 ? min(1, value / top) : 0
      // Seven eighths at most: two that stand one above the other don't melt into one.
      out.append(bar(1 + Int((share * 6).rounded())))
    }
    return String(out)
  }
}
