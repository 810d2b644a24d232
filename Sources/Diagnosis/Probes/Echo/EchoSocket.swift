internal import CLinux
internal import LinuxSystem
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// What sends one echo request in another namespace, and hears what becomes of it. It keeps that namespace alive while it
/// is open: one for each request.
///
/// The kernel hands a raw socket the replies to every echo of the namespace, and errors about every one: whether an answer
/// is ours is for `EchoExchange` to say. Replies have a socket of their own, into which the kernel lets none but ours, so
/// that no flood of others, and none of errors, takes their room in the receive buffer.
final class EchoSocket {
  /// A reply; `at` in nanoseconds of the wall clock, as the kernel stamped it.
  struct Reply {
    let message: EchoMessage
    let source: IPAddress?
    let at: Int64
    let ttl: Int?
  }

  /// An entry of the error queue, and the packet that it is about.
  ///
  /// What the kernel gives (measured on Linux 6.18, raw and datagram sockets, both families): `msg_name` is the quoted
  /// packet's destination, the data is the quoted ICMP message from its header on. An error of this host's own stack
  /// (`SO_EE_ORIGIN_LOCAL`) has the destination and no data: only sending on this very socket makes it.
  struct QueuedError {
    let error: EchoError
    let destination: IPAddress?
    let quote: EchoMessage?
  }

  /// The socket that sends, and that errors come to.
  let sender: OwnedDescriptor
  /// The socket that replies come to; nil where it is the same (ICMP datagram socket).
  private let receiver: OwnedDescriptor?
  private let isIPv6: Bool
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  /// Whether the kernel keeps replies and errors of other identifiers away, and puts the identifier in (ICMP datagram
  /// socket).
  let isDatagram: Bool

  /// What the loop watches.
  var descriptors: [CInt] { [sender.rawValue] + (isDatagram ? [] : [replies]) }
  private let replies: CInt

  private init(_ opened: Opened, isIPv6: Bool) {
    isDatagram = opened.receiver < 0
    replies = isDatagram ? opened.sender : opened.receiver
    sender = OwnedDescriptor(adopting: opened.sender)
    receiver = isDatagram ? nil : OwnedDescriptor(adopting: opened.receiver)
    self.isIPv6 = isIPv6
  }

  private struct Opened: Sendable {
    var sender: CInt
    var receiver: CInt = -1
    var rawError = Errno(rawValue: 0)
    var datagramError = Errno(rawValue: 0)
  }

  /// Opens raw sockets in the namespace, else an ICMP datagram socket. It takes replies to that message only.
  static func open(
    for message: EchoMessage, in namespace: NamespaceID, isIPv6: Bool, _ access: KernelAccess
  ) throws(Unread) -> EchoSocket {
    let opened = try access.visit(namespace) { () -> Opened in
      let family: CInt = isIPv6 ? 1 : 0
      var opened = Opened(sender: nt_echo_socket(family, nt_echo_raw_errors))
      if opened.sender >= 0 {
        opened.receiver = nt_echo_socket(family, nt_echo_raw_replies)
        if opened.receiver >= 0 {
          expect(message, on: opened.receiver, isIPv6: isIPv6, isRaw: true)
          return opened
        }
        opened.rawError = .current
        _ = OwnedDescriptor(adopting: opened.sender)
      } else {
        opened.rawError = .current
      }
      opened.sender = nt_echo_socket(family, nt_echo_datagram)
      opened.datagramError = .current
      if opened.sender >= 0 { expect(message, on: opened.sender, isIPv6: isIPv6, isRaw: false) }
      return opened
    }
    guard opened.sender >= 0 else {
      throw Unread(
        Say.Probing.noEchoSocket(raw: "\(opened.rawError)", datagram: "\(opened.datagramError)"),
        missing: "CAP_NET_RAW")
    }
    return EchoSocket(opened, isIPv6: isIPv6)
  }

