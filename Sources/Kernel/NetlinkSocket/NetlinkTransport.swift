public import SystemPackage

/// What carries datagrams to the kernel and back: a socket, or in tests a scripted kernel.
public protocol NetlinkTransport: AnyObject {
  /// The port id that the kernel knows it by (`nl_pid`).
  var port: UInt32 { get }
  /// What a loop watches; -1 where there is nothing to watch.
  var descriptor: CInt { get }
  /// The cookie of the namespace that it is in (`SO_NETNS_COOKIE`); nil before Linux 5.14.
  var namespaceCookie: UInt64? { get }
  /// Sends one datagram to the kernel; throws `Errno` of sendto(2).
  func send(_ bytes: [UInt8]) throws(Errno)
  /// Receives one datagram into a buffer, of which it fills as much as there is room for; throws `Errno` of recvmsg(2).
  func receive(into buffer: inout [UInt8]) throws(Errno) -> Datagram
}

/// What is told of a datagram besides its bytes.
public struct Datagram: Hashable, Sendable {
  /// Its true length in bytes, which is more than the buffer's where it was cut.
  public var length: Int
  /// Who sent it (`nl_pid`); 0 is the kernel.
  public var sender: UInt32
  /// The nsid of the namespace that an event comes from (`NETLINK_LISTEN_ALL_NSID`); nil: our own.
  public var nsid: Int32?
  /// Whether it was longer than the buffer (`MSG_TRUNC`).
  public var isTruncated: Bool
  /// Whether its control data, in which the nsid would be, was lost (`MSG_CTRUNC`).
  public var lacksControl: Bool

  /// Makes a datagram of the kernel's, whole, from our own namespace unless it is said otherwise.
  public init(
    length: Int, sender: UInt32 = 0, nsid: Int32? = nil, isTruncated: Bool = false, lacksControl: Bool = false
  ) {
    self.length = length
    self.sender = sender
    self.nsid = nsid
    self.isTruncated = isTruncated
    self.lacksControl = lacksControl
  }
}
