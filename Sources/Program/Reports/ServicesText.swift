internal import Canvas
public import Topology
internal import Usage

/// What can be reached, below the diagram for pipes: the ports that containers publish, and what listens in the namespaces
/// that were asked for.
public struct ServicesText {
  private let snapshot: Snapshot
  private let namespaces: [Namespace]
  private let tables: [NamespaceID: NetworkTables]

  /// Makes the text of those namespaces; nil: of all. What listens is said of those with `tables`.
  public init(_ snapshot: Snapshot, of wanted: Set<NamespaceID>?, tables: [NamespaceID: NetworkTables] = [:]) {
    self.snapshot = snapshot
    namespaces = snapshot.namespaces.values.filter { wanted?.contains($0.id) ?? true }
    self.tables = tables
  }

  /// The lines, each with its newline; empty where there is nothing to be said.
  public func text(_ style: TextStyle) -> String {
    let glyphs = style.glyphSet
    let published = namespaces.flatMap(\.containers).flatMap { container in
      container.ports.map { (container.title, $0.replacing("→", with: "\(glyphs.arrow)")) }
    }
    var listening: [(String, String)] = []
    for namespace in namespaces {
      guard let listeners = tables[namespace.id]?.listeners else { continue }
      var seen: Set<String> = []
      for listener in listeners {
        let text = "\(listener.text)" + (listener.transport == .udp ? "/udp" : "")
        let line = text + (listener.program.map { "  \($0)" } ?? "")
        if seen.insert(line).inserted { listening.append((namespace.name, line)) }
      }
    }
    return lines(Say.Report.published, published, glyphs) + lines(Say.Report.listens, listening, glyphs)
  }

  private func lines(_ title: String, _ rows: [(name: String, text: String)], _ glyphs: GlyphSet) -> String {
    if rows.isEmpty { return "" }
    let width = rows.map { displayWidth($0.name) }.max() ?? 0
    let lines = rows.map { row in
      "  " + row.name + String(repeating: " ", count: width - displayWidth(row.name) + 2) + row.text
    }
    return "\n\(title)\n" + lines.map { glyphs == .ascii ? SafeText.ascii($0) : $0 }.joined(separator: "\n") + "\n"
  }
}
