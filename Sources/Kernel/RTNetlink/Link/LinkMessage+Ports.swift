internal import Netlink

extension LinkMessage {
  /// VLANs with the same flags (`struct bridge_vlan_info`).
  public struct VLANRange: Hashable, Sendable {
    /// The first VLAN's number.
    public var first: UInt16
    /// The last VLAN's number; the same as the first for a single one.
    public var last: UInt16
    /// What is told of each of them.
    public var flags: Flags

    /// `BRIDGE_VLAN_INFO_*` (linux/if_bridge.h).
    public struct Flags: OptionSet, Hashable, Sendable {
      /// The bits of `bridge_vlan_info.flags`.
      public let rawValue: UInt16
      /// Makes flags of those bits.
      public init(rawValue: UInt16) { self.rawValue = rawValue }

      /// `BRIDGE_VLAN_INFO_PVID`: frames without a tag belong to it.
      public static let pvid = Flags(rawValue: 0x2)
      /// `BRIDGE_VLAN_INFO_UNTAGGED`: its frames go out without a tag.
      public static let untagged = Flags(rawValue: 0x4)
      /// `BRIDGE_VLAN_INFO_RANGE_BEGIN`: the first of several.
      static let rangeBegin = Flags(rawValue: 0x8)
      /// `BRIDGE_VLAN_INFO_RANGE_END`: the last of several.
      static let rangeEnd = Flags(rawValue: 0x10)
    }
  }

  /// Reads `IFLA_AF_SPEC` of a message of AF_BRIDGE.
  mutating func decodeVLANs(_ list: RawSpan) throws(DecodeError) {
    var first: UInt16?
    var tunnel: VLANTunnel?
    try forEachAttribute(of: "IFLA_AF_SPEC", in: list) { type, value throws(DecodeError) in
      switch type {
      case LinkAttribute.bridgeVLANTunnel:
        let next = try VLANTunnel(value)
        // The next one ends it.
        if next.flags.contains(.rangeBegin) { return tunnel = next }
        vlanTunnels.append(next.facts(from: next.flags.contains(.rangeEnd) ? tunnel ?? next : next))
      case LinkAttribute.bridgeMST:
        try forEachAttribute(of: "IFLA_BRIDGE_MST", in: value) { _, entry throws(DecodeError) in
          spanningTrees.append(try KindTables.spanningTree.decode(entry))
        }
      case LinkAttribute.bridgeVLANInfo:
        guard let bits = value.u16(0), let number = value.u16(2) else { return }
        let flags = VLANRange.Flags(rawValue: bits)
        if flags.contains(.rangeBegin) { return first = number }
        vlans.append(
          VLANRange(
            first: flags.contains(.rangeEnd) ? first ?? number : number, last: number,
            flags: flags.intersection([.pvid, .untagged])))
        first = nil
      default: break
      }
    }
  }

  /// `IFLA_BRIDGE_VLAN_TUNNEL_*`: a VLAN, and the number that its frames have in a tunnel.
  private struct VLANTunnel {
    var id: UInt32 = 0
    var vlan: UInt16 = 0
    var flags: VLANRange.Flags = []

    init(_ data: RawSpan) throws(DecodeError) {
      try forEachAttribute(of: "IFLA_BRIDGE_VLAN_TUNNEL_INFO", in: data) { type, value in
        switch type {
        case LinkAttribute.VLANTunnel.id: id = value.u32() ?? 0
        case LinkAttribute.VLANTunnel.vlan: vlan = value.u16() ?? 0
        case LinkAttribute.VLANTunnel.flags: flags = VLANRange.Flags(rawValue: value.u16() ?? 0)
        default: break
        }
      }
    }

    func facts(from first: VLANTunnel) -> [KindFact] {
      var facts = [KindFact("vlan", .number(UInt64(first.vlan)))]
      if first.vlan != vlan { facts.append(KindFact("vlanEnd", .number(UInt64(vlan)))) }
      facts.append(KindFact("tunid", .number(UInt64(first.id))))
      if first.id != id { facts.append(KindFact("tunidEnd", .number(UInt64(id)))) }
      return facts
    }
  }
}
