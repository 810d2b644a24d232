internal import LinuxSystem
internal import Namespaces
internal import Netlink
public import NetlinkSocket
public import RTNetlink
internal import SystemPackage
public import Topology

/// Fresh reads, all from our own namespace and through a request socket there: nothing is pinned.
public struct KernelReader {
  /// The socket of all requests.
  public let requests: RequestChannel

  /// Opens the socket; throws why there is none.
  public init() throws(RequestError) { requests = try RequestChannel() }

  /// Makes a reader of a channel that is open.
  public init(_ requests: RequestChannel) { self.requests = requests }

  /// Hands over all links of a namespace; nil `nsid`: our own. `restart` is called before each attempt: what came before
  /// it is to be forgotten.
  ///
  /// An interrupted dump gives the rows of the last attempt: each of them is true, one may be missing, and the event
  /// that made it so is on its way.
  public func links(nsid: Int32?, _ receive: (LinkMessage) -> Void, restart: () -> Void) throws(RequestError) {
    do {
      try requests.perform(
        LinkRequest.dump(target: nsid), operation: "RTM_GETLINK",
        { header, payload throws(DecodeError) in
          if header.type == MessageType.newLink { receive(try LinkMessage(payload)) }
        }, restart: restart)
    } catch {
      if !error.isInterrupted { throw error }
    }
  }

  /// One link; nil where it has gone.
  public func link(nsid: Int32?, index: UInt32) throws(RequestError) -> LinkMessage? {
    var found: LinkMessage?
    do {
      try requests.perform(
        LinkRequest.get(index: Int32(bitPattern: index), target: nsid), operation: "RTM_GETLINK"
      ) { header, payload throws(DecodeError) in
        if header.type == MessageType.newLink { found = try LinkMessage(payload) }
      }
    } catch {
      if error.isNoDevice { return nil }
      throw error
    }
    return found
  }

  /// The addresses of a namespace, or of one link of it (`index` not 0), by ifindex: IPv4 first, then in the kernel's order.
  ///
  /// A namespace's addresses are asked for family by family: a dump of all families takes the kernel's lock on links, a
  /// dump of one family does not (Linux 6.9 and later).
  public func addresses(nsid: Int32?, index: UInt32 = 0) throws(RequestError) -> [UInt32: [InterfaceAddress]] {
    var rows: [UInt32: [InterfaceAddress]] = [:]
    // Loopback, eth0, and another one: nearly all namespaces.
    rows.reserveCapacity(3)
    var seen: Set<SeenAddress> = []
    for family in index == 0 ? [Family.inet, Family.inet6] : [Family.unspecified] {
      var new: [(index: UInt32, address: InterfaceAddress)] = []
      do {
        try requests.perform(
          AddressMessage.dump(target: nsid, index: index, family: family), operation: "RTM_GETADDR"
        ) { header, payload throws(DecodeError) in
          guard header.type == MessageType.newAddress else { return }
          let message = try AddressMessage(payload)
          if let address = LinkRecord.address(message) { new.append((message.index, address)) }
        } restart: {
          new.removeAll(keepingCapacity: true)
        }
      } catch {
        if !error.isInterrupted, !error.isNoDevice { throw error }
      }
      // A dump may hold a row twice when the table changes under it.
      for (index, address) in new {
        // Few are compared faster than hashed; of 24,000, which any user can make, each would be with all.
        let isNew =
          new.count < 256
          ? !(rows[index]?.contains(address) ?? false)
          : seen.insert(SeenAddress(index: index, address: address)).inserted
        if isNew { rows[index, default: []].append(address) }
      }
    }
    return rows
  }

  private struct SeenAddress: Hashable {
    let index: UInt32
    let address: InterfaceAddress
  }

  /// The nsids of our own table, and whether these are all.
  ///
  /// The kernel's dump ends with its first datagram (Linux 6.18: 134 of 1,000 ids on a fresh socket, as `ip netns list-id`
  /// shows them, too): behind a long one there may be others.
  public func namespaceIDs() throws(RequestError) -> (ids: Set<Int32>, areAll: Bool) {
    var rows: Set<Int32> = []
    var isWhole = true
    do {
      try requests.perform(NamespaceIDMessage.dump(), operation: "RTM_GETNSID") { header, payload throws(DecodeError) in
        guard header.type == MessageType.newNamespaceID else { return }
        let id = try NamespaceIDMessage(payload).nsid
        if id >= 0 { rows.insert(id) }
      } restart: {
        rows.removeAll(keepingCapacity: true)
      }
    } catch {
      if !error.isInterrupted { throw error }
      isWhole = false
    }
    return (rows, isWhole && rows.count < 100)
  }

  /// Whether some namespace has that nsid in our own table; throws where the kernel does not say.
  public func isGiven(_ nsid: Int32) throws(RequestError) -> Bool {
    do {
      try requests.perform(NamespaceIDMessage.get(nsid: nsid), operation: "RTM_GETNSID")
    } catch {
      // ENOENT: nobody has it.
      if error.errno == .noSuchFileOrDirectory { return false }
      throw error
    }
    return true
  }

  /// The id that our own namespace has in its own table: links elsewhere name us by it. Nil before one did.
  public func ownNamespaceID() -> Int32? {
    // Without /proc nobody can be asked about our own namespace.
    guard let file = try? NamespaceFile.ofThread(), let fd = try? file.open() else { return nil }
    return Census.nsid(of: fd.rawValue, requests)
  }

  /// The counters of all links of our own namespace.
  public func statistics() throws(RequestError) -> [UInt32: Counters] {
    var rows: [UInt32: Counters] = [:]
    do {
      try requests.perform(StatsMessage.dump(), operation: "RTM_GETSTATS") { header, payload throws(DecodeError) in
        guard header.type == MessageType.newStats else { return }
        let message = try StatsMessage(payload)
        rows[UInt32(bitPattern: message.index)] = message.stats.map(LinkRecord.counters)
      } restart: {
        rows.removeAll(keepingCapacity: true)
      }
    } catch {
      if !error.isInterrupted { throw error }
    }
    return rows
  }
}

extension RequestError {
  /// ENODEV: the link that was asked for has gone.
  public var isNoDevice: Bool { errno == .operationNotSupportedByDevice }

  /// EOPNOTSUPP, EAFNOSUPPORT: this kernel has no such table.
  var isNotSupported: Bool { errno == .notSupportedOnSocket || errno == .addressFamilyNotSupported }

  /// The dump was interrupted each time; its rows are there.
  public var isInterrupted: Bool {
    if case .interrupted = self { true } else { false }
  }
}
