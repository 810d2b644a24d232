/// The numbers of a route's message (linux/rtnetlink.h).
extension RouteMessage {
  /// `RTA_*`.
  public enum Attribute {
    /// `RTA_DST`: 4 or 16 bytes.
    public static let destination: UInt16 = 1
    /// `RTA_SRC`: 4 or 16 bytes.
    public static let source: UInt16 = 2
    /// `RTA_IIF`: an ifindex.
    public static let inputIndex: UInt16 = 3
    /// `RTA_OIF`: an ifindex.
    public static let outputIndex: UInt16 = 4
    /// `RTA_GATEWAY`: 4 or 16 bytes.
    public static let gateway: UInt16 = 5
    /// `RTA_PRIORITY`: the metric, 32 bits.
    public static let priority: UInt16 = 6
    /// `RTA_PREFSRC`: 4 or 16 bytes.
    public static let preferredSource: UInt16 = 7
    /// `RTA_METRICS`: `Metric`, nested.
    public static let metrics: UInt16 = 8
    /// `RTA_MULTIPATH`: one `struct rtnexthop` behind the other.
    public static let hops: UInt16 = 9
    /// `RTA_TABLE`: 32 bits, which take the place of the header's eight.
    public static let table: UInt16 = 15
    /// `RTA_MARK`: 32 bits.
    public static let mark: UInt16 = 16
    /// `RTA_VIA`: `struct rtvia`, a family of 16 bits and an address.
    public static let via: UInt16 = 18
    /// `RTA_PREF`: `Preference`, one byte.
    public static let preference: UInt16 = 20
    /// `RTA_ENCAP_TYPE`: `LWTUNNEL_ENCAP_*`, 16 bits.
    public static let encapsulation: UInt16 = 21
    /// `RTA_IP_PROTO`: one byte.
    public static let ipProtocol: UInt16 = 27
    /// `RTA_DPORT`: 16 bits in network order.
    public static let destinationPort: UInt16 = 29
    /// `RTA_NH_ID`: 32 bits.
    public static let nextHopID: UInt16 = 30
  }

  /// `RTAX_*`: the attributes in `Attribute.metrics`.
  public enum Metric: UInt16, Sendable {
    /// `RTAX_MTU`: bytes.
    case mtu = 2
    /// `RTAX_WINDOW`: the largest window that is announced, in bytes.
    case window = 3
    /// `RTAX_RTT`: the round trip time to begin with, in eighths of a millisecond.
    case rtt = 4
    /// `RTAX_RTTVAR`: its variance to begin with, in quarters of a millisecond.
    case rttvar = 5
    /// `RTAX_SSTHRESH`: the threshold of slow start to begin with.
    case ssthresh = 6
    /// `RTAX_CWND`: the bound of the congestion window.
    case cwnd = 7
    /// `RTAX_ADVMSS`: the segment size that is announced, in bytes.
    case advmss = 8
    /// `RTAX_REORDERING`: how much out of order is no loss.
    case reordering = 9
    /// `RTAX_HOPLIMIT`: the hop limit of what is sent.
    case hoplimit = 10
    /// `RTAX_INITCWND`: the congestion window to begin with.
    case initcwnd = 11
    /// `RTAX_FEATURES`: `RTAX_FEATURE_*`.
    case features = 12
    /// `RTAX_RTO_MIN`: the least time before something is sent again, in milliseconds.
    case rtoMin = 13
    /// `RTAX_INITRWND`: the receive window to begin with.
    case initrwnd = 14
    /// `RTAX_QUICKACK`: 1 where acknowledgements are not delayed.
    case quickack = 15
    /// `RTAX_CC_ALGO`: the algorithm of congestion control.
    case congctl = 16
    /// `RTAX_FASTOPEN_NO_COOKIE`: 1 where TCP Fast Open needs no cookie.
    case fastOpenNoCookie = 17

    /// The word of `ip route`.
    public var name: String {
      switch self {
      case .rtoMin: "rto_min"
      case .fastOpenNoCookie: "fastopen_no_cookie"
      default: "\(self)"
      }
    }
  }

  /// `RTN_*`: what becomes of the packets. The cases are iproute2's words.
  public enum Kind: UInt8, Sendable {
    /// `RTN_UNSPEC`.
    case none = 0
    /// `RTN_UNICAST`: they go to a next hop.
    case unicast = 1
    /// `RTN_LOCAL`: they are for this namespace.
    case local = 2
    /// `RTN_BROADCAST`: they are for this namespace, and were sent as broadcasts.
    case broadcast = 3
    /// `RTN_ANYCAST`: they are for this namespace, of an anycast address.
    case anycast = 4
    /// `RTN_MULTICAST`.
    case multicast = 5
    /// `RTN_BLACKHOLE`: they are dropped without a word.
    case blackhole = 6
    /// `RTN_UNREACHABLE`: they are dropped, and the sender is told.
    case unreachable = 7
    /// `RTN_PROHIBIT`: they are dropped, and the sender is told that it is by policy.
    case prohibit = 8
    /// `RTN_THROW`: the next rule decides.
    case `throw` = 9
    /// `RTN_NAT`: not in use any more.
    case nat = 10
    /// `RTN_XRESOLVE`: a program outside decides; not in use.
    case xresolve = 11
  }

