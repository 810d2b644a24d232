internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// A socket of UDP or TCP in another namespace that is connected to one address: nothing from anywhere else comes in. It
/// keeps that namespace alive until it is closed.
final class ConnectedSocket {
  /// Where it leads.
  struct Target: Sendable {
    var isTCP = false
    var source: IPAddress?
    var destination: IPAddress
    var port: UInt16
    /// The interface of a link-local IPv6 address, by its index or its name.
    var zone: String?
  }

  private let descriptor: OwnedDescriptor
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  /// The number that the loop watches.
  var fd: CInt { descriptor.rawValue }

  private init(_ fd: CInt) { descriptor = OwnedDescriptor(adopting: fd) }

  private struct Begun: Sendable {
    var fd: CInt = -1
    var failure = Errno(rawValue: 0)
  }

  /// Opens it in a namespace. The failure is that of connect(2), `nowInProgress` of a TCP socket that is on its way, or of
  /// bind(2). Throws where the namespace can't be entered, or has no socket.
  static func open(
    _ target: Target, in namespace: NamespaceID, _ access: KernelAccess
  ) throws(Unread) -> (socket: ConnectedSocket, failure: Errno?) {
    let begun = try access.visit(namespace) { begin(target) }
    guard begun.fd >= 0 else { throw Unread(Say.Probing.noSocket(target.isTCP ? "TCP" : "UDP", "\(begun.failure)")) }
    return (ConnectedSocket(begun.fd), begun.failure.rawValue == 0 ? nil : begun.failure)
  }

  /// To be run inside the namespace.
  private static func begin(_ target: Target) -> Begun {
    let isIPv6: CInt = target.destination.isIPv6 ? 1 : 0
    var begun = Begun(fd: target.isTCP ? nt_tcp_socket(isIPv6) : nt_udp_socket(isIPv6))
    guard begun.fd >= 0 else {
      begun.failure = .current
      return begun
    }
    let scope = target.zone.map { UInt32($0) ?? (unsafe if_nametoindex($0)) } ?? 0
    if let source = target.source {
      let bound = unsafe nt_bind_address(
        begun.fd, source.bytes, CInt(source.bytes.count), source.isLinkLocal ? scope : 0, 0)
      guard bound == 0 else {
        begun.failure = .current
        return begun
      }
    }
    let address = target.destination.bytes
    if unsafe nt_connect(begun.fd, address, CInt(address.count), scope, target.port) != 0 { begun.failure = .current }
    return begun
  }

  /// The error that is pending, which is forgotten thereby.
  var pendingError: Errno? {
    let error = nt_socket_error(fd)
    return error == 0 ? nil : Errno(rawValue: error)
  }

  /// Sends bytes at once; throws `Errno` of send(2), also that of an error that came for an earlier datagram.
  func send(_ bytes: [UInt8]) throws(Errno) {
    guard unsafe Glibc.send(fd, bytes, bytes.count, CInt(MSG_NOSIGNAL)) == bytes.count else {
      throw Errno.current
    }
  }

  /// The next datagram, or as many bytes of a stream as there are; nil where nothing is there. Throws `Errno` of recv(2).
  func receive() throws(Errno) -> [UInt8]? {
    while true {
      let count = unsafe recv(fd, &buffer, buffer.count, 0)
      if count >= 0 { return Array(buffer[..<count]) }
      switch Errno.current {
      case .interrupted: continue
      case .wouldBlock: return nil
      default: throw Errno.current
      }
    }
  }

  /// Who reported the error that `receive` or `send` threw: the first in the error queue (ip(7), `IP_RECVERR`); nil: this
  /// host, or it can't be told.
  func reporter() -> IPAddress? {
    var details = nt_echo_reply()
    guard unsafe nt_echo_receive(fd, &buffer, buffer.count, 1, &details) >= 0 else { return nil }
    return EchoSocket.address(details.offender, details.offender_length)
  }
}
