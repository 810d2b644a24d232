extension CellCanvas {
  /// The picture as an SVG document: an image that says what it is to those who can't see it (`title`, `description`).
  ///
  /// Lines, bars and marks are drawn by geometry, so that they meet in every viewer, whatever fonts it has. Words stand
  /// at the columns they have on a terminal: each is placed by itself and keeps its columns (`textLength`), and a wide
  /// character stands in the middle of its two. What XML can't hold is replaced by U+FFFD.
  public func svg(_ theme: Theme, title: String, description: String) -> String {
    var writer = SVGWriter(canvas: self, theme: theme)
    return writer.document(title: title, description: description)
  }
}

/// Collects what is to be drawn, by colour: shapes below, words above.
private struct SVGWriter {
  let canvas: CellCanvas
  let theme: Theme
  /// A cell in pixels. Most fonts for programs are six tenths as wide as high: 9 for 15.
  static let (width, height, fontSize) = (9, 20, 15)
  static let margin = 12

  /// What one colour draws.
  private struct Ink {
    /// Path data of strokes, by their width.
    var strokes: [Int: String] = [:]
    var fills = ""
  }

  private var inks: [RGB: Ink] = [:]
  private var grounds = ""
  private var words = ""

  init(canvas: CellCanvas, theme: Theme) {
    self.canvas = canvas
    self.theme = theme
  }

  private struct Look: Equatable {
    var front: RGB
    var back: RGB
    var isBold: Bool
    var isUnderlined: Bool
  }

  private func look(_ cell: Cell) -> Look {
    let style = theme.style(for: cell.role, colors: .indexed256)
    let emphasis = style.emphasis.union(cell.emphasis)
    var front = style.foreground < 0 ? theme.foreground : RGB(of: style.foreground)
    var back = style.background < 0 ? theme.background : RGB(of: style.background)
    if emphasis.contains(.dim) { front = front.mixed(with: back) }
    if emphasis.contains(.reverse) { swap(&front, &back) }
    return Look(
      front: front, back: back, isBold: emphasis.contains(.bold), isUnderlined: emphasis.contains(.underline))
  }

