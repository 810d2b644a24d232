internal import LinuxSystem
internal import Netlink
internal import NetlinkSocket
internal import OrderedCollections
internal import RTNetlink
internal import Readings
internal import Topology

/// The readings: what changes the model, one namespace, one link, one link's addresses at a time.
extension TopologyObserver {
  /// Does the reading, and follows every link into namespaces that were not known yet.
  func read(_ work: inout PendingWork, _ mustStop: () -> Bool) throws {
    var rounds = 0
    while rounds < 64 {
      rounds += 1
      let isDone =
        try take(\.dump, of: &work, mustStop) { id, work in
          try dump(id, lost: work.corrections.remove(id) != nil, &work)
        }
        && take(\.links, of: &work, mustStop) { key, work in try refresh(key, &work) }
        && take(\.addresses, of: &work, mustStop) { key, _ in try refreshAddresses(key) }
      guard isDone else { return pending.resume(work.takeReadings()) }
      store.ownNSID = kernel.ownNamespaceID()
      for nsid in store.unknownNSIDs().subtracting(work.buried).sorted() {
        work.dump.append(store.open(nsid: nsid))
        pending.census = true
      }
      if work.dump.isEmpty, work.links.isEmpty, work.addresses.isEmpty { return }
    }
    // Where one reading leads to the next without an end, the rest is for the next pass.
    pending.resume(work.takeReadings())
  }

  /// Does one kind of work, one after the other; false where it had to stop: what is left stays, in its order.
  private func take<Key>(
    _ queue: WritableKeyPath<PendingWork, OrderedSet<Key>>, of work: inout PendingWork, _ mustStop: () -> Bool,
    _ body: (Key, inout PendingWork) throws -> Void
  ) rethrows -> Bool {
    let keys = work[keyPath: queue]
    work[keyPath: queue] = []
    for (position, key) in keys.enumerated() {
      if mustStop() {
        work[keyPath: queue] = OrderedSet(keys[position...]).union(work[keyPath: queue])
        return false
      }
      try body(key, &work)
    }
    return true
  }

  private func dump(_ id: NamespaceID, lost: Bool, _ work: inout PendingWork) throws {
    guard store.contains(id) else { return }
    let old = store[id]
    guard old.isReadable else { return }
    // Where a namespace's messages are not heard, its changes are seen only when it is read.
    let corrects = lost || (id != .host && !events.hearsAllNamespaces)
    do {
      let links = try readLinks(of: old, corrects: corrects, withAddresses: !work.leavesAddresses)
      if corrects, ledger != nil {
        told += ledger?.retain(Set(links.indices), in: id, at: Self.microseconds) ?? []
      }
      store[id].links = links
      if failures.namespaces.removeValue(forKey: id) != nil { tellFailures() }
      // Where it is the same, only the counters differ.
      if !links.isSame(as: old.links) {
        pending.changed = true
        noteFarEnds(of: links, instead: old, &work)
      }
    } catch {
      // Our own namespace can always be read.
      if id == .host { throw error }
      if buryIfGone(id, &work) { return }
      if !old.links.isEmpty { return keep(id, because: error) }
      // Another one may be closed to us from the start.
      store[id].isReadable = false
      pending.changed = true
    }
  }

  // MARK: Failures

  /// Drops a namespace whose id nobody has any more: it has gone while events were lost, and "Invalid target" is all that
  /// a reading says of it. False where it is there, or where that can't be told.
  private func buryIfGone(_ id: NamespaceID, _ work: inout PendingWork) -> Bool {
    // Where the kernel does not say, the namespace stays, and is marked.
    guard let nsid = store[id].nsid, (try? kernel.isGiven(nsid)) == false else { return false }
    pending.forget(nsid)
    tellDeath(of: id)
    store.drop(nsid: nsid)
    pending.changed = true
    work.buried.insert(nsid)
    for key in store.links(naming: nsid) where work.followed.insert(key).inserted { work.links.append(key) }
    tellFailures()
    return true
  }

  /// A namespace's reading failed: its links stay as they were. It may be dying, and its death be told in a moment: only
  /// a second failure marks them, and is told.
  private func keep(_ id: NamespaceID, because error: any Error) {
    let isFirst = failures.namespaces[id] == nil
    failures.namespaces[id] = "\(error)"
    if isFirst {
      late.namespaces.insert(id)
      return
    }
    store[id].links.update { $0.link.isStale = true }
    pending.changed = true
    tellFailures()
  }

  /// The same of one link: only ENODEV means that it is gone.
  private func keep(_ key: PendingWork.LinkKey, in id: NamespaceID, because error: any Error) {
    let isFirst = failures.links[key] == nil
    failures.links[key] = "\(error)"
    if isFirst {
      late.links.insert(key)
      return
    }
    if let position = store[id].links.position(of: key.index) {
      store[id].links.mark(at: position, isStale: true)
      pending.changed = true
    }
    tellFailures()
  }

  /// Says what can't be read; what is gone has not failed.
  func tellFailures() {
    failures.forget(links: { store.namespace(ofEvent: $0) == nil }, namespaces: { !store.contains($0) })
    warn("readings", failures.warning)
  }

