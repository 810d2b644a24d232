internal import Canvas
public import Conclusions
internal import JSON
internal import LinuxSystem
internal import Paths
internal import Prose
internal import Topology

/// Who reaches a destination, for pipes: as text, as JSON, as an exit status.
public struct ReachabilityReport: Sendable {
  private let table: Reachability

  /// Makes the report of a table.
  public init(_ table: Reachability) { self.table = table }

  /// One line of JSON, without a newline: the answers by source, and the causes with the sources that they concern.
  public var json: [UInt8] {
    var writer = JSONWriter()
    writer.object { json in
      json.field("version", SnapshotJSON.version)
      json.field("destination", table.destination)
      json.field("reaching", table.reaching)
      json.array("answers") { json in
        for answer in table.answers {
          json.object { json in
            json.field("source", answer.source.name)
            if let address = answer.source.address { json.field("address", address.description) }
            json.field("verdict", answer.verdict.rawValue)
            if let cause = answer.cause { json.field("code", cause.code.rawValue) }
          }
        }
      }
      json.array("causes") { json in
        for group in table.groups {
          json.object { json in
            ExplanationJSON.write(group.cause, &json)
            json.field("sources", group.sources)
          }
        }
      }
    }
    return writer.bytes
  }

  /// As wide as the style wants or the terminal is, at most 120 columns; ends with a newline.
  public func text(_ style: TextStyle) -> String {
    let width = style.width ?? Standard.columns(of: 1) ?? 100
    let text = ExplanationText(table, width: min(120, width), glyphs: style.glyphSet)
    return text.canvas.ansi(style.theme, colors: style.colors).joined(separator: "\n") + "\n"
  }

  /// 0 where all of them reach it, 1 where one can't, 2 where of one it can't be told.
  public var exitStatus: Int32 {
    if table.answers.contains(where: { $0.verdict == .unreachable }) { return 1 }
    return table.answers.contains { $0.verdict == .unknown } ? 2 : 0
  }
}