  mutating func document(title: String, description: String) -> String {
    for y in 0..<canvas.size.height {
      ground(y)
      lines(y)
      text(y)
    }
    verticalLines()
    let (w, h) = (canvas.size.width * Self.width + 2 * Self.margin, canvas.size.height * Self.height + 2 * Self.margin)
    var out = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" width="\(w)" height="\(h)" viewBox="0 0 \(w) \(h)" role="img" aria-labelledby="title description">
      <title id="title">\(escaped(title))</title>
      <desc id="description">\(escaped(description))</desc>
      <rect width="\(w)" height="\(h)" fill="\(theme.background.hex)"/>
      <g transform="translate(\(Self.margin) \(Self.margin))">

      """
    out += grounds
    for (color, ink) in inks.sorted(by: { $0.key.hex < $1.key.hex }) {
      for (thickness, path) in ink.strokes.sorted(by: { $0.key < $1.key }) {
        out +=
          "<path d=\"\(path)\" fill=\"none\" stroke=\"\(color.hex)\" stroke-width=\"\(thickness)\" stroke-linecap=\"square\"/>\n"
      }
      if !ink.fills.isEmpty { out += "<path d=\"\(ink.fills)\" fill=\"\(color.hex)\"/>\n" }
    }
    let family = "'JetBrains Mono','DejaVu Sans Mono',Menlo,Consolas,'Noto Sans Mono CJK SC',monospace"
    out +=
      "<g font-family=\"\(family)\" font-size=\"\(Self.fontSize)\" xml:space=\"preserve\">\n\(words)</g>\n</g>\n</svg>\n"
    return out
  }

  // MARK: Grounds

  /// Runs of cells with a background of their own.
  private mutating func ground(_ y: Int) {
    var x = 0
    while x < canvas.size.width {
      let back = look(canvas[x, y]).back
      var end = x + 1
      while end < canvas.size.width, look(canvas[end, y]).back == back { end += 1 }
      if back != theme.background {
        grounds +=
          "<rect x=\"\(x * Self.width)\" y=\"\(y * Self.height)\" width=\"\((end - x) * Self.width)\" height=\"\(Self.height)\" fill=\"\(back.hex)\"/>\n"
      }
      x = end
    }
  }

  // MARK: Lines

  private static func thickness(_ weight: Weight) -> Int { weight == .heavy ? 3 : 1 }

  /// The horizontal arms of a row, joined into runs; corners, marks and bars.
  private mutating func lines(_ y: Int) {
    var run: (from: Int, to: Int, weight: Weight, color: RGB)?
    func path(_ run: (from: Int, to: Int, weight: Weight, color: RGB)) -> String {
      "M\(half(run.from)) \(middle(y))H\(half(run.to))"
    }
    var finished: [(from: Int, to: Int, weight: Weight, color: RGB)] = []
    // In halves of cells, so that an arm is a step.
    func extend(_ from: Int, _ weight: Weight, _ color: RGB) {
      if let last = run, last.to == from, last.weight == weight, last.color == color {
        run?.to = from + 1
        return
      }
      if let run { finished.append(run) }
      run = (from, from + 1, weight, color)
    }
    for x in 0..<canvas.size.width {
      let cell = canvas[x, y]
      guard cell.width == 1 else { continue }
      let color = look(cell).front
      if let arms = Arms(cell.scalar) {
        if arms.isRound {
          corner(arms, x, y, color)
        } else if arms.isDashed {
          dash(arms, x, y, color)
        } else {
          if arms.west != .none { extend(2 * x, arms.west, color) }
          if arms.east != .none { extend(2 * x + 1, arms.east, color) }
        }
      } else {
        shape(cell.scalar, x, y, color)
      }
    }
    if let run { finished.append(run) }
    for run in finished { stroke(path(run), Self.thickness(run.weight), run.color) }
  }

  private mutating func verticalLines() {
    for x in 0..<canvas.size.width {
      var run: (from: Int, to: Int, weight: Weight, color: RGB)?
      var finished: [(from: Int, to: Int, weight: Weight, color: RGB)] = []
      for y in 0..<canvas.size.height {
        guard canvas[x, y].width == 1, let arms = Arms(canvas[x, y].scalar), !arms.isRound, !arms.isDashed else {
          continue
        }
        let color = look(canvas[x, y]).front
        for (place, weight) in [(2 * y, arms.north), (2 * y + 1, arms.south)] where weight != .none {
          if let last = run, last.to == place, last.weight == weight, last.color == color {
            run?.to = place + 1
          } else {
            if let run { finished.append(run) }
            run = (place, place + 1, weight, color)
          }
        }
      }
      if let run { finished.append(run) }
      for run in finished {
        stroke(
          "M\(center(x)) \(run.from * Self.height / 2)V\(run.to * Self.height / 2)", Self.thickness(run.weight),
          run.color)
      }
    }
  }

  /// Half a cell's step in pixels; cells have an odd width, so that thin lines stand on whole pixels.
  private func half(_ step: Int) -> String {
    let tenths = step * Self.width * 5
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).5"
  }

  private func center(_ x: Int) -> String { half(2 * x + 1) }
  /// The middle of the row's middle pixel: a line of 1 or 3 pixels is sharp there.
  private func middle(_ y: Int) -> String { "\(y * Self.height + Self.height / 2).5" }

  private mutating func stroke(_ path: String, _ thickness: Int, _ color: RGB) {
    inks[color, default: Ink()].strokes[thickness, default: ""] += path
  }

  private mutating func fill(_ path: String, _ color: RGB) { inks[color, default: Ink()].fills += path }

  private mutating func corner(_ arms: Arms, _ x: Int, _ y: Int, _ color: RGB) {
    let (left, right) = (half(2 * x), half(2 * x + 2))
    let (top, bottom) = (y * Self.height, (y + 1) * Self.height)
    let (sideX, sideY) = (arms.east != .none ? right : left, arms.south != .none ? bottom : top)
    let turn = arms.south != .none ? y * Self.height + Self.height / 2 + 4 : y * Self.height + Self.height / 2 - 4
    stroke("M\(center(x)) \(sideY)V\(turn)Q\(center(x)) \(middle(y)) \(sideX) \(middle(y))", 1, color)
  }

  private mutating func dash(_ arms: Arms, _ x: Int, _ y: Int, _ color: RGB) {
    let weight = max(max(arms.north, arms.east), max(arms.south, arms.west))
    if arms.east != .none {
      stroke("M\(x * Self.width + 1) \(middle(y))h3m2 0h2", Self.thickness(weight), color)
    } else {
      stroke("M\(center(x)) \(y * Self.height + 2)v6m0 4v6", Self.thickness(weight), color)
    }
  }

  /// Bars, disks, crosses and arrow heads, at their cell.
  private mutating func shape(_ scalar: Unicode.Scalar, _ x: Int, _ y: Int, _ color: RGB) {
    let (left, top) = (x * Self.width, y * Self.height)
    switch scalar {
    case "\u{2581}"..."\u{2588}":
      let eighths = Int(scalar.value - 0x2580)
      let high = (Self.height * eighths + 4) / 8
      fill("M\(left) \(top + Self.height - high)h\(Self.width)v\(high)h-\(Self.width)z", color)
    case "●": fill("M\(left) \(top + 10)a4.5 4.5 0 1 1 9 0a4.5 4.5 0 1 1 -9 0z", color)
    case "○": stroke("M\(left + 1) \(top + 10)a3.5 3.5 0 1 1 7 0a3.5 3.5 0 1 1 -7 0z", 1, color)
    case "◆": fill("M\(center(x)) \(top + 5)l4.5 5l-4.5 5l-4.5 -5z", color)
    case "✕": stroke("M\(left + 1) \(top + 6)l7 8m0 -8l-7 8", 2, color)
    case "▲": fill("M\(center(x)) \(top + 6)l4.5 8h-9z", color)
    case "▼": fill("M\(center(x)) \(top + 14)l4.5 -8h-9z", color)
    case "◀": fill("M\(left) \(top + 10)l9 -5v10z", color)
    case "▶": fill("M\(left + 9) \(top + 10)l-9 -5v10z", color)
    case "▸": fill("M\(left + 7) \(top + 10)l-5 -3.5v7z", color)
    default: break
    }
  }

  private static func isDrawn(_ scalar: Unicode.Scalar) -> Bool {
    if ("\u{2581}"..."\u{2588}").contains(scalar) { return true }
    return ["●", "○", "◆", "✕", "▲", "▼", "◀", "▶", "▸"].contains(scalar) || Arms(scalar) != nil
  }

  // MARK: Words

  private mutating func text(_ y: Int) {
    var x = 0
    while x < canvas.size.width {
      let cell = canvas[x, y]
      let look = look(cell)
      if cell.width == 0 || Self.isDrawn(cell.scalar) || cell.scalar == " " && !look.isUnderlined {
        x += 1
        continue
      }
      if cell.width == 2 || cell.scalar.value > 0x2000 || cell.mark1 != "\0" {
        // A character that the font may not have, or measures by its own: alone, in the middle of its cells.
        let place = half(2 * x + Int(cell.width))
        word(
          String(String.UnicodeScalarView(scalars(cell))), at: place, y, look,
          cell.width == 2 ? " text-anchor=\"middle\" font-size=\"17\"" : " text-anchor=\"middle\"")
        x += Int(cell.width)
        continue
      }
      var run = String.UnicodeScalarView()
      var end = x
      while end < canvas.size.width {
        let next = canvas[end, y]
        guard next.width == 1, next.scalar.value <= 0x2000, next.mark1 == "\0", self.look(next) == look,
          next.scalar != " " || look.isUnderlined
        else { break }
        run.append(next.scalar)
        end += 1
      }
      let length = (end - x) * Self.width
      // One letter can't be stretched apart.
      let kept = end - x > 1 ? " textLength=\"\(length)\" lengthAdjust=\"spacingAndGlyphs\"" : ""
      word(String(run), at: "\(x * Self.width)", y, look, kept)
      x = end
    }
  }

  private func scalars(_ cell: Cell) -> [Unicode.Scalar] {
    [cell.scalar, cell.mark1, cell.mark2].filter { $0 != "\0" }
  }

  private mutating func word(_ text: String, at x: String, _ y: Int, _ look: Look, _ attributes: String) {
    words += "<text x=\"\(x)\" y=\"\(y * Self.height + 15)\"\(attributes) fill=\"\(look.front.hex)\""
    if look.isBold { words += " font-weight=\"bold\"" }
    if look.isUnderlined { words += " text-decoration=\"underline\"" }
    words += ">\(escaped(text))</text>\n"
  }

  /// Text as XML holds it (XML 1.0, 2.2 and 2.4).
  private func escaped(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": out.append(contentsOf: "&lt;".unicodeScalars)
      case ">": out.append(contentsOf: "&gt;".unicodeScalars)
      case "&": out.append(contentsOf: "&amp;".unicodeScalars)
      case "\"": out.append(contentsOf: "&quot;".unicodeScalars)
      case "\t", "\n", "\r": out.append(" ")
      case _ where scalar.value < 32 || (0x7F...0x9F).contains(scalar.value) || scalar.value & 0xFFFE == 0xFFFE:
        out.append("\u{FFFD}")
      default: out.append(scalar)
      }
    }
    return String(out)
  }
}

extension RGB {
  /// Half of this and half of the other: what dim looks like.
  fileprivate func mixed(with other: RGB) -> RGB {
    func half(_ a: UInt8, _ b: UInt8) -> UInt8 { UInt8((Int(a) * 5 + Int(b) * 3) / 8) }
    return RGB(half(red, other.red), half(green, other.green), half(blue, other.blue))
  }
}