  /// The links of a namespace, with their addresses or without, as they are now; what did not change is shared with the old ones.
  private func readLinks(of old: NamespaceRecord, corrects: Bool, withAddresses: Bool) throws -> LinkTable {
    let (id, nsid) = (old.id, old.nsid)
    var rows: [LinkRecord] = []
    var messages: [LinkMessage] = []
    try kernel.links(nsid: nsid) { message in
      rows.append(LinkRecord(message, in: id))
      if ledger != nil { messages.append(message) }
    } restart: {
      rows.removeAll(keepingCapacity: true)
      messages.removeAll(keepingCapacity: true)
    }
    for message in messages { tell(message, id, corrects) }
    // A dump of a table that changes meanwhile may leave out a row that did not change, and does not say so.
    if !old.links.isEmpty {
      let found = Set(rows.map(\.link.id.index))
      for index in old.links.indices where !found.contains(index) {
        if let message = try kernel.link(nsid: nsid, index: index) { rows.append(LinkRecord(message, in: id)) }
      }
    }
    var links = LinkTable(rows)
    // Only `links` holds the rows then, so that they are changed in place.
    rows = []
    if withAddresses { links.assign(try kernel.addresses(nsid: nsid)) }
    if old.links.isEmpty { return links }
    try links.update { record in
      guard let known = old.links[record.link.id.index] else { return }
      record.link.share(with: known.link)
      // A dump of addresses, too, may leave out some that did not change.
      if record.addresses.isEmpty, !known.addresses.isEmpty {
        let index = record.link.id.index
        record.addresses = try kernel.addresses(nsid: nsid, index: index)[index] ?? []
      }
    }
    return links
  }

  private func tell(_ message: LinkMessage, _ id: NamespaceID, _ corrects: Bool) {
    if ledger != nil, let event = ledger?.takeRead(message, in: id, at: Self.microseconds, corrects: corrects) {
      told.append(event)
    }
  }

  private func refresh(_ key: PendingWork.LinkKey, _ work: inout PendingWork) throws {
    guard let id = store.namespace(ofEvent: key.nsid) else { return }
    let old = store[id].links[key.index]
    let message: LinkMessage?
    do {
      message = try kernel.link(nsid: store[id].nsid, index: key.index)
    } catch {
      return buryIfGone(id, &work) ? () : keep(key, in: id, because: error)
    }
    if failures.links.removeValue(forKey: key) != nil {
      // It may have been its addresses that failed.
      work.addresses.append(key)
      tellFailures()
    }
    guard let message else {
      if let old {
        store[id].links[key.index] = nil
        pending.changed = true
        noteFarEnd(of: old, in: id, &work)
      }
      return
    }
    if id != .host, !events.hearsAllNamespaces { tell(message, id, true) }
    var new = LinkRecord(message, in: id)
    new.addresses = old?.addresses ?? []
    if let old { new.link.share(with: old.link) } else { work.addresses.append(key) }
    store[id].links[key.index] = new
    guard !(old.map { new.isSame(as: $0) } ?? false) else { return }
    pending.changed = true
    // Going up, or leaving its bridge, a link gets a link-local address a little later; the kernel tells it only when
    // duplicate address detection is over, more than a second after that.
    late.addresses.insert(key)
    if old?.lowerIndex != new.lowerIndex || old?.lowerNSID != new.lowerNSID {
      if let old { noteFarEnd(of: old, in: id, &work) }
      noteFarEnd(of: new, in: id, &work)
    }
    if new.link.isBridge, let old, old.link.hardwareAddress != new.link.hardwareAddress {
      notePorts(of: new, id, &work)
    }
  }

  /// A bridge takes its address, and its id with it, from the lowest of its ports: every port's facts name that id, and no
  /// event says so.
  private func notePorts(of bridge: LinkRecord, _ id: NamespaceID, _ work: inout PendingWork) {
    for record in store[id].links.rows where record.link.master == bridge.link.id {
      let key = PendingWork.LinkKey(nsid: store[id].nsid, index: record.link.id.index)
      if work.followed.insert(key).inserted { work.links.append(key) }
    }
  }

  /// The other end of a cable changes without an event of its own when this end comes, goes or moves.
  private func noteFarEnd(of record: LinkRecord, in id: NamespaceID, _ work: inout PendingWork) {
    guard record.link.isPair, let far = store.reference(record.lowerIndex, record.lowerNSID, from: id),
      store.contains(far.namespace), store[far.namespace].links[far.index] != nil
    else { return }
    let key = PendingWork.LinkKey(nsid: store[far.namespace].nsid, index: far.index)
    if work.followed.insert(key).inserted { work.links.append(key) }
  }

  /// The same of all links of a namespace: where a dump is the first to see a move, the event that follows brings no news.
  private func noteFarEnds(of links: LinkTable, instead old: NamespaceRecord, _ work: inout PendingWork) {
    // The first reading comes with that of all others.
    if old.links.isEmpty { return }
    for new in links.rows {
      let known = old.links[new.link.id.index]
      if known?.lowerIndex == new.lowerIndex, known?.lowerNSID == new.lowerNSID { continue }
      if let known { noteFarEnd(of: known, in: old.id, &work) }
      noteFarEnd(of: new, in: old.id, &work)
    }
    for gone in old.links.rows where links[gone.link.id.index] == nil { noteFarEnd(of: gone, in: old.id, &work) }
  }

  private func refreshAddresses(_ key: PendingWork.LinkKey) throws {
    guard let id = store.namespace(ofEvent: key.nsid), store[id].links[key.index] != nil else { return }
    let addresses: [InterfaceAddress]
    do {
      addresses = try kernel.addresses(nsid: store[id].nsid, index: key.index)[key.index] ?? []
    } catch {
      return keep(key, in: id, because: error)
    }
    guard store[id].links[key.index]?.addresses != addresses else { return }
    store[id].links[key.index]?.addresses = addresses
    pending.changed = true
  }
}
