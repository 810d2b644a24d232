import Fixtures
import Testing

/// What tools print comes from a namespace whose owner is a stranger: any text is read, or refused with its place.
@Suite struct RulesFuzzTests {
  private static let nft = [
    RulesFixtures.docker29, RulesFixtures.docker20AsNFT, RulesFixtures.everyStatement, RulesFixtures.firewalld,
  ]
  private static let saves = [
    RulesFixtures.docker20, RulesFixtures.docker28, RulesFixtures.ufw, RulesFixtures.kubeProxy,
    RulesFixtures.everyMatch,
  ]
  private static let words = [
    "9223372036854775807", "-1", "99999999999999999999", "[[", "{", "\"", "\\", "--", "! ", ":", "/129", "0x", ",,",
  ]

  private func mutated(_ text: String, _ random: inout SeededGenerator) -> String {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...5, using: &random) where bytes.count > 8 {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: bytes[place] = .random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<min(bytes.count, place + Int.random(in: 1...40, using: &random)))
      case 2: bytes.insert(contentsOf: Array((Self.words.randomElement(using: &random) ?? "").utf8), at: place)
      case 3: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 60)], at: place)
      default: bytes = Array(bytes[..<place])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: Array(UInt64(1)...6)) func mutatedRulesetsDoNoHarm(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<120 {
      if let text = Self.nft.randomElement(using: &random) { Decoding.nft.run(Array(mutated(text, &random).utf8)) }
      if let text = Self.saves.randomElement(using: &random) {
        Decoding.iptables.run(Array(mutated(text, &random).utf8))
      }
    }
  }
}
