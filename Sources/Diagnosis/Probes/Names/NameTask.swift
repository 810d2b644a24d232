internal import LinuxSystem
internal import Names
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// A name, resolved as the programs of a namespace would: their files are read, and their name servers are asked from where
/// they are.
final class NameTask: ProbeTask {
  /// Milliseconds behind the query's own limit at which it is ended, whatever is under way.
  private static let grace: Int64 = 200
  /// Datagrams that are looked at in one turn of the loop.
  private static let burst = 64
  /// Bytes that are read of one server by TCP: of two answers, each at most 64 KiB, and as many again.
  private static let streamLimit = 256 << 10

  private let query: ResolutionQuery
  private let access: KernelAccess
  private let loop: EventLoop
  private let reading: NameReading
  private var lookup: NameLookup?
  private var socket: ConnectedSocket?
  private var stream = NameStream()
  private var isTCP = false
  private var timer: Int?
  private var deadline: Int?
  private var done: ((Answer) -> Void)?

  init(_ query: ResolutionQuery, _ access: KernelAccess, _ loop: EventLoop) {
    self.query = query
    self.access = access
    self.loop = loop
    reading = NameReading(loop)
  }

  func start(_ done: @escaping (Answer) -> Void) {
    self.done = done
    let snapshot = access.snapshot()
    let files = NameFiles(
      process: query.process, inode: snapshot.namespaces[query.namespace]?.inode, mountName: query.mountName)
    // A container may have another host's name; who has none of his own has the machine's (uts_namespaces(7)).
    let domain = query.process == nil ? snapshot.hostname.split(separator: ".", maxSplits: 1).dropFirst().first : nil
    reading.start(files) { [weak self] found in
      guard let self else { return }
      var lookup = NameLookup(query, found, hostDomain: domain.map(String.init))
      let step = lookup.start()
      self.lookup = lookup
      deadline = loop.schedule(afterMilliseconds: Int64(max(0, query.timeout)) + Self.grace) { [weak self] in
        guard let self, let resolution = self.lookup?.giveUp() else { return }
        end(.resolution(resolution))
      }
      advance(step)
    }
  }

  func stop() {
    done = nil
    reading.stop()
    if let deadline { loop.cancel(deadline) }
    deadline = nil
    close()
  }

  /// Carries out what the lookup wants, until something has to be waited for.
  private func advance(_ first: NameLookup.Step) {
    var step = first
    // As many turns as there are servers and names, at most.
    while true {
      switch step {
      case .wait: return
      case .done(let resolution): return end(.resolution(resolution))
      case .ask(let exchange):
        close()
        do throws(Unread) {
          guard let failure = try begin(exchange) else { return }
          step = take(.failed(failure))
        } catch { return end(.unread(error)) }
      }
    }
  }

  private func take(_ event: NameLookup.Event) -> NameLookup.Step { lookup?.take(event) ?? .wait }

  /// Sends an exchange; returns why that was not possible.
  private func begin(_ exchange: NameLookup.Exchange) throws(Unread) -> Errno? {
    let target = ConnectedSocket.Target(
      isTCP: exchange.isTCP, destination: exchange.server.address, port: NameLookup.Exchange.port,
      zone: exchange.server.zone)
    let (socket, failure) = try ConnectedSocket.open(target, in: query.namespace, access)
    if let failure, failure != .nowInProgress || !exchange.isTCP { return failure }
    self.socket = socket
    isTCP = exchange.isTCP
    stream = NameStream()
    timer = loop.schedule(afterMilliseconds: Int64(exchange.timeout)) { [weak self] in
      guard let self else { return }
      advance(take(.timedOut))
    }
    do throws(Errno) {
      if exchange.isTCP {
        let bytes = exchange.messages.flatMap(NameStream.framed)
        try loop.watch(socket.fd, .writable) { [weak self] in self?.connected(bytes) }
      } else {
        for message in exchange.messages { try socket.send(message) }
        try loop.watch(socket.fd) { [weak self] in self?.receive() }
      }
      return nil
    } catch { return error }
  }

  /// The TCP connection is made, or has failed.
  private func connected(_ bytes: [UInt8]) {
    guard let socket else { return }
    loop.unwatch(socket.fd)
    if let error = socket.pendingError { return advance(take(.failed(error))) }
    do throws(Errno) {
      try socket.send(bytes)
      try loop.watch(socket.fd) { [weak self] in self?.receive() }
    } catch { advance(take(.failed(error))) }
  }

  private func receive() {
    guard let socket else { return }
    for _ in 0..<Self.burst {
      let bytes: [UInt8]?
      do throws(Errno) { bytes = try socket.receive() } catch { return advance(take(.failed(error))) }
      guard let bytes else { return }
      var messages = [bytes]
      if isTCP {
        messages = stream.take(bytes)
        if bytes.isEmpty || stream.count > Self.streamLimit {
          return advance(take(.failed(errno: 0, message: Say.Lookup.serverClosed)))
        }
      }
      for message in messages {
        let step = take(.received(message))
        if step != .wait { return advance(step) }
      }
    }
  }

  private func close() {
    if let timer { loop.cancel(timer) }
    timer = nil
    if let socket { loop.unwatch(socket.fd) }
    socket = nil
  }

  private func end(_ answer: Answer) {
    let done = done
    stop()
    done?(answer)
  }
}

extension NameLookup.Event {
  fileprivate static func failed(_ errno: Errno) -> NameLookup.Event {
    .failed(errno: errno.rawValue, message: "\(errno)")
  }
}

/// Messages of the DNS in a stream, each behind its length of two bytes (RFC 1035, 4.2.2).
struct NameStream {
  private var pending: [UInt8] = []
  /// How many bytes there were in all.
  private(set) var count = 0

  static func framed(_ message: [UInt8]) -> [UInt8] {
    [UInt8(truncatingIfNeeded: message.count >> 8), UInt8(truncatingIfNeeded: message.count)] + message
  }

  /// Adds bytes; the messages that are whole by that.
  mutating func take(_ bytes: [UInt8]) -> [[UInt8]] {
    pending += bytes
    count += bytes.count
    var messages: [[UInt8]] = []
    var offset = 0
    while pending.count - offset >= 2 {
      let length = Int(pending[offset]) << 8 | Int(pending[offset + 1])
      guard pending.count - offset - 2 >= length else { break }
      messages.append(Array(pending[(offset + 2)..<(offset + 2 + length)]))
      offset += 2 + length
    }
    pending.removeFirst(offset)
    return messages
  }
}
