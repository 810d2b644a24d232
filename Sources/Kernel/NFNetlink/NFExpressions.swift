internal import Netlink

/// The expressions of a rule, in the order in which the kernel runs them; all of them use one register
/// (`linux/netfilter/nf_tables.h`).
struct NFExpressions {
  /// Which header of a packet a payload is in.
  enum Header: UInt32 {
    /// `NFT_PAYLOAD_NETWORK_HEADER`.
    case network = 1
    /// `NFT_PAYLOAD_TRANSPORT_HEADER`.
    case transport = 2
  }

  private(set) var list: MessageBuilder

  init(list: MessageBuilder) { self.list = list }

  /// `NFT_REG_1`: the register that all of them use.
  private static let register1: UInt32 = 1
  /// `NFT_CMP_EQ`.
  private static let equal: UInt32 = 0
  private static var register: UInt32 { register1.bigEndian }

  private mutating func append(_ name: String, _ data: (inout MessageBuilder) -> Void) {
    list.nested(AttributeType.nested | NFAttribute.Rule.element) {
      $0.attribute(NFAttribute.Expression.name, string: name)
      $0.nested(AttributeType.nested | NFAttribute.Expression.data, data)
    }
  }

  /// Goes on only where a packet's meta data of that key have that value.
  mutating func match(meta key: NFMeta, _ value: [UInt8]) {
    append("meta") {
      $0.attribute(NFAttribute.Meta.destination, Self.register)
      $0.attribute(NFAttribute.Meta.key, key.rawValue.bigEndian)
    }
    compare(value)
  }

  /// Goes on only where these bytes stand in a header, `offset` bytes from its begin.
  mutating func match(_ header: Header, at offset: UInt32, _ value: [UInt8]) {
    append("payload") {
      $0.attribute(NFAttribute.Payload.destination, Self.register)
      $0.attribute(NFAttribute.Payload.base, header.rawValue.bigEndian)
      $0.attribute(NFAttribute.Payload.offset, offset.bigEndian)
      $0.attribute(NFAttribute.Payload.length, UInt32(value.count).bigEndian)
    }
    compare(value)
  }

  private mutating func compare(_ value: [UInt8]) {
    append("cmp") {
      $0.attribute(NFAttribute.Compare.source, Self.register)
      $0.attribute(NFAttribute.Compare.operation, Self.equal.bigEndian)
      $0.nested(AttributeType.nested | NFAttribute.Compare.data) { $0.attribute(NFAttribute.Data.value, value) }
    }
  }

  /// Switches the kernel's trace on for the packet.
  mutating func trace() {
    append("immediate") {
      $0.attribute(NFAttribute.Immediate.destination, Self.register)
      $0.nested(AttributeType.nested | NFAttribute.Immediate.data) { $0.attribute(NFAttribute.Data.value, [1]) }
    }
    append("meta") {
      $0.attribute(NFAttribute.Meta.key, NFMeta.trace.rawValue.bigEndian)
      $0.attribute(NFAttribute.Meta.source, Self.register)
    }
  }
}
