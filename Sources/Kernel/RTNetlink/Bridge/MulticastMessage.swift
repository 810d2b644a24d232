public import Netlink

/// The groups that a bridge, or a vxlan, knows members of, as `RTM_NEWMDB` describes them (`struct br_port_msg`).
public struct MulticastMessage: Hashable, Sendable {
  /// The bridge's ifindex.
  public var index: UInt32
  /// One row for each member of a group, by the keys of `bridge -d -j mdb`.
  public var members: [[KindFact]] = []
  /// The ifindexes of the ports behind which a router of multicast is.
  public var routerPorts: [UInt32] = []

  /// `MDBA_*` (linux/if_bridge.h).
  enum Attribute {
    /// `MDBA_MDB`: the groups, nested.
    static let groups: UInt16 = 1
    /// `MDBA_ROUTER`: the ports with routers, nested.
    static let routers: UInt16 = 2
  }

  /// `MDB_FLAGS_*`, with iproute2's words.
  private static let flagNames: [(UInt8, String)] = [
    (1, "offload"), (2, "fast_leave"), (4, "added_by_star_ex"), (8, "blocked"),
  ]

  /// `MDB_PERMANENT`: it was set, and has no end.
  private static let permanent: UInt8 = 1
  /// `ETH_P_IP` : the group is an address of IPv4.
  private static let protocolIPv4: UInt16 = 0x0800
  /// `ETH_P_IPV6`: of IPv6.
  private static let protocolIPv6: UInt16 = 0x86DD

  /// The size of `struct br_port_msg`, in bytes.
  static let headerSize = 8
  /// The size of `struct br_mdb_entry`, in bytes.
  static let entrySize = 28

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard let index = payload.u32(4) else { throw .short("br_port_msg", payload.byteCount) }
    self.index = index
    try forEachAttribute(of: "br_port_msg", in: payload, from: Self.headerSize) { type, value throws(DecodeError) in
      switch type {
      case Attribute.groups:
        try forEachAttribute(of: "MDBA_MDB", in: value) { _, group throws(DecodeError) in
          try forEachAttribute(of: "MDBA_MDB_ENTRY", in: group) { _, entry throws(DecodeError) in
            if let member = try Self.member(entry, of: index) { members.append(member) }
          }
        }
      case Attribute.routers:
        try forEachAttribute(of: "MDBA_ROUTER", in: value) { _, port in
          if let port = port.u32() { routerPorts.append(port) }
        }
      default: break
      }
    }
  }

  /// `struct br_mdb_entry`, and the attributes behind it.
  private static func member(_ entry: RawSpan, of index: UInt32) throws(DecodeError) -> [KindFact]? {
    guard let port = entry.u32(0), let state = entry.u8(4), let flags = entry.u8(5), let vlan = entry.u16(6),
      let family = entry.u16(24).map({ UInt16(bigEndian: $0) }), entry.byteCount >= entrySize
    else { return nil }
    let bytes = Array(entry.array[8..<24])
    let group =
      switch family {
      case protocolIPv4: AddressText.text(Array(bytes[..<4]))
      case protocolIPv6: AddressText.text(bytes)
      default: KindText.hardware(Array(bytes[..<6]))
      }
    var facts = [
      KindFact("index", .number(UInt64(index))), KindFact("dev", .link(index)), KindFact("port", .link(port)),
      KindFact("grp", .text(group)), KindFact("state", .text(state & permanent != 0 ? "permanent" : "temp")),
    ]
    do throws(DecodeError) {
      try forEachAttribute(in: entry, from: entrySize) { type, value throws(DecodeError) in
        try KindTables.groupMember.decode(type, value, into: &facts)
      }
    } catch { throw error.within("MDBA_MDB_ENTRY_INFO") }
    facts.append(KindFact("flags", .list(flagNames.filter { flags & $0.0 != 0 }.map { .text($0.1) })))
    if vlan != 0 { facts.append(KindFact("vid", .number(UInt64(vlan)))) }
    return facts
  }

  /// `RTM_GETMDB` dump of all groups.
  public static func dump() -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getMulticast, flags: [.request, .dump])
    message.fixed(Family.bridge, UInt8(0), UInt16(0), UInt32(0))
    return message
  }
}
