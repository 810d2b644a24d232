import Paths
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

  @Test func aReplyHasAllThreeOfTheRequest() throws {
    let request = EchoMessage(identifier: 0x1234, sequence: 7, nonce: [1, 2, 3, 4, 5, 6, 7, 8])
    for isIPv6 in [false, true] {
      var bytes = request.request(isIPv6: isIPv6, payload: 56)
      #expect(bytes[8..<16] == [1, 2, 3, 4, 5, 6, 7, 8] && bytes[16] == 0x18 && bytes.count == 64)
      bytes[0] = isIPv6 ? 129 : 0
      #expect(request.isAnswered(by: try #require(EchoMessage(reply: bytes, isIPv6: isIPv6))))
      for place in 4..<16 {
        var changed = bytes
        changed[place] ^= 1
        #expect(!request.isAnswered(by: try #require(EchoMessage(reply: changed, isIPv6: isIPv6))))
      }
      // Cut in the nonce: somebody answered who can't have it whole.
      for length in 8..<16 {
        #expect(!request.isAnswered(by: try #require(EchoMessage(reply: Array(bytes[..<length]), isIPv6: isIPv6))))
      }
    }
  }

  @Test func whatHasNoRoomForTheNonceHasAPartOfIt() throws {
    for payload in 0..<9 {
      let request = EchoMessage(identifier: 1, sequence: 2, nonce: Array([9, 8, 7, 6, 5, 4, 3, 2].prefix(payload)))
      var bytes = request.request(isIPv6: true, payload: payload)
      #expect(bytes.count == 8 + payload)
      bytes[0] = 129
      #expect(request.isAnswered(by: try #require(EchoMessage(reply: bytes, isIPv6: true))))
      #expect((EchoNonce.remark(payload: payload) == nil) == (payload == 8))
    }
  }

  @Test func aQuoteMayEndBeforeTheNonceAndNotDiffer() throws {
    let request = EchoMessage(identifier: 0x1234, sequence: 7, nonce: [1, 2, 3, 4, 5, 6, 7, 8])
    for isIPv6 in [false, true] {
      let bytes = request.request(isIPv6: isIPv6, payload: 56)
      for length in 0..<bytes.count {
        let quote = EchoMessage(quoted: Array(bytes[..<length]), isIPv6: isIPv6)
        #expect(quote.map(request.isQuoted) == (length < 8 ? nil : true))
      }
      for place in [0, 1, 4, 5, 6, 7, 8, 15] {
        var changed = bytes
        changed[place] ^= 1
        #expect(EchoMessage(quoted: changed, isIPv6: isIPv6).map(request.isQuoted) != true)
      }
    }
  }
}
