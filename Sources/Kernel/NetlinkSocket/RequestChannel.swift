internal import Labels
public import Netlink
internal import SystemPackage

/// A socket for requests and their answers, and for nothing else.
///
/// Notifications carry the sequence number of the request that caused them, so a socket that is joined to a group
/// would take them for replies. Strict checking is on: without it the kernel ignores a target nsid that it does not
/// support for that table, and answers with our own namespace's rows.
public final class RequestChannel {
  private let transport: any NetlinkTransport
  private var receiver: DatagramReceiver
  private var sequence: UInt32 = 1

  /// How many times a dump is tried while the kernel marks it as interrupted.
  public static let dumpAttempts = 5

  /// Seconds that an answer may take: the kernel has it ready when the request has been taken.
  private static let patience = 10

  /// Opens the socket in the calling thread's namespace; `family` is `NETLINK_*` (0: `NETLINK_ROUTE`).
  public convenience init(family: CInt = 0) throws(RequestError) {
    let socket = try KernelSocket(family: family)
    // An old kernel does without: then its errors are numbers only.
    for option in [KernelSocket.Option.extAck, .capAck] { try? socket.set(option) }
    do {
      try socket.set(.strictCheck)
    } catch { throw .system(operation: Say.System.needs("NETLINK_GET_STRICT_CHK", linux: "4.20"), error) }
    socket.limitWaiting(seconds: Self.patience)
    self.init(socket)
  }

  /// Makes a channel of a transport that is open, and set as a channel needs it.
  public init(_ transport: any NetlinkTransport) {
    self.transport = transport
    receiver = DatagramReceiver(transport)
  }

  /// The cookie of the namespace that the socket is in (`SO_NETNS_COOKIE`); nil before Linux 5.14.
  public var namespaceCookie: UInt64? { transport.namespaceCookie }

  /// Sends a request and hands over every message of the answer.
  ///
  /// A dump is tried again from the start while the kernel says that it was interrupted, `dumpAttempts` times in all;
  /// `restart` is called before each attempt, so that the receiver can forget what it has. Where the last attempt is
  /// interrupted too, the receiver has its rows, and the `interrupted` that is thrown tells that they are partial. What
  /// the receiver refuses ends the answer as `malformed`.
  public func perform(
    _ request: MessageBuilder, operation: String,
    _ receive: (MessageHeader, RawSpan) throws(DecodeError) -> Void = { _, _ in }, restart: () -> Void = {}
  ) throws(RequestError) {
    for attempt in 1...Self.dumpAttempts {
      restart()
      var exchange = Exchange(request, operation: operation)
      try run(&exchange, receive)
      if let size = exchange.needed {
        receiver.grow(to: size)
      } else if !exchange.isInterrupted {
        return
      } else if attempt == Self.dumpAttempts {
        break
      }
    }
    throw .interrupted(operation: operation)
  }

  /// One request, and how far its answer has come.
  private struct Exchange {
    let operation: String
    let request: MessageBuilder
    let isDump: Bool
    let wantsAck: Bool
    /// The kernel said that the tables changed meanwhile.
    var isInterrupted = false
    /// Bytes that a datagram had, where there was no room for it.
    var needed: Int?
    var isFinished = false
    var failure: RequestError?

    init(_ request: MessageBuilder, operation: String) {
      self.operation = operation
      self.request = request
      isDump = request.flags.isSuperset(of: .dump)
      wantsAck = request.flags.contains(.ack)
    }
  }

  private func run(
    _ exchange: inout Exchange, _ receive: (MessageHeader, RawSpan) throws(DecodeError) -> Void
  ) throws(RequestError) {
    var message = exchange.request
    message.address(sequence: nextSequence(), port: transport.port)
    try send(message.bytes, exchange.operation)
    while !exchange.isFinished {
      let datagram = try nextDatagram(exchange.operation)
      // The rest of an answer that was cut still has to be read, up to its end.
      if datagram.isTruncated { exchange.needed = max(datagram.length, exchange.needed ?? 0) }
      do {
        try receiver.forEachMessage { header, payload throws(DecodeError) in
          try take(header, payload, &exchange, receive)
        }
      } catch {
        // The message that was cut can't be read; a dump goes on behind it.
        if exchange.needed == nil {
          exchange.failure = exchange.failure ?? .malformed(error.within(exchange.operation))
          exchange.isFinished = true
        }
      }
      if exchange.needed != nil, !exchange.isDump { exchange.isFinished = true }
      if let failure = exchange.failure { throw failure }
    }
  }

  private func take(
    _ header: MessageHeader, _ payload: RawSpan, _ exchange: inout Exchange,
    _ receive: (MessageHeader, RawSpan) throws(DecodeError) -> Void
  ) throws(DecodeError) {
    // A late answer to an older request, or one that is not for us.
    guard header.sequence == sequence, header.port == transport.port else { return }
    if header.flags.contains(.dumpInterrupted) { exchange.isInterrupted = true }
    switch header.type {
    case ControlType.done, ControlType.error:
      exchange.isFinished = true
      let answer = decodeError(header, payload, operation: exchange.operation)
      if answer.code != 0 { exchange.failure = .refused(answer) }
    case ControlType.noop: break
    default:
      try receive(header, payload)
      if !exchange.isDump, !exchange.wantsAck { exchange.isFinished = true }
    }
  }

  /// Sends messages that are to be taken together (nfnetlink's batches), and waits until each that asks for an
  /// acknowledgement has it; throws the first refusal.
  public func perform(batch: [MessageBuilder], operation: String) throws(RequestError) {
    var bytes: [UInt8] = []
    var waiting: Set<UInt32> = []
    for part in batch {
      var message = part
      message.address(sequence: nextSequence(), port: transport.port)
      if message.flags.contains(.ack) { waiting.insert(sequence) }
      bytes += message.bytes
    }
    try send(bytes, operation)
    while !waiting.isEmpty {
      _ = try nextDatagram(operation)
      var failure: RequestError?
      do {
        try receiver.forEachMessage { header, payload in
          guard header.type == ControlType.error, header.port == transport.port else { return }
          waiting.remove(header.sequence)
          let answer = decodeError(header, payload, operation: operation)
          if answer.code != 0, failure == nil { failure = .refused(answer) }
        }
      } catch {
        failure = .malformed(error.within(operation))
      }
      if let failure { throw failure }
    }
  }

  // MARK: Datagrams

  private func nextSequence() -> UInt32 {
    sequence = sequence == .max ? 1 : sequence + 1  // 0 is for broadcasts
    return sequence
  }

  private func send(_ bytes: [UInt8], _ operation: String) throws(RequestError) {
    do { try transport.send(bytes) } catch { throw .system(operation: operation, error) }
  }

  /// The kernel's next datagram.
  private func nextDatagram(_ operation: String) throws(RequestError) -> Datagram {
    while true {
      switch receiver.next() {
      case .datagram(let datagram): return datagram
      case .foreign: continue
      case .nothing: throw .unanswered(operation: operation)
      case .overrun: throw .system(operation: operation, .noBufferSpace)
      case .failed(let errno): throw .system(operation: operation, errno)
      }
    }
  }
}
