internal import Netlink

/// The expressions of a rule, in the order in which the kernel runs them; all of them use one register
/// (`linux/netfilter/nf_tables.h`).
struct NFExpressions {
  /// Which header of a packet a payload is in (`NFT_PAYLOAD_*_HEADER`).
  enum Header: UInt32 {
    case network = 1
    case transport = 2
  }

  private(set) var list: MessageBuilder

  init(list: MessageBuilder) { self.list = list }

  private static let register = UInt32(1).bigEndian  // NFT_REG_1

  private mutating func append(_ name: String, _ data: (inout MessageBuilder) -> Void) {
    list.nested(NFTables.nested | 1) {  // NFTA_LIST_ELEM
      $0.attribute(1, string: name)  // NFTA_EXPR_NAME
      $0.nested(NFTables.nested | 2, data)  // NFTA_EXPR_DATA
    }
  }

  /// Goes on only where a packet's meta data of that key (`NFT_META_*`) have that value.
  mutating func match(meta key: UInt32, _ value: [UInt8]) {
    append("meta") {
      $0.attribute(1, Self.register)  // NFTA_META_DREG
      $0.attribute(2, key.bigEndian)  // NFTA_META_KEY
    }
    compare(value)
  }

  /// Goes on only where these bytes stand in a header, `offset` bytes from its begin.
  mutating func match(_ header: Header, at offset: UInt32, _ value: [UInt8]) {
    append("payload") {
      $0.attribute(1, Self.register)  // NFTA_PAYLOAD_DREG
      $0.attribute(2, header.rawValue.bigEndian)  // NFTA_PAYLOAD_BASE
      $0.attribute(3, offset.bigEndian)  // NFTA_PAYLOAD_OFFSET
      $0.attribute(4, UInt32(value.count).bigEndian)  // NFTA_PAYLOAD_LEN
    }
    compare(value)
  }

  private mutating func compare(_ value: [UInt8]) {
    append("cmp") {
      $0.attribute(1, Self.register)  // NFTA_CMP_SREG
      $0.attribute(2, UInt32(0))  // NFTA_CMP_OP: NFT_CMP_EQ
      $0.nested(NFTables.nested | 3) { $0.attribute(1, value) }  // NFTA_CMP_DATA: NFTA_DATA_VALUE
    }
  }

  /// Switches the kernel's trace on for the packet.
  mutating func trace() {
    append("immediate") {
      $0.attribute(1, Self.register)  // NFTA_IMMEDIATE_DREG
      $0.nested(NFTables.nested | 2) { $0.attribute(1, [1]) }  // NFTA_IMMEDIATE_DATA: NFTA_DATA_VALUE
    }
    append("meta") {
      $0.attribute(2, UInt32(12).bigEndian)  // NFTA_META_KEY: NFT_META_NFTRACE
      $0.attribute(3, Self.register)  // NFTA_META_SREG
    }
  }
}
