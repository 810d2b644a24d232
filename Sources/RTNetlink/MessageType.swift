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
  public static let newNamespaceID: UInt16 = 88
  public static let delNamespaceID: UInt16 = 89
  public static let getNamespaceID: UInt16 = 90
  public static let newStats: UInt16 = 92
  public static let getStats: UInt16 = 94
}

/// Multicast groups (`RTNLGRP_*`).
public enum MulticastGroup {
  public static let link: UInt32 = 1
  public static let ipv4Address: UInt32 = 5
  public static let ipv6Address: UInt32 = 9
  public static let namespaceID: UInt32 = 28
}

/// Address families (`AF_*`).
public enum Family {
  public static let unspecified: UInt8 = 0
  public static let inet: UInt8 = 2
  public static let bridge: UInt8 = 7
  public static let inet6: UInt8 = 10
}
