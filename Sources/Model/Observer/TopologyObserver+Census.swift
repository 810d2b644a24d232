internal import Labels
internal import Namespaces
internal import NetlinkSocket
internal import OrderedCollections
internal import Readings
internal import Topology

/// Which namespaces there are: by their ids in our table, by mounts and processes, by the links that lead to them.
extension TopologyObserver {
  /// Has all namespaces read.
  func readAgain(_ work: inout PendingWork) {
    for id in store.all { store[id].isReadable = true }
    // Our own first: bridges, and the near ends of all others.
    work.dump = OrderedSet(store.all.sorted()).union(work.dump)
    work.corrections.formUnion(store.all)
  }

  /// Makes places for the namespaces that got an id, and has them read.
  func openBorn(_ work: inout PendingWork) {
    for nsid in work.born.sorted() {
      let id = store.open(nsid: nsid)
      // A namespace of this number that could not be read was an older one, on its way out.
      store[id].isReadable = true
      if id != .host { work.dump.append(id) }
    }
    work.born = []
  }

  /// Drops the namespaces whose ids have left our table, and notes all that are in it as born. Returns the highest id
  /// where there may be others behind it, else nil.
  func sweepIDs(_ work: inout PendingWork) throws -> Int32? {
    var (ids, areAll) = try kernel.namespaceIDs()
    let unswept = areAll ? nil : ids.max()
    if !areAll {
      for id in store.byNSID.keys where !ids.contains(id) {
        if try kernel.isGiven(id) { ids.insert(id) }
      }
    }
    for gone in Set(store.byNSID.keys).subtracting(ids) {
      if let id = store.byNSID[gone] { tellDeath(of: id) }
      if store.drop(nsid: gone) { pending.changed = true }
    }
    work.born.formUnion(ids)
    return unswept
  }

  /// How many ids without a namespace end the search for more: the lowest free one is given first.
  static let idGap = 64

  /// Tries the ids behind `last` one by one: neither a mount, a process nor a link may have told of them.
  func sweepRest(behind last: Int32, _ work: inout PendingWork) {
    var (next, misses) = (last, 0)
    while misses < Self.idGap, next < .max {
      next += 1
      if store.namespace(ofEvent: next) != nil {
        misses = 0
      } else if (try? kernel.isGiven(next)) == true {  // Where the kernel does not say: until the next search.
        work.born.insert(next)
        misses = 0
      } else {
        misses += 1
      }
    }
  }

  /// Reads a namespace's cookie inside it, for kernels that tell it only there; nil where we may not enter.
  var cookie: @Sendable (NamespaceFile) -> UInt64? {
    { [entry] file in
      guard Capabilities().effective & (1 << 21) != 0 else { return nil }
      // Without a way in, or on a kernel that has none, there is no cookie to be told.
      return (try? entry.visit(file) { (try? RequestChannel())?.namespaceCookie }.get()) ?? nil
    }
  }

  /// Takes over what a census found: places for those that were not known, names for all.
  func adopt(_ result: Census.Result, _ work: inout PendingWork) {
    // A census without a new loss takes the warning of lost events back.
    if work.overruns == 0 { warnings["events"] = nil }
    // What a census could not look at may be there all the same: then nobody loses the name that he had.
    if result.failures.isEmpty { for id in store.all { store[id].sighting = nil } }
    let others = result.failures.count - 1
    warn("census", result.failures.first.map { Say.Observed.cannotFindAll($0, others: others) })
    if var own = result.sightings.first(where: \.isOwn) {
      // It is nobody else's, whatever user namespace it belongs to.
      own.owner = nil
      store[.host].sighting = own
    }
    for sighting in result.sightings where !sighting.isOwn {
      guard let nsid = sighting.nsid else { continue }
      // The same number with another cookie is another namespace: its death was lost with other events.
      if let known = store.byNSID[nsid], let cookie = store[known].cookie, let seen = sighting.cookie, cookie != seen {
        store.drop(nsid: nsid)
      }
      if store.byNSID[nsid] == nil { work.born.insert(nsid) }
      let id = store.open(nsid: nsid)
      store[id].sighting = sighting
      store[id].inode = sighting.inode
      store[id].cookie = sighting.cookie ?? store[id].cookie
    }
  }
}
