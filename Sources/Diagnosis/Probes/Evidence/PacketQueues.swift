internal import LinuxSystem
internal import Questions
internal import SystemPackage
internal import Topology

/// The queues from the packet filter to userspace that somebody reads (/proc/net/netfilter/nfnetlink_queue).
enum PacketQueues {
  /// Their numbers: a queue without a reader is not listed.
  static func read(in namespace: NamespaceID, _ access: KernelAccess) throws(Unread) -> Set<UInt16> {
    let result = try access.visit(namespace) {
      Result { () throws(Errno) in
        try SmallFile.read("/proc/thread-self/net/netfilter/nfnetlink_queue", limit: 1 << 20)
      }
    }
    switch result {
    case .success(let bytes): return numbers(String(decoding: bytes, as: UTF8.self))
    // Without the module nobody can read a queue.
    case .failure(.noSuchFileOrDirectory): return []
    case .failure(let errno): throw Unread("/proc/net/netfilter/nfnetlink_queue: \(errno)")
    }
  }

  /// The first number of each line.
  static func numbers(_ text: String) -> Set<UInt16> {
    Set(text.split(separator: "\n").compactMap { $0.split(separator: " ").first.flatMap { UInt16($0) } })
  }
}
