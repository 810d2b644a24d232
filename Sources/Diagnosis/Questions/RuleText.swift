/// A tool, or a file, that tells of a namespace's packet filter.
public enum RuleSource: String, Hashable, Sendable, CaseIterable {
  /// `iptables-nft-save -c`, or an `iptables-save` whose `-V` says `nf_tables`.
  case iptables
  /// The same of ip6tables.
  case ip6tables
  /// `iptables-legacy-save -c`, or an `iptables-save` whose `-V` says `legacy`. Asked only where `legacyTables` is not
  /// empty: nothing is loaded by it then.
  case iptablesLegacy
  /// The same of ip6tables.
  case ip6tablesLegacy
  /// `nft -j list ruleset`.
  case nft
  /// `nft list chains`: before 1.0.7 the JSON does not say which devices a chain at ingress belongs to.
  case nftChains
  /// `/proc/net/ip_tables_names` as read inside (`/proc/thread-self/net/…`); a file that does not exist is an empty
  /// text.
  case legacyTables
  /// `/proc/net/ip6_tables_names`.
  case legacyTables6

  /// The usual command, or the file's path.
  public var command: String {
    switch self {
    case .iptables: "iptables-nft-save -c"
    case .ip6tables: "ip6tables-nft-save -c"
    case .iptablesLegacy: "iptables-legacy-save -c"
    case .ip6tablesLegacy: "ip6tables-legacy-save -c"
    case .nft: "nft -j list ruleset"
    case .nftChains: "nft list chains"
    case .legacyTables: "/proc/net/ip_tables_names"
    case .legacyTables6: "/proc/net/ip6_tables_names"
    }
  }
}

/// What a tool printed.
public enum RuleText: Hashable, Sendable {
  /// The output with its counters; of a file, what is in it.
  case text(String)
  /// Why there is no output.
  case unread(Unread)
}
