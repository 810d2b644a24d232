internal import Canvas
internal import Diagram
internal import LinuxSystem
public import Topology
internal import Usage

/// The diagram for pipes and files, through the same layout as the viewer's.
public enum DiagramReport {
  /// The diagram as text, with a newline at its end; with `only` those namespaces and what they hang on. Rates stand in it
  /// where `traffic` was measured.
  public static func text(
    _ snapshot: Snapshot, only wanted: Set<NamespaceID>?, traffic: Traffic? = nil, style: TextStyle
  ) -> String {
    let canvas = picture(
      snapshot, traffic, only: wanted, width: style.width ?? Standard.columns(of: 1) ?? 100, glyphs: style.glyphSet)
    return canvas.ansi(style.theme, colors: style.colors).joined(separator: "\n") + "\n"
  }

  /// The diagram as an image. Its lines are Unicode's whatever the locale: a file knows none.
  public static func svg(
    _ snapshot: Snapshot, only wanted: Set<NamespaceID>?, traffic: Traffic? = nil, style: TextStyle
  ) -> String {
    let canvas = picture(
      snapshot, traffic, only: wanted, width: style.width ?? 100, glyphs: style.glyphs == .ascii ? .ascii : .unicode)
    let bridges = snapshot.namespaces.values.flatMap(\.links).filter(\.isBridge)
    let others = snapshot.namespaces.values.filter { $0.id != .host }
    let names = bridges.map(\.title) + others.map(\.name)
    return canvas.svg(
      style.color == .never ? .mono : style.theme, title: Say.Report.title(of: snapshot.hostname),
      description: Say.Report.picture(
        bridges: bridges.count, namespaces: others.count, names: Array(names.prefix(40)), isCut: names.count > 40))
  }

  /// Those namespaces and what they hang on: the near ends of their cables, the bridges of these, and what leads out of
  /// the bridges. The host's own namespace, asked for, is whole.
  private static func part(of snapshot: Snapshot, _ wanted: Set<NamespaceID>) -> NamespaceMap {
    var kept: Set<LinkRef> = []
    var queue = wanted.compactMap { snapshot.namespaces[$0] }.flatMap(\.links).map(\.id)
    while let ref = queue.popLast() {
      guard kept.insert(ref).inserted, let link = snapshot.link(ref) else { continue }
      queue += [link.peerLink, link.master, link.lower].compactMap(\.self)
      if link.isBridge { queue += snapshot.ports(of: ref).filter { !$0.isPair }.map(\.id) }
    }
    return NamespaceMap(
      snapshot.namespaces.values.compactMap { namespace in
        if wanted.contains(namespace.id) { return namespace }
        var namespace = namespace
        namespace.links.removeAll { !kept.contains($0.id) }
        return namespace.links.isEmpty && namespace.id != .host ? nil : namespace
      })
  }

  private static func picture(
    _ snapshot: Snapshot, _ traffic: Traffic?, only wanted: Set<NamespaceID>?, width: Int, glyphs: GlyphSet
  ) -> CellCanvas {
    var shown = snapshot
    if let wanted { shown.namespaces = part(of: snapshot, wanted) }
    var slots = Slots()
    slots.settle(shown, at: shown.takenAt)
    let layout = Layout(
      shown, slots: slots, viewport: Size(width: max(40, min(400, width)), height: 48), coarsest: .row,
      hasRates: traffic != nil)
    var canvas = CellCanvas(layout.size)
    layout.paint(
      into: &canvas, rect: Rect(x: 0, y: 0, width: layout.size.width, height: layout.size.height), scroll: 0,
      // The whole snapshot: a bridge counts all its ports, however few are shown.
      snapshot: snapshot, decor: Decor(traffic: traffic), glyphs: glyphs)
    return canvas
  }
}
