import Fixtures
import Netlink
import RTNetlink
import Testing

/// Decodes the first message of a datagram as a link.
private func decodeLink(_ bytes: [UInt8]) throws -> LinkMessage? {
  var found: LinkMessage?
  try unsafe forEachMessage(in: bytes.span.bytes) { _, payload throws(DecodeError) in
    if found == nil { found = try LinkMessage(payload) }
  }
  return found
}

@Suite struct CodecTests {
  @Test func builderMakesWellFormedMessages() throws {
    var message = MessageBuilder(type: 16, flags: [.request, .ack])
    message.linkHeader(index: 7)
    message.attribute(LinkAttribute.name, string: "eth0")
    message.nested(LinkAttribute.linkInfo) { $0.attribute(LinkAttribute.Info.kind, string: "veth") }
    message.address(sequence: 5, port: 9)
    let bytes = message.bytes
    // 16 header + 16 ifinfomsg + 4+5+3 name + 4 nest + 4+5+3 kind
    #expect(bytes.count == 60)
    var headers: [MessageHeader] = []
    try unsafe forEachMessage(in: bytes.span.bytes) { header, _ in headers.append(header) }
    #expect(headers == [MessageHeader(length: 60, type: 16, flags: [.request, .ack], sequence: 5, port: 9)])
    let link = try #require(try decodeLink(bytes))
    #expect(link.index == 7)
    #expect(link.name == Array("eth0".utf8))
    #expect(link.kind == Array("veth".utf8))
  }

  @Test func stringsWithoutNulAndUnknownAttributesAreTaken() throws {
    var message = MessageBuilder(type: 16, flags: [])
    message.linkHeader(index: 3)
    message.attribute(999, [1, 2, 3])
    // Libraries send IFLA_INFO_KIND without its NUL.
    message.nested(LinkAttribute.linkInfo | 0x8000) { $0.attribute(LinkAttribute.Info.kind, Array("bond".utf8)) }
    let bytes = message.bytes
    #expect(try decodeLink(bytes)?.kind == Array("bond".utf8))
  }

  @Test func portFactsAreReadWhateverTheOrderOfKindAndData() throws {
    var message = MessageBuilder(type: 16, flags: [])
    message.linkHeader(index: 3)
    message.nested(LinkAttribute.linkInfo) { info in
      info.nested(LinkAttribute.Info.slaveData) { data in
        data.attribute(LinkAttribute.BridgePort.state, UInt8(3))
        data.attribute(LinkAttribute.BridgePort.isolated, UInt8(1))
        data.attribute(LinkAttribute.BridgePort.number, UInt16(2))
      }
      info.attribute(LinkAttribute.Info.slaveKind, string: "bridge")
    }
    let bytes = message.bytes
    let port = try #require(try decodeLink(bytes)?.port)
    #expect(port.state == 3)
    #expect(port.isolated == 1)
    #expect(port.number == 2)
    #expect(port.hairpin == nil)
  }

  @Test(arguments: [0, 1, 3, 15]) func lengthsThatCannotBeAreErrors(length: UInt32) {
    var bytes = [UInt8](repeating: 0, count: 32)
    bytes[0] = UInt8(length)
    #expect(throws: DecodeError.self) { try unsafe forEachMessage(in: bytes.span.bytes) { _, _ in } }
  }

  @Test func aMessageLongerThanTheDatagramIsAnErrorAfterTheGoodOnes() {
    var good = MessageBuilder(type: 16, flags: [])
    good.linkHeader(index: 1)
    var bytes = good.bytes + good.bytes
    bytes[32] = 200
    var count = 0
    #expect(throws: DecodeError.self) { try unsafe forEachMessage(in: bytes.span.bytes) { _, _ in count += 1 } }
    #expect(count == 1)
  }

  @Test func attributesThatCannotBeAreErrors() {
    for (length, payload) in [(UInt16(3), 8), (UInt16(0), 8), (UInt16(40), 8)] {
      var bytes = [UInt8](repeating: 0, count: payload)
      bytes[0] = UInt8(length)
      #expect(throws: DecodeError.self) { try unsafe forEachAttribute(of: "test", in: bytes.span.bytes) { _, _ in } }
    }
  }

