public import Netlink

/// The VLANs of a bridge or of a port as `RTM_NEWVLAN` describes them, Linux 5.6 and later (`struct br_vlan_msg`).
public struct BridgeVLANMessage: Hashable, Sendable {
  /// The ifindex of the port, or of the bridge itself.
  public var index: UInt32
  /// The VLANs, those in a row that are all alike as one.
  public var vlans: [Entry] = []
  /// What a bridge has for each VLAN as a whole, by the keys of `bridge -j vlan global`.
  public var globals: [[KindFact]] = []

  /// A VLAN, or several in a row.
  public struct Entry: Hashable, Sendable {
    /// Numbers and flags.
    public var range: LinkMessage.VLANRange
    /// The rest, by the keys of `bridge -d -j vlan`.
    public var facts: [KindFact]
  }

  /// `BRIDGE_VLANDB_*` (linux/if_bridge.h).
  enum Attribute {
    /// `BRIDGE_VLANDB_ENTRY`: VLANs, nested.
    static let entry: UInt16 = 1
    /// `BRIDGE_VLANDB_GLOBAL_OPTIONS`: what a bridge has for a VLAN, nested.
    static let globalOptions: UInt16 = 2
    /// `BRIDGE_VLANDB_ENTRY_INFO`: `struct bridge_vlan_info`, in an entry.
    static let info: UInt16 = 1
    /// `BRIDGE_VLANDB_ENTRY_RANGE`: the last of several, 16 bits, in an entry.
    static let range: UInt16 = 2
    /// `BRIDGE_VLANDB_DUMP_FLAGS`: 32 bits, in a request.
    static let dumpFlags: UInt16 = 1
    /// `BRIDGE_VLANDB_DUMPF_GLOBAL`: the global options instead of the VLANs.
    static let dumpGlobals: UInt32 = 2
  }

  /// The size of `struct br_vlan_msg`, in bytes.
  static let headerSize = 8

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard let index = payload.u32(4) else { throw .short("br_vlan_msg", payload.byteCount) }
    self.index = index
    try forEachAttribute(of: "br_vlan_msg", in: payload, from: Self.headerSize) { type, value throws(DecodeError) in
      switch type {
      case Attribute.entry:
        if let entry = try Self.entry(value) { vlans.append(entry) }
      case Attribute.globalOptions:
        do throws(DecodeError) {
          globals.append(try KindTables.globalVLAN.decode(value))
        } catch { throw error.within("BRIDGE_VLANDB_GLOBAL_OPTIONS") }
      default: break
      }
    }
  }

  private static func entry(_ data: RawSpan) throws(DecodeError) -> Entry? {
    var range: LinkMessage.VLANRange?
    var last: UInt16?
    var facts: [KindFact] = []
    try forEachAttribute(of: "BRIDGE_VLANDB_ENTRY", in: data) { type, value throws(DecodeError) in
      switch type {
      case Attribute.info:
        guard let flags = value.u16(0), let number = value.u16(2) else { return }
        range = LinkMessage.VLANRange(
          first: number, last: number,
          flags: LinkMessage.VLANRange.Flags(rawValue: flags).intersection([.pvid, .untagged]))
      case Attribute.range: last = value.u16()
      default: try KindTables.portVLAN.decode(type, value, into: &facts)
      }
    }
    guard var range else { return nil }
    range.last = last ?? range.last
    return Entry(range: range, facts: facts)
  }

  /// `RTM_GETVLAN` dump of the VLANs of all bridges and ports, or of what the bridges have for each VLAN.
  public static func dump(globals: Bool = false) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.getVLAN, flags: [.request, .dump])
    message.fixed(Family.bridge, UInt8(0), UInt16(0), UInt32(0))
    if globals { message.attribute(Attribute.dumpFlags, Attribute.dumpGlobals) }
    return message
  }
}
