public import Topology

/// What a rule decides.
public enum RuleVerdict: Hashable, Sendable {
  /// Ends this base chain; the next base chains of the hook still run.
  case accept
  /// Ends the packet.
  case drop
  /// Ends the packet and tells the sender.
  case reject
  /// On to the next rule.
  case next
  /// Back to the caller's next rule; in a base chain, to the policy.
  case returnToCaller
  /// On to the chain of that name; where that ends without a verdict, back to the next rule.
  case jump(String)
  /// As `jump`, but a return goes to the caller's caller.
  case goto(String)
}

/// A change of an address by network address translation.
public struct AddressTranslation: Hashable, Sendable {
  /// Which address is changed.
  public enum Kind: Hashable, Sendable {
    case source
    case destination
  }

  /// Which address is changed.
  public var kind: Kind
  /// The new address, where it can be read from the rule.
  public var address: IPAddress?
  /// The new port, where it can be read from the rule.
  public var port: UInt16?
  /// Whether the rule names an address alone, so that the port stays as it is (a source port may still change).
  public var isPortKept: Bool
  /// Whether the packet is sent to this host itself: to an address of the link that it came in by, or to 127.0.0.1 and
  /// ::1 where a program here sent it (REDIRECT).
  public var isRedirect = false

  /// Makes a translation.
  public init(_ kind: Kind, address: IPAddress? = nil, port: UInt16? = nil, isPortKept: Bool = false) {
    self.kind = kind
    self.address = address
    self.port = port
    self.isPortKept = isPortKept
  }
}

/// What a rule changes in the packet, or in what is known of it.
public enum PacketChange: Hashable, Sendable {
  /// `mark = (mark & and) ^ xor`; to set a mark, `and` is 0.
  case mark(and: UInt32, xor: UInt32)
  /// The mark becomes that of the connection (`CONNMARK --restore-mark`).
  case markFromConnection
  /// As `mark`, of the connection's mark.
  case connectionMark(and: UInt32, xor: UInt32)
  /// The connection takes over the mark (`CONNMARK --save-mark`).
  case connectionMarkFromMark
  /// The mark, to something that can't be read.
  case markUnknown
  /// The connection's mark, to something that can't be read.
  case connectionMarkUnknown
  /// The TTL, or the hop limit, becomes that number.
  case ttl(UInt8)
  /// So many hops more, or less; it never becomes less than 1 (xt_HL).
  case ttlAdded(Int)
  /// The TTL, or the hop limit, to something that can't be read.
  case ttlUnknown
  /// The DSCP, to something that can't be read.
  case dscpUnknown
  /// Conntrack leaves the packet alone (NOTRACK).
  case untracked
}

/// To whom a rule hands a packet, so that somebody else decides.
public struct Handover: Hashable, Sendable {
  /// Who that is.
  public enum Receiver: Hashable, Sendable {
    /// A program that reads one of these queues (nfnetlink_queue); without one the packet is dropped, unless it may
    /// pass by then.
    case queue(ClosedRange<UInt16>, mayBypass: Bool)
    /// A socket that listens on that port, with `IP_TRANSPARENT`; without one the packet is dropped. Nil: the
    /// packet's own port.
    case proxy(port: UInt16?)
    /// Anybody else.
    case other
  }

  /// The word of the rule: `NFQUEUE`, `TPROXY`, `fwd`.
  public var name: String
  /// Who decides.
  public var receiver: Receiver

  /// Makes a handover.
  public init(_ name: String, to receiver: Receiver = .other) {
    self.name = name
    self.receiver = receiver
  }
}

/// One step of a rule.
public enum RuleStatement: Hashable, Sendable {
  /// Where it fails the rule ends and the next one is asked.
  case match(Match)
  /// The verdict of the rule; what stands behind it is not carried out.
  case verdict(RuleVerdict)
  /// A verdict from a map; the rule ends where the key is not in it.
  case verdictMap([MatchOperand], [VerdictElement])
  /// Changes the packet and goes on.
  case change(PacketChange)
  /// Sets the addresses of the connection and accepts.
  case translate(AddressTranslation)
  /// Has no influence on the packet's fate: counters, log.
  case neutral(String)
  /// Somebody else decides, or accept and drop are both possible: a queue to userspace, TPROXY.
  case handover(Handover)
  /// Not understood: it could match or not, and do anything.
  case unreadable(String)
}

/// An element of a verdict map.
public struct VerdictElement: Hashable, Sendable {
  /// One part for each part of the key.
  public var key: [MatchElement]
  /// What the map says of that key.
  public var verdict: RuleVerdict

  /// Makes an element.
  public init(key: [MatchElement], verdict: RuleVerdict) {
    self.key = key
    self.verdict = verdict
  }
}
