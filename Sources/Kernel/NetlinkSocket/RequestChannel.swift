internal import CLinux
internal import Glibc
internal import LinuxSystem
public import Netlink
internal import SystemPackage

/// A socket for requests and their answers, and for nothing else.
///
/// Notifications carry the sequence number of the request that caused them, so a socket that is joined to a group
/// would take them for replies. Strict checking is on: without it the kernel ignores a target nsid that it does not
/// support for that table, and answers with our own namespace's rows.
public final class RequestChannel {
  private let fd: OwnedDescriptor
  private let port: UInt32
  private var sequence: UInt32 = 1
  private var buffer = [UInt8](repeating: 0, count: 32 << 10)

  /// How many times a dump is tried while the kernel marks it as interrupted.
  public static let dumpAttempts = 5

  /// Opens the socket in the calling thread's namespace; `family` is `NETLINK_*` (0: `NETLINK_ROUTE`).
  public init(family: CInt = 0) throws(RequestError) {
    do {
      fd = try OwnedDescriptor(result: nt_netlink_socket(family, 0))
    } catch { throw .system(operation: "socket(AF_NETLINK)", error) }
    var on: CInt = 1
    let size = socklen_t(MemoryLayout<CInt>.size)
    // NETLINK_EXT_ACK and NETLINK_CAP_ACK make errors speak; an old kernel does without.
    unsafe setsockopt(fd.rawValue, 270, 11, &on, size)
    unsafe setsockopt(fd.rawValue, 270, 10, &on, size)
    guard unsafe setsockopt(fd.rawValue, 270, 12, &on, size) == 0 else {
      throw .system(operation: "NETLINK_GET_STRICT_CHK (Linux 4.20 or later is needed)", .current)
    }
    var port: UInt32 = 0
    guard unsafe nt_netlink_bind(fd.rawValue, &port) == 0 else {
      throw .system(operation: "bind(AF_NETLINK)", .current)
    }
    self.port = port
  }

  /// The cookie of the namespace that the socket is in (`SO_NETNS_COOKIE`); nil before Linux 5.14.
  public var namespaceCookie: UInt64? {
    let cookie = nt_netns_cookie(fd.rawValue)
    return cookie == 0 ? nil : cookie
  }

  /// Sends a request and hands over every message of the answer.
  ///
  /// A dump is tried again from the start while the kernel says that it was interrupted, `dumpAttempts` times in all;
  /// `restart` is called before each attempt, so that the receiver can forget what it has. Where the last attempt is
  /// interrupted too, the receiver has its rows, and the `interrupted` that is thrown tells that they are partial.
  public func perform(
    _ request: MessageBuilder, operation: String, _ receive: (MessageHeader, RawSpan) throws -> Void = { _, _ in },
    restart: () -> Void = {}
  ) throws(RequestError) {
    for attempt in 1...Self.dumpAttempts {
      restart()
      switch try exchange(request, operation: operation, receive) {
      case .complete: return
      case .tooLarge(let size): buffer = [UInt8](repeating: 0, count: size + 4096)
      case .interrupted:
        if attempt == Self.dumpAttempts { throw .interrupted(operation: operation) }
      }
    }
    throw .interrupted(operation: operation)
  }

  private enum Outcome {
    case complete, interrupted
    case tooLarge(Int)
  }

  private func exchange(
    _ request: MessageBuilder, operation: String, _ receive: (MessageHeader, RawSpan) throws -> Void
  ) throws(RequestError) -> Outcome {
    sequence = sequence == .max ? 1 : sequence + 1  // 0 is for broadcasts
    var message = request
    message.address(sequence: sequence, port: port)
    let isDump = message.flags.isSuperset(of: .dump)
    let wantsAck = message.flags.contains(.ack)
    let sent = unsafe message.bytes.withUnsafeBytes { raw in
      unsafe nt_netlink_send(fd.rawValue, raw.baseAddress, raw.count)
    }
    guard sent == message.bytes.count else { throw .system(operation: operation, .current) }

    var outcome = Outcome.complete
    var finished = false
    while !finished {
      var info = nt_datagram()
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe nt_netlink_receive(fd.rawValue, raw.baseAddress, raw.count, 0, &info)
      }
      if count < 0 {
        let errno = Errno.current
        if errno == .interrupted { continue }
        throw .system(operation: operation, errno)
      }
      if info.sender != 0 { continue }  // not from the kernel
      if info.truncated != 0 {
        outcome = .tooLarge(count)
        // The rest of the answer still has to be read, up to its end.
      }
      var failure: RequestError?
      do {
        let readable = min(count, buffer.count)
        try unsafe forEachMessage(in: buffer.span.bytes.extracting(0..<readable)) { header, payload in
          guard header.sequence == sequence, header.port == port else { return }
          if header.flags.contains(.dumpInterrupted), case .complete = outcome { outcome = .interrupted }
          switch header.type {
          case ControlType.done, ControlType.error:
            finished = true
            let answer = decodeError(header, payload, operation: operation)
            if answer.code != 0 { failure = .refused(answer) }
          case ControlType.noop: break
          default:
            try receive(header, payload)
            if !isDump, !wantsAck { finished = true }
          }
        }
      } catch let error as DecodeError {
        if case .tooLarge = outcome, isDump { continue }  // the cut message; the dump goes on
        failure = failure ?? .malformed(error)
        finished = true
      } catch {
        failure = .malformed(DecodeError("receiver", "\(error)"))
        finished = true
      }
      if case .tooLarge = outcome, !isDump { finished = true }
      if let failure { throw failure }
    }
    return outcome
  }

  /// Sends messages that are to be taken together (nfnetlink's batches), and waits until each that asks for an
  /// acknowledgement has it; throws the first refusal.
  public func perform(batch: [MessageBuilder], operation: String) throws(RequestError) {
    var bytes: [UInt8] = []
    var waiting: Set<UInt32> = []
    for part in batch {
      sequence = sequence == .max ? 1 : sequence + 1
      var message = part
      message.address(sequence: sequence, port: port)
      if message.flags.contains(.ack) { waiting.insert(sequence) }
      bytes += message.bytes
    }
    let sent = unsafe bytes.withUnsafeBytes { unsafe nt_netlink_send(fd.rawValue, $0.baseAddress, $0.count) }
    guard sent == bytes.count else { throw .system(operation: operation, .current) }
    while !waiting.isEmpty {
      var failure: RequestError?
      var info = nt_datagram()
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe nt_netlink_receive(fd.rawValue, raw.baseAddress, raw.count, 0, &info)
      }
      if count < 0 {
        let errno = Errno.current
        if errno == .interrupted { continue }
        throw .system(operation: operation, errno)
      }
      if info.sender != 0 { continue }
      do {
        let readable = min(count, buffer.count)
        try unsafe forEachMessage(in: buffer.span.bytes.extracting(0..<readable)) { header, payload in
          guard header.type == ControlType.error, header.port == port else { return }
          waiting.remove(header.sequence)
          let answer = decodeError(header, payload, operation: operation)
          if answer.code != 0, failure == nil { failure = .refused(answer) }
        }
      } catch let error as DecodeError {
        failure = .malformed(error)
      } catch {
        failure = .malformed(DecodeError("receiver", "\(error)"))
      }
      if let failure { throw failure }
    }
  }
}
