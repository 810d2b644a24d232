/// What a cell means; a theme turns it into a colour. Never a colour itself.
public enum Role: UInt8, CaseIterable, Sendable {
  /// Words of four weights; then the bars at the top and the bottom, with the words on them.
  case text, dim, strong, title, bar, barStrong, barUp, barFault, barWarning, barPing
  /// Frames and titles of bridges and boxes; wires; lines that are no wire, as borders and scroll bars.
  case bridge, bridgeTitle, box, boxTitle, wire, guide
  /// States of a link, and what is only a warning.
  case up, noCarrier, fault, warning
  /// A ping's way and its pane; what is selected; what a search found; what is marked as a source.
  case ping, pingTitle, selection, selected, match, mark
  /// Who is on several networks; a link that leads out of the picture; a VLAN.
  case multiHomed, uplink, vlan
  /// Rates received and sent; bars of traffic from low to high.
  case rxRate, txRate, sparkLow, sparkMedium, sparkHigh
  /// Who has just come, who has just gone; a key's cap and its word; the text cursor.
  case joined, gone, key, keyLabel, caret
  /// What a packet leaves behind it on a ping's way; the wires and frames of who is on several networks.
  case trail, multiHomedLine
}

/// Attributes on top of a role's own.
public struct Emphasis: OptionSet, Hashable, Sendable {
  /// One bit for each attribute.
  public let rawValue: UInt8
  /// Makes attributes of their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// SGR 1 of ECMA-48.
  public static let bold = Emphasis(rawValue: 1)
  /// SGR 2 of ECMA-48.
  public static let dim = Emphasis(rawValue: 2)
  /// Text and background exchanged: SGR 7 of ECMA-48.
  public static let reverse = Emphasis(rawValue: 4)
  /// SGR 4 of ECMA-48.
  public static let underline = Emphasis(rawValue: 8)
}

/// One cell of the screen: a character of width 1 or 2 with up to two combining marks, or the right half of a wide one.
public struct Cell: Hashable, Sendable {
  /// The base character.
  public var scalar: Unicode.Scalar
  /// The first combining mark over the base; U+0000 where there is none.
  public var mark1: Unicode.Scalar
  /// The second combining mark; U+0000 where there is none.
  public var mark2: Unicode.Scalar
  /// 1, 2, or 0 for the right half of the wide character before it.
  public var width: UInt8
  /// What the cell means; a theme gives it colours.
  public var role: Role
  /// Attributes on top of those of the role.
  public var emphasis: Emphasis

  /// Makes a cell without combining marks; as it is, a blank.
  public init(_ scalar: Unicode.Scalar = " ", role: Role = .text, emphasis: Emphasis = [], width: UInt8 = 1) {
    self.scalar = scalar
    self.mark1 = "\0"
    self.mark2 = "\0"
    self.width = width
    self.role = role
    self.emphasis = emphasis
  }
}
