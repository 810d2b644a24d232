internal import CLinux
internal import Diagnosis
internal import LinuxSystem
internal import SystemPackage
internal import Topology

/// One echo socket in another namespace. It keeps that namespace alive while it is open: one for each request.
final class EchoSocket {
  /// What came back.
  enum Answer {
    /// `at` in nanoseconds of the wall clock, as the kernel stamped it.
    case reply(EchoMessage, from: IPAddress?, at: Int64, ttl: Int?)
    case error(EchoError)
  }

  let descriptor: OwnedDescriptor
  /// Whether the kernel chooses the identifier (ICMP datagram socket).
  let isDatagram: Bool
  let isIPv6: Bool

  private init(_ descriptor: consuming OwnedDescriptor, isDatagram: Bool, isIPv6: Bool) {
    self.descriptor = descriptor
    self.isDatagram = isDatagram
    self.isIPv6 = isIPv6
  }

  /// Opens a raw socket in the namespace, else an ICMP datagram socket.
  static func open(in namespace: NamespaceID, isIPv6: Bool, _ access: KernelAccess) throws(Unread) -> EchoSocket {
    struct Opened: Sendable {
      var fd: CInt
      var isDatagram: Bool
      var rawError: Errno
      var datagramError: Errno
    }
    let opened = try access.visit(namespace) { () -> Opened in
      let raw = nt_echo_socket(isIPv6 ? 1 : 0, 1)
      if raw >= 0 {
        return Opened(fd: raw, isDatagram: false, rawError: Errno(rawValue: 0), datagramError: Errno(rawValue: 0))
      }
      let rawError = Errno.current
      let datagram = nt_echo_socket(isIPv6 ? 1 : 0, 0)
      return Opened(fd: datagram, isDatagram: true, rawError: rawError, datagramError: .current)
    }
    guard opened.fd >= 0 else {
      throw Unread(
        "no echo socket: raw: \(opened.rawError) (CAP_NET_RAW is missing), datagram: \(opened.datagramError)"
          + " (net.ipv4.ping_group_range)", missing: "CAP_NET_RAW")
    }
    return EchoSocket(OwnedDescriptor(adopting: opened.fd), isDatagram: opened.isDatagram, isIPv6: isIPv6)
  }

  /// Sends a request; throws `Errno` (no route, host unreachable, not permitted, no such source address).
  func send(_ message: EchoMessage, _ request: EchoRequest) throws(Errno) {
    if request.forbidsFragments {
      guard nt_forbid_fragments(descriptor.rawValue, isIPv6 ? 1 : 0) == 0 else { throw Errno.current }
    }
    if let source = request.source {
      let scope = source.isLinkLocal ? request.scope : 0
      let result = unsafe nt_bind_address(descriptor.rawValue, source.bytes, CInt(source.bytes.count), scope)
      guard result == 0 else { throw Errno.current }
    }
    let bytes = message.request(isIPv6: isIPv6, payload: request.payload)
    let address = request.destination.bytes
    let sent = unsafe nt_echo_send(
      descriptor.rawValue, bytes, bytes.count, address, CInt(address.count), request.scope)
    guard sent == bytes.count else { throw Errno.current }
  }

  /// The next answer that has arrived; nil where there is none.
  func receive() -> Answer? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    for _ in 0..<64 {
      var info = nt_echo_reply()
      let count = unsafe nt_echo_receive(descriptor.rawValue, &buffer, buffer.count, 0, &info)
      if count >= 0 {
        guard let message = EchoMessage(reply: Array(buffer[..<count]), isIPv6: isIPv6) else { continue }
        return .reply(
          message, from: EchoSocket.address(info.source, info.source_length), at: info.realtime_ns,
          ttl: info.ttl >= 0 ? Int(info.ttl) : nil)
      }
      // An error that is pending on the socket is reported once by recvmsg, then lies in the error queue.
      let failed = Errno.current
      if let error = queuedError() { return .error(error) }
      if failed == .wouldBlock || failed == .interrupted { return nil }
    }
    return nil
  }

  /// The next entry of the error queue; nil where there is none.
  func queuedError() -> EchoError? {
    var buffer = [UInt8](repeating: 0, count: 512)
    var details = nt_echo_reply()
    guard unsafe nt_echo_receive(descriptor.rawValue, &buffer, buffer.count, 1, &details) >= 0 else { return nil }
    return EchoError(
      details, reporter: EchoSocket.address(details.offender, details.offender_length), isIPv6: isIPv6)
  }

  private typealias SixteenBytes = (
    UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
  )

  private static func address(_ bytes: SixteenBytes, _ length: Int32) -> IPAddress? {
    let all = [
      bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7, bytes.8, bytes.9, bytes.10, bytes.11,
      bytes.12, bytes.13, bytes.14, bytes.15,
    ]
    return IPAddress(Array(all.prefix(max(0, Int(length)))))
  }
}
