internal import CLinux
internal import LinuxSystem
internal import Namespaces
internal import SystemPackage
internal import Topology

/// One echo socket in another namespace. It keeps that namespace alive while it is open: one for each probe.
final class EchoSocket {
  /// What came back.
  enum Answer {
    /// `at` in nanoseconds of the wall clock, as the kernel stamped it.
    case reply(EchoMessage, from: IPAddress?, at: Int64, ttl: Int?)
    case refused(by: IPAddress?, reason: String)
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

  /// Why there is no socket: one line.
  struct Refusal: Error { var reason: String }

  /// Opens a raw socket in the namespace, else an ICMP datagram socket; the caller's own namespace needs no visit.
  static func open(in file: NamespaceFile, isOwn: Bool, isIPv6: Bool, entry: EntryThread) throws(Refusal) -> EchoSocket
  {
    struct Opened: Sendable {
      var fd: CInt
      var isDatagram: Bool
      var rawError: Errno
      var datagramError: Errno
    }
    let make = { @Sendable () -> Opened in
      let raw = nt_echo_socket(isIPv6 ? 1 : 0, 1)
      if raw >= 0 {
        return Opened(fd: raw, isDatagram: false, rawError: Errno(rawValue: 0), datagramError: Errno(rawValue: 0))
      }
      let rawError = Errno.current
      let datagram = nt_echo_socket(isIPv6 ? 1 : 0, 0)
      return Opened(fd: datagram, isDatagram: true, rawError: rawError, datagramError: .current)
    }
    let result = isOwn ? .success(make()) : entry.visit(file, make)
    switch result {
    case .failure(let error): throw Refusal(reason: "\(error)")
    case .success(let opened):
      guard opened.fd >= 0 else {
        throw Refusal(
          reason: "no echo socket: raw: \(opened.rawError) (CAP_NET_RAW is missing), datagram: \(opened.datagramError)"
            + " (net.ipv4.ping_group_range)")
      }
      return EchoSocket(OwnedDescriptor(adopting: opened.fd), isDatagram: opened.isDatagram, isIPv6: isIPv6)
    }
  }

  /// Sends a request; throws `Errno` (no route, host unreachable, not permitted).
  func send(_ message: EchoMessage, to address: IPAddress, scope: UInt32, payload: Int) throws(Errno) {
    let bytes = message.request(isIPv6: isIPv6, payload: payload)
    let sent = unsafe nt_echo_send(
      descriptor.rawValue, bytes, bytes.count, address.bytes, CInt(address.bytes.count), scope)
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
      var details = nt_echo_reply()
      let queued = unsafe nt_echo_receive(descriptor.rawValue, &buffer, buffer.count, 1, &details)
      if queued >= 0 {
        return .refused(
          by: EchoSocket.address(details.offender, details.offender_length),
          reason: EchoSocket.reason(details, isIPv6: isIPv6))
      }
      if failed == .wouldBlock || failed == .interrupted { return nil }
    }
    return nil
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

  /// The error in words: what ICMP said (RFC 792, RFC 4443), else what the kernel says.
  private static func reason(_ info: nt_echo_reply, isIPv6: Bool) -> String {
    if info.offender_length > 0 {
      switch (isIPv6, info.icmp_type, info.icmp_code) {
      case (false, 3, 0), (true, 1, 0): return "network unreachable"
      case (false, 3, 1), (true, 1, 3): return "host unreachable: nobody answers to that address"
      case (false, 3, 13), (false, 3, 9), (false, 3, 10), (true, 1, 1): return "prohibited by a firewall"
      case (false, 3, 3), (true, 1, 4): return "refused by a firewall (port unreachable)"
      case (false, 3, 4), (true, 2, _): return "packet too large for a link on the way"
      case (false, 11, _), (true, 3, _): return "time to live exceeded: a routing loop?"
      default: break
      }
    }
    return "\(Errno(rawValue: info.error))"
  }
}
