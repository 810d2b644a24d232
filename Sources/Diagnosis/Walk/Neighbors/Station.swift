internal import Knowledge
internal import Topology

/// A link on a segment that takes frames for its namespace, and what its namespace does where somebody asks for an
/// address there.
struct Station: Sendable {
  /// Why its namespace has something to do with the address.
  enum Claim: Sendable {
    /// The link has it.
    case own
    /// Another link of the namespace has it: the weak host model of IPv4 (RFC 1122, 3.3.4.2).
    case elsewhere(Link)
    /// It leads there, and answers for others where `proxy_arp`, or an entry and `proxy_ndp`, say so.
    case proxy
  }

  /// Why it does not answer all the same.
  enum Refusal: Sendable {
    /// A value of `arp_ignore`, and the setting that has it.
    case arpIgnore(key: String, value: String)
    /// IPv6 answers only for the addresses of the link itself (RFC 4861, 7.2.4).
    case otherLink
    /// The address is tentative, or failed its duplicate detection (RFC 4862, 5.4).
    case unusable(InterfaceAddress)
    /// `proxy_arp` is on, and there is no route to the address.
    case noRoute
    /// `proxy_arp` is off.
    case noProxy
    /// IPv6 answers for others only where `proxy_ndp` is on and an entry names the address.
    case noNeighborProxy(isOn: Bool, hasEntry: Bool)
  }

  let link: Link
  let claim: Claim
  var refusal: Refusal?

  /// Whether the link itself has the address and says so.
  var isOwner: Bool { if case .own = claim { true } else { false } }
}
