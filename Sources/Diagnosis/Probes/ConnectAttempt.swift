internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// One attempt to open a TCP connection from inside a namespace.
final class ConnectAttempt: ProbeTask {
  /// A socket keeps its namespace alive until it is closed.
  private final class Socket {
    let descriptor: OwnedDescriptor
    init(_ fd: CInt) { descriptor = OwnedDescriptor(adopting: fd) }
  }

  /// Milliseconds that a connection may take to end after both sides were told to.
  private static let farewell: Int64 = 200

  private let probe: ConnectProbe
  private let access: KernelAccess
  private let loop: EventLoop
  private var socket: Socket?
  private var timer: Int?
  private var done: ((Answer) -> Void)?

  init(_ probe: ConnectProbe, _ access: KernelAccess, _ loop: EventLoop) {
    self.probe = probe
    self.access = access
    self.loop = loop
  }

  func start(_ done: @escaping (Answer) -> Void) {
    self.done = done
    do {
      let begun = try access.visit(probe.namespace) { [probe] in Self.begin(probe) }
      guard begun.fd >= 0 else { return end(.unread(Unread(Say.Probing.noSocket("TCP", "\(begun.failure)")))) }
      let socket = Socket(begun.fd)
      self.socket = socket
      switch begun.failure.rawValue {
      case 0: return finish(0)
      case EINPROGRESS: break
      default: return finish(begun.failure.rawValue)
      }
      let fd = socket.descriptor.rawValue
      try watch(fd, .writable) { [weak self] in self?.finish(nt_socket_error(fd)) }
      timer = loop.schedule(afterMilliseconds: Int64(max(0, probe.timeout))) { [weak self] in
        self?.end(.connection(.timedOut))
      }
    } catch { end(.unread(error)) }
  }

  func stop() {
    done = nil
    close()
  }

  private func watch(_ fd: CInt, _ interest: EventLoop.Interest, _ body: @escaping () -> Void) throws(Unread) {
    do { try loop.watch(fd, interest, body) } catch { throw Unread("epoll: \(error)") }
  }

  private struct Begun: Sendable {
    var fd: CInt
    var failure: Errno
  }

  /// To be run inside the namespace.
  private static func begin(_ probe: ConnectProbe) -> Begun {
    let fd = nt_tcp_socket(probe.destination.isIPv6 ? 1 : 0)
    guard fd >= 0 else { return Begun(fd: fd, failure: .current) }
    let scope = probe.outLink?.index ?? 0
    if let source = probe.source {
      let bound = unsafe nt_bind_address(fd, source.bytes, CInt(source.bytes.count), source.isLinkLocal ? scope : 0, 0)
      guard bound == 0 else { return Begun(fd: fd, failure: .current) }
    }
    let address = probe.destination.bytes
    let result = unsafe nt_connect(fd, address, CInt(address.count), scope, probe.port)
    return Begun(fd: fd, failure: result == 0 ? Errno(rawValue: 0) : .current)
  }

  private func finish(_ error: CInt) {
    let outcome: ConnectOutcome
    switch error {
    case 0: outcome = .accepted
    case ECONNREFUSED: outcome = .refused
    case ETIMEDOUT: outcome = .timedOut
    default: outcome = .failed(errno: error, message: "\(Errno(rawValue: error))")
    }
    if outcome == .accepted { sayFarewell() }
    end(.connection(outcome))
  }

  /// Ends the connection in order: a socket that is closed with data unread (a server's greeting) would send a reset.
  private func sayFarewell() {
    guard let socket else { return }
    cancel()
    self.socket = nil
    let fd = socket.descriptor.rawValue
    guard shutdown(fd, CInt(SHUT_WR)) == 0 else { return }
    let loop = loop
    // The loop holds the socket until the other side has ended, too, or its time is up.
    let timer = loop.schedule(afterMilliseconds: Self.farewell) { [socket] in
      loop.unwatch(socket.descriptor.rawValue)
    }
    // Where epoll can't take it, the socket is closed when its time is up.
    try? loop.watch(fd) { [weak loop] in
      var buffer = [UInt8](repeating: 0, count: 4096)
      for _ in 0..<16 {
        let count = unsafe read(fd, &buffer, buffer.count)
        if count > 0 { continue }
        if count < 0, Errno.current == .wouldBlock || Errno.current == .interrupted { return }
        loop?.unwatch(fd)
        loop?.cancel(timer)
        return
      }
    }
  }

  private func cancel() {
    if let timer { loop.cancel(timer) }
    timer = nil
    if let socket { loop.unwatch(socket.descriptor.rawValue) }
  }

  private func close() {
    cancel()
    socket = nil
  }

  private func end(_ answer: Answer) {
    let done = done
    stop()
    done?(answer)
  }
}
