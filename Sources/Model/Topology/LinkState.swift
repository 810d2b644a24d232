internal import Labels

/// `IFF_*` of an interface (netdevice(7)).
public struct LinkFlags: OptionSet, Hashable, Sendable {
  /// The bits, as in `ifi_flags` of rtnetlink(7).
  public let rawValue: UInt32
  /// Makes flags of the kernel's bits; those without a name are kept.
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  /// `IFF_UP`: switched on by the administrator.
  public static let up = LinkFlags(rawValue: 0x1)
  /// `IFF_LOOPBACK`.
  public static let loopback = LinkFlags(rawValue: 0x8)
  /// `IFF_POINTOPOINT`: there is one far end.
  public static let pointToPoint = LinkFlags(rawValue: 0x10)
  /// `IFF_RUNNING`: it works.
  public static let running = LinkFlags(rawValue: 0x40)
  /// `IFF_NOARP`.
  public static let noARP = LinkFlags(rawValue: 0x80)
  /// `IFF_PROMISC`.
  public static let promiscuous = LinkFlags(rawValue: 0x100)
  /// `IFF_LOWER_UP`: there is a carrier.
  public static let lowerUp = LinkFlags(rawValue: 0x10000)

  /// The names in the order and spelling of `ip -j link`: `["BROADCAST", "MULTICAST", "UP", "LOWER_UP"]`, with
  /// `NO-CARRIER` first where the interface is up without one. Bits without a name come last, in hexadecimal.
  public var names: [String] {
    var names: [String] = []
    forEachName { names.append($0) }
    return names
  }

  /// The same, one by one.
  public func forEachName(_ body: (String) -> Void) {
    if contains(.up), !contains(.running) { body("NO-CARRIER") }
    // IFF_RUNNING is told by NO-CARRIER's absence, as in iproute2's print_link_flags().
    var rest = subtracting(.running).rawValue
    for (bit, name) in Self.table where rest & bit != 0 {
      body(name)
      rest &= ~bit
    }
    if rest != 0 { body(String(rest, radix: 16)) }
  }

  private static let table: [(UInt32, String)] = [
    (0x8, "LOOPBACK"), (0x2, "BROADCAST"), (0x10, "POINTOPOINT"), (0x1000, "MULTICAST"), (0x80, "NOARP"),
    (0x200, "ALLMULTI"), (0x100, "PROMISC"), (0x400, "MASTER"), (0x800, "SLAVE"), (0x4, "DEBUG"),
    (0x8000, "DYNAMIC"), (0x4000, "AUTOMEDIA"), (0x2000, "PORTSEL"), (0x20, "NOTRAILERS"), (0x1, "UP"),
    (0x10000, "LOWER_UP"), (0x20000, "DORMANT"), (0x40000, "ECHO"),
  ]
}

/// The operational state (`IFLA_OPERSTATE`, RFC 2863).
public enum OperState: Hashable, Sendable {
  /// `IF_OPER_UNKNOWN` (0) to `IF_OPER_UP` (6), in the kernel's order.
  case unknown, notPresent, down, lowerLayerDown, testing, dormant, up
  /// A value that this program does not know.
  case other(UInt8)

  /// The state for the kernel's `IF_OPER_*` value.
  public init(_ value: UInt8) {
    let known: [OperState] = [.unknown, .notPresent, .down, .lowerLayerDown, .testing, .dormant, .up]
    self = Int(value) < known.count ? known[Int(value)] : .other(value)
  }

  /// The name as `ip` prints it.
  public var name: String {
    switch self {
    case .unknown: "UNKNOWN"
    case .notPresent: "NOTPRESENT"
    case .down: "DOWN"
    case .lowerLayerDown: "LOWERLAYERDOWN"
    case .testing: "TESTING"
    case .dormant: "DORMANT"
    case .up: "UP"
    case .other(let value): String(value)
    }
  }
}

/// What a person wants to know of a link's state, in one word.
public enum LinkState: Hashable, Sendable {
  /// Up, and there is a carrier.
  case up
  /// Switched on, but nothing at the other end of the cable (`IFF_UP` without `IFF_LOWER_UP`).
  case noCarrier
  /// Switched off (`IFF_UP` not set).
  case down

  /// The word on the screen.
  public var word: String {
    switch self {
    case .up: Say.TopologyWords.up
    case .noCarrier: Say.TopologyWords.noCarrier
    case .down: Say.TopologyWords.down
    }
  }

  /// The word that stays the same in every language: what else is compared with it, and what a filter may ask for.
  public var name: String {
    switch self {
    case .up: "up"
    case .noCarrier: "no carrier"
    case .down: "down"
    }
  }
}
