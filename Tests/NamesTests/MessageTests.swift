import Testing
import Topology

@testable import Names

@Suite struct MessageTests {
  private let query: [UInt8]
  private let name: DNSName

  init() throws {
    name = try DNSName(Array("db.example".utf8))
    query = DNSMessage.query(id: 0x1234, name: name, type: .a)
  }

  @Test func aQueryIsAsTheStandardHasIt() throws {
    // RFC 1035, 4.1: header, then the name's labels, A, IN.
    #expect(
      query == [0x12, 0x34, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 2, 0x64, 0x62, 7] + Array("example".utf8) + [0, 0, 1, 0, 1])
    let large = DNSMessage.query(id: 1, name: .root, type: .ns, usesEDNS: true)
    #expect(large == [0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0])
  }

  @Test func aliasesAreFollowedInTheirOrder() throws {
    let records = [
      Answering.alias("DB.example", "a.example"), Answering.address("b.example", [10, 0, 0, 9]),
      Answering.alias("a.example", "b.example"), Answering.address("b.EXAMPLE", [10, 0, 0, 7]),
      Answering.address("b.example", [10, 0, 0, 7]), Answering.address("other.example", [10, 0, 0, 8]),
    ]
    let message = try DNSMessage(Answering.answer(query, records: records))
    #expect(message.answers(id: 0x1234, name: try DNSName(Array("Db.ExAmple.".utf8)), type: .a))
    #expect(message.result.addresses.map(\.description) == ["10.0.0.7"])
    #expect(message.result.canonical.description == "b.example")
  }

  @Test func aliasesInACircleLeadNowhere() throws {
    let circle = (0..<200).flatMap { _ in
      [Answering.alias("db.example", "a.example"), Answering.alias("a.example", "db.example")]
    }
    let message = try DNSMessage(Answering.answer(query, records: circle))
    #expect(message.result.addresses.isEmpty)
    #expect((message.records.count, message.omitted, message.answerCount) == (64, 336, 400))
  }

  @Test func tenThousandRecordsAreCounted() throws {
    // A pointer to the question's name, and data of nothing: as many as a message may say that it has.
    let records = (0..<4000).map { Answering.record([0xC0, 12], type: 1, Answering.word($0) + Answering.word(0)) }
    let message = try DNSMessage(Answering.answer(query, records: records))
    #expect(message.result.addresses.count == 64 && message.omitted == 3936)
    #expect(throws: DNSMessage.Fault.short) {
      try DNSMessage(Answering.answer(query, records: records, count: 10_000))
    }
  }

  @Test func pointersLeadBackOrNowhere() throws {
    func owner(_ bytes: [UInt8]) -> String? {
      let answer = Answering.answer(query, records: [Answering.record(bytes, type: 1, [10, 0, 0, 1])])
      return (try? DNSMessage(answer))?.records.first?.owner.description
    }
    let here = UInt8(query.count)
    #expect(owner([0xC0, 12]) == "db.example")
    #expect(owner([1, 0x78, 0xC0, 15]) == "x.example")
    #expect(owner([0xC0, here]) == nil)
    #expect(owner([0xC0, here + 2]) == nil)
    #expect(owner([0xFF, 0xFF]) == nil)
    #expect(owner([0x40, 0]) == nil)
    #expect(owner([0x80, 0]) == nil)
    // Two pointers at each other.
    #expect(owner([1, 0x78, 0xC0, here]) == nil)
  }

  @Test func namesHaveTheirLimits() throws {
    let long = String(repeating: "a", count: 63)
    #expect(throws: DNSName.Fault.longLabel) { try DNSName(Array((long + "a").utf8)) }
    #expect(throws: DNSName.Fault.emptyLabel) { try DNSName(Array("a..b".utf8)) }
    #expect(throws: DNSName.Fault.emptyLabel) { try DNSName([]) }
    let full = Array([long, long, long, String(repeating: "b", count: 61)].joined(separator: ".").utf8)
    #expect(try DNSName(full).bytes.count == 255)
    #expect(throws: DNSName.Fault.longName) { try DNSName(full + [0x62]) }
    #expect(try DNSName([0x2E]).bytes == [0])
    #expect(try DNSName(Array("a\u{1B}[2J.x".utf8)).description == "a\\x1b[2J.x")
  }

  @Test func anAnswerToAnotherQuestionIsNone() throws {
    let answer = Answering.answer(query, records: [Answering.address("db.example", [10, 0, 0, 7])])
    let message = try DNSMessage(answer)
    #expect(!message.answers(id: 0x1235, name: name, type: .a))
    #expect(!message.answers(id: 0x1234, name: name, type: .aaaa))
    #expect(!message.answers(id: 0x1234, name: try DNSName(Array("db.example2".utf8)), type: .a))
    #expect(!(try DNSMessage(query)).answers(id: 0x1234, name: name, type: .a))
  }

  @Test func everyCutIsRefusedOrRead() {
    let records = [Answering.alias("db.example", "a.example"), Answering.address("a.example", [10, 0, 0, 7])]
    let whole = Answering.answer(query, records: records)
    for length in 0..<whole.count { #expect(throws: DNSMessage.Fault.self) { try DNSMessage(Array(whole[..<length])) } }
    for place in whole.indices {
      for value in [0, 1, 63, 64, 0xBF, 0xC0, 0xFF] as [UInt8] {
        var changed = whole
        changed[place] = value
        // It comes back: that is all that is asked.
        _ = (try? DNSMessage(changed))?.result
      }
    }
  }
}
