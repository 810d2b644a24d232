internal import CLinux
internal import LinuxSystem
internal import NFNetlink
internal import Netlink
internal import NetlinkSocket
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// A netfilter socket in one namespace: it owns our table there, and hears the trace. When it closes the table is gone.
final class TraceSocket {
  /// Bytes of the receive buffer that is asked for: every rule that a packet meets is a message.
  private static let receiveBuffer: Int32 = 4 << 20

  let namespace: NamespaceID
  private let socket: KernelSocket
  private var receiver: DatagramReceiver
  private var sequence: UInt32 = 1
  /// Whether events were lost, or could not be read.
  private(set) var isIncomplete = false

  /// What the loop watches.
  var descriptor: CInt { socket.descriptor }

  /// Opens the socket and joins the trace; throws why not.
  init(in namespace: NamespaceID, _ access: KernelAccess) throws(Unread) {
    self.namespace = namespace
    let opened = try access.visit(namespace) { () -> (fd: CInt, failure: Errno) in
      (nt_netlink_socket(NFTables.socketProtocol, 1), .current)
    }
    guard opened.fd >= 0 else { throw Unread("socket(NETLINK_NETFILTER): \(opened.failure)") }
    do { socket = try KernelSocket(adopting: opened.fd) } catch { throw Unread("NETLINK_NETFILTER: \(error)") }
    receiver = DatagramReceiver(socket)
    // An old kernel does without: then its errors are numbers only.
    try? socket.set(.extAck)
    socket.reserveReceiveBuffer(Self.receiveBuffer)
    do {
      try socket.set(.addMembership, NFTables.traceGroup)
    } catch { throw Unread(Say.Tracing.cannotJoin("NFNLGRP_NFTRACE", "\(error)"), missing: "CAP_NET_ADMIN") }
  }

  /// Makes the table; throws the kernel's refusal, and then there is none.
  func add(_ table: TraceTable) throws(Unread) {
    let batch = table.batch(sequence: sequence, port: socket.port)
    sequence &+= 64
    do { try socket.send(batch) } catch { throw Unread("nf_tables: \(error)") }
    // The kernel has answered when sendto(2) returns: with an error, or else with one acknowledgement for each message.
    var answers = 0
    var failure: KernelError?
    receive { header, payload in
      guard header.type == ControlType.error else { return }
      answers += 1
      let answer = decodeError(header, payload, operation: "nf_tables")
      if answer.code != 0, failure == nil { failure = answer }
    }
    if let failure {
      let errno = Errno(rawValue: failure.code)
      // Before Linux 5.12 no table can have an owner (`NFT_TABLE_F_OWNER`), and be gone with it.
      let detail =
        failure.message.isEmpty
        ? errno == .invalidArgument ? Say.Tracing.needsOwner : nil
        : failure.message
      throw Unread(
        Say.Tracing.refused("\(errno)", detail), missing: errno == .notPermitted ? "CAP_NET_ADMIN" : nil)
    }
    guard answers > 0 else { throw Unread(Say.Tracing.notAcknowledged) }
  }

  /// The events that have come.
  func takeEvents() -> [TraceEvent] {
    var events: [TraceEvent] = []
    receive { header, payload in
      guard header.type == TraceEvent.messageType else { return }
      do { events.append(try TraceEvent(payload)) } catch { isIncomplete = true }
    }
    return events
  }

  /// Reads what is there, at most 4,096 datagrams. What is lost or can't be read makes the trace incomplete.
  private func receive(_ body: (MessageHeader, RawSpan) -> Void) {
    for _ in 0..<4096 {
      switch receiver.next() {
      case .nothing: return
      case .foreign: continue
      case .overrun: isIncomplete = true
      case .failed:
        isIncomplete = true
        return
      case .datagram(let datagram):
        if datagram.isTruncated {
          isIncomplete = true
          receiver.grow(to: datagram.length)
          continue
        }
        do { try receiver.forEachMessage(body) } catch { isIncomplete = true }
      }
    }
  }
}
