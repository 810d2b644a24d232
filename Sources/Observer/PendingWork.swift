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
  /// Namespaces that got an id in our table.
  var born: Set<Int32> = []
  var dump: Set<NamespaceID> = []
  var links: Set<LinkKey> = []
  var addresses: Set<LinkKey> = []
  /// Far ends that were read again in this pass: a ring of changes must not go on for ever.
  var followed: Set<LinkKey> = []

  var hasWork: Bool {
    everything || census || naming || discover || changed || !born.isEmpty || !dump.isEmpty
      || !links.isEmpty || !addresses.isEmpty
  }

  /// Forgets all work in a namespace that died.
  mutating func forget(_ nsid: Int32) {
    born.remove(nsid)
    links = links.filter { $0.nsid != nsid }
    addresses = addresses.filter { $0.nsid != nsid }
  }
}
