internal import Labels

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

  /// What kind of link it is, with the one fact worth showing: `vlan 100`, `vxlan 42`, `macvlan bridge`, `wireguard`; empty
  /// where the kernel names no kind.
  public var detail: String { kindWords.first ?? "" }

  /// The same from long to short: `vxlan 42 to 192.0.2.12`, `vxlan 42`.
  public var kindWords: [String] {
    func text(_ key: String) -> String? {
      switch fact(key) {
      case .number(let number): String(number)
      case .text(let text): text
      default: nil
      }
    }
    /// The kind with that word behind it, where there is one.
    func words(_ word: String?) -> [String] { (word.map { ["\(kind) \($0)"] } ?? []) + [kind] }
    switch kind {
    case "": return []
    case "vlan": return [words(text("id"))[0]]
    case "vxlan", "geneve":
      let short = words(text("id"))[0]
      let far = ["remote", "remote6", "group", "group6"].lazy.compactMap(text).first
      return (far.map { [Say.TopologyWords.tunnel(short, to: $0)] } ?? []) + [short]
    case "vrf": return words(text("table").map { "table \($0)" })
    case "tun": return [text("type") ?? kind]
    case "macvlan", "macvtap", "ipvlan", "ipvtap", "bond", "netkit": return words(text("mode"))
    case "gre", "gretap", "erspan", "ip6gre", "ip6gretap", "ip6erspan", "ipip", "sit", "ip6tnl", "vti", "vti6":
      let far = text("remote").flatMap { $0 == "any" ? nil : $0 }
      return (far.map { [Say.TopologyWords.tunnel(kind, to: $0)] } ?? []) + [kind]
    default: return [kind]
    }
  }
}
