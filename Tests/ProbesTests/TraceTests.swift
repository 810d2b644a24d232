import NFNetlink
import Netfilter
import Questions
import Testing
import Topology

@testable import Probes

/// Payloads of `NFT_MSG_TRACE` from Linux 6.18 (from `struct nfgenmsg` on): a reply that our table's rule in the
/// namespace of a bridge marked, and that iptables-nft's FORWARD then dropped.
private let marked = """
  0100000008000f00000000020800040000000003080006003fef49a20f000200707265726f7574696e670000130001006e65746e732d746f702d32\
  34393200000c00030000000000000000040c00050008000100ffffffff08000a000000000206000b000001000018000800450000543f1100004001\
  25260a3701030a37010218000900000048a3fe860001101112131415161718191a1b120007000af42672f3080af151fd470908000000
  """

private let dropped = """
  0200000008000f00000000020800040000000003080006003fef49a20c000200464f5257415244000b00010066696c74657200000c000300000000\
  00000000040c000500080001000000000008000a000000000206000b000001000008000c000000000206000d000001000018000800450000543f11\
  000040012526
  """

private let policy = """
  0200000008000f000000000208000400000000010800060065ddb67d0c000200464f5257415244000b00010066696c746572000008001000000000\
  01
  """

@Suite struct TraceEventTests {
  private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.filter(\.isHexDigit).map { UInt8($0.hexDigitValue ?? 0) }
    return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test func aRuleThatMarkedAReply() throws {
    let event = try TraceEvent(bytes: bytes(marked))
    #expect(String(decoding: event.table, as: UTF8.self) == "netns-top-2492")
    #expect(event.packet == 0x3FEF_49A2)
    #expect(event.handle == 4)
    #expect(event.verdict == -1)
    let echo = try #require(event.echo)
    #expect(echo.isReply)
    #expect(echo.sequence == 1)
  }

  @Test func aDropAndAPolicy() throws {
    // The network header of the second is cut: its length is told, and more than there is.
    #expect(throws: (any Error).self) { try TraceEvent(bytes: bytes(dropped)) }
    let whole = bytes(dropped).dropLast(24)
    let step = try #require(
      try TraceEvent(bytes: Array(whole)).step(in: NamespaceID(serial: 4), isReply: true))
    #expect(
      step
        == TraceOutcome.Step(
          namespace: NamespaceID(serial: 4), kind: .rule, family: .ip, table: "filter", chain: "FORWARD", handle: 4,
          verdict: "drop", isReply: true))
    let last = try #require(try TraceEvent(bytes: bytes(policy)).step(in: .host, isReply: false))
    #expect(last.kind == .policy)
    #expect(last.verdict == "accept")
    #expect(last.handle == nil)
  }

  @Test func jumpsNameTheirChainSafely() throws {
    var event = try TraceEvent(bytes: bytes(policy))
    event.type = 3
    event.handle = 9
    event.verdict = -3
    event.target = Array("a\u{1B}[2Jb".utf8)
    let step = try #require(event.step(in: .host, isReply: false))
    #expect(step.verdict.hasPrefix("jump a"))
    #expect(!step.verdict.contains("\u{1B}"))
    event.handle = nil
    event.verdict = -1
    #expect(event.step(in: .host, isReply: false)?.kind == .chainReturn)
    event.family = 99
    #expect(event.step(in: .host, isReply: false) == nil)
  }

  @Test func everyCutIsRefusedOrRead() {
    let whole = bytes(marked)
    for length in 0..<whole.count { _ = try? TraceEvent(bytes: Array(whole[..<length])) }
    for position in whole.indices {
      var changed = whole
      changed[position] ^= 0xFF
      _ = try? TraceEvent(bytes: changed)
    }
  }
}
