internal import Labels

/// What is missing of the tables.
extension NetworkTables {
  /// What could not be read, one line each. Lines that are put there are about the tables as a whole.
  public var unread: [String] {
    get { gaps.map(\.text) }
    set { gaps = newValue.map { Gap(.all, $0) } }
  }

  /// Whether that was not read, or not to its end.
  public func lacks(_ part: Part) -> Bool { gaps.contains { $0.part == part } }

  /// A table, or what else is read.
  public enum Part: Hashable, Sendable {
    /// Nothing could be read.
    case all
    case routes, rules, neighbors, proxies, fdb, portVLANs, bridgeVLANs, groups, vxlanNetworks, links, listeners
    /// The programs behind tun and tap devices.
    case holders

    /// What people call it.
    public var name: String {
      switch self {
      case .all: Say.ObservedTables.tables
      case .routes: Say.ObservedTables.routes
      case .rules: Say.ObservedTables.rules
      case .neighbors: Say.ObservedTables.neighbors
      case .proxies: Say.ObservedTables.proxies
      case .fdb: Say.ObservedTables.fdb
      case .portVLANs: Say.ObservedTables.portVLANs
      case .bridgeVLANs: Say.ObservedTables.bridgeVLANs
      case .groups: Say.ObservedTables.groups
      case .vxlanNetworks: Say.ObservedTables.vxlanNetworks
      case .links: Say.ObservedTables.links
      case .listeners: Say.ObservedTables.listeners
      case .holders: Say.ObservedTables.program
      }
    }
  }

  /// What is missing of a part, and why.
  public struct Gap: Hashable, Sendable {
    /// Of which.
    public var part: Part
    /// One line that begins with the part's name.
    public var text: String

    /// Makes a gap.
    public init(_ part: Part, _ text: String) {
      self.part = part
      self.text = text
    }

    /// It could not be read.
    public static func unread(_ part: Part, _ reason: String) -> Gap {
      Gap(part, Say.ObservedTables.unread(part.name, reason))
    }

    /// It was read, but some of it may be missing.
    public static func perhapsNotAll(_ part: Part, _ reason: String) -> Gap {
      Gap(part, Say.ObservedTables.perhapsNotAll(part.name, reason))
    }

    /// The programs that hold a device are not among so many open files, and no more were looked at.
    public static func notAmongFiles(_ count: Int) -> Gap {
      Gap(.holders, Say.ObservedTables.notAmongFiles(Part.holders.name, count))
    }

    /// No more of it were read.
    public static func onlyFirst(_ part: Part, _ count: Int) -> Gap {
      Gap(part, Say.ObservedTables.onlyFirst(part.name, count))
    }
  }
}
