public import Canvas
internal import Diagram
internal import LinuxSystem
internal import Topology

extension Printer {
  /// How text is to look.
  public struct Style: Sendable {
    public var color: ColorChoice
    public var theme: Theme
    public var glyphs: GlyphChoice
    /// Columns; nil: the terminal's, else 100.
    public var width: Int?

    public init(
      color: ColorChoice = .auto, theme: Theme = .dark, glyphs: GlyphChoice = .auto, width: Int? = nil
    ) {
      self.color = color
      self.theme = theme
      self.glyphs = glyphs
      self.width = width
    }

    /// The colours of standard output: for a terminal what its TERM has, else none unless they are wanted in any case.
    var colors: ColorDepth {
      let term = Standard.environment["TERM", default: ""]
      let isTerminal = Standard.isTerminal(1)
      switch color {
      case .never: return .mono
      case .auto where !isTerminal || term == "dumb" || term.isEmpty: return .mono
      case .always where !isTerminal: return .indexed256
      case .auto, .always: break
      }
      let rich = ["256color", "direct", "kitty", "foot", "alacritty", "ghostty", "wezterm"]
      if rich.contains(where: term.contains) || !Standard.environment["COLORTERM", default: ""].isEmpty {
        return .indexed256
      }
      return term.hasPrefix("vt") && color == .auto ? .mono : .eight
    }

    var glyphSet: GlyphSet {
      switch glyphs {
      case .unicode: return .unicode
      case .ascii: return .ascii
      case .auto:
        let environment = Standard.environment
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        // Without any locale there is no terminal's word against UTF-8: pipes and files take it.
        guard let locale = locale?.lowercased() else { return .unicode }
        return locale.contains("utf-8") || locale.contains("utf8") ? .unicode : .ascii
      }
    }
  }

  /// The diagram as text.
  static func text(_ snapshot: Snapshot, only wanted: Set<NamespaceID>?, style: Style) -> String {
    let canvas = picture(
      snapshot, only: wanted, width: style.width ?? Standard.columns(of: 1) ?? 100, glyphs: style.glyphSet)
    return canvas.ansi(style.theme, colors: style.colors).joined(separator: "\n") + "\n"
  }

  /// The diagram as an image. Its lines are Unicode's whatever the locale: a file knows none.
  static func svg(_ snapshot: Snapshot, only wanted: Set<NamespaceID>?, style: Style) -> String {
    let canvas = picture(
      snapshot, only: wanted, width: style.width ?? 100, glyphs: style.glyphs == .ascii ? .ascii : .unicode)
    let bridges = snapshot.namespaces.values.flatMap(\.links).filter(\.isBridge)
    let others = snapshot.namespaces.values.filter { $0.id != .host }
    let names = bridges.map(\.title) + others.map(\.name)
    let description =
      "\(bridges.count) bridges and \(others.count) network namespaces: \(names.prefix(40).joined(separator: ", "))"
    return canvas.svg(
      style.color == .never ? .mono : style.theme, title: "netns-top: network namespaces of \(snapshot.hostname)",
      description: names.count > 40 ? description + ", …" : description)
  }

  /// The whole diagram, through the same layout as the viewer's.
  /// Those namespaces and what they hang on: the near ends of their cables, the bridges of these, and what leads out of
  /// the bridges. The host's own namespace, asked for, is whole.
  private static func part(of snapshot: Snapshot, _ wanted: Set<NamespaceID>) -> NamespaceTable {
    var kept: Set<LinkRef> = []
    var queue = wanted.compactMap { snapshot.namespaces[$0] }.flatMap(\.links).map(\.id)
    while let ref = queue.popLast() {
      guard kept.insert(ref).inserted, let link = snapshot.link(ref) else { continue }
      queue += [link.peerLink, link.master, link.lower].compactMap(\.self)
      if link.isBridge { queue += snapshot.ports(of: ref).filter { !$0.isPair }.map(\.id) }
    }
    return NamespaceTable(
      snapshot.namespaces.values.compactMap { namespace in
        if wanted.contains(namespace.id) { return namespace }
        var namespace = namespace
        namespace.links.removeAll { !kept.contains($0.id) }
        return namespace.links.isEmpty && namespace.id != .host ? nil : namespace
      })
  }

  private static func picture(
    _ snapshot: Snapshot, only wanted: Set<NamespaceID>?, width: Int, glyphs: GlyphSet
  ) -> Canvas {
    var shown = snapshot
    if let wanted { shown.namespaces = part(of: snapshot, wanted) }
    var slots = Slots()
    slots.settle(shown, at: shown.takenAt)
    let layout = Layout(
      shown, slots: slots, viewport: Size(width: max(40, min(400, width)), height: 48), coarsest: .row)
    var canvas = Canvas(layout.size)
    layout.paint(
      into: &canvas, rect: Rect(x: 0, y: 0, width: layout.size.width, height: layout.size.height), scroll: 0,
      // A bridge has as many ports as it has, however few are shown.
      snapshot: snapshot, decor: Decor(), glyphs: glyphs)
    return canvas
  }
}
