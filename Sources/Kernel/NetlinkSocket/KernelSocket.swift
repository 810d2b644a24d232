internal import CLinux
internal import Glibc
internal import LinuxSystem
public import SystemPackage

/// A netlink socket of the kernel's (netlink(7)).
public final class KernelSocket: NetlinkTransport {
  /// Options of the level `SOL_NETLINK`.
  public enum Option: CInt, Sendable {
    /// `NETLINK_ADD_MEMBERSHIP`: joins a multicast group, whose number is the value.
    case addMembership = 1
    /// `NETLINK_LISTEN_ALL_NSID`: hears the namespaces that have an id in ours; needs CAP_NET_BROADCAST.
    case listenAllNSID = 8
    /// `NETLINK_CAP_ACK`: errors do not echo the request.
    case capAck = 10
    /// `NETLINK_EXT_ACK`: errors come with the kernel's own words.
    case extAck = 11
    /// `NETLINK_GET_STRICT_CHK`: a request with what the kernel does not heed is refused (Linux 4.20).
    case strictCheck = 12
  }

  /// `SOL_NETLINK`, which glibc's headers leave to the kernel's.
  private static let level: CInt = 270

  private let fd: OwnedDescriptor
  /// The port id that the kernel chose.
  public let port: UInt32

  /// Opens and binds a socket in the calling thread's namespace; `family` is `NETLINK_*` (0: `NETLINK_ROUTE`).
  ///
  /// Joined groups are lost by bind(2), where they are up to 32: it is done here, before any can be joined.
  public init(family: CInt = 0, isNonblocking: Bool = false) throws(RequestError) {
    do {
      fd = try OwnedDescriptor(result: nt_netlink_socket(family, isNonblocking ? 1 : 0))
    } catch { throw .system(operation: "socket(AF_NETLINK)", error) }
    port = try Self.bind(fd.rawValue)
  }

  /// Takes over a socket that was opened elsewhere, and binds it.
  public init(adopting descriptor: CInt) throws(RequestError) {
    fd = OwnedDescriptor(adopting: descriptor)
    port = try Self.bind(descriptor)
  }

  private static func bind(_ descriptor: CInt) throws(RequestError) -> UInt32 {
    var port: UInt32 = 0
    guard unsafe nt_netlink_bind(descriptor, &port) == 0 else {
      throw .system(operation: "bind(AF_NETLINK)", .current)
    }
    return port
  }

  /// What a loop watches.
  public var descriptor: CInt { fd.rawValue }

  /// The cookie of the namespace that the socket is in (`SO_NETNS_COOKIE`); nil before Linux 5.14.
  public var namespaceCookie: UInt64? {
    let cookie = nt_netns_cookie(fd.rawValue)
    return cookie == 0 ? nil : cookie
  }

  /// Sets an option; throws `Errno` of setsockopt(2), of an old kernel `noProtocolOption`.
  public func set(_ option: Option, _ value: UInt32 = 1) throws(Errno) {
    var value = value
    let size = socklen_t(MemoryLayout<UInt32>.size)
    guard unsafe setsockopt(fd.rawValue, Self.level, option.rawValue, &value, size) == 0 else { throw .current }
  }

  /// Asks for a receive buffer of so many bytes: beyond rmem_max where that is allowed (`SO_RCVBUFFORCE`,
  /// CAP_NET_ADMIN), else up to it. Returns what the kernel granted, in bytes.
  @discardableResult
  public func reserveReceiveBuffer(_ bytes: CInt) -> Int {
    var wanted = bytes
    var length = socklen_t(MemoryLayout<CInt>.size)
    if unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUFFORCE, &wanted, length) != 0 {
      unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUF, &wanted, length)
    }
    var granted: CInt = 0
    unsafe getsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUF, &granted, &length)
    return Int(granted)
  }

  /// Waits for a datagram no longer than so many seconds; then `receive` throws `wouldBlock`.
  public func limitWaiting(seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Sends one datagram to the kernel; throws `Errno` of sendto(2).
  public func send(_ bytes: [UInt8]) throws(Errno) {
    let sent = unsafe bytes.withUnsafeBytes { unsafe nt_netlink_send(fd.rawValue, $0.baseAddress, $0.count) }
    if sent < 0 { throw .current }
    // A datagram goes whole or not at all.
    guard sent == bytes.count else { throw .messageTooLong }
  }

  /// Receives one datagram; throws `Errno` of recvmsg(2).
  public func receive(into buffer: inout [UInt8]) throws(Errno) -> Datagram {
    var info = nt_datagram()
    let length = unsafe buffer.withUnsafeMutableBytes { raw in
      unsafe nt_netlink_receive(fd.rawValue, raw.baseAddress, raw.count, 0, &info)
    }
    guard length >= 0 else { throw .current }
    return Datagram(
      length: length, sender: info.sender, nsid: info.nsid < 0 ? nil : info.nsid, isTruncated: info.truncated != 0,
      lacksControl: info.ctruncated != 0)
  }
}
