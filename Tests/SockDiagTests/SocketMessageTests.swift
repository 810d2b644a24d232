import Netlink
import SockDiag
import Testing

/// Answers of Linux 6.18 on x86-64 to dumps of the sockets that listen, made beside Python's `socket.listen(5)` and
/// `listen(3)` in a fresh network namespace; their integers are those of a little-endian machine.
@Suite(.enabled(if: 1.littleEndian == 1, "the messages are a little-endian machine's"))
struct SocketMessageTests {
  private static let ipv4 =
    "020a00001f9000007f0000010000000000000000000000000000000000000000000000000000000000000000950a000000000000"
    + "0000000001000000050000000000000095bd0f01050008000000000008000f00000000000c001500010000000000000006001600"
    + "52000000"
  private static let ipv6 =
    "0a0a00001f91000000000000000000000000000000000000000000000000000000000000000000000000000000000000960a0000"

  private func message(_ hex: String) throws -> SocketMessage {
    let bytes = stride(from: 0, to: hex.count, by: 2).compactMap {
      UInt8(hex.dropFirst($0).prefix(2), radix: 16)
    }
    return try unsafe SocketMessage(bytes.span.bytes)
  }

  @Test func aListenerOfIPv4() throws {
    let socket = try message(Self.ipv4)
    #expect(socket.family == 2 && socket.state == SocketMessage.Kind.listeningTCP.state)
    #expect(socket.address == [127, 0, 0, 1] && socket.port == 8080)
    // One connection waits, and five may.
    #expect(socket.receiveQueue == 1 && socket.sendQueue == 5)
    #expect(socket.inode == 0x010F_BD95 && !socket.isIPv6Only)
  }

  @Test func whatIsCutIsRefused() {
    for length in stride(from: 0, to: 144, by: 2) {
      #expect(throws: DecodeError.self) { try message(String(Self.ipv4.prefix(length))) }
    }
    #expect(throws: DecodeError.self) { try message(Self.ipv6) }
  }
}
