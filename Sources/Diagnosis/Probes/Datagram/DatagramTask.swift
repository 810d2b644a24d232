internal import LinuxSystem
internal import Questions
internal import SystemPackage
internal import Topology

/// Datagrams to one port, until something comes back.
final class DatagramTask: ProbeTask {
  private let probe: DatagramProbe
  private let access: KernelAccess
  private let loop: EventLoop
  private let payload: [UInt8]
  private var socket: ConnectedSocket?
  private var timer: Int?
  private var sent = 0
  private var sentAt: Int64 = 0
  private var done: ((Answer) -> Void)?

  init(_ probe: DatagramProbe, _ access: KernelAccess, _ loop: EventLoop) {
    self.probe = probe
    self.access = access
    self.loop = loop
    payload = DatagramPayload.bytes(for: probe.port)
  }

  func start(_ done: @escaping (Answer) -> Void) {
    self.done = done
    let target = ConnectedSocket.Target(
      source: probe.source, destination: probe.destination, port: probe.port,
      zone: probe.outLink.map { "\($0.index)" })
    do throws(Unread) {
      let (socket, failure) = try ConnectedSocket.open(target, in: probe.namespace, access)
      self.socket = socket
      if let failure { return fail(failure, by: nil) }
      do throws(Errno) { try loop.watch(socket.fd) { [weak self] in self?.receive() } } catch {
        throw Unread("epoll: \(error)")
      }
      sendNext()
    } catch { end(.unread(error)) }
  }

  func stop() {
    done = nil
    if let timer { loop.cancel(timer) }
    timer = nil
    if let socket { loop.unwatch(socket.fd) }
    socket = nil
  }

  private func sendNext() {
    let tries = max(1, probe.tries)
    guard sent < tries else { return end(.datagram(.silent(sent: sent))) }
    sent += 1
    sentAt = SystemClock.monotonicNanoseconds
    do throws(Errno) { try socket?.send(payload) } catch { return fail(error, by: socket?.reporter()) }
    timer = loop.schedule(afterMilliseconds: Int64(max(0, probe.timeout) / tries)) { [weak self] in
      self?.sendNext()
    }
  }

  private func receive() {
    guard let socket else { return }
    do throws(Errno) {
      guard try socket.receive() != nil else { return }
      let milliseconds = Double(SystemClock.monotonicNanoseconds - sentAt) / 1e6
      end(.datagram(.answered(milliseconds: milliseconds)))
    } catch { fail(error, by: socket.reporter()) }
  }

  private func fail(_ errno: Errno, by reporter: IPAddress?) {
    end(
      .datagram(
        errno == .connectionRefused
          ? .refused(by: reporter) : .failed(errno: errno.rawValue, message: "\(errno)", by: reporter)))
  }

  private func end(_ answer: Answer) {
    let done = done
    stop()
    done?(answer)
  }
}
