internal import Labels
internal import Namespaces
internal import OrderedCollections
internal import Readings
internal import Topology

/// All namespaces that are known now, by their serial number and by their nsid.
struct NamespaceStore {
  private var records: OrderedDictionary<NamespaceID, NamespaceRecord> = [
    .host: NamespaceRecord(id: .host, nsid: nil)
  ]
  private(set) var byNSID: [Int32: NamespaceID] = [:]
  private var nextSerial: UInt32 = 1
  /// The nsid by which links elsewhere name our own namespace; it stands in our own table, too. Nil before one did.
  var ownNSID: Int32? {
    didSet {
      if let ownNSID { drop(nsid: ownNSID) }
    }
  }

  /// The record of a namespace that is known; reading an unknown one gives an empty record.
  subscript(id: NamespaceID) -> NamespaceRecord {
    get { records[id] ?? NamespaceRecord(id: id, nsid: nil) }
    _modify { yield &records[id, default: NamespaceRecord(id: id, nsid: nil)] }
  }

  var all: [NamespaceID] { Array(records.keys) }

  func contains(_ id: NamespaceID) -> Bool { records[id] != nil }

  /// The namespace with that nsid; a new one, with a serial number of its own, where none is known.
  mutating func open(nsid: Int32) -> NamespaceID {
    if nsid == ownNSID { return .host }
    if let id = byNSID[nsid] { return id }
    let id = NamespaceID(serial: nextSerial)
    nextSerial += 1
    records[id] = NamespaceRecord(id: id, nsid: nsid)
    byNSID[nsid] = id
    return id
  }

  /// Forgets the namespace with that nsid; false where none was known.
  @discardableResult
  mutating func drop(nsid: Int32) -> Bool {
    guard let id = byNSID.removeValue(forKey: nsid) else { return false }
    records[id] = nil
    return true
  }

  /// The namespace that an event comes from; nil where its birth has not been heard of.
  func namespace(ofEvent nsid: Int32?) -> NamespaceID? {
    guard let nsid, nsid != ownNSID else { return .host }
    return byNSID[nsid]
  }

  /// The link that `(index, nsid)` means when a link of `namespace` says it.
  func reference(_ index: Int32?, _ nsid: Int32?, from namespace: NamespaceID) -> LinkRef? {
    guard let index, index > 0 else { return nil }
    guard let nsid else { return LinkRef(namespace, UInt32(index)) }
    if nsid == ownNSID { return LinkRef(.host, UInt32(index)) }
    return byNSID[nsid].map { LinkRef($0, UInt32(index)) }
  }

  /// Ids that some link names and that nobody has looked at.
  func unknownNSIDs() -> Set<Int32> {
    var unknown: Set<Int32> = []
    for record in records.values {
      for link in record.links.rows {
        if let nsid = link.lowerNSID, nsid >= 0, nsid != ownNSID, byNSID[nsid] == nil { unknown.insert(nsid) }
      }
    }
    return unknown
  }

  /// The links whose other end is in the namespace of that id, or was.
  func links(naming nsid: Int32) -> [PendingWork.LinkKey] {
    records.values.flatMap { record in
      record.links.rows.filter { $0.lowerNSID == nsid }
        .map { PendingWork.LinkKey(nsid: record.nsid, index: $0.link.id.index) }
    }
  }

  /// The names that census and container engines give.
  func naming(_ directory: ContainerDirectory, usesShortNames: Bool) -> Naming {
    Naming(directory: directory, records: records.values, usesShortNames: usesShortNames)
  }

  /// The model's namespaces: every edge between them resolved, and checked from both ends.
  func model(_ naming: Naming, hostname: String) -> NamespaceMap {
    var model = NamespaceMap()
    for record in records.values {
      // A namespace that may not be read and has no name adds nothing to what the near end of its cable says.
      if record.id != .host, !record.isReadable, record.sighting == nil { continue }
      var namespace = Namespace(id: record.id, name: "")
      naming.apply(record, to: &namespace, hostname: hostname)
      namespace.links = record.links.rows.map { resolve($0, in: record.id, naming) }
      model[record.id] = namespace
    }
    nameInnerBridges(&model, naming.directory)
    model.markStrays(naming.directory)
    return model
  }

  /// Gives the bridges of other namespaces (rootless engines have theirs in one) the names of their container networks:
  /// those of the engine whose containers hang on their ports.
  private func nameInnerBridges(_ model: inout NamespaceMap, _ directory: ContainerDirectory) {
    for id in model.ids where id != .host {
      for position in model[id]?.links.indices ?? 0..<0 {
        guard let bridge = model[id]?.links[position], bridge.isBridge, let links = model[id]?.links else { continue }
        var word: ContainerDirectory.Word?
        for port in links where port.master == bridge.id && word == nil {
          guard let far = port.peerLink.flatMap({ model[$0.namespace] }) else { continue }
          word = far.containers.first.flatMap { directory.word(on: $0.id, about: far.owner) }
        }
        // A user's engine has no say about a bridge in somebody else's namespace.
        if let word, word.owner == model[id]?.owner {
          model[id]?.links[position].network = word.networks[bridge.name]
        }
      }
    }
  }

  private func resolve(_ record: LinkRecord, in namespace: NamespaceID, _ naming: Naming) -> Link {
    var link = record.link
    link.addresses = record.addresses
    if namespace == .host, link.isBridge {
      link.network = naming.directory.network(ofBridge: link.name)
      // A copy is made only where there is something to be written.
      let traits = naming.directory.traits(ofBridge: link.name)
      if traits != link.networkTraits { link.networkTraits = traits }
    }
    if ["macvlan", "ipvlan"].contains(link.kind), records[namespace]?.sighting?.owner == nil,
      let lower = reference(record.lowerIndex, record.lowerNSID, from: namespace), lower.namespace == .host,
      let parent = records[.host]?.links[lower.index]?.link
    {
      link.network = naming.directory.network(ofParent: parent.name)
    }
    if link.isPair {
      link.peer = peer(of: record, in: namespace)
    } else if let lower = reference(record.lowerIndex, record.lowerNSID, from: namespace), lower != link.id {
      link.lower = lower
      // The ifindex of a tunnel's underlay belongs to the namespace that the tunnel was made in.
      for position in link.facts.indices where link.facts[position].key == "link" {
        link.facts[position].value = .link(lower)
      }
    }
    return link
  }

  private func peer(of record: LinkRecord, in namespace: NamespaceID) -> Peer {
    guard let index = record.lowerIndex, index > 0 else { return .unknown(Say.TopologyWords.farEndGone) }
    guard let far = reference(index, record.lowerNSID, from: namespace) else {
      return .unknown(Say.TopologyWords.unseenNamespace)
    }
    guard let place = records.index(forKey: far.namespace) else {
      return .unknown(Say.TopologyWords.unseenNamespace)
    }
    guard records.values[place].isReadable else {
      return .unknown(Say.TopologyWords.unreadableNamespace)
    }
    guard let position = records.values[place].links.position(of: far.index) else {
      return .unknown(Say.TopologyWords.farEndGone)
    }
    let row = records.values[place].links.rows[position]
    let back = reference(row.lowerIndex, row.lowerNSID, from: far.namespace)
    guard back == record.link.id else { return .unknown(Say.TopologyWords.farEndNamesAnother) }
    return .link(far)
  }
}
