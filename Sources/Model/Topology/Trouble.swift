internal import Labels

/// Why an interface is not as it should be.
public enum Trouble: Sendable, Hashable {
  /// It is switched off: its name.
  case off(String)
  /// It is a bridge, and switched off: its title.
  case bridgeOff(String)
  /// Its cable's other end is switched off: whose name.
  case farEndOff(String)
  /// It is switched on and has no carrier.
  case noCarrier
  /// Its cable has left the bridge of that container network, and nothing leads to it; the near end's name, where
  /// that is known.
  case unplugged(String?, network: String)
  /// Its port of the bridge does not forward.
  case port(BridgePort.State)
  /// Its address is somebody else's as well (`IFA_F_DADFAILED`).
  case duplicateAddress(IPAddress)

  /// What is wrong with an interface; `near` is the other end of its cable where that is a port or the host's. Nil where
  /// nothing is.
  ///
  /// A bridge without a carrier is an idle one, and a device of the host that nobody uses is no trouble either.
  public init?(_ link: Link, near: Link?) {
    if link.isBridge {
      guard link.state == .down else { return nil }
      self = .bridgeOff(link.title)
      return
    }
    if near != nil || link.isPair || link.master != nil {
      if link.state == .down { self = .off(link.name); return }
      if let near, near.state == .down { self = .farEndOff(near.name); return }
      if link.state == .noCarrier || near?.state == .noCarrier { self = .noCarrier; return }
    }
    if let network = link.lostNetwork {
      self = .unplugged(near?.name, network: network)
      return
    }
    if let state = (near ?? link).port?.state, state != .forwarding { self = .port(state); return }
    guard let failed = link.addresses.first(where: { $0.flags.contains(.dadFailed) }) else { return nil }
    self = .duplicateAddress(failed.local)
  }

  /// Whether it is switched off or without a carrier.
  public var isDown: Bool {
    switch self {
    case .off, .bridgeOff, .farEndOff, .noCarrier: true
    case .unplugged, .port, .duplicateAddress: false
    }
  }

  /// The same in a few words.
  public var text: String {
    switch self {
    case .off(let name): Say.Trouble.off(name)
    case .bridgeOff(let title): Say.Trouble.bridgeOff(title)
    case .farEndOff(let name): Say.Trouble.farEndOff(name)
    case .noCarrier: Say.Trouble.noCarrier
    case .unplugged(let name, let network): Say.Trouble.unplugged(name, from: network)
    case .port(let state): Say.Trouble.port(state.name)
    case .duplicateAddress(let address): Say.Trouble.duplicateAddress(address.description)
    }
  }
}

extension LinkState {
  /// The higher the worse.
  public var badness: Int {
    switch self {
    case .up: 0
    case .noCarrier: 1
    case .down: 2
    }
  }
}
