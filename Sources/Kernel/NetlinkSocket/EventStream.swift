internal import Labels
public import Netlink
public import SystemPackage

/// A socket that hears the changes of every namespace that has an id in ours (`NETLINK_LISTEN_ALL_NSID`).
public final class EventStream {
  private let transport: any NetlinkTransport
  private var receiver: DatagramReceiver
  /// Whether other namespaces are heard too; needs CAP_NET_BROADCAST.
  public let hearsAllNamespaces: Bool
  /// The size of the receive buffer that the kernel granted, in bytes.
  public let receiveBuffer: Int

  /// What a round of reading brought besides messages.
  public struct Drained: Hashable, Sendable {
    /// Events were lost: everything has to be read again.
    public var overrun = false
    /// The first reason why a datagram could not be read.
    public var malformed: DecodeError?
    /// What recvmsg(2) failed with, where it did: then nothing more is heard until it works again.
    public var failure: Errno?
    /// How many datagrams were read.
    public var datagrams = 0
  }

  /// Opens the socket, binds it, and only then joins the groups: a later bind(2) would leave the groups up to 32 again.
  ///
  /// `receiveBuffer` is in bytes, and asked for as `KernelSocket.reserveReceiveBuffer` does.
  public convenience init(groups: [UInt32], receiveBuffer wanted: Int32 = 8 << 20) throws(RequestError) {
    let socket = try KernelSocket(isNonblocking: true)
    var hearsAll = true
    do { try socket.set(.listenAllNSID) } catch { hearsAll = false }
    let granted = socket.reserveReceiveBuffer(wanted)
    for group in groups {
      do {
        try socket.set(.addMembership, group)
      } catch { throw .system(operation: Say.System.joiningGroup(Int(group)), error) }
    }
    self.init(socket, hearsAllNamespaces: hearsAll, receiveBuffer: granted)
  }

  /// Makes a stream of a transport that has joined its groups, and does not wait.
  public init(_ transport: any NetlinkTransport, hearsAllNamespaces: Bool = true, receiveBuffer: Int = 8 << 20) {
    self.transport = transport
    self.hearsAllNamespaces = hearsAllNamespaces
    self.receiveBuffer = receiveBuffer
    receiver = DatagramReceiver(transport)
  }

  /// What the loop watches.
  public var descriptor: CInt { transport.descriptor }

  /// Reads until nothing is left, or `limit` datagrams, and hands over every message with the nsid of the namespace it
  /// comes from (nil: our own).
  public func drain(limit: Int = 256, _ receive: (Int32?, MessageHeader, RawSpan) -> Void) -> Drained {
    var result = Drained()
    // Each round takes one datagram from the socket, or one report of a loss.
    for _ in 0..<limit {
      let datagram: Datagram
      switch receiver.next() {
      case .nothing: return result
      case .failed(let errno):
        result.failure = errno
        return result
      case .overrun:
        result.overrun = true
        continue
      case .foreign:
        result.datagrams += 1
        continue
      case .datagram(let arrived): datagram = arrived
      }
      result.datagrams += 1
      if datagram.isTruncated || datagram.lacksControl {
        result.overrun = true
        receiver.grow(to: datagram.length)
        continue
      }
      do {
        try receiver.forEachMessage { receive(datagram.nsid, $0, $1) }
      } catch {
        result.overrun = true
        result.malformed = result.malformed ?? error
      }
    }
    return result
  }
}
