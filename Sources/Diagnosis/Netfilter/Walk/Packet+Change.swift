internal import Topology

extension Packet {
  /// Carries out what a rule changes.
  mutating func apply(_ change: PacketChange) {
    switch change {
    case .mark(let and, let xor):
      // A mask of 0 makes the old mark irrelevant.
      mark = and == 0 ? xor : mark.map { $0 & and ^ xor }
    case .markFromConnection: mark = connectionMark
    case .markUnknown: mark = nil
    case .connectionMark(let and, let xor):
      connectionMark = and == 0 ? xor : connectionMark.map { $0 & and ^ xor }
    case .connectionMarkFromMark: connectionMark = mark
    case .connectionMarkUnknown: connectionMark = nil
    case .ttl(let hops): ttl = hops
    case .ttlAdded(let hops): ttl = ttl.map { UInt8(clamping: max(1, Int($0) + hops)) }
    case .ttlUnknown: ttl = nil
    case .dscpUnknown: dscp = nil
    // The target leaves a packet alone that conntrack has already seen.
    case .untracked: if connection == .invalid { connection = .untracked }
    }
  }

  /// Carries out a translation, as far as its new address and port are known.
  mutating func apply(_ translation: AddressTranslation) {
    let before = self
    isTranslationSettled = true
    switch translation.kind {
    case .source:
      source = translation.address
      setPort(source: nil, destination: transport.flatMap(\.destinationPort))
      if before.isSourceTranslated != true {
        isSourceTranslated = source == nil || before.source == nil ? nil : source != before.source ? true : nil
      }
    case .destination:
      destination = translation.isRedirect ? redirectTarget : translation.address
      let port = translation.isPortKept ? transport.flatMap(\.destinationPort) : translation.port
      setPort(source: transport.flatMap(\.sourcePort), destination: port)
      if before.isDestinationTranslated != true { isDestinationTranslated = changesDestination(of: before) }
    }
  }

  /// Where REDIRECT sends what a program of this namespace sends itself; of what comes in by a link nothing but the
  /// namespace's addresses tells (nf_nat_redirect).
  private var redirectTarget: IPAddress? {
    isLocallySent == true ? IPAddress(family == .ipv6 ? "::1" : "127.0.0.1") : nil
  }

  /// The kernel counts a connection as translated only where that changes something; nil where it can't be told.
  private func changesDestination(of before: Packet) -> Bool? {
    if let old = before.destination, let new = destination, old != new { return true }
    let (old, new) = (before.transport?.destinationPort, transport?.destinationPort)
    if let old, let new, old != new { return true }
    guard before.destination != nil, destination != nil, before.transport != nil else { return nil }
    // Here the addresses are equal: so are the ports, or one of them is not known.
    return old == new && (old != nil || before.transport?.hasPorts == false) ? false : nil
  }

  private mutating func setPort(source: UInt16?, destination: UInt16?) {
    switch transport {
    case .tcp(_, _, let flags): transport = .tcp(source: source, destination: destination, flags: flags)
    case .udp: transport = .udp(source: source, destination: destination)
    default: break
    }
  }

  /// After a statement that was not understood: what rules can change, it may have changed.
  mutating func blur() {
    source = nil
    destination = nil
    mark = nil
    connectionMark = nil
    ttl = nil
    dscp = nil
    isSourceTranslated = nil
    isDestinationTranslated = nil
    isTranslationSettled = nil
  }
}

extension Packet.Transport {
  fileprivate var hasPorts: Bool {
    switch self {
    case .tcp, .udp: true
    default: false
    }
  }

  fileprivate var sourcePort: UInt16? {
    switch self {
    case .tcp(let source, _, _), .udp(let source, _): source
    default: nil
    }
  }

  fileprivate var destinationPort: UInt16? {
    switch self {
    case .tcp(_, let destination, _), .udp(_, let destination): destination
    default: nil
    }
  }
}
