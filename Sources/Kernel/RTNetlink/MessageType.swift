/// Message types of rtnetlink(7) that the program sends or reads.
public enum MessageType {
  /// `RTM_NEWLINK`: describes a link; as a request it makes or changes one.
  public static let newLink: UInt16 = 16
  /// `RTM_DELLINK`: tells that a link has gone; as a request it deletes one.
  public static let delLink: UInt16 = 17
  /// `RTM_GETLINK`: asks for links; `RTM_NEWLINK` answers.
  public static let getLink: UInt16 = 18
  /// `RTM_SETLINK`: changes a link that is there.
  public static let setLink: UInt16 = 19
  /// `RTM_NEWADDR`: describes an address; as a request it adds one.
  public static let newAddress: UInt16 = 20
  /// `RTM_DELADDR`: tells that an address has gone; as a request it deletes one.
  public static let delAddress: UInt16 = 21
  /// `RTM_GETADDR`: asks for addresses; `RTM_NEWADDR` answers.
  public static let getAddress: UInt16 = 22
  /// `RTM_NEWROUTE`: describes a route; as a request it adds one.
  public static let newRoute: UInt16 = 24
  /// `RTM_DELROUTE`: tells that a route has gone; as a request it deletes one.
  public static let delRoute: UInt16 = 25
  /// `RTM_GETROUTE`: asks for routes, or for the one of a packet; `RTM_NEWROUTE` answers.
  public static let getRoute: UInt16 = 26
  /// `RTM_NEWNEIGH`: describes a neighbour or forwarding entry; as a request it adds one.
  public static let newNeighbor: UInt16 = 28
  /// `RTM_DELNEIGH`: tells that a neighbour or forwarding entry has gone; as a request it deletes one.
  public static let delNeighbor: UInt16 = 29
  /// `RTM_GETNEIGH`: asks for neighbours or forwarding entries; `RTM_NEWNEIGH` answers.
  public static let getNeighbor: UInt16 = 30
  /// `RTM_NEWRULE`: describes a rule of the routing policy; as a request it adds one.
  public static let newRule: UInt16 = 32
  /// `RTM_DELRULE`: tells that a rule has gone; as a request it deletes one.
  public static let delRule: UInt16 = 33
  /// `RTM_GETRULE`: asks for rules; `RTM_NEWRULE` answers.
  public static let getRule: UInt16 = 34
  /// `RTM_NEWQDISC`: describes a queueing discipline; as a request it makes one.
  public static let newDiscipline: UInt16 = 36
  /// `RTM_GETQDISC`: asks for queueing disciplines; `RTM_NEWQDISC` answers.
  public static let getDiscipline: UInt16 = 38
  /// `RTM_NEWTFILTER`: describes a filter of traffic control; as a request it makes one.
  public static let newFilter: UInt16 = 44
  /// `RTM_GETTFILTER`: asks for filters; `RTM_NEWTFILTER` answers.
  public static let getFilter: UInt16 = 46
  /// `RTM_NEWMDB`: describes members of groups of multicast.
  public static let newMulticast: UInt16 = 84
  /// `RTM_GETMDB`: asks for members of groups; `RTM_NEWMDB` answers.
  public static let getMulticast: UInt16 = 86
  /// `RTM_NEWNSID`: tells a namespace's id; as a request it gives one.
  public static let newNamespaceID: UInt16 = 88
  /// `RTM_DELNSID`: tells that a namespace has lost its id.
  public static let delNamespaceID: UInt16 = 89
  /// `RTM_GETNSID`: asks for ids; `RTM_NEWNSID` answers.
  public static let getNamespaceID: UInt16 = 90
  /// `RTM_NEWSTATS`: holds a link's counters, in answer to `RTM_GETSTATS`.
  public static let newStats: UInt16 = 92
  /// `RTM_GETSTATS`: asks for counters.
  public static let getStats: UInt16 = 94
  /// `RTM_NEWVLAN`: describes the VLANs of a bridge or a port.
  public static let newVLAN: UInt16 = 112
  /// `RTM_GETVLAN`: asks for VLANs; `RTM_NEWVLAN` answers.
  public static let getVLAN: UInt16 = 114
  /// `RTM_NEWTUNNEL`: describes the networks of a vxlan.
  public static let newTunnel: UInt16 = 120
  /// `RTM_GETTUNNEL`: asks for the networks of vxlans; `RTM_NEWTUNNEL` answers.
  public static let getTunnel: UInt16 = 122
}

/// Multicast groups (`RTNLGRP_*`).
public enum MulticastGroup {
  /// `RTNLGRP_LINK`: links.
  public static let link: UInt32 = 1
  /// `RTNLGRP_NEIGH`: neighbours, and entries of forwarding databases.
  public static let neighbor: UInt32 = 3
  /// `RTNLGRP_IPV4_IFADDR`: addresses of IPv4.
  public static let ipv4Address: UInt32 = 5
  /// `RTNLGRP_IPV4_ROUTE`: routes of IPv4.
  public static let ipv4Route: UInt32 = 7
  /// `RTNLGRP_IPV4_RULE`: rules of IPv4's routing policy.
  public static let ipv4Rule: UInt32 = 8
  /// `RTNLGRP_IPV6_IFADDR`: addresses of IPv6.
  public static let ipv6Address: UInt32 = 9
  /// `RTNLGRP_IPV6_ROUTE`: routes of IPv6.
  public static let ipv6Route: UInt32 = 11
  /// `RTNLGRP_IPV6_RULE`: rules of IPv6's routing policy.
  public static let ipv6Rule: UInt32 = 19
  /// `RTNLGRP_NSID`: ids of namespaces.
  public static let namespaceID: UInt32 = 28
}

/// Address families (`AF_*`).
public enum Family {
  /// `AF_UNSPEC`: all families, in requests.
  public static let unspecified: UInt8 = 0
  /// `AF_INET`: IPv4.
  public static let inet: UInt8 = 2
  /// `AF_BRIDGE`: ports and forwarding databases of bridges.
  public static let bridge: UInt8 = 7
  /// `AF_INET6`: IPv6.
  public static let inet6: UInt8 = 10
}

extension MessageType {
  /// The constant's name as in linux/rtnetlink.h: `RTM_NEWLINK`; `RTM_97` for one without a name here.
  public static func name(of type: UInt16) -> String {
    // The kinds of objects stand four apart: new, delete, get, set.
    let verb: UInt16 = 3
    let objects: [UInt16: String] = [
      16: "LINK", 20: "ADDR", 24: "ROUTE", 28: "NEIGH", 32: "RULE", 36: "QDISC", 40: "TCLASS", 44: "TFILTER",
      48: "ACTION", 52: "PREFIX", 56: "MULTICAST", 60: "ANYCAST", 64: "NEIGHTBL", 68: "NDUSEROPT", 72: "ADDRLABEL",
      76: "DCB", 80: "NETCONF", 84: "MDB", 88: "NSID", 92: "STATS", 96: "CACHEREPORT", 100: "CHAIN", 104: "NEXTHOP",
      108: "LINKPROP", 112: "VLAN", 116: "NEXTHOPBUCKET", 120: "TUNNEL",
    ]
    guard type >= 16, let object = objects[type & ~verb] else {
      return ["NLMSG_0", "NLMSG_NOOP", "NLMSG_ERROR", "NLMSG_DONE", "NLMSG_OVERRUN"][safe: Int(type)] ?? "RTM_\(type)"
    }
    return "RTM_" + ["NEW", "DEL", "GET", "SET"][Int(type & verb)] + object
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
