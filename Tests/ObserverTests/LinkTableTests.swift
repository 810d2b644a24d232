import Fixtures
import Netlink
import RTNetlink
import Readings
import Testing
import Topology

@testable import Observer

@Suite struct LinkTableTests {
  private static func record(_ index: UInt32, _ name: String) throws -> LinkRecord {
    var message = MessageBuilder(type: 16, flags: [])
    message.linkHeader(index: Int32(index))
    message.attribute(LinkAttribute.name, string: name)
    let bytes = message.bytes
    var found: LinkRecord?
    try unsafe forEachMessage(in: bytes.span.bytes) { _, payload throws(DecodeError) in
      found = LinkRecord(try LinkMessage(payload), in: .host)
    }
    return try #require(found)
  }

  /// A dictionary as oracle: the same operations, then the same rows in order.
  @Test(arguments: [UInt64(1), 2, 3]) func aTableIsASortedDictionary(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var table = LinkTable()
    var oracle: [UInt32: String] = [:]
    for step in 0..<2_000 {
      let index = UInt32.random(in: 1...60, using: &generator)
      if Int.random(in: 0..<3, using: &generator) == 0 {
        table[index] = nil
        oracle[index] = nil
      } else {
        table[index] = try Self.record(index, "n\(step)")
        oracle[index] = "n\(step)"
      }
      #expect(Array(table.indices) == oracle.keys.sorted())
      #expect(table[index]?.link.name == oracle[index])
      #expect(table.isEmpty == oracle.isEmpty)
    }
    for index in UInt32(0)...61 { #expect(table[index]?.link.name == oracle[index]) }
  }

  /// As older kernels dump them: in any order, and now and then one twice.
  @Test func anyOrderIsTaken() throws {
    let rows = try [(7, "a"), (3, "b"), (7, "c"), (1, "d"), (3, "e")].map { try Self.record($0.0, $0.1) }
    var table = LinkTable(rows)
    #expect(table.rows.map(\.link.name) == ["d", "e", "c"])
    table.assign([3: [InterfaceAddress(local: .unspecified, prefixLength: 8)]])
    #expect(table.rows.map(\.addresses.count) == [0, 1, 0])
  }
}
