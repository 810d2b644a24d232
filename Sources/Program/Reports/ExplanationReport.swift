internal import Canvas
public import Conclusions
internal import LinuxSystem
internal import Prose

/// An explanation for pipes: as text, as JSON, as an exit status.
public struct ExplanationReport: Sendable {
  private let explanation: Explanation
  private let showsSent: Bool

  /// Makes the report of an explanation; the text says what was sent where that is wished for.
  public init(_ explanation: Explanation, showsSent: Bool = false) {
    self.explanation = explanation
    self.showsSent = showsSent
  }

  /// One line of JSON, without a newline.
  public var json: [UInt8] { ExplanationJSON(explanation).bytes }

  /// The viewer's page of it, as wide as the style wants or the terminal is, at most 120 columns; ends with a newline.
  public func text(_ style: TextStyle) -> String {
    let width = style.width ?? Standard.columns(of: 1) ?? 100
    let text = ExplanationText(explanation, width: min(120, width), glyphs: style.glyphSet, showsSent: showsSent)
    return text.canvas.ansi(style.theme, colors: style.colors).joined(separator: "\n") + "\n"
  }

  /// 0 where one end can reach the other, 1 where it can't, 2 where that can't be told.
  public var exitStatus: Int32 {
    switch explanation.verdict {
    case .reachable, .degraded: 0
    case .unreachable: 1
    case .unknown: 2
    }
  }
}