  /// What somebody reads in a bug report: where the decoder was, by the names of the kernel's headers.
  @Test func anErrorNamesItsLayers() throws {
    var message = MessageBuilder(type: MessageType.newLink, flags: [])
    message.linkHeader(index: 3)
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: "bond")
      info.nested(LinkAttribute.Info.data) { bond in
        bond.attribute(1, UInt8(4))  // IFLA_BOND_MODE
        bond.nested(23) { $0.attribute(1, [9, 9]) }  // IFLA_BOND_AD_INFO
      }
    }
    var bytes = message.bytes
    // IFLA_BOND_AD_INFO_AGGREGATOR, the last one, says that it is longer than it is.
    bytes[bytes.count - 8] = 200
    let error = #expect(throws: DecodeError.self) { _ = try decodeLink(bytes) }
    #expect(
      "\(try #require(error))"
        == "ifinfomsg: IFLA_LINKINFO: IFLA_INFO_DATA of bond: IFLA_BOND_AD_INFO: attribute 1 at byte 0: length 200 with "
        + "8 bytes left")
    let short = #expect(throws: DecodeError.self) { try unsafe LinkMessage(bytes.span.bytes.extracting(0..<9)) }
    #expect("\(try #require(short))" == "ifinfomsg: 9 bytes are too few")
    let long = #expect(throws: DecodeError.self) { _ = try decodeLink([40, 0, 0, 0] + bytes[4..<32]) }
    #expect("\(try #require(long))" == "nlmsghdr: message of type 16 at byte 0: length 40 with 32 bytes left")
  }

  @Test func extendedAcknowledgementSpeaks() throws {
    // NLMSG_ERROR with NLM_F_CAPPED and NLM_F_ACK_TLVS: errno -22, the request's header, NLMSGERR_ATTR_MSG.
    var body: [UInt8] = [0xEA, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 16)
    let text = Array("Invalid target network namespace id".utf8) + [0]
    body += [UInt8(text.count + 4), 0, 1, 0] + text
    let header = MessageHeader(
      length: UInt32(16 + body.count), type: ControlType.error, flags: [.capped, .ackAttributes], sequence: 1, port: 1)
    let error = unsafe decodeError(header, body.span.bytes, operation: "RTM_GETLINK")
    #expect(error.code == 22)
    #expect(error.message == "Invalid target network namespace id")
  }

  @Test func shortStatisticsAreZeroFilled() {
    let bytes = [UInt8](repeating: 1, count: 20)
    let stats = unsafe LinkStats(bytes.span.bytes)
    #expect(stats.rxPackets == 0x0101_0101_0101_0101)
    #expect(stats.rxBytes == 0)
  }

  /// Every prefix and 20,000 mutations of real-looking messages: a value or an error, never a trap.
  @Test func mutationsDoNoHarm() throws {
    var message = MessageBuilder(type: 16, flags: [])
    message.linkHeader(index: 3)
    message.attribute(LinkAttribute.name, string: "veth0")
    message.attribute(LinkAttribute.stats64, [UInt8](repeating: 7, count: 200))
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: "bridge")
      info.nested(LinkAttribute.Info.data) { $0.attribute(LinkAttribute.Bridge.stpState, UInt32(1)) }
      info.attribute(LinkAttribute.Info.slaveKind, string: "bridge")
      info.nested(LinkAttribute.Info.slaveData) { $0.attribute(LinkAttribute.BridgePort.state, UInt8(3)) }
    }
    let original = message.bytes
    var generator = SeededGenerator(seed: 20_261_123)
    var decoded = 0
    for round in 0..<20_000 {
      var bytes = round < original.count ? Array(original.prefix(round)) : original
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      try? unsafe forEachMessage(in: bytes.span.bytes) { _, payload in
        if (try? LinkMessage(payload)) != nil { decoded += 1 }
        _ = try? AddressMessage(payload)
        _ = try? NamespaceIDMessage(payload)
        _ = try? StatsMessage(payload)
      }
    }
    #expect(decoded > 1000)
  }
}
