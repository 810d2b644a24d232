public import RTNetlink
public import Topology

/// What the kernel said of one link, before other namespaces are known: the peer is still a pair of numbers.
public struct LinkRecord {
  /// The link, with `peer`, `lower` and addresses still empty.
  public var link: Link
  /// The name as the kernel has it: paths below /proc/sys are made of it.
  public let nameBytes: [UInt8]
  /// `IFLA_LINK`; filled in where the kernel leaves it out though there is a link.
  public var lowerIndex: Int32?
  /// `IFLA_LINK_NETNSID`, in our own table; nil: the same namespace.
  public var lowerNSID: Int32?
  /// Its addresses, IPv4 first, then in the kernel's order.
  public var addresses: [InterfaceAddress] = []

  /// Takes over a reply to a request of ours (never an event: its nsids count in another table).
  public init(_ message: borrowing LinkMessage, in namespace: NamespaceID) {
    nameBytes = message.name ?? []
    func text(_ bytes: [UInt8]?) -> String { bytes.map(SafeText.decode) ?? "" }
    link = Link(
      id: LinkRef(namespace, UInt32(bitPattern: message.index)), name: text(message.name), kind: text(message.kind),
      slaveKind: text(message.slaveKind), flags: LinkFlags(rawValue: message.flags),
      operState: OperState(message.operState ?? 0), mtu: message.mtu ?? 0, hardwareAddress: message.address ?? [],
      broadcastAddress: message.broadcast ?? [], linkType: LinkMessage.name(ofHardware: message.type),
      qdisc: text(message.qdisc),
      txQueueLength: message.txQueueLength ?? 0, master: message.master.map { LinkRef(namespace, $0) },
      bridge: message.bridge.map(Self.bridge), port: message.port.map(Self.port),
      attributes: message.attributes.map { Self.fact($0, namespace) },
      facts: message.facts.map { Self.fact($0, namespace) },
      slaveFacts: message.slaveFacts.map { Self.fact($0, namespace) },
      alternativeNames: message.alternativeNames.map(SafeText.decode), alias: text(message.alias),
      counters: message.stats.map(Self.counters) ?? Counters())
    link.group = message.group ?? 0
    if let address = Self.permanentAddress(message) { link.attributes.append(LinkFact("permaddr", .text(address))) }
    lowerIndex = message.link
    lowerNSID = message.linkNamespaceID
    // A vxlan or geneve names its underlay in the data of its kind only.
    if lowerIndex == nil, case .link(let underlay)? = link.fact("link") {
      lowerIndex = Int32(bitPattern: underlay.index)
    }
    // The kernel leaves IFLA_LINK out where it equals the link's own ifindex: two ends that both are number 2.
    if lowerIndex == nil, lowerNSID != nil, link.isPair { lowerIndex = message.index }
  }

  /// The same link but for what changes with every packet.
  public func isSame(as other: LinkRecord) -> Bool {
    var mine = link
    mine.counters = other.link.counters
    return mine == other.link && lowerIndex == other.lowerIndex && lowerNSID == other.lowerNSID
  }

  /// A fact of the kernel's in the model's words.
  static func fact(_ fact: KindFact, _ namespace: NamespaceID) -> LinkFact {
    LinkFact(fact.key, value(fact.value, namespace))
  }

  private static func value(_ value: KindValue, _ namespace: NamespaceID) -> LinkFact.Value {
    switch value {
    case .number(let number): .number(number)
    case .signed(let number): .signed(number)
    case .flag(let flag): .flag(flag)
    case .nothing: .nothing
    case .text(let text): .text(text)
    case .bytes(let bytes): .text(SafeText.decode(bytes))
    case .link(let index): .link(LinkRef(namespace, index))
    case .list(let values): .list(values.map { Self.value($0, namespace) })
    case .object(let facts): .object(facts.map { fact($0, namespace) })
    }
  }

  /// The counters of a link.
  public static func counters(_ stats: LinkStats) -> Counters {
    Counters(
      rxBytes: stats.rxBytes, txBytes: stats.txBytes, rxPackets: stats.rxPackets, txPackets: stats.txPackets,
      rxErrors: stats.rxErrors, txErrors: stats.txErrors, rxDropped: stats.rxDropped, txDropped: stats.txDropped)
  }

  /// An address of a link; nil for one that is neither of IPv4 nor of IPv6.
  public static func address(_ message: AddressMessage) -> InterfaceAddress? {
    guard let local = (message.local ?? message.address).flatMap(IPAddress.init) else { return nil }
    let far = message.address.flatMap(IPAddress.init)
    return InterfaceAddress(
      local: local, prefixLength: message.prefixLength, peer: far == local ? nil : far,
      broadcast: message.broadcast.flatMap(IPAddress.init), scope: message.scope,
      flags: AddressFlags(rawValue: message.flags),
      label: message.label.map(SafeText.decode), origin: message.origin ?? 0)
  }

  private static func bridge(_ facts: LinkMessage.Bridge) -> BridgeFacts {
    BridgeFacts(
      stp: facts.stpState.map { $0 != 0 } ?? false, vlanFiltering: facts.vlanFiltering.map { $0 != 0 } ?? false,
      ageingSeconds: Double(facts.ageingTime ?? 30_000) / 100)
  }

  private static func port(_ facts: LinkMessage.Port) -> BridgePort {
    func flag(_ value: UInt8?, _ absent: Bool) -> Bool { value.map { $0 != 0 } ?? absent }
    return BridgePort(
      state: BridgePort.State(facts.state ?? 0), number: facts.number ?? 0, isolated: flag(facts.isolated, false),
      hairpin: flag(facts.hairpin, false), learning: flag(facts.learning, true), flood: flag(facts.unicastFlood, true),
      broadcastFlood: flag(facts.broadcastFlood, true))
  }

  /// The link-layer address that the device was made with, where it has another one now.
  static func permanentAddress(_ message: LinkMessage) -> String? {
    guard let address = message.permanentAddress, address != message.address else { return nil }
    return Link.hardwareText(address, linkType: LinkMessage.name(ofHardware: message.type))
  }
}
