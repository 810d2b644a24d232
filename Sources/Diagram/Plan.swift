internal import Topology

/// A horizontal band of the diagram.
enum BandKey: Hashable {
  /// A bridge, or an uplink that others hang on: drawn as a bus.
  case bus(LinkRef)
  /// Pairs that end in that namespace without a bridge.
  case direct(NamespaceID)
  /// Namespaces that nothing leads to.
  case lonely
}

/// Something that has a slot in a band.
enum Entry: Hashable {
  /// A namespace's box.
  case box(NamespaceID)
  /// A port whose other end is drawn elsewhere, or not at all: a label on a short wire.
  case stub(LinkRef)
}

/// Which band every link belongs to: the diagram before anything has a place.
///
/// Each link that is shown appears exactly once: as a bus, as a label on a wire or as a row in a box.
struct Plan {
  /// A wire from a band to a row of a box.
  struct Wire {
    /// The end at the band: a port's label; nil where the bus itself is the lower end (macvlan).
    var near: LinkRef?
    /// The end in the box.
    var far: LinkRef
    var band: BandKey
  }

  /// In the order in which they are drawn.
  private(set) var bands: [BandKey] = []
  private(set) var home: [Entry: BandKey] = [:]
  /// Entries in the order in which they would be placed first.
  private(set) var entries: [Entry] = []
  /// The rows of each namespace's box.
  private(set) var rows: [NamespaceID: [LinkRef]] = [:]
  /// By the link in the box.
  private(set) var wires: [LinkRef: Wire] = [:]
  /// What is written behind a stub.
  private(set) var notes: [LinkRef: String] = [:]

  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    let namespaces = Array(snapshot.namespaces.values)
    for namespace in namespaces { addBuses(of: namespace) }
    for namespace in namespaces { addRows(of: namespace) }
    for namespace in namespaces { addStubs(of: namespace) }
    order()
  }

  /// The link that a link hangs on in its own namespace: its bridge, bond or parent.
  private func base(of link: Link) -> LinkRef? {
    if let master = link.master, snapshot.link(master) != nil { return master }
    if let lower = link.lower, lower.namespace == link.id.namespace, snapshot.link(lower) != nil { return lower }
    return nil
  }

  /// Bridges everywhere, and what is left over at the host: uplinks, tunnels, taps.
  private mutating func addBuses(of namespace: Namespace) {
    for link in namespace.shownLinks {
      let isHost = namespace.id == .host
      if link.isBridge || (isHost && base(of: link) == nil && !link.isPair) { bands.append(.bus(link.id)) }
    }
  }

  /// The rows of a namespace's box, and where their wires lead.
  private mutating func addRows(of namespace: Namespace) {
    guard namespace.id != .host else { return }
    var own: [LinkRef] = []
    var homeBand: BandKey?
    for link in namespace.shownLinks where !link.isBridge && !isPort(link) {
      let attachment = attachment(of: link)
      // The other namespace's box has the row; here is the label at the band's side.
      if case .direct(let side)? = attachment?.band, side == namespace.id { continue }
      own.append(link.id)
      guard let wire = attachment else { continue }
      wires[link.id] = wire
      if case .bus? = homeBand { continue }
      if homeBand == nil || wire.band.isBus { homeBand = wire.band }
    }
    rows[namespace.id] = own
    // One whose every link is drawn at its own bands has its title there.
    let hasBand = namespace.links.contains { $0.isBridge } || directBands.contains(namespace.id)
    if own.isEmpty, hasBand { return }
    place(.box(namespace.id), in: homeBand ?? .lonely)
  }

  private var directBands: Set<NamespaceID> = []

  /// Where the wire of a container's link ends: at a port's bus, in another namespace, or at a parent.
  private mutating func attachment(of link: Link) -> Wire? {
    if let peer = snapshot.peer(of: link), peer.id.namespace != link.id.namespace {
      if let master = peer.master, snapshot.link(master) != nil {
        return Wire(near: peer.id, far: link.id, band: .bus(master))
      }
      // Between two that both are no host, the one found first is drawn on the left.
      let left = min(peer.id.namespace, link.id.namespace)
      directBands.insert(left)
      return left == link.id.namespace
        ? Wire(near: link.id, far: peer.id, band: .direct(left))
        : Wire(near: peer.id, far: link.id, band: .direct(left))
    }
    if let lower = link.lower, lower.namespace == .host, snapshot.link(lower) != nil {
      return Wire(near: nil, far: link.id, band: .bus(bus(above: lower)))
    }
    return nil
  }

  /// The bus that stands for a host's link: itself, or what it hangs on.
  private func bus(above ref: LinkRef) -> LinkRef {
    var current = ref
    for _ in 0..<16 {
      guard let link = snapshot.link(current), !link.isBridge, let next = base(of: link) else { return current }
      current = next
    }
    return current
  }

  private func isPort(_ link: Link) -> Bool {
    link.master.flatMap { snapshot.link($0) }?.isBridge ?? false
  }

  /// Ports and children whose other end has no row in their own band.
  private mutating func addStubs(of namespace: Namespace) {
    let isHost = namespace.id == .host
    for link in namespace.shownLinks where !link.isBridge && !bands.contains(.bus(link.id)) {
      guard isHost || isPort(link) || directBands.contains(namespace.id) else { continue }
      let peer = snapshot.peer(of: link)
      if let peer, let wire = wires[peer.id], wire.near == link.id {
        // Its wire ends in a box: of this band, or of another one by a lane.
        if home[.box(peer.id.namespace)] == wire.band { continue }
        place(.stub(link.id), in: wire.band)
        continue
      }
      if !isHost, !isPort(link) { continue }
      notes[link.id] = note(on: link, peer: peer)
      place(.stub(link.id), in: base(of: link).map { .bus(bus(above: $0)) } ?? .direct(namespace.id))
    }
  }

  private func note(on link: Link, peer: Link?) -> String {
    if let peer {
      let bridge = peer.master.flatMap { snapshot.link($0) }.map { " on \($0.title)" } ?? ""
      return "pair of \(peer.name)\(bridge)"
    }
    if case .unknown(let reason) = link.peer { return reason }
    if let master = link.master.flatMap({ snapshot.link($0) }), !master.isBridge { return "member" }
    return link.detail.isEmpty ? link.kind : link.detail
  }

  private mutating func place(_ entry: Entry, in band: BandKey) {
    guard home[entry] == nil else { return }
    home[entry] = band
    entries.append(entry)
  }

  /// Bridges of the host first, then what hangs together elsewhere, then uplinks, then the lonely.
  private mutating func order() {
    var used = Set(bands)
    for entry in entries {
      if let band = home[entry], used.insert(band).inserted { bands.append(band) }
    }
    func rank(_ band: BandKey) -> (Int, UInt32, UInt32) {
      switch band {
      case .bus(let ref):
        let isBridge = snapshot.link(ref)?.isBridge ?? false
        if ref.namespace != .host { return (1, ref.namespace.serial, ref.index) }
        return (isBridge ? 0 : 3, 0, ref.index)
      case .direct(let id): return (2, id.serial, 0)
      case .lonely: return (4, 0, 0)
      }
    }
    bands.sort { rank($0) < rank($1) }
    entries = entries.sorted { order(of: $0) < order(of: $1) }
  }

  /// By the port's number: the order in which Docker started them.
  private func order(of entry: Entry) -> (Int, UInt32, UInt32) {
    switch entry {
    case .stub(let ref): return (0, ref.namespace.serial, ref.index)
    case .box(let id):
      let near = rows[id]?.lazy.compactMap { self.wires[$0]?.near }.first
      return (1, near?.index ?? .max, id.serial)
    }
  }
}

extension BandKey {
  var isBus: Bool {
    if case .bus = self { true } else { false }
  }
}
