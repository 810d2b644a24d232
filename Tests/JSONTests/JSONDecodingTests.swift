import Fixtures
import Foundation
import JSON
import Testing

@Suite struct JSONDecodingTests {
  struct Record: Codable, Equatable {
    struct Part: Codable, Equatable {
      var name: String
      var isOn: Bool?
      var share: Double
    }
    var text: String
    var number: Int64
    var small: UInt8
    var parts: [Part]
    var labels: [String: String]
    var nothing: Int?
    var nested: [[Int]]
  }

  /// What Foundation writes of a value is read back as that value.
  @Test(arguments: [UInt64(1), 2, 3]) func foundationsTextIsReadAsTheSameValue(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let odd = Array("aé\u{7F}\u{1F}\"\\/\n支\u{10FFFF}")
    func text() -> String {
      String((0..<Int.random(in: 0..<12, using: &generator)).map { _ in odd.randomElement(using: &generator) ?? "a" })
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = seed == 2 ? [.prettyPrinted] : []
    for _ in 0..<300 {
      let record = Record(
        text: text(), number: Int64.random(in: .min ... .max, using: &generator),
        small: UInt8.random(in: 0...255, using: &generator),
        parts: (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
          Record.Part(
            name: text(), isOn: Bool.random(using: &generator) ? nil : Bool.random(using: &generator),
            share: Double.random(in: -1e9...1e9, using: &generator))
        },
        labels: Dictionary((0..<5).map { _ in (text(), text()) }, uniquingKeysWith: { first, _ in first }),
        nothing: nil,
        nested: (0..<3).map { _ in (0..<Int.random(in: 0..<3, using: &generator)).map { $0 } })
      var reader = JSONReader(try encoder.encode(record))
      #expect(try reader.read().decoded(as: Record.self) == record)
    }
  }

  @Test(arguments: [
    ("{\"a\":1.0}", 1), ("{\"a\":1e3}", 1000), ("{\"a\":-0}", 0), ("{\"a\":1.5}", nil), ("{\"a\":\"1\"}", nil),
    ("{\"a\":null}", nil), ("{\"a\":9223372036854775808}", nil), ("{}", nil), ("{\"a\":1,\"a\":2}", 1), ("[1]", nil),
  ])
  func wholeNumbersAsFoundationTakesThem(text: String, wanted: Int?) {
    var reader = JSONReader(text)
    let ours = try? reader.read().decoded(as: [String: Int].self)["a"]
    #expect(ours == wanted)
    #expect((try? JSONDecoder().decode([String: Int].self, from: Data(text.utf8)))?["a"] == wanted)
  }
}
