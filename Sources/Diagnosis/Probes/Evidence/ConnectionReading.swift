internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import NFNetlink
internal import Netlink
internal import NetlinkSocket
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// The connections of a namespace that touch some addresses. A table can have millions: it is read on a thread of its own,
/// by a socket that was opened inside, for as long as `patience` and no longer.
final class ConnectionReading: ProbeTask {
  /// Milliseconds that the table is read for.
  private static let patience: Int64 = 1000
  /// The most connections that are kept.
  private static let limit = 1024

  private let namespace: NamespaceID
  private let addresses: [IPAddress]
  private let access: KernelAccess
  private let loop: EventLoop
  private var mailbox: Mailbox<Result<ConnectionTable, Unread>>?

  init(of namespace: NamespaceID, _ addresses: [IPAddress], _ access: KernelAccess, _ loop: EventLoop) {
    self.namespace = namespace
    self.addresses = addresses
    self.access = access
    self.loop = loop
  }

  func start(_ done: @escaping (Answer) -> Void) {
    do throws(Unread) {
      let opened = try access.visit(namespace) { Self.open() }
      // Without connection tracking nothing is tracked.
      guard opened.isTracking else { return done(.connections(ConnectionTable())) }
      guard opened.fd >= 0 else { throw Unread("NETLINK_NETFILTER: \(opened.failure)") }
      if !Self.isLoaded {
        _ = OwnedDescriptor(adopting: opened.fd)
        throw Unread(Say.Probing.wouldLoadModule, missing: "nf_conntrack_netlink")
      }
      do throws(Errno) {
        let mailbox = try Mailbox<Result<ConnectionTable, Unread>>()
        try loop.watch(mailbox.descriptor) { [weak self] in
          guard let self, let found = mailbox.take().first else { return }
          stop()
          switch found {
          case .success(let table): done(.connections(table))
          case .failure(let reason): done(.unread(reason))
          }
        }
        self.mailbox = mailbox
        let addresses = addresses
        // Nobody waits for the promise: what is posted counts.
        _ = try Promise<Void>.begin { mailbox.post(Self.read(opened, addresses)) }
      } catch {
        _ = OwnedDescriptor(adopting: opened.fd)
        throw Unread(Say.Probing.noThreadForConnections("\(error)"))
      }
    } catch {
      stop()
      done(.unread(error))
    }
  }

  func stop() {
    if let mailbox { loop.unwatch(mailbox.descriptor) }
    mailbox = nil
  }

  private struct Opened: Sendable {
    var fd: CInt = -1
    var failure = Errno(rawValue: 0)
    var count: UInt64?
    var limit: UInt64?
    /// Whether the kernel can track connections at all.
    var isTracking = true
  }

  /// To be run inside the namespace.
  private static func open() -> Opened {
    var opened = Opened()
    func number(_ name: String) throws(Errno) -> UInt64? {
      let bytes = try SmallFile.read("/proc/sys/net/netfilter/\(name)", limit: 64)
      return UInt64(String(decoding: bytes.prefix { $0 != 10 }, as: UTF8.self))
    }
    do throws(Errno) {
      opened.count = try number("nf_conntrack_count")
      opened.limit = try number("nf_conntrack_max")
    } catch {
      // A kernel before 5.13 hides the settings from a user's namespaces: whether there is any tracking is said elsewhere.
      let isThere =
        unsafe Glibc.access("/sys/module/nf_conntrack", F_OK) == 0 || Glibc.access("/sys/module", F_OK) != 0
      opened.isTracking = error != .noSuchFileOrDirectory || isThere
    }
    guard opened.isTracking else { return opened }
    opened.fd = nt_netlink_socket(NFTables.socketProtocol, 0)
    if opened.fd < 0 { opened.failure = .current }
    return opened
  }

  /// Whether a question loads no module: the one that answers is there, or nothing of it is a module.
  private static var isLoaded: Bool {
    // Without /proc/modules the kernel has none.
    guard let bytes = try? SmallFile.read("/proc/modules", limit: 1 << 20) else { return true }
    let names = Set(bytes.split(separator: 10).map { Array($0.prefix { $0 != 0x20 }) })
    return names.contains(Array("nf_conntrack_netlink".utf8)) || !names.contains(Array("nf_conntrack".utf8))
  }

