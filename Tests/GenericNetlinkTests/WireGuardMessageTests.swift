import Netlink
import Testing

@testable import GenericNetlink

/// Answers of Linux 6.12 on x86-64, made beside wg(8) of wireguard-tools 1.0.20210914; their integers are those of a
/// little-endian machine. The keys were made for this: the private one is 32 bytes of 1, the preshared one 32 of 3.
@Suite(.enabled(if: 1.littleEndian == 1, "the messages are a little-endian machine's"))
struct WireGuardMessageTests {
  private static let family =
    "010200000e000200776972656775617264000000060001002300000008000300010000000800040000000000080005000800"
    + "00002c000600140001000800010000000000080002001c000000140002000800010001000000080002001a000000"
  /// `wg show wg0 dump` says: port 51820, fwmark 0x7; a peer at 192.0.2.7:1234 with 10.8.0.2/32 and fd00::/64, and one at
  /// [2001:db8::4]:51821 with 0.0.0.0/0; no handshake with either.
  private static let device =
    "00010000060006006cca00000800070007000000080001000200000008000200776730002400030000010101010101010101"
    + "0101010101010101010101010101010101010101014124000400a4e09292b651c278b9772c569f5fa9bb13d906b46ab68c9d"
    + "f9dc2b4409f8a209b0010880e400008024000100ce8d3ad1ccb633ec7b70c17814a5c76ecd029685050d344745ba05870e58"
    + "7d59240002000303030303030303030303030303030303030303030303030303030303030303140006000000000000000000"
    + "000000000000000006000500190000000c00080000000000000000000c000700000000000000000008000a00010000001400"
    + "0400020004d2c00002070000000000000000480009801c00008005000300200000000600010002000000080002000a080002"
    + "280000800500030040000000060001000a00000014000200fd000000000000000000000000000000c800008024000100ac01"
    + "b2209e86354fb853237b5de0f4fab13c7fcbf433a61c019369617fecf10b2400020000000000000000000000000000000000"
    + "00000000000000000000000000000000140006000000000000000000000000000000000006000500000000000c0008000000"
    + "0000000000000c000700000000000000000008000a0001000000200004000a00ca6d0000000020010db80000000000000000"
    + "0000000400000000200009801c000080050003000000000006000100020000000800020000000000"

  private func bytes(_ hex: String) -> [UInt8] {
    stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
  }

  private func message(_ hex: String) throws -> WireGuardMessage {
    let bytes = bytes(hex)
    return try unsafe WireGuardMessage(bytes.span.bytes)
  }

  @Test func theFamilysNumber() throws {
    let bytes = bytes(Self.family)
    #expect(try unsafe GenericFamily.number(bytes.span.bytes) == 35)
    let nothing: [UInt8] = [1, 2, 0, 0]
    #expect(throws: DecodeError.self) { try unsafe GenericFamily.number(nothing.span.bytes) }
  }

  @Test func aDeviceAndItsPeers() throws {
    let device = try message(Self.device)
    #expect(device.listenPort == 51820 && device.mark == 7)
    // pOCSkrZRwni5dyxWn1+puxPZBrRqtoyd+dwrRAn4ogk=
    #expect(device.publicKey.prefix(4) == [0xA4, 0xE0, 0x92, 0x92] && device.publicKey.count == 32)
    #expect(device.peers.count == 2)
    let first = try #require(device.peers.first)
    #expect(first.publicKey.prefix(3) == [0xCE, 0x8D, 0x3A])
    #expect(first.endpoint == [192, 0, 2, 7] && first.endpointPort == 1234 && first.lastHandshake == 0)
    #expect(
      first.allowed == [
        WireGuardMessage.Prefix(address: [10, 8, 0, 2], length: 32),
        WireGuardMessage.Prefix(address: [0xFD, 0] + [UInt8](repeating: 0, count: 14), length: 64),
      ])
    let second = try #require(device.peers.last)
    #expect(second.endpoint == [0x20, 1, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [4])
    #expect(second.endpointPort == 51821 && second.allowed.map(\.length) == [0])
    // Of a preshared key only that there is one, and which.
    #expect(first.presharedKeyMark != nil && second.presharedKeyMark == nil)
    #expect(try message(Self.device).peers[0].presharedKeyMark == first.presharedKeyMark)
  }

  /// What is secret is nowhere in what was decoded.
  @Test func secretsAreNotKept() throws {
    let device = try message(Self.device)
    let dumped = String(reflecting: device)
    #expect(!dumped.contains("[1, 1, 1, 1") && !dumped.contains("[3, 3, 3, 3"))
  }

  /// A peer with many addresses goes on in the next message.
  @Test func partsOfOneDevice() throws {
    var device = try message(Self.device)
    var next = WireGuardMessage.Peer()
    next.publicKey = device.peers[1].publicKey
    next.allowed = [WireGuardMessage.Prefix(address: [10, 0, 0, 0], length: 8)]
    var part = device
    part.peers = [next]
    device.append(part)
    #expect(device.peers.count == 2 && device.peers[1].allowed.map(\.length) == [0, 8])
  }

  @Test func whatIsCutIsRefusedOrPartial() throws {
    let whole = bytes(Self.device)
    for length in 0..<whole.count {
      let cut = Array(whole.prefix(length))
      // No trap, whatever is missing.
      _ = try? unsafe WireGuardMessage(cut.span.bytes)
    }
    #expect(throws: DecodeError.self) { try message("00") }
  }
}
