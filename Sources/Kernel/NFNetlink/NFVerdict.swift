/// What becomes of a packet: `NF_*` of linux/netfilter.h, and nf_tables' own, which are negative. The cases are nft's words.
public enum NFVerdict: Int32, Hashable, Sendable {
  /// `NF_DROP`.
  case drop = 0
  /// `NF_ACCEPT`.
  case accept = 1
  /// `NF_STOLEN`: somebody has taken it over.
  case stolen = 2
  /// `NF_QUEUE`: a program decides.
  case queue = 3
  /// `NF_REPEAT`: the hook is to begin anew.
  case `repeat` = 4
  /// `NFT_CONTINUE`: the next rule.
  case `continue` = -1
  /// `NFT_BREAK`: this rule does not match.
  case `break` = -2
  /// `NFT_JUMP`: another chain, and then back.
  case jump = -3
  /// `NFT_GOTO`: another chain, and not back.
  case goto = -4
  /// `NFT_RETURN`: back to the chain that jumped here.
  case `return` = -5

  /// `NF_VERDICT_MASK`: behind the verdict there may be an errno, or the number of a queue.
  private static let mask: Int32 = 0x0000_00FF

  /// Takes a verdict without what may stand behind it; nil for one that is not known.
  public init?(_ code: Int32) { self.init(rawValue: code < 0 ? code : code & Self.mask) }
}
