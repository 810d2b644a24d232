internal import Canvas
internal import Topology

/// How wide the words of a snapshot are, in columns: what decides how many fit into a row.
struct Gauge: Hashable, Sendable {
  /// Names are whole up to so many columns; longer ones get more where it is free.
  static let nameLimit = 24

  /// The longest name of a namespace that is drawn, at most `nameLimit`.
  private(set) var name = 4
  /// The longest address without its prefix, of those that are shown behind a name.
  private(set) var address = 0
  /// The longest name of an interface in a container.
  private(set) var link = 4
  /// The longest title of a bus.
  private(set) var title = 0
  /// The longest name of a port.
  private(set) var port = 0
  /// The longest name of a label whose wire branches off another's, with the shortest word behind it.
  private(set) var branch = 0

  /// What nothing was measured for.
  init() {}

  /// Measures what a plan draws in some of its bands (nil: in all); O(n) in its links.
  init(_ plan: Plan, _ snapshot: Snapshot, in bands: Set<BandKey>? = nil) {
    // Most near ends are the host's: of those the namespace is not looked up a thousand times.
    let host = snapshot.namespaces[.host]
    func name(of near: LinkRef) -> String? {
      guard near.namespace == .host, let host else { return snapshot.namespaces.linkName(near) }
      return host.linkPosition(near.index).map { host.links[$0].name }
    }
    for item in plan.items where bands?.contains(item.band) ?? true {
      switch item.entry {
      case .box(let id):
        guard let namespace = snapshot.namespaces[id] else { continue }
        note(name: namespace.name)
        for ref in plan.rows(of: id) {
          if let place = namespace.linkPosition(ref.index) { note(far: namespace.links[place]) }
          if let near = plan.wire(of: ref)?.near.flatMap(name) { port = max(port, displayWidth(near)) }
        }
      case .stub(let ref):
        guard let link = snapshot.link(ref) else { continue }
        port = max(port, displayWidth(link.name))
        if plan.branches[ref] != nil, let note = snapshot.notes(on: link).last {
          branch = max(branch, displayWidth(link.name) + 2 + displayWidth(note))
        }
        if let far = plan.crossings[ref], let namespace = snapshot.namespaces[far.namespace] {
          note(name: namespace.name)
          if let link = snapshot.link(far) { note(far: link) }
        } else {
          note(name: link.name)
        }
      }
    }
    for band in plan.bands {
      switch band {
      case .bus(let ref):
        guard let link = snapshot.link(ref) else { break }
        // Its address stands below, where the title has its state: it has but the borders and their blanks beside it.
        let address = (link.primaryAddress.map { displayWidth($0.text) } ?? 0) + 4 - Metrics.titleTrim
        title = max(title, displayWidth(link.title), address)
      // There is no state beside it.
      case .direct(let id) where id != .host:
        let name = (snapshot.namespaces[id].map { displayWidth($0.name) } ?? 0) + 7 - Metrics.titleTrim
        title = max(title, name)
      case .direct, .lonely: break
      }
    }
  }

  /// Takes what was wider once: who comes and goes must not move the others' columns.
  mutating func grow(to other: Gauge) {
    name = max(name, other.name)
    address = max(address, other.address)
    link = max(link, other.link)
    title = max(title, other.title)
    port = max(port, other.port)
    branch = max(branch, other.branch)
  }

  private mutating func note(name text: String) { name = max(name, min(Self.nameLimit, displayWidth(text))) }

  private mutating func note(far: Link) {
    link = max(link, displayWidth(far.name))
    if let own = far.primaryAddress { address = max(address, Self.columns(of: own.local)) }
  }

  /// The columns of an address: of thousands of them the text need not be made.
  private static func columns(of address: IPAddress) -> Int {
    if address.isIPv6 { return address.description.utf8.count }
    return address.bytes.reduce(3) { $0 + ($1 > 99 ? 3 : $1 > 9 ? 2 : 1) }
  }
}
