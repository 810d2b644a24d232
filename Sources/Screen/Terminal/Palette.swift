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

  /// Makes the pairs, or makes them anew; ncurses has to be in colour mode unless `colors` is mono.
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
          nt_pair(CInt(pair), number(style.foreground), number(style.background))
        }
      }
      entries.append(Entry(pair: pair, emphasis: emphasis))
    }
  }

  /// A colour as ncurses numbers it: with 24 bits a colour the number is the colour itself, but for the first eight.
  private func number(_ color: Int32) -> CInt {
    guard colors == .truecolor, color >= 8 else { return CInt(color) }
    let value = RGB(of: color)
    let number = CInt(value.red) << 16 | CInt(value.green) << 8 | CInt(value.blue)
    // The numbers of those are darker than anybody sees: black as a colour of its own, which no terminal brightens.
    return number < 8 ? 0x08_0808 : number
  }

  /// The pair and the attributes of a role.
  subscript(role: Role) -> Entry { entries[Int(role.rawValue)] }
}
