import Fixtures
import Foundation
import Testing

/// Hostile bytes: mutations of messages that this kernel's family sent, captured with rtmon by a script that makes and
/// unmakes links of every kind at hand (Linux 6.18, iproute2 6.1).
@Suite struct FuzzTests {
  private static func corpus() throws -> [[UInt8]] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Corpus")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    return try files.flatMap { Decoding.messages([UInt8](try Data(contentsOf: $0))) }
  }

  /// What coverage-guided fuzzing has found (.ci/fuzz): every branch that it reached, with the fewest bytes.
  @Test(arguments: Decoding.allCases) func theCorpusDoesNoHarm(_ decoding: Decoding) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = folder.appendingPathComponent("Fuzz/Corpus/\(decoding.rawValue).corpus")
    let packed = try Data(contentsOf: file)
    let inputs = try #require(Decoding.unpack([UInt8](packed)))
    #expect(inputs.count > 20)
    // All of them together stay below 5 MB.
    #expect(packed.count < 700 << 10)
    for input in inputs { decoding.run(input) }
  }

  @Test func mutatedMessagesDoNoHarm() throws {
    let corpus = try Self.corpus()
    try #require(corpus.count > 100)
    var random = SeededGenerator(seed: 20_261_124)
    for _ in 0..<20_000 {
      guard let message = corpus.randomElement(using: &random) else { return }
      Decoding.messages.run(Decoding.mutated(message, &random))
    }
  }

  @Test(arguments: [0, 1, 2, 3, 4, 15, 16, 17, 19]) func cutMessagesDoNoHarm(length: Int) throws {
    for message in try Self.corpus() {
      Decoding.messages.run(Array(message.prefix(length)))
      Decoding.messages.run(Array(message.dropLast(length)))
    }
  }

  /// 16,000 attributes one in the other: the schema says how deep to look, so depth costs nothing.
  @Test func deepNestingDoesNoHarm() {
    for type in [18, 26, 12, 52] as [UInt8] {
      var inner: [UInt8] = []
      for _ in 0..<12_000 {
        let length = inner.count + 4
        guard length < 65_000 else { break }
        inner = [UInt8(length & 255), UInt8(length >> 8), type, 0x80] + inner
      }
      let length = inner.count + 32
      let header =
        (0..<4).map { UInt8(truncatingIfNeeded: length >> ($0 * 8)) } + [16, 0, 0, 0] + [UInt8](repeating: 0, count: 8)
      Decoding.messages.run(header + [UInt8](repeating: 0, count: 16) + inner)
    }
  }

  /// Hostile datagrams that others collected (a length, then so many bytes), each followed by a good one.
  @Test(.enabled(if: FuzzTests.malformed != nil, "NETNS_TOP_VECTORS names no folder"))
  func collectedHostileDatagramsDoNoHarm() throws {
    let packed = try #require(Self.malformed)
    let inputs = try #require(Decoding.unpack([UInt8](packed)))
    for input in inputs { Decoding.messages.run(input) }
    #expect(inputs.count > 900)
  }

  private static let malformed: Data? = {
    guard let folder = ProcessInfo.processInfo.environment["NETNS_TOP_VECTORS"] else { return nil }
    return try? Data(contentsOf: URL(fileURLWithPath: folder).appendingPathComponent("malformed.bin"))
  }()
}
