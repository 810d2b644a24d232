public import Canvas
internal import Keys
internal import Story
internal import Viewer

extension GuidedState {
  /// How the screen is shared out.
  struct Shares {
    /// What the viewer draws for.
    var viewerSize: Size
    /// The rows of it that are seen: all of them, or its title alone.
    var viewerRows: Int
    /// The lines of what is shown beside the picture.
    var exhibit: [Exhibit.Line]
    /// The rows that they have.
    var exhibitRows: Int
    /// The rows of the band.
    var band: Int
  }

  /// A diagram needs so many rows (`State.isTight`).
  private static let leastPicture = 15
  private static let captionRows = 3

  var layout: Shares {
    let (width, height) = (size.width, size.height)
    let band = height < 12 ? min(2, max(0, height - 5)) : Self.captionRows + 1
    let room = max(0, height - band)
    let whole = Shares(
      viewerSize: Size(width: width, height: room), viewerRows: room, exhibit: [], exhibitRows: 0, band: band)
    guard viewer.isPictureShown, let lines = guide?.exhibit?.broken(columns: max(1, width - 2)), !lines.isEmpty else {
      return whole
    }
    let left = room - lines.count - 1
    if left >= Self.leastPicture {
      return Shares(
        viewerSize: Size(width: width, height: left), viewerRows: left, exhibit: lines, exhibitRows: lines.count + 1,
        band: band)
    }
    // No room for both: its title stays of the picture.
    return Shares(
      viewerSize: whole.viewerSize, viewerRows: min(1, room), exhibit: lines, exhibitRows: max(0, room - 1), band: band)
  }

  /// Draws the whole screen and returns where the real cursor is to be.
  @discardableResult
  public func draw(into canvas: inout CellCanvas) -> Point? {
    guard let guide, size.width >= 20, size.height >= 8 else { return viewer.draw(into: &canvas) }
    let shares = layout
    var picture = CellCanvas(shares.viewerSize)
    let cursor = viewer.draw(into: &picture)
    canvas.blit(picture, x: 0, y: 0)
    if !shares.exhibit.isEmpty {
      canvas.fill(
        Rect(x: 0, y: shares.viewerRows, width: size.width, height: size.height - shares.viewerRows), role: .text)
      draw(shares.exhibit, Rect(x: 0, y: shares.viewerRows, width: size.width, height: shares.exhibitRows), &canvas)
    }
    draw(guide.caption, Rect(x: 0, y: size.height - shares.band, width: size.width, height: shares.band), &canvas)
    return cursor.flatMap { $0.y < shares.viewerRows ? $0 : nil }
  }

  private func draw(_ lines: [Exhibit.Line], _ rect: Rect, _ canvas: inout CellCanvas) {
    let isWhole = lines.count <= rect.size.height
    let shown = isWhole ? lines.count : max(0, rect.size.height - 1)
    for (offset, line) in lines.prefix(shown).enumerated() {
      var x = rect.minX + 1
      for span in line { x += canvas.put(spelt(span.text), x: x, y: rect.minY + offset, role: span.role) }
    }
    if !isWhole, rect.size.height > 0 {
      canvas.put(Say.Exhibit.more(lines.count - shown), x: 1, y: rect.maxY - 1, role: .warning)
    }
  }

  /// Lines of box drawing, where the terminal has them.
  private func spelt(_ text: String) -> String { viewer.glyphs == .unicode ? text : Exhibit.ascii(text) }

  // MARK: The band

  private func draw(_ caption: Caption, _ rect: Rect, _ canvas: inout CellCanvas) {
    guard rect.size.height > 0 else { return }
    canvas.fill(Rect(x: 0, y: rect.minY, width: rect.size.width, height: 1), role: .keyLabel)
    let hints = hints(of: caption)
    let title = fitted(
      " \(caption.title)", columns: (hints.first?.columns.lowerBound ?? rect.size.width) - 1,
      ellipsis: viewer.glyphs.ellipsis)
    canvas.put(title, x: 0, y: rect.minY, role: caption.isGood ? .barUp : .barStrong)
    for hint in hints {
      let used = canvas.put(" \(cap(hint.cap)) ", x: hint.columns.lowerBound, y: rect.minY, role: .key)
      canvas.put("\(hint.label) ", x: hint.columns.lowerBound + used, y: rect.minY, role: .keyLabel)
    }
    let lines = wrapped(caption.text, columns: rect.size.width - 2)
    for (offset, line) in lines.prefix(rect.size.height - 1).enumerated() {
      canvas.put(line, x: 1, y: rect.minY + 1 + offset, role: caption.isGood ? .up : .strong)
    }
  }

  private func cap(_ cap: String) -> String {
    switch cap {
    case "⏎": viewer.glyphs.enterKey
    case "⌫": "Bksp"
    // The keys of the band that are the viewer's.
    case "q": viewer.keys.cap(.quit)
    case "w": viewer.keys.cap(.why)
    default: cap
    }
  }

  /// The keys of the band, at its right end.
  private func hints(of caption: Caption) -> [(cap: String, label: String, columns: Range<Int>)] {
    let widths = caption.keys.map { displayWidth(cap($0.cap)) + displayWidth($0.label) + 3 }
    var x = max(0, size.width - widths.reduce(0, +))
    return zip(caption.keys, widths).map { key, width in
      defer { x += width }
      return (key.cap, key.label, x..<(x + width))
    }
  }

  /// The key whose hint stands at a point of the band.
  func key(at point: Point) -> Key? {
    guard let guide, point.y == size.height - layout.band,
      let cap = hints(of: guide.caption).first(where: { $0.columns.contains(point.x) })?.cap
    else { return nil }
    return key(of: cap)
  }

  /// The key that a cap stands for.
  func key(of cap: String) -> Key? {
    switch cap {
    case "⏎": .enter
    case "⌫": .backspace
    case "q": viewer.keys.keys(of: .quit).first
    case "w": viewer.keys.keys(of: .why).first
    default: cap.unicodeScalars.first.map { .character($0) }
    }
  }
}
