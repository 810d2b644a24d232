public import Netlink
public import SystemPackage

/// Reads datagrams from a transport into a buffer of its own: the one receive loop, for requests, events and the trace.
public struct DatagramReceiver: ~Copyable {
  /// What came.
  public enum Arrival: Hashable, Sendable {
    /// A datagram of the kernel's; its bytes are in the buffer, as many of them as there was room for.
    case datagram(Datagram)
    /// One that somebody else sent (any process of ours may): passed over.
    case foreign
    /// Nothing: a socket that does not wait has no more, one that does has waited long enough (`EAGAIN`).
    case nothing
    /// The socket's buffer was full, and the kernel dropped datagrams (`ENOBUFS`).
    case overrun
    /// recvmsg(2) failed.
    case failed(Errno)
  }

  private let transport: any NetlinkTransport
  private var buffer = [UInt8](repeating: 0, count: 32 << 10)
  private var filled = 0

  /// Makes a receiver with room for 32 KiB, which is what the kernel makes its dumps of.
  public init(_ transport: any NetlinkTransport) { self.transport = transport }

  /// Receives one datagram, or tells why there is none. A signal does not count (`EINTR`).
  public mutating func next() -> Arrival {
    while true {
      do {
        let datagram = try transport.receive(into: &buffer)
        filled = min(datagram.length, buffer.count)
        return datagram.sender == 0 ? .datagram(datagram) : .foreign
      } catch {
        switch error {
        case .interrupted: continue
        case .wouldBlock: return .nothing
        case .noBufferSpace: return .overrun
        default: return .failed(error)
        }
      }
    }
  }

  /// Makes room for datagrams of so many bytes.
  public mutating func grow(to bytes: Int) {
    if bytes > buffer.count { buffer = [UInt8](repeating: 0, count: bytes + 4096) }
    filled = 0
  }

  /// Hands over the messages of the last datagram.
  ///
  /// Throws at the first message that can't be, or that `body` refuses; those before have been handed over.
  public func forEachMessage(_ body: (MessageHeader, RawSpan) throws(DecodeError) -> Void) throws(DecodeError) {
    try unsafe Netlink.forEachMessage(in: buffer.span.bytes.extracting(0..<filled), body)
  }
}
