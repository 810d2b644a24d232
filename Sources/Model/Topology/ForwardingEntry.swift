/// An entry of a forwarding database (`bridge fdb`): behind which port a link-layer address lives.
public struct ForwardingEntry: Hashable, Sendable {
  /// The link-layer address (`NDA_LLADDR`), 6 bytes on Ethernet.
  public var hardwareAddress: [UInt8]
  /// The port behind which it lives, or the link that holds the entry (`ndm_ifindex`).
  public var link: LinkRef
  /// The bridge whose entry it is (`NDA_MASTER`); nil for a link's own.
  public var master: LinkRef?
  /// A vxlan's far end.
  public var destination: IPAddress?
  /// The VLAN's id (`NDA_VLAN`); nil: without one.
  public var vlan: UInt16?
  /// The VXLAN network's id at the far end (`NDA_VNI`); nil: the link's own.
  public var vni: UInt32?
  /// The network that the entry belongs to, of a vxlan that carries several (`NDA_SRC_VNI`).
  public var sourceVNI: UInt32?
  /// The UDP port at the far end (`NDA_PORT`), in host order; nil: the link's own.
  public var port: UInt16?
  /// The underlay that packets to `destination` leave by; nil: as the routes say, or it is in another namespace.
  public var via: LinkRef?
  /// Where packets to `destination` leave, of a vxlan that has moved: the namespace, and the underlay where it has one.
  public var viaElsewhere: Elsewhere?
  /// Whether it was learnt or set.
  public var state: NeighborState
  /// Whose it is, and more.
  public var flags: NeighborFlags
  /// Whether the port is locked for whoever has the address (`NTF_EXT_LOCKED`).
  public var isLocked: Bool

  /// A link in another namespace, as the kernel names it.
  public struct Elsewhere: Hashable, Sendable {
    /// The ifindex there (`NDA_IFINDEX`); nil: as the routes there say.
    public var index: UInt32?
    /// The nsid in the table of the namespace that was read (`NDA_LINK_NETNSID`).
    public var nsid: Int32

    /// Names a link.
    public init(index: UInt32?, nsid: Int32) {
      self.index = index
      self.nsid = nsid
    }
  }

  /// Makes an entry.
  public init(
    hardwareAddress: [UInt8], link: LinkRef, master: LinkRef? = nil, destination: IPAddress? = nil,
    vlan: UInt16? = nil, vni: UInt32? = nil, sourceVNI: UInt32? = nil, port: UInt16? = nil, via: LinkRef? = nil,
    state: NeighborState = .reachable,
    flags: NeighborFlags = [], isLocked: Bool = false
  ) {
    self.hardwareAddress = hardwareAddress
    self.link = link
    self.master = master
    self.destination = destination
    self.vlan = vlan
    self.vni = vni
    self.sourceVNI = sourceVNI
    self.port = port
    self.via = via
    self.state = state
    self.flags = flags
    self.isLocked = isLocked
  }

  /// `permanent`, `static`, `stale`, or empty for one that was learnt, as `bridge` prints it.
  public var stateName: String {
    if state.contains(.permanent) { return "permanent" }
    if state.contains(.noARP) { return "static" }
    if state.contains(.stale) { return "stale" }
    return state.contains(.reachable) ? "" : "state=0x" + String(state.rawValue, radix: 16)
  }

  /// Whether somebody set it, and the bridge did not learn it.
  public var isSet: Bool { !state.isDisjoint(with: [.noARP, .permanent]) }

  /// `self`, `router`, `extern_learn`, `offload`, `master`, `sticky`, `locked`, as `bridge` prints them.
  public var flagNames: [String] {
    let names: [(NeighborFlags, String)] = [
      (.own, "self"), (.router, "router"), (.externLearn, "extern_learn"), (.offload, "offload"), (.master, "master"),
      (.sticky, "sticky"),
    ]
    return names.filter { flags.contains($0.0) }.map(\.1) + (isLocked ? ["locked"] : [])
  }
}
