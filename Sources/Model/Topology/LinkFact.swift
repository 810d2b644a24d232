/// One fact of a link's kind under iproute2's key: a vxlan's `id`, a bond's `mode`, a port's `cost`.
public struct LinkFact: Hashable, Sendable {
  /// The key of `ip -j -d link`, in `info_data` or `info_slave_data`.
  public var key: String
  /// The fact itself, in the type that JSON gives it.
  public var value: Value

  /// The value of a fact.
  public enum Value: Hashable, Sendable {
    case number(UInt64)
    /// A number that may be negative.
    case signed(Int64)
    case flag(Bool)
    case text(String)
    /// Nothing, told as such: `null`.
    case nothing
    /// Another link: a tunnel's underlay, a bond's active member.
    case link(LinkRef)
    case list([Value])
    /// Several facts under keys of their own.
    case object([LinkFact])
  }

  /// Makes a fact.
  public init(_ key: String, _ value: Value) {
    self.key = key
    self.value = value
  }
}

extension Link {
  /// The fact of the link's own kind under that key; nil where there is none.
  public func fact(_ key: String) -> LinkFact.Value? { facts.first { $0.key == key }?.value }

  /// The fact that its master's kind tells of it under that key; nil where there is none.
  public func slaveFact(_ key: String) -> LinkFact.Value? { slaveFacts.first { $0.key == key }?.value }

  /// The one fact worth showing beside the name: `vlan 100`, `vxlan 42`, `macvlan bridge`, `bond active-backup`.
  public var detail: String {
    func text(_ key: String) -> String? {
      switch fact(key) {
      case .number(let number): String(number)
      case .text(let text): text
      default: nil
      }
    }
    switch kind {
    case "vlan": return text("id").map { "\(kind) \($0)" } ?? kind
    case "vxlan", "geneve":
      let far = ["remote", "remote6", "group", "group6"].lazy.compactMap(text).first
      return ([kind] + [text("id"), far.map { "to \($0)" }].compactMap(\.self)).joined(separator: " ")
    case "vrf": return text("table").map { "vrf table \($0)" } ?? kind
    case "tun": return text("type") ?? kind
    case "macvlan", "macvtap", "ipvlan", "ipvtap", "bond", "netkit": return text("mode").map { "\(kind) \($0)" } ?? kind
    case "gre", "gretap", "ip6gre", "ipip", "sit", "ip6tnl", "vti":
      return text("remote").map { $0 == "any" ? kind : "\(kind) to \($0)" } ?? kind
    default: return ""
    }
  }
}
