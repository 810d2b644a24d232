extension CellCanvas {
  /// The rows as plain text, without blanks at their ends.
  public var rows: [String] {
    (0..<size.height).map { y in
      var out = String.UnicodeScalarView()
      for x in 0..<size.width {
        let cell = self[x, y]
        if cell.width == 0 { continue }
        out.append(cell.scalar)
        if cell.mark1 != "\0" { out.append(cell.mark1) }
        if cell.mark2 != "\0" { out.append(cell.mark2) }
      }
      while out.last == " " { out.removeLast() }
      return String(out)
    }
  }

  /// The roles, a letter a cell: the second plane of a golden. Blank where a cell is empty and plain.
  public var roleRows: [String] {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".unicodeScalars)
    return (0..<size.height).map { y in
      var out = String.UnicodeScalarView()
      for x in 0..<size.width {
        let cell = self[x, y]
        out.append(cell.scalar == " " && cell.role == .text ? " " : letters[Int(cell.role.rawValue) % letters.count])
      }
      while out.last == " " { out.removeLast() }
      return String(out)
    }
  }

  /// The rows with colours as ECMA-48 sequences (SGR), each ending in a reset; plain text for `mono` depth.
  public func ansi(_ theme: Theme, colors: ColorDepth) -> [String] {
    if colors == .mono { return rows }
    return (0..<size.height).map { y in
      var out = ""
      var current: Style?
      for x in 0..<lastColumn(of: y) {
        let cell = self[x, y]
        if cell.width == 0 { continue }
        var style = theme.style(for: cell.role, colors: colors)
        style.emphasis.formUnion(cell.emphasis)
        if style != current {
          out += Self.sgr(style)
          current = style
        }
        out.unicodeScalars.append(cell.scalar)
        if cell.mark1 != "\0" { out.unicodeScalars.append(cell.mark1) }
        if cell.mark2 != "\0" { out.unicodeScalars.append(cell.mark2) }
      }
      return current == nil ? out : out + "\u{1B}[0m"
    }
  }

  /// The columns of a row up to the last one that is not an empty cell.
  private func lastColumn(of y: Int) -> Int {
    var end = size.width
    while end > 0, self[end - 1, y].scalar == " ", self[end - 1, y].role == .text, self[end - 1, y].width != 0 {
      end -= 1
    }
    return end
  }

  private static func sgr(_ style: Style) -> String {
    var codes = ["0"]
    if style.emphasis.contains(.bold) { codes.append("1") }
    if style.emphasis.contains(.dim) { codes.append("2") }
    if style.emphasis.contains(.underline) { codes.append("4") }
    if style.emphasis.contains(.reverse) { codes.append("7") }
    if let code = sgr(style.foreground, 3) { codes.append(code) }
    if let code = sgr(style.background, 4) { codes.append(code) }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  /// A colour of the text (3) or of the ground (4); nil for the terminal's own.
  private static func sgr(_ color: Int32, _ layer: Int) -> String? {
    if color < 0 { return nil }
    if color < 8 { return "\(layer)\(color)" }
    // aixterm's codes for the bright eight, which terminals of 16 colours know.
    if color < 16 { return "\(layer + 6)\(color - 8)" }
    if color < 0x100_0000 { return "\(layer)8;5;\(color)" }
    let value = RGB(of: color)
    return "\(layer)8;2;\(value.red);\(value.green);\(value.blue)"
  }
}
