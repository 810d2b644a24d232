internal import CLinux
internal import Diagnosis
internal import Glibc
internal import LinuxSystem
internal import NFNetlink
internal import Netlink
internal import SystemPackage
internal import Topology

/// A netfilter socket in one namespace: it owns our table there, and hears the trace. When it closes the table is gone.
final class TraceSocket {
  let namespace: NamespaceID
  private let fd: OwnedDescriptor
  private let port: UInt32
  private var sequence: UInt32 = 1
  private var buffer = [UInt8](repeating: 0, count: 32 << 10)
  /// Whether events were lost.
  private(set) var isIncomplete = false

  /// What the loop watches.
  var descriptor: CInt { fd.rawValue }

  /// Opens the socket and joins the trace; throws why not.
  init(in namespace: NamespaceID, _ access: KernelAccess) throws(Unread) {
    self.namespace = namespace
    let opened = try access.visit(namespace) { () -> (fd: CInt, failure: Errno) in
      (nt_netlink_socket(NFTables.socketProtocol, 1), .current)
    }
    guard opened.fd >= 0 else { throw Unread("socket(NETLINK_NETFILTER): \(opened.failure)") }
    fd = OwnedDescriptor(adopting: opened.fd)
    var port: UInt32 = 0
    guard unsafe nt_netlink_bind(fd.rawValue, &port) == 0 else {
      throw Unread("bind(NETLINK_NETFILTER): \(Errno.current)")
    }
    self.port = port
    var on: CInt = 1
    var bytes: CInt = 4 << 20
    var group = NFTables.traceGroup
    let size = socklen_t(MemoryLayout<CInt>.size)
    unsafe setsockopt(fd.rawValue, 270, 11, &on, size)  // NETLINK_EXT_ACK
    if unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, size) != 0 {
      unsafe setsockopt(fd.rawValue, SOL_SOCKET, SO_RCVBUF, &bytes, size)
    }
    guard unsafe setsockopt(fd.rawValue, 270, 1, &group, size) == 0 else {  // NETLINK_ADD_MEMBERSHIP
      throw Unread("joining NFNLGRP_NFTRACE: \(Errno.current)", missing: "CAP_NET_ADMIN")
    }
  }

  /// Makes the table; throws the kernel's refusal, and then there is none.
  func add(_ table: TraceTable) throws(Unread) {
    let batch = table.batch(sequence: sequence, port: port)
    sequence &+= 64
    let sent = unsafe batch.withUnsafeBytes { raw in
      unsafe nt_netlink_send(fd.rawValue, raw.baseAddress, raw.count)
    }
    guard sent == batch.count else { throw Unread("nf_tables: \(Errno.current)") }
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
      let words = failure.message.isEmpty ? "" : " (\(failure.message))"
      throw Unread(
        "a trace table was refused: \(errno)\(words)", missing: errno == .notPermitted ? "CAP_NET_ADMIN" : nil)
    }
    guard answers > 0 else { throw Unread("a trace table was not acknowledged") }
  }

  /// The events that have come.
  func takeEvents() -> [TraceEvent] {
    var events: [TraceEvent] = []
    receive { header, payload in
      guard header.type == TraceEvent.messageType, let event = try? TraceEvent(payload) else { return }
      events.append(event)
    }
    return events
  }

  private func receive(_ body: (MessageHeader, RawSpan) -> Void) {
    for _ in 0..<4096 {
      var info = nt_datagram()
      let count = unsafe buffer.withUnsafeMutableBytes { raw in
        unsafe nt_netlink_receive(fd.rawValue, raw.baseAddress, raw.count, 0, &info)
      }
      if count < 0 {
        let failed = Errno.current
        if failed == .interrupted { continue }
        guard failed == .noBufferSpace else { return }
        isIncomplete = true
        continue
      }
      guard info.sender == 0 else { continue }
      guard info.truncated == 0 else {
        isIncomplete = true
        continue
      }
      // What can't be read is one event less.
      try? unsafe forEachMessage(in: buffer.span.bytes.extracting(0..<count)) { body($0, $1) }
    }
  }
}
