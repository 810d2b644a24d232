internal import Sentences
import Topology

/// Why a list of rules could not be read: one line with the place and the reason.
public struct RulesError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Whose text it is: `iptables-save`, `nft -j list ruleset`.
  public var tool: String
  /// A line (`line 7`) or a path (`nftables[3].rule.family`).
  public var place: String
  /// What is wrong there.
  public var reason: String

  /// Makes an error; control characters of the place and the reason are escaped.
  public init(tool: String, place: String, reason: String) {
    self.tool = tool
    self.place = SafeText.clean(place)
    self.reason = SafeText.clean(reason)
  }

  /// The one line.
  public var description: String {
    Say.Rules.unreadable(tool, place, reason)
  }
}
