import Probes
import Testing

@Suite struct EchoTests {
  @Test func requestsHaveAValidChecksum() {
    let bytes = EchoMessage(identifier: 0x1234, sequence: 7).request(isIPv6: false, payload: 57)
    #expect(bytes.count == 65)
    #expect(EchoMessage.checksum(bytes) == 0)
    // The example of RFC 1071, section 3.
    #expect(EchoMessage.checksum([0x00, 0x01, 0xF2, 0x03, 0xF4, 0xF5, 0xF6, 0xF7]) == ~UInt16(0xDDF2))
  }

  @Test func repliesAreReadBehindAnIPHeader() {
    let icmp: [UInt8] = [0, 0, 0, 0, 0x12, 0x34, 0, 7]
    #expect(EchoMessage(reply: icmp, isIPv6: false) == EchoMessage(identifier: 0x1234, sequence: 7))
    let header: [UInt8] = [0x45] + [UInt8](repeating: 0, count: 19)
    #expect(EchoMessage(reply: header + icmp, isIPv6: false) == EchoMessage(identifier: 0x1234, sequence: 7))
    #expect(EchoMessage(reply: [8, 0, 0, 0, 0, 0, 0, 0], isIPv6: false) == nil)
    #expect(EchoMessage(reply: [129, 0, 0, 0, 0, 1, 0, 2], isIPv6: true) == EchoMessage(identifier: 1, sequence: 2))
    for length in 0..<8 { #expect(EchoMessage(reply: [UInt8](repeating: 0x4F, count: length), isIPv6: false) == nil) }
  }
}
