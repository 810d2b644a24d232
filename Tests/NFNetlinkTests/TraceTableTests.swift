import NFNetlink
import Testing

@Suite struct TraceTableTests {
  private func types(_ bytes: [UInt8]) -> [UInt16] {
    var types: [UInt16] = []
    var offset = 0
    while offset + 16 <= bytes.count {
      let length = Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
      types.append(UInt16(bytes[offset + 4]) | UInt16(bytes[offset + 5]) << 8)
      guard length >= 16 else { break }
      offset += (length + 3) & ~3
    }
    return types
  }

  @Test(.enabled(if: 1.littleEndian == 1, "lengths are read as a little-endian machine writes them"))
  func theBatchIsWhole() {
    var table = TraceTable(
      name: "netns-top-1", family: .inet, source: [10, 0, 0, 1], destination: [10, 0, 0, 2])
    let (newTable, newChain, newRule) = (UInt16(0xA00), UInt16(0xA03), UInt16(0xA06))
    // Request and reply in each of two chains.
    #expect(
      types(table.batch(sequence: 1, port: 7)) == [16, newTable, newChain, newChain]
        + [UInt16](repeating: newRule, count: 4) + [17])
    // With an identifier either address will do, for the other may be translated.
    table.identifier = 9
    #expect(types(table.batch(sequence: 1, port: 7)).filter { $0 == newRule }.count == 8)
    table.source = nil
    #expect(types(table.batch(sequence: 1, port: 7)).filter { $0 == newRule }.count == 4)
  }
}
