/// Message types of rtnetlink(7) that the program sends or reads.
public enum MessageType {
  public static let newLink: UInt16 = 16
  public static let delLink: UInt16 = 17
  public static let getLink: UInt16 = 18
  public static let setLink: UInt16 = 19
  public static let newAddress: UInt16 = 20
  public static let delAddress: UInt16 = 21
  public static let getAddress: UInt16 = 22
  public static let newRoute: UInt16 = 24
  public static let delRoute: UInt16 = 25
  public static let getRoute: UInt16 = 26
  public static let newNeighbor: UInt16 = 28
  public static let delNeighbor: UInt16 = 29
  public static let getNeighbor: UInt16 = 30
  public static let newRule: UInt16 = 32
  public static let delRule: UInt16 = 33
  public static let getRule: UInt16 = 34
  public static let newNamespaceID: UInt16 = 88
  public static let delNamespaceID: UInt16 = 89
  public static let getNamespaceID: UInt16 = 90
  public static let newStats: UInt16 = 92
  public static let getStats: UInt16 = 94
}

/// Multicast groups (`RTNLGRP_*`).
public enum MulticastGroup {
  public static let link: UInt32 = 1
  public static let neighbor: UInt32 = 3
  public static let ipv4Address: UInt32 = 5
  public static let ipv4Route: UInt32 = 7
  public static let ipv4Rule: UInt32 = 8
  public static let ipv6Address: UInt32 = 9
  public static let ipv6Route: UInt32 = 11
  public static let ipv6Rule: UInt32 = 19
  public static let namespaceID: UInt32 = 28
}

/// Address families (`AF_*`).
public enum Family {
  public static let unspecified: UInt8 = 0
  public static let inet: UInt8 = 2
  public static let bridge: UInt8 = 7
  public static let inet6: UInt8 = 10
}

extension MessageType {
  /// The constant's name as in linux/rtnetlink.h: `RTM_NEWLINK`; `RTM_97` for one without a name here.
  public static func name(of type: UInt16) -> String {
    // The kinds of objects stand four apart: new, delete, get, set.
    let objects: [UInt16: String] = [
      16: "LINK", 20: "ADDR", 24: "ROUTE", 28: "NEIGH", 32: "RULE", 36: "QDISC", 40: "TCLASS", 44: "TFILTER",
      48: "ACTION", 52: "PREFIX", 56: "MULTICAST", 60: "ANYCAST", 64: "NEIGHTBL", 68: "NDUSEROPT", 72: "ADDRLABEL",
      76: "DCB", 80: "NETCONF", 84: "MDB", 88: "NSID", 92: "STATS", 96: "CACHEREPORT", 100: "CHAIN", 104: "NEXTHOP",
      108: "LINKPROP", 112: "VLAN", 116: "NEXTHOPBUCKET", 120: "TUNNEL",
    ]
    guard type >= 16, let object = objects[type & ~3] else {
      return ["NLMSG_0", "NLMSG_NOOP", "NLMSG_ERROR", "NLMSG_DONE", "NLMSG_OVERRUN"][safe: Int(type)] ?? "RTM_\(type)"
    }
    return "RTM_" + ["NEW", "DEL", "GET", "SET"][Int(type & 3)] + object
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
