import NFNetlink
import Netlink
import Testing

/// Payloads of `IPCTNL_MSG_CT_NEW` from Linux 6.18 (from `struct nfgenmsg` on), with what /proc/net/nf_conntrack said of
/// them: a datagram whose destination nft translates, and its answer; a TCP connection of IPv6 with a mark.
///
///     udp 17 29 src=10.9.0.53 dst=10.9.0.77 sport=40000 dport=7 packets=1 bytes=30
///       src=10.9.0.57 dst=10.9.0.53 sport=7777 dport=40000 packets=1 bytes=30 mark=0 zone=0
///     tcp 6 431999 ESTABLISHED src=fd09::53 dst=fd09::53 sport=47226 dport=80 packets=2 bytes=152
///       src=fd09::53 dst=fd09::53 sport=80 dport=47226 packets=1 bytes=80 [ASSURED] mark=42 zone=0
private let translated = """
  020000003400018014000180080001000a090035080002000a09004d1c0002800500010011000000060002009c400000060003000007000034000280\
  14000180080001000a090039080002000a0900351c0002800500010011000000060002001e610000060003009c40000008000300000001aa08000800\
  0000000008000c009dd7f4de08000b0000000001080007000000001d1c0009800c00010000000000000000010c000200000000000000001e1c000a80\
  0c00010000000000000000010c000200000000000000001e
  """

private let established = """
  0a0000004c0001802c00018014000300fd09000000000000000000000000005314000400fd0900000000000000000000000000531c00028005000100\
  0600000006000200b87a000006000300005000004c0002802c00018014000300fd09000000000000000000000000005314000400fd09000000000000\
  00000000000000531c0002800500010006000000060002000050000006000300b87a0000080003000000000e080008000000002a08000c008526bd17\
  08000b0000000001080007000006977f300004802c0001800500010003000000050002000a000000050003000a000000060004002300000006000500\
  230000001c0009800c00010000000000000000020c00020000000000000000981c000a800c00010000000000000000010c0002000000000000000050
  """

@Suite struct ConntrackMessageTests {
  private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter(\.isHexDigit).map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test func aTranslatedDatagram() throws {
    let entry = try ConntrackMessage(bytes: bytes(translated))
    #expect(entry.original.source == [10, 9, 0, 53] && entry.original.destination == [10, 9, 0, 77])
    #expect(entry.original.protocolNumber == 17)
    #expect(entry.original.sourcePort == 40000 && entry.original.destinationPort == 7)
    #expect(entry.reply.source == [10, 9, 0, 57] && entry.reply.destination == [10, 9, 0, 53])
    #expect(entry.reply.sourcePort == 7777 && entry.reply.destinationPort == 40000)
    #expect(entry.status.isSuperset(of: [.seenReply, .destinationTranslated]))
    #expect(entry.status.isDisjoint(with: [.assured, .sourceTranslated, .dying]))
    #expect(entry.timeout == 29 && entry.tcpState == nil && entry.zone == 0)
    #expect(entry.sent?.packets == 1 && entry.sent?.bytes == 30 && entry.received?.bytes == 30)
  }

  @Test func aConnectionOfIPv6() throws {
    let entry = try ConntrackMessage(bytes: bytes(established))
    #expect(entry.original.source.count == 16 && entry.original.source.last == 0x53)
    #expect(entry.tcpState == ConntrackMessage.TCPState.established.rawValue)
    #expect(entry.status.isSuperset(of: [.seenReply, .assured]) && entry.mark == 42 && entry.timeout == 431_999)
    #expect(entry.sent?.packets == 2 && entry.received?.packets == 1)
  }

  @Test func everyCutIsRefusedOrRead() {
    for text in [translated, established] {
      let whole = bytes(text)
      for length in 0..<whole.count { _ = try? ConntrackMessage(bytes: Array(whole[..<length])) }
      for place in whole.indices {
        var changed = whole
        changed[place] ^= 0xFF
        _ = try? ConntrackMessage(bytes: changed)
      }
      #expect(throws: DecodeError.self) { try ConntrackMessage(bytes: Array(whole[..<3])) }
      #expect(throws: DecodeError.self) { try ConntrackMessage(bytes: Array(whole.dropLast(2))) }
    }
  }

  @Test func questionsAreDumps() {
    #expect(Conntrack.entries(.ipv6).bytes[16] == 10 && Conntrack.entries(nil).bytes[16] == 0)
    #expect(Conntrack.entries(nil).flags == [.request, .dump] && Conntrack.statistics().flags == [.request, .dump])
    #expect(Conntrack.entryType == 0x100 && Conntrack.statisticsType == 0x104)
  }
}
