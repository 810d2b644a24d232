import Canvas
import Conclusions
import Fixtures
import Guides
import Keys
import Paths
import Speech
import Story
import Topology
import Viewer

/// A guide with a laboratory that is a model: orders are obeyed, tables are read, pings are answered as a kernel would.
struct Rehearsal {
  var state: GuidedState
  var now = Timestamp(milliseconds: 1_795_435_480_000)
  /// What the laboratory is: the containers that run, and what is broken.
  private(set) var running: [String] = []
  var fault: LaboratoryOrder?
  /// What the guide ordered, in order.
  private(set) var orders: [LaboratoryOrder] = []
  /// Diagnoses that were asked for and not answered.
  private(set) var asked: [Int] = []
  private(set) var effects: [GuidedState.Effect] = []
  /// How far the numbers of the links are from those of the first run.
  var shift: UInt32 = 0
  /// Whether the kernel's events are late.
  var isSlow = false
  private var hasSpoken = false
  private var revision: UInt64 = 1

  init(_ guide: any Guide, running: [String] = [], size: Size = Size(width: 80, height: 24)) {
    state = GuidedState(guide: guide)
    self.running = running
    act(.resize(size))
    show()
  }

  mutating func press(_ keys: Key...) { for key in keys { act(.key(key)) } }

  mutating func act(_ action: Action) {
    effects = state.update(action, at: now)
    let wanted = effects
    for effect in wanted { obey(effect) }
  }

  /// A second passes.
  mutating func wait(seconds: Int = 1) {
    for _ in 0..<seconds {
      now = Timestamp(milliseconds: now.milliseconds + 1000)
      act(.traffic(Models.traffic(snapshot)))
    }
  }

  private mutating func obey(_ effect: GuidedState.Effect) {
    switch effect {
    case .laboratory(let order): obey(order)
    case .explain(let id, _, _): asked.append(id)
    case .viewer(.readTables(let id, _)): act(.tables(id, tables(of: id)))
    case .viewer(.startPing(let id, _)): answer(id)
    case .viewer(.explain(let id, _, _, _, _, _)): act(.explanation(id: id, Self.unreachable, isFinal: true))
    case .viewer, .keepDrawing, .openShell: break
    }
  }

  private mutating func obey(_ order: LaboratoryOrder) {
    orders.append(order)
    switch order {
    case .arrange(let containers), .rebuild(let containers): (running, fault) = (containers, nil)
    case .forget: hasSpoken = false
    default: fault = order
    }
    if !isSlow { show() }
  }

  /// Shows what the laboratory is now.
  mutating func show() {
    revision += 1
    var next = snapshot
    next.revision = revision
    next.takenAt = now
    act(.snapshot(next))
  }

  /// The kernel's answer to a finished diagnosis.
  mutating func explain(_ verdict: Explanation.Verdict) {
    guard let id = asked.last else { return }
    var explanation = Self.unreachable
    explanation.verdict = verdict
    act(.explanation(id: id, explanation, isFinal: true))
  }

  static let unreachable: Explanation = {
    let (one, two) = (NamespaceID(serial: 1), NamespaceID(serial: 2))
    var explanation = Explanation(
      source: Explanation.End(name: "test1", namespace: one, interface: "eth0", address: IPAddress("172.17.0.2")),
      destination: Explanation.End(name: "test2", namespace: two, interface: "eth0", address: IPAddress("172.17.0.3")),
      verdict: .unreachable, also: [], path: [], unread: [], notes: [])
    explanation.cause = Explanation.Finding(
      code: .bridgeDown, namespace: .host, namespaceName: "the host", interface: "docker0", link: nil, isOnReply: false,
      claim: "The bridge docker0 is down", evidence: [], remedy: nil, rule: nil)
    return explanation
  }()

  private mutating func answer(_ id: Int) {
    act(.ping(PingReport(id: id, event: .sent(sequence: 1), at: now)))
    guard fault == nil else {
      now = Timestamp(milliseconds: now.milliseconds + 600)
      act(.tick)
      act(.ping(PingReport(id: id, event: .lost(sequence: 1, lastSeen: nil), at: now)))
      return
    }
    hasSpoken = true
    act(.ping(PingReport(id: id, event: .reply(sequence: 1, milliseconds: 0.084, ttl: 64), at: now)))
    wait()
  }

  // MARK: The model

  var snapshot: Snapshot {
    var made = Models.host([Models.Network("docker0", network: "bridge", subnet: "172.17", containers: running)])
    let (card, far) = (LinkRef(.host, 90), LinkRef(NamespaceID(serial: 99), 2))
    let lan = Namespace(
      id: far.namespace, kind: .named, name: "lan",
      links: [Models.link(far, "eth0", address: "192.168.126.1", prefix: 24, peer: card)])
    let ens33 = Models.link(card, "ens33", address: "192.168.126.131", prefix: 24, peer: far)
    made.namespaces = NamespaceMap(
      made.namespaces.values.map { namespace in
        var namespace = namespace
        namespace.links = namespace.links.map { altered($0) } + (namespace.id == .host ? [ens33] : [])
        return namespace
      } + [lan])
    return made
  }

  private func altered(_ link: Link) -> Link {
    var link = link
    if link.isLoopback { link.operState = .unknown }
    if link.isBridge, running.isEmpty { (link.operState, link.flags) = (.down, LinkFlags(rawValue: 0x1003)) }
    switch fault {
    case .switchBridgeOff where link.isBridge: (link.operState, link.flags) = (.down, LinkFlags(rawValue: 0x1002))
    case .unplug where link.name.hasPrefix("veth") && link.id.index == 5: (link.master, link.port) = (nil, nil)
    case .readdress(_, let address) where link.id.namespace.serial == 2:
      link.addresses = [InterfaceAddress(local: address, prefixLength: 16)]
    default: break
    }
    return link
  }

  private func tables(of id: NamespaceID) -> NetworkTables {
    var tables = NetworkTables()
    guard hasSpoken, running.count == 2,
      let other = snapshot.namespaces.values.first(where: { $0.id != .host && $0.id != id })
    else { return tables }
    let links = snapshot.namespaces[id]?.links ?? []
    if id == .host {
      tables.fdb = links.filter { $0.master != nil }.compactMap { port in
        snapshot.peer(of: port).map {
          ForwardingEntry(hardwareAddress: $0.hardwareAddress, link: port.id, master: port.master)
        }
      }
    } else if let eth = links.first, let far = other.links.first, let address = far.primaryAddress {
      tables.neighbors = [
        Neighbor(address: address.local, link: eth.id, hardwareAddress: far.hardwareAddress, state: .reachable)
      ]
      tables.namespaceIDs = [eth.id: 0]
    }
    return tables
  }

  // MARK: What is seen

  var caption: Caption {
    guard let guide = state.guide else { fatalError("a rehearsal has a guide") }
    return guide.caption
  }

  var picture: CellCanvas {
    var canvas = CellCanvas(state.size)
    state.draw(into: &canvas)
    return canvas
  }
}
