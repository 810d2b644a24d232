import Canvas
import Fixtures
import Foundation
import FoundationXML
import Testing

/// What a viewer of SVG would see, read by an XML parser that knows nothing of how it was made.
@Suite struct SVGTests {
  /// The words of a document with their places, and its title.
  private final class Reader: NSObject, XMLParserDelegate {
    struct Word {
      var x: Double
      var y: Double
      var isCentered: Bool
      var text = ""
    }
    var words: [Word] = []
    var names: [String: String] = [:]
    var elements: [String: Int] = [:]
    private var open = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      open = name
      elements[name, default: 0] += 1
      if name == "text" {
        words.append(
          Word(
            x: Double(attributes["x"] ?? "") ?? -1, y: Double(attributes["y"] ?? "") ?? -1,
            isCentered: attributes["text-anchor"] == "middle"))
      }
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
      if open == "text" { words[words.count - 1].text += text }
      names[open, default: ""] += text
    }

    func parser(
      _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
    ) { open = "" }
  }

  private func read(_ document: String) throws -> Reader {
    let parser = XMLParser(data: Data(document.utf8))
    let reader = Reader()
    parser.delegate = reader
    #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
    return reader
  }

  @Test func hostileNamesStayText() throws {
    let names = [
      "</text><script>alert(1)</script>", "a&b<c>\"d'", "]]>", "\u{1B}[31m\u{7}\u{0}x", "\u{FFFE}\u{FFFF}\u{202E}abc",
      "支付<网关>", "e\u{301}&#0;", "<!--", "%n%s",
    ]
    var canvas = CellCanvas(Size(width: 60, height: names.count))
    for (y, name) in names.enumerated() { canvas.put(name, x: 1, y: y, role: .boxTitle) }
    for theme in Theme.all {
      let title = names.joined()
      let reader = try read(canvas.svg(theme, title: title, description: title))
      #expect(reader.elements["script"] == nil)
      #expect(reader.names["title"]?.contains("</text><script>") == true)
      #expect(reader.words.map(\.text).joined().contains("</text><script>alert(1)</script>"))
      #expect(!title.isEmpty && reader.elements["svg"] == 1 && reader.elements["desc"] == 1)
    }
  }

  /// Every character stands at its column, and nothing else is written.
  @Test func wordsStandAtTheirCells() throws {
    var generator = SeededGenerator(seed: 21)
    let pieces = ["支", "a", "─", "e\u{301}", "付网", "xyz", "●", "┏", "▇", "⏎", "…", "10.0.0.1/16", "╌", "→"]
    var canvas = CellCanvas(Size(width: 50, height: 12))
    for _ in 0..<300 {
      canvas.put(
        pieces[Int.random(in: 0..<pieces.count, using: &generator)], x: Int.random(in: 0...49, using: &generator),
        y: Int.random(in: 0..<12, using: &generator), role: Role.allCases.randomElement(using: &generator) ?? .text)
    }
    let reader = try read(canvas.svg(.dark, title: "t", description: "d"))
    var found = CellCanvas(canvas.size)
    for word in reader.words {
      let width = word.isCentered ? displayWidth(word.text) : 0
      let x = (word.x - Double(width) * 4.5) / 9
      let y = (word.y - 15) / 20
      #expect(x == x.rounded() && y == y.rounded(), "\(word)")
      found.put(word.text, x: Int(x), y: Int(y), role: .text)
    }
    let drawn = Set("─┏●▇╌".unicodeScalars)
    let wanted = canvas.rows.map { row in
      var out = String.UnicodeScalarView()
      for scalar in row.unicodeScalars { out.append(drawn.contains(scalar) ? " " : scalar) }
      while out.last == " " { out.removeLast() }
      return String(out)
    }
    #expect(found.rows == wanted)
  }

  /// A frame is four strokes, however large: lines are joined.
  @Test func aFrameIsFourLines() throws {
    var canvas = CellCanvas(Size(width: 40, height: 20))
    var lines = LineLayer()
    lines.frame(Rect(x: 2, y: 2, width: 30, height: 12), .heavy, role: .bridge)
    lines.draw(on: &canvas, dx: 0, dy: 0, clip: Rect(x: 0, y: 0, width: 40, height: 20), glyphs: .unicode)
    let document = canvas.svg(.dark, title: "", description: "")
    #expect(try read(document).elements["path"] == 1)
    let path = document.split(separator: "\n").first { $0.hasPrefix("<path") } ?? ""
    #expect(path.filter { $0 == "M" }.count == 4, "\(path)")
    #expect(path.contains("M22.5 50.5H283.5") && path.contains("stroke=\"#5fafff\""), "\(path)")
  }

  @Test func everyLineIsUnderstood() {
    for value in UInt32(0x2500)...0x257F {
      guard let scalar = Unicode.Scalar(value) else { continue }
      var canvas = CellCanvas(Size(width: 1, height: 1))
      canvas.put(String(scalar), x: 0, y: 0, role: .wire)
      let document = canvas.svg(.dark, title: "", description: "")
      // Dashes of three and four, doubles and diagonals are not drawn by this program: they stay characters.
      #expect(document.contains("<path") != document.contains("<text"), "\(scalar)")
    }
  }
}
