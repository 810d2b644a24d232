import Fixtures
import Foundation
import Testing

/// Files of a container and answers of a name server are anybody's: whatever they hold, reading them comes back.
@Suite struct NamesFuzzTests {
  private func mutated(_ input: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    let words = ["nameserver ", "search ", "options ndots:", "hosts:", "[!", "=return]", ":", "%", "\n", "#", "255"]
    var bytes = input
    for _ in 0..<Int.random(in: 1...5, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = .random(in: 0...255, using: &random)
      case 1: bytes[place] = [0, 1, 0x3F, 0x40, 0xC0, 0xFF].randomElement(using: &random) ?? 0
      case 2: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...20, using: &random)))
      case 3: bytes.insert(contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: place)
      case 4: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 40)], at: place)
      default: bytes = Array(bytes[..<place])
      }
    }
    return bytes
  }

  @Test(arguments: [Decoding.resolv, .hosts, .dns]) func mutatedBytesDoNoHarm(_ decoding: Decoding) throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let packed = try Data(contentsOf: folder.appendingPathComponent("Fuzz/Corpus/\(decoding.rawValue).corpus"))
    let inputs = try #require(Decoding.unpack([UInt8](packed)))
    var random = SeededGenerator(seed: 20_261_130)
    for _ in 0..<4000 {
      guard let input = inputs.randomElement(using: &random) else { return }
      decoding.run(mutated(input, &random))
    }
  }

  /// As long as a file or an answer may be: the time grows with the bytes, and no faster.
  @Test func longOnesDoNoHarm() {
    for line in ["nameserver 10.0.0.1\n", "search a b c\n", "hosts: files dns\n", "10.0.0.1 db\n", "a", " ", "\n", "["]
    {
      let bytes = Array(String(repeating: line, count: (64 << 10) / line.utf8.count).utf8)
      Decoding.resolv.run(bytes)
      Decoding.hosts.run(bytes)
    }
    // A question, then pointers one behind the other, each at the one before.
    var answer: [UInt8] = [0, 1, 0x81, 0x80, 0, 1, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0, 1, 0, 1]
    for number in 0..<4000 {
      let back = number == 0 ? 12 : min(0x3FFF, answer.count - 16)
      answer += [0xC0 | UInt8(back >> 8), UInt8(back & 255), 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, 10, 0, 0, 1]
    }
    Decoding.dns.run(answer)
  }
}
