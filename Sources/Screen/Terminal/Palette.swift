internal import CNCurses
internal import Canvas

/// The colour pairs of ncurses for the roles of a theme.
struct Palette {
  /// What ncurses needs for a cell of a role.
  struct Entry {
    var pair: UInt16
    var emphasis: Emphasis
  }

  let colors: ColorDepth
  private var entries: [Entry] = []

  /// Makes the pairs; ncurses has to be in colour mode unless `colors` is mono.
  init(_ theme: Theme, colors: ColorDepth) {
    self.colors = colors
    var pairs: [Style: UInt16] = [:]
    for role in Role.allCases {
      var style = theme.style(for: role, colors: colors)
      let emphasis = style.emphasis
      style.emphasis = []
      var pair: UInt16 = 0
      if colors != .mono, style.foreground >= 0 || style.background >= 0 {
        if let known = pairs[style] {
          pair = known
        } else {
          pair = UInt16(pairs.count + 1)
          pairs[style] = pair
          nt_pair(CInt(pair), CInt(style.foreground), CInt(style.background))
        }
      }
      entries.append(Entry(pair: pair, emphasis: emphasis))
    }
  }

  /// The pair and the attributes of a role.
  subscript(role: Role) -> Entry { entries[Int(role.rawValue)] }
}