  /// A kernel without the filter is one more reason to look at each reply, which is done anyway.
  private static func expect(_ message: EchoMessage, on fd: CInt, isIPv6: Bool, isRaw: Bool) {
    let expected = message.expectedReply(isIPv6: isIPv6, comparesIdentifier: isRaw)
    let compared = expected.isKnown.map { $0 ? 1 : 0 as UInt8 }
    // raw(7): an IPv4 packet comes with its IP header, an IPv6 one without.
    _ = unsafe nt_echo_expect(fd, isRaw && !isIPv6 ? 1 : 0, expected.bytes, compared, compared.count)
  }

  /// Makes a datagram socket's identifier the message's, or another random one where that is taken, and not the next in
  /// the kernel's row, which others can guess; binds to the source, where one is asked for.
  ///
  /// Returns the message as it will be sent.
  func bind(_ message: EchoMessage, _ request: EchoRequest) throws(Errno) -> EchoMessage {
    if request.forbidsFragments {
      guard nt_forbid_fragments(sender.rawValue, isIPv6 ? 1 : 0) == 0 else { throw Errno.current }
    }
    guard isDatagram || request.source != nil else { return message }
    let address = request.source?.bytes ?? [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
    let scope = request.source?.isLinkLocal == true ? request.scope : 0
    var message = message
    for _ in 0..<16 {
      let port = isDatagram ? message.identifier : 0
      guard unsafe nt_bind_address(sender.rawValue, address, CInt(address.count), scope, port) != 0 else {
        return message
      }
      guard isDatagram, Errno.current == .addressInUse else { break }
      message.identifier = .random(in: 1...UInt16.max)
    }
    throw Errno.current
  }

  /// Sends a request; throws `Errno` (no route, host unreachable, not permitted), also that of an error that came for
  /// another echo since the last call.
  func send(_ message: EchoMessage, _ request: EchoRequest) throws(Errno) {
    let bytes = message.request(isIPv6: isIPv6, payload: request.payload)
    let address = request.destination.bytes
    let sent = unsafe nt_echo_send(
      sender.rawValue, bytes, bytes.count, address, CInt(address.count), request.scope)
    guard sent == bytes.count else { throw Errno.current }
  }

  /// Takes the error that is pending on the socket, which the next call would fail with: it lies in the queue, too, or it
  /// had no room there.
  func forgetPendingError() { _ = nt_socket_error(sender.rawValue) }

  /// The next reply that has arrived; nil where there is none, or many messages that are none.
  func receive() -> Reply? {
    for _ in 0..<64 {
      var info = nt_echo_reply()
      let count = unsafe nt_echo_receive(replies, &buffer, buffer.count, 0, &info)
      guard count >= 0 else {
        if Errno.current == .interrupted { continue }
        return nil
      }
      guard let message = EchoMessage(reply: Array(buffer[..<min(count, 128)]), isIPv6: isIPv6) else { continue }
      return Reply(
        message: message, source: EchoSocket.address(info.source, info.source_length), at: info.realtime_ns,
        ttl: info.ttl >= 0 ? Int(info.ttl) : nil)
    }
    return nil
  }

  /// The next entry of the error queue; nil where there is none.
  func queuedError() -> QueuedError? {
    var details = nt_echo_reply()
    let count = unsafe nt_echo_receive(sender.rawValue, &buffer, buffer.count, 1, &details)
    guard count >= 0 else { return nil }
    let error = EchoError(
      details, reporter: EchoSocket.address(details.offender, details.offender_length), isIPv6: isIPv6)
    return QueuedError(
      error: error, destination: EchoSocket.address(details.source, details.source_length),
      quote: EchoMessage(quoted: Array(buffer[..<min(count, 128)]), isIPv6: isIPv6))
  }

  typealias SixteenBytes = (
    UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8, UInt8
  )

  /// The address in as many of its bytes as it has.
  static func address(_ bytes: SixteenBytes, _ length: Int32) -> IPAddress? {
    let all = [
      bytes.0, bytes.1, bytes.2, bytes.3, bytes.4, bytes.5, bytes.6, bytes.7, bytes.8, bytes.9, bytes.10, bytes.11,
      bytes.12, bytes.13, bytes.14, bytes.15,
    ]
    return IPAddress(Array(all.prefix(max(0, Int(length)))))
  }
}
