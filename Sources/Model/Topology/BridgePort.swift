/// A bridge's own facts (`IFLA_BR_*`).
public struct BridgeFacts: Hashable, Sendable {
  /// Whether the spanning tree protocol runs.
  public var stp: Bool
  /// Whether the bridge filters by VLAN.
  public var vlanFiltering: Bool
  /// Seconds after which a learnt address is forgotten.
  public var ageingSeconds: Double

  /// Makes a bridge's facts.
  public init(stp: Bool = false, vlanFiltering: Bool = false, ageingSeconds: Double = 300) {
    self.stp = stp
    self.vlanFiltering = vlanFiltering
    self.ageingSeconds = ageingSeconds
  }
}

/// A port's facts on its bridge (`IFLA_BRPORT_*`).
public struct BridgePort: Hashable, Sendable {
  /// `BR_STATE_*`.
  public enum State: Hashable, Sendable {
    /// `BR_STATE_DISABLED` (0) to `BR_STATE_BLOCKING` (4): the port states of IEEE 802.1D.
    case disabled, listening, learning, forwarding, blocking
    /// A value that this program does not know.
    case other(UInt8)

    /// The state for the kernel's `BR_STATE_*` value.
    public init(_ value: UInt8) {
      let known: [State] = [.disabled, .listening, .learning, .forwarding, .blocking]
      self = Int(value) < known.count ? known[Int(value)] : .other(value)
    }

    /// The name as `bridge` prints it.
    public var name: String {
      switch self {
      case .disabled: "disabled"
      case .listening: "listening"
      case .learning: "learning"
      case .forwarding: "forwarding"
      case .blocking: "blocking"
      case .other(let value): String(value)
      }
    }

    /// The name in a few letters, for the wire.
    public var shortName: String {
      switch self {
      case .forwarding: "fwd"
      case .disabled: "off"
      default: name
      }
    }
  }

  /// The port's state (`IFLA_BRPORT_STATE`): only a forwarding one passes frames on.
  public var state: State
  /// The port's number on the bridge (`IFLA_BRPORT_NO`).
  public var number: UInt16
  /// Whether nothing passes between this port and other isolated ones (`IFLA_BRPORT_ISOLATED`).
  public var isolated: Bool
  /// Whether frames may leave by the port that they came in by (`IFLA_BRPORT_MODE`).
  public var hairpin: Bool
  /// Whether source addresses are learnt from frames that come in (`IFLA_BRPORT_LEARNING`).
  public var learning: Bool
  /// Whether frames for an unknown address are sent to this port (`IFLA_BRPORT_UNICAST_FLOOD`).
  public var flood: Bool
  /// Whether broadcast frames are sent to this port (`IFLA_BRPORT_BCAST_FLOOD`).
  public var broadcastFlood: Bool

  /// Makes a port's facts; the defaults are the kernel's.
  public init(
    state: State = .forwarding, number: UInt16 = 0, isolated: Bool = false, hairpin: Bool = false,
    learning: Bool = true, flood: Bool = true, broadcastFlood: Bool = true
  ) {
    self.state = state
    self.number = number
    self.isolated = isolated
    self.hairpin = hairpin
    self.learning = learning
    self.flood = flood
    self.broadcastFlood = broadcastFlood
  }
}
