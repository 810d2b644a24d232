import Fixtures
import Foundation
import JSON
import Testing

@Suite struct JSONWriterTests {
  @Test func stringsAreEscaped() {
    var json = JSONWriter()
    json.object { json in
      json.key("a\"\\")
      json.value("\u{1}é支\u{7F}")
      json.field("n", [String]())
      json.field("x", Double.nan)
    }
    #expect(String(decoding: json.bytes, as: UTF8.self) == "{\"a\\\"\\\\\":\"\\u0001é支\\u007f\",\"n\":[],\"x\":null}")
  }

  /// What Foundation reads is what was written: any text, and numbers of every length.
  @Test(arguments: [UInt64(1), 2, 3]) func anythingIsReadBackAsItWas(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let plain = Array("abcdefgh0123 ~支")
    let odd = Array("é\u{7F}\u{80}\u{1F}\u{20}!\"#[\\]\n\t\u{0}\u{10FFFF}")
    let texts = (0..<3_000).map { _ in
      // One odd character in ten: most names have none, and the others one anywhere.
      String(
        (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
          (Int.random(in: 0..<10, using: &generator) == 0 ? odd : plain).randomElement(using: &generator) ?? "a"
        })
    }
    let numbers: [UInt64] =
      (0..<64).flatMap { (shift: UInt64) -> [UInt64] in [.max >> shift, 1 << shift] } + [
        0, 9, 10, 99, 100,
      ]
    let negative: [Int64] = [.min, -1, -9, -10, 0, .max]
    var json = JSONWriter(reserving: 1)
    json.object { json in
      json.field("texts", texts)
      json.array("numbers") { json in for number in numbers { json.value(number) } }
      json.array("negative") { json in for number in negative { json.value(number) } }
    }
    struct Whole: Decodable {
      var texts: [String]
      var numbers: [UInt64]
      var negative: [Int64]
    }
    let read = try JSONDecoder().decode(Whole.self, from: Data(json.bytes))
    #expect(read.texts.map { Array($0.utf8) } == texts.map { Array($0.utf8) })
    #expect(read.numbers == numbers)
    #expect(read.negative == negative)
  }

  @Test func whatGoesOutInPiecesIsTheSame() {
    var pieces: [[UInt8]] = []
    var json = JSONWriter(reserving: 100) { piece in pieces.append(piece.indices.map { piece[$0] }) }
    var whole = JSONWriter()
    for _ in 0..<20 {
      for text in ["plain", "\"quoted\"", String(repeating: "long ", count: 60), String(repeating: "\n", count: 60)] {
        json.value(text)
        whole.value(text)
      }
    }
    json.finish()
    #expect(pieces.count > 10)
    #expect(pieces.flatMap { $0 } == whole.bytes)
  }
}