  /// `RTPROT_*`: who set the route. The cases are the words of iproute2's rt_protos.
  public enum Origin: UInt8, Sendable {
    /// `RTPROT_UNSPEC`.
    case unspec = 0
    /// `RTPROT_REDIRECT`: an ICMP redirect.
    case redirect = 1
    /// `RTPROT_KERNEL`: the kernel itself, of an address.
    case kernel = 2
    /// `RTPROT_BOOT`: somebody who did not say; `ip route` without a protocol.
    case boot = 3
    /// `RTPROT_STATIC`: an administrator.
    case `static` = 4
    /// `RTPROT_GATED`.
    case gated = 8
    /// `RTPROT_RA`: a router advertisement.
    case ra = 9
    /// `RTPROT_MRT`.
    case mrt = 10
    /// `RTPROT_ZEBRA`.
    case zebra = 11
    /// `RTPROT_BIRD`.
    case bird = 12
    /// `RTPROT_DNROUTED`.
    case dnrouted = 13
    /// `RTPROT_XORP`.
    case xorp = 14
    /// `RTPROT_NTK`.
    case ntk = 15
    /// `RTPROT_DHCP`: a DHCP client.
    case dhcp = 16
    /// `RTPROT_KEEPALIVED`.
    case keepalived = 18
    /// `RTPROT_BABEL`.
    case babel = 42
    /// `RTPROT_BGP`.
    case bgp = 186
    /// `RTPROT_ISIS`.
    case isis = 187
    /// `RTPROT_OSPF`.
    case ospf = 188
    /// `RTPROT_RIP`.
    case rip = 189
    /// `RTPROT_EIGRP`.
    case eigrp = 192
  }

  /// `RT_SCOPE_*`, as far as requests need them.
  public enum Scope {
    /// `RT_SCOPE_UNIVERSE`: anywhere.
    public static let universe: UInt8 = 0
  }

  /// `RT_TABLE_*`, as far as requests need them.
  public enum Table {
    /// `RT_TABLE_MAIN`: where routes go that nobody says a table of.
    public static let main: UInt8 = 254
  }

  /// `RTM_F_*`: the upper bits of a route's flags; the lower ones are `NextHop.Flag`.
  public enum Flag {
    /// `RTM_F_NOTIFY`: changes of it are told.
    public static let notify: UInt32 = 0x100
    /// `RTM_F_CLONED`: nobody set it; the kernel keeps what it has found out of a destination.
    public static let cloned: UInt32 = 0x200
    /// `RTM_F_LOOKUP_TABLE`: the answer is to name the table that it was found in.
    public static let lookupTable: UInt32 = 0x1000
    /// `RTM_F_OFFLOAD`: the hardware has it.
    public static let offload: UInt32 = 0x4000
    /// `RTM_F_TRAP`: the hardware gives its packets to the kernel.
    public static let trap: UInt32 = 0x8000
    /// `RTM_F_OFFLOAD_FAILED`: the hardware did not take it.
    public static let offloadFailed: UInt32 = 0x2000_0000
  }

  /// `ICMPV6_ROUTER_PREF_*` (linux/icmpv6.h; RFC 4191). The cases are iproute2's words.
  public enum Preference: UInt8, Sendable {
    /// `ICMPV6_ROUTER_PREF_MEDIUM`.
    case medium = 0
    /// `ICMPV6_ROUTER_PREF_HIGH`.
    case high = 1
    /// `ICMPV6_ROUTER_PREF_LOW`.
    case low = 3
  }
}

extension RouteMessage.NextHop {
  /// `RTNH_F_*`: the lower bits of a route's flags, and those of each of several next hops.
  public enum Flag {
    /// `RTNH_F_DEAD`: its link has gone.
    public static let dead: UInt32 = 0x1
    /// `RTNH_F_PERVASIVE`: the gateway is looked up again.
    public static let pervasive: UInt32 = 0x2
    /// `RTNH_F_ONLINK`: the gateway is on the link, whatever the addresses say.
    public static let onLink: UInt32 = 0x4
    /// `RTNH_F_OFFLOAD`: the hardware has it.
    public static let offload: UInt32 = 0x8
    /// `RTNH_F_LINKDOWN`: its link has no carrier.
    public static let linkDown: UInt32 = 0x10
    /// `RTNH_F_UNRESOLVED`: of multicast routing.
    public static let unresolved: UInt32 = 0x20
    /// `RTNH_F_TRAP`: the hardware gives its packets to the kernel.
    public static let trap: UInt32 = 0x40
  }
}
