internal import OrderedCollections
internal import Topology

/// Where to look again: collected from events, done in one pass.
struct PendingWork {
  /// A link as an event names it: nil is our own namespace.
  struct LinkKey: Hashable {
    var nsid: Int32?
    var index: UInt32
  }

  /// Events were lost, or nothing was read yet.
  var everything = false
  /// Names have to be looked for again.
  var census = false
  /// Only names and warnings changed.
  var naming = false
  /// A link moved to where we may not have looked yet.
  var discover = false
  /// The model differs from the snapshot already.
  var changed = false
  var overruns = 0
  /// The id behind which others are to be looked for, one by one, when all else has been read.
  var unswept: Int32?
  /// Addresses are read elsewhere meanwhile, not with the links.
  var leavesAddresses = false
  /// Namespaces that got an id in our table.
  var born: Set<Int32> = []
  var dump: OrderedSet<NamespaceID> = []
  /// Namespaces to be read because events were lost: their readings correct what was told.
  var corrections: Set<NamespaceID> = []
  /// In the order of the events, so that what a pass has no time for comes first in the next one.
  var links: OrderedSet<LinkKey> = []
  var addresses: OrderedSet<LinkKey> = []
  /// Far ends that were read again in this pass: a ring of changes must not go on for ever.
  var followed: Set<LinkKey> = []
  /// Ids that were found to be nobody's in this pass: links that still name them are read again, and not followed.
  var buried: Set<Int32> = []

  var hasWork: Bool {
    everything || census || naming || discover || changed || unswept != nil || !born.isEmpty || !dump.isEmpty
      || !links.isEmpty || !addresses.isEmpty
  }

  /// Gives the readings away that are still to be done.
  mutating func takeReadings() -> PendingWork {
    var rest = PendingWork()
    swap(&rest.dump, &dump)
    swap(&rest.links, &links)
    swap(&rest.addresses, &addresses)
    swap(&rest.corrections, &corrections)
    return rest
  }

  /// Takes over what another pass had no time for, in front of what came meanwhile.
  mutating func resume(_ rest: PendingWork) {
    dump = rest.dump.union(dump)
    links = rest.links.union(links)
    addresses = rest.addresses.union(addresses)
    corrections.formUnion(rest.corrections)
  }

  /// Forgets all work in a namespace that died.
  mutating func forget(_ nsid: Int32) {
    born.remove(nsid)
    links.removeAll { $0.nsid == nsid }
    addresses.removeAll { $0.nsid == nsid }
  }
}
