internal import Labels
internal import LinuxSystem
public import Topology

/// The capabilities that the program makes use of (capabilities(7)).
public struct Capabilities: Hashable, Sendable {
  /// A capability by its number, and what is missing without it.
  public struct Entry: Hashable, Sendable {
    /// The constant's name in linux/capability.h (`CAP_NET_ADMIN`).
    public var name: String
    /// The constant's number: the bit in `effective`.
    public var number: Int
  }

  /// In the order in which they matter.
  public static let wanted = [
    Entry(name: "CAP_NET_ADMIN", number: 12),  // links in other namespaces
    Entry(name: "CAP_NET_BROADCAST", number: 11),  // their events
    Entry(name: "CAP_SYS_ADMIN", number: 21),  // entering them
    Entry(name: "CAP_SYS_PTRACE", number: 19),  // others' processes
    Entry(name: "CAP_NET_RAW", number: 13),  // ping
  ]

  /// The effective set, as a mask of 1 << number.
  public let effective: UInt64

  /// Makes a set from a mask of 1 << number.
  public init(effective: UInt64) { self.effective = effective }

  /// The calling thread's.
  public init() { effective = Privilege.capabilities }

  /// Those of `wanted` that are missing.
  public var missing: [Entry] { Self.wanted.filter { effective & (1 << UInt64($0.number)) == 0 } }

  /// The line for people; nil where nothing is missing.
  public var warning: Warning? {
    let missing = missing
    if missing.isEmpty { return nil }
    return Warning(
      source: "permissions",
      text: Say.Observed.missing(missing.map(\.name), isRoot: Privilege.isCalledRoot))
  }
}
