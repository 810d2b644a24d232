/// The state of a neighbour, or of an entry of a forwarding database: `NUD_*` of `linux/neighbour.h`. None: `NUD_NONE`.
public struct NeighborState: OptionSet, Hashable, Sendable {
  /// The bits of `ndm_state`.
  public let rawValue: UInt16
  /// Makes a state of those bits.
  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `NUD_INCOMPLETE`: it is being asked for.
  public static let incomplete = NeighborState(rawValue: 0x01)
  /// `NUD_REACHABLE`: it has answered lately.
  public static let reachable = NeighborState(rawValue: 0x02)
  /// `NUD_STALE`: it answered once; it will be asked when it is used.
  public static let stale = NeighborState(rawValue: 0x04)
  /// `NUD_DELAY`: it is used, and will be asked in a moment.
  public static let delay = NeighborState(rawValue: 0x08)
  /// `NUD_PROBE`: it is being asked again.
  public static let probe = NeighborState(rawValue: 0x10)
  /// `NUD_FAILED`: it did not answer.
  public static let failed = NeighborState(rawValue: 0x20)
  /// `NUD_NOARP`: nobody is asked; in a forwarding database: set by somebody, and not aged.
  public static let noARP = NeighborState(rawValue: 0x40)
  /// `NUD_PERMANENT`: set by somebody; in a forwarding database: an address of the bridge's own.
  public static let permanent = NeighborState(rawValue: 0x80)

  private static let named: [(NeighborState, String)] = [
    (.incomplete, "INCOMPLETE"), (.reachable, "REACHABLE"), (.stale, "STALE"), (.delay, "DELAY"), (.probe, "PROBE"),
    (.failed, "FAILED"), (.noARP, "NOARP"), (.permanent, "PERMANENT"),
  ]

  /// The names as `ip` prints them.
  public var names: [String] { isEmpty ? ["NONE"] : Self.named.filter { contains($0.0) }.map(\.1) }
}

/// Flags of a neighbour, or of an entry of a forwarding database: `NTF_*` of `linux/neighbour.h`.
public struct NeighborFlags: OptionSet, Hashable, Sendable {
  /// The bits of `ndm_flags`.
  public let rawValue: UInt8
  /// Makes flags of those bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `NTF_SELF`: of the link's own database.
  public static let own = NeighborFlags(rawValue: 0x02)
  /// `NTF_MASTER`: of the database of the link's master.
  public static let master = NeighborFlags(rawValue: 0x04)
  /// `NTF_PROXY`: it is answered for.
  public static let proxy = NeighborFlags(rawValue: 0x08)
  /// `NTF_EXT_LEARNED`: a control plane has learnt it.
  public static let externLearn = NeighborFlags(rawValue: 0x10)
  /// `NTF_OFFLOADED`: the hardware has it.
  public static let offload = NeighborFlags(rawValue: 0x20)
  /// `NTF_STICKY`: it does not move to another port.
  public static let sticky = NeighborFlags(rawValue: 0x40)
  /// `NTF_ROUTER`: an IPv6 router.
  public static let router = NeighborFlags(rawValue: 0x80)
}
