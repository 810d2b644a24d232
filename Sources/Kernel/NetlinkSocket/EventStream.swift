internal import CLinux
internal import Glibc
internal import LinuxSystem
public import Netlink
internal import SystemPackage

/// A socket that hears the changes of every namespace that has an id in ours (`NETLINK_LISTEN_ALL_NSID`).
public final class EventStream {
  private let fd: OwnedDescriptor
  private var buffer = [UInt8](repeating: 0, count: 32 << 10)
  /// Whether other namespaces are heard too; needs CAP_NET_BROADCAST.
  public let hearsAllNamespaces: Bool
  /// The size of the receive buffer that the kernel granted, in bytes.
  public let receiveBuffer: Int

  /// What a round of reading brought besides messages.
  public struct Drained: Sendable {
    /// Events were lost: everything has to be read again.
    public var overrun = false
    /// Datagrams that can't be read; the first one's reason.
    public var malformed: DecodeError?
    /// How many datagrams were read.
    public var datagrams = 0
  }

  /// Opens the socket, binds it, and only then joins the groups: a later bind(2) would leave the groups up to 32 again.
  ///
  /// `receiveBuffer` is asked for with `SO_RCVBUFFORCE` (CAP_NET_ADMIN), else with `SO_RCVBUF` up to rmem_max.
  public init(groups: [UInt32], receiveBuffer wanted: CInt = 8 << 20) throws(RequestError) {
    do {
      fd = try OwnedDescriptor(result: nt_netlink_socket(0, 1))
    } catch { throw .system(operation: "socket(AF_NETLINK)", error) }
    var on: CInt = 1
    let size = socklen_t(MemoryLayout<CInt>.size)
    hearsAllNamespaces = unsafe setsockopt(fd.rawValue, 270, 8, &on, size) == 0
    var bytes = wanted
    if unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, size) != 0 {
      unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUF, &bytes, size)
    }
    var granted: CInt = 0
    var length = size
    unsafe getsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUF, &granted, &length)
    receiveBuffer = Int(granted)
    var port: UInt32 = 0
    guard unsafe nt_netlink_bind(fd.rawValue, &port) == 0 else {
      throw .system(operation: "bind(AF_NETLINK)", .current)
    }
    for group in groups {
      var number = group
      // NETLINK_ADD_MEMBERSHIP
      guard unsafe setsockopt(fd.rawValue, 270, 1, &number, size) == 0 else {
        throw .system(operation: "joining netlink group \(group)", .current)
      }
    }
  }

  /// What the loop watches.
  public var descriptor: CInt { fd.rawValue }

  /// Reads until nothing is left, or `limit` datagrams, and hands over every message with the nsid of the namespace it
  /// comes from (nil: our own).
  public func drain(limit: Int = 256, _ receive: (Int32?, MessageHeader, RawSpan) -> Void) -> Drained {
    var result = Drained()
    while result.datagrams < limit {
      var info = nt_datagram()
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe nt_netlink_receive(fd.rawValue, raw.baseAddress, raw.count, 0, &info)
      }
      if count < 0 {
        switch Errno.current {
        case .interrupted: continue
        case .noBufferSpace:
          result.overrun = true
          continue
        default: return result
        }
      }
      result.datagrams += 1
      if info.sender != 0 { continue }  // not from the kernel
      if info.truncated != 0 || info.ctruncated != 0 {
        result.overrun = true
        if count > buffer.count { buffer = [UInt8](repeating: 0, count: count + 4096) }
        continue
      }
      do {
        try unsafe forEachMessage(in: buffer.span.bytes.extracting(0..<count)) { header, payload in
          receive(info.nsid < 0 ? nil : info.nsid, header, payload)
        }
      } catch {
        result.overrun = true
        result.malformed = result.malformed ?? (error as? DecodeError)
      }
    }
    return result
  }
}
