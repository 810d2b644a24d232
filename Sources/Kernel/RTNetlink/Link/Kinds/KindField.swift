internal import Netlink

/// One row of a kind's table: the attribute by its name and number in the kernel's headers, the key of
/// `ip -j -d link`, and how the payload is read.
///
/// The name is there for whoever reads a table beside the header, and for the errors. `ConstantTests` reads both, too:
/// a number that is not the name's is found.
struct KindField: Sendable {
  /// How a payload becomes a value.
  enum Format: Sendable {
    /// An integer in host order, as many bytes as there are (1, 2, 4 or 8).
    case number
    /// A signed integer of four bytes in host order.
    case signed
    /// An integer in host order, written as `0x20`; 0 is left out, as iproute2 does it with a mark or a type of service.
    case mark
    /// An integer in host order, written as `0x8`; `0` for none, as C's `%#x` has it.
    case mask
    /// Bits that have names, as one text: `stp,0x10`; `0x0` for none.
    case maskNames([Int: String])
    /// A byte that is 0 or 1.
    case flag
    /// A byte that is 0 or 1, printed as "on" or "off".
    case onOff
    /// A byte that is 0 or 1, told only where it is 1.
    case flagIfSet
    /// An attribute without a payload: that it is there is the fact.
    case presence
    /// An integer in network order.
    case port
    /// An address of 4 or 16 bytes; one of only zeros is left out.
    case address
    /// An address as above; where it is no multicast group, it goes under the other key.
    case groupOr(String)
    /// An address of 4 or 16 bytes; `any` for one of only zeros.
    case addressOrAny
    /// An address of 4 or 16 bytes, zeros as any other.
    case addressAsIs
    /// Link-layer address bytes.
    case hardware
    /// `struct ifla_bridge_id`: priority and address.
    case bridgeID
    /// `ETH_P_*` in network order: 802.1Q and the like.
    case etherType
    /// A number that stands for a name; one without a name is printed as it is.
    case names([String])
    /// A number that stands for a name, where the numbers are not 0, 1, 2 …
    case namesByValue([UInt64: String])
    /// The same, where a number without a name says nothing.
    case namedOnly([UInt64: String])
    /// The same, where 0 is told as nothing at all (`null`).
    case namesOrNothing([String])
    /// The ifindex of another link; 0 is left out.
    case link
    /// Bytes up to a NUL.
    case string
    /// Four bytes in network order as a dotted quad; one of only zeros is left out.
    case dottedKey
    /// The same, zeros as any other.
    case dottedQuad
    /// Attributes within: the rows of a table of their own.
    case nested(KindTable)
    /// A list of objects, one an attribute, each with the rows of a table of its own.
    case objects(KindTable)
    /// A list of links, each an object with its name as `port`: `MDBA_ROUTER`, and in it `MDBA_ROUTER_PORT`.
    case ports
    /// Attributes within, whose facts stand beside the others.
    case within(KindTable)
    /// A number that stands for a key, which is told as true.
    case choice([UInt64: String])
    /// A list of addresses, one an attribute.
    case addresses
    /// A list of link-layer addresses, one an attribute.
    case hardwareList
    /// A list of objects: pairs of 32 bits, one an attribute (`struct ifla_vlan_qos_mapping`).
    case pairs(String, String)
    /// Bytes in hexadecimal, two digits each.
    case digits
    /// The same behind `0x`.
    case prefixedDigits
    /// 32 bits in network order: two facts, the traffic class (`0x20`) and the label (`0x12345`) of a flow of IPv6.
    case flow
    /// 32 bits in network order, as `0x12345`; 0 is left out.
    case flowLabel
    /// A mask and the bits of it that count (`struct br_boolopt_multi`): each that counts is a fact of its own, 0 or 1.
    case options([(UInt64, String)])
    /// A number, and the names of its bits under another key.
    case numberAndBits(String, [(UInt64, String)])
    /// A mask in hexadecimal, and the names of its bits as a text under another key.
    case maskAndNames(String, [Int: String])
    /// Two ports in network order: low and high.
    case portRange
    /// Bits that have names: `struct ifla_vlan_flags` and plain masks.
    case bits([(UInt64, String)])
    /// Bits in host order, each that is set a fact of its own: true.
    case marks([(UInt64, String)])
    /// The same of 16 bits in network order.
    case marksInNetworkOrder([(UInt64, String)])
    /// Bits in host order, each a fact of its own: true or false.
    case switches([(UInt64, String)])
  }

  /// The constant, such as `IFLA_VLAN_ID`.
  var name: String
  var type: UInt16
  var key: String
  var format: Format

  init(_ name: String, _ type: UInt16, _ key: String, _ format: Format = .number) {
    self.name = name
    self.type = type
    self.key = key
    self.format = format
  }
}