  /// On a thread of its own.
  private static func read(_ opened: Opened, _ addresses: [IPAddress]) -> Result<ConnectionTable, Unread> {
    Result { () throws(Unread) in
      do throws(RequestError) {
        let socket = try KernelSocket(adopting: opened.fd)
        socket.limitWaiting(seconds: 1)
        socket.reserveReceiveBuffer(1 << 20)
        let channel = RequestChannel(socket)
        var table = ConnectionTable()
        table.count = opened.count
        table.limit = opened.limit
        readStatistics(channel, &table)
        try readEntries(channel, addresses, &table)
        return table
      } catch {
        if error.errno == .notPermitted { throw Unread("ctnetlink: \(error)", missing: "CAP_NET_ADMIN") }
        throw Unread("ctnetlink: \(error)")
      }
    }
  }

  /// Numbers that can't be read stay unknown.
  private static func readStatistics(_ channel: RequestChannel, _ table: inout ConnectionTable) {
    var (dropped, failed) = (UInt64(0), UInt64(0))
    do throws(RequestError) {
      try channel.perform(Conntrack.statistics(), operation: "IPCTNL_MSG_CT_GET_STATS_CPU") {
        header, payload throws(DecodeError) in
        guard header.type == Conntrack.statisticsType else { return }
        let one = try ConntrackStatistics(payload)
        dropped += UInt64(one.dropped)
        failed += UInt64(one.insertFailed)
      } restart: {
        (dropped, failed) = (0, 0)
      }
      (table.dropped, table.insertFailed) = (dropped, failed)
    } catch {}
  }

  private static func readEntries(
    _ channel: RequestChannel, _ addresses: [IPAddress], _ table: inout ConnectionTable
  ) throws(RequestError) {
    let families = Set(addresses.map(\.isIPv6))
    let family: NFFamily? = families.count == 1 ? (families.contains(true) ? .ipv6 : .ipv4) : nil
    let deadline = SystemClock.monotonicNanoseconds + patience * 1_000_000
    var isLate = false
    do throws(RequestError) {
      try channel.perform(Conntrack.entries(family), operation: "IPCTNL_MSG_CT_GET") {
        header, payload throws(DecodeError) in
        if SystemClock.monotonicNanoseconds > deadline {
          isLate = true
          throw DecodeError("nfgenmsg", "there is no time for more")
        }
        guard header.type == Conntrack.entryType else { return }
        guard let one = TrackedConnection(try ConntrackMessage(payload)), addresses.contains(where: one.touches) else {
          return
        }
        if table.connections.count < limit { table.connections.append(one) } else { table.omitted += 1 }
      } restart: {
        table.connections = []
        table.omitted = 0
      }
    } catch .interrupted {
      table.partial = Unread(Say.Probing.keptChanging)
    } catch {
      guard isLate else { throw error }
      table.partial = Unread(Say.Probing.readInPart(milliseconds: Int(patience)))
    }
  }
}

extension TrackedConnection {
  /// The entry; nil where the kernel gave no addresses.
  init?(_ message: ConntrackMessage) {
    guard let original = Direction(message.original, message.sent),
      let reply = Direction(message.reply, message.received)
    else { return nil }
    self.init(protocolNumber: message.original.protocolNumber, original: original, reply: reply)
    tcpState = message.tcpState.map { ConntrackMessage.TCPState(rawValue: $0)?.text ?? "\($0)" }
    hasSeenReply = message.status.contains(.seenReply)
    isSourceTranslated = message.status.contains(.sourceTranslated)
    isDestinationTranslated = message.status.contains(.destinationTranslated)
    isOffloaded = message.status.contains(.offloaded)
    timeout = message.timeout
    mark = message.mark
    zone = message.zone
  }
}

extension TrackedConnection.Direction {
  fileprivate init?(_ tuple: ConntrackMessage.Tuple, _ counters: ConntrackMessage.Counters?) {
    guard let source = IPAddress(tuple.source), let destination = IPAddress(tuple.destination) else { return nil }
    self.init(
      source: source, destination: destination, sourcePort: tuple.sourcePort ?? tuple.echo,
      destinationPort: tuple.destinationPort, packets: counters?.packets)
  }
}
