public import Canvas
public import Diagram
internal import Labels
public import Listing
public import Topology

/// What is known of a namespace or a link, line by line.
public struct Details {
  /// What it is taken from.
  public struct Sources {
    /// The model.
    public var snapshot: Snapshot
    /// The rates.
    public var traffic: Traffic
    /// What has changed, the newest last.
    public var changes: [Change]
    /// Routes, listeners and the like of a namespace, as they were read last.
    public var tables: (of: NamespaceID, rows: NetworkTables)?
    /// The interfaces that are shown; only where nothing is selected they are needed.
    public var rows: [RosterRow]
    /// The characters to write with.
    public var glyphs: GlyphSet
    /// Seconds that the local time is ahead of UTC.
    public var utcOffset: Int
    /// The key that goes to the next interface in trouble.
    public var troubleKey: String

    /// Makes sources.
    public init(
      snapshot: Snapshot, traffic: Traffic, changes: [Change], tables: (of: NamespaceID, rows: NetworkTables)?,
      rows: [RosterRow], glyphs: GlyphSet, utcOffset: Int, troubleKey: String
    ) {
      self.snapshot = snapshot
      self.traffic = traffic
      self.changes = changes
      self.tables = tables
      self.rows = rows
      self.glyphs = glyphs
      self.utcOffset = utcOffset
      self.troubleKey = troubleKey
    }
  }

  /// A line.
  public enum Line {
    /// An empty one.
    case blank
    /// What the lines below it are about.
    case heading(String)
    /// A name, and its value behind `valueX` columns.
    case fact(String, String, Role)
    /// Words.
    case text(String, Role)
    /// A setting, and its value at the right.
    case setting(String, String, Role)
    /// A rate, and its last minute; `peak` is the highest value of all that are drawn to the same scale.
    case graph(Unicode.Scalar, Double, [Float], peak: Float, Role)
    /// A name, and what was received and sent.
    case counters(String, String, String, isBad: (rx: Bool, tx: Bool))
  }

  /// Its name.
  public private(set) var title = ""
  /// What else it is called.
  public private(set) var subtitle = ""
  /// The state of the one link that it is about; nil: it is about more than one.
  public private(set) var state: LinkState?
  /// In the order of need: what it is and hangs on; what goes over it and happened; what it is made of; its tables.
  private var parts = Parts()

  private struct Parts {
    var facts: [Line] = []
    var changes: [Line] = []
    var particulars: [Line] = []
    var tables: [Line] = []
  }

  let sources: Sources
  var snapshot: Snapshot { sources.snapshot }
  var glyphs: GlyphSet { sources.glyphs }

  /// Says what is known of an element; nil: of the machine at a glance.
  public init(of element: Element?, _ sources: Sources) {
    self.sources = sources
    switch element {
    case nil:
      title = snapshot.hostname.isEmpty ? Say.Inspect.host : snapshot.hostname
      subtitle = Say.Inspect.nothingSelected
      parts.facts = dashboard
    case .link(let ref):
      guard let link = snapshot.link(ref), let namespace = snapshot.namespaces[ref.namespace] else { return }
      title = link.isBridge || ref.namespace == .host ? link.title : namespace.name
      subtitle = link.isBridge || ref.namespace == .host ? (link.title == link.name ? link.kind : link.name) : link.name
      state = link.state
      describe(link, in: namespace)
    case .namespace(let id):
      guard let namespace = snapshot.namespaces[id] else { return }
      title = namespace.name
      let links = namespace.shownLinks
      if links.count == 1 {
        subtitle = links[0].name
        state = links[0].state
        describe(links[0], in: namespace)
      } else {
        subtitle = Say.Inspect.interfaces(links.count)
        describe(namespace, links)
      }
    }
  }

  /// The lines in two columns where there is room for them, else in one; long ones are broken, never cut.
  public func columns(width: Int) -> [[Line]] {
    let columns =
      width >= 74
      ? [parts.facts + parts.particulars, parts.changes + parts.tables]
      : [parts.facts + parts.changes + parts.particulars + parts.tables]
    let room = columns.count == 2 ? (width - 2) / 2 : width
    return columns.map { lines in
      var lines = lines.flatMap { Details.broken($0, width: room) }
      while case .blank? = lines.first { lines.removeFirst() }
      return lines
    }
  }

  /// A line as so many as its words need.
  private static func broken(_ line: Line, width: Int) -> [Line] {
    switch line {
    case .fact(let name, let value, let role):
      let rows = wrapped(value, columns: max(8, width - Details.valueX))
      return rows.enumerated().map { .fact($0.offset == 0 ? name : "", $0.element, role) }
    case .text(let text, let role): return wrapped(text, columns: width).map { .text($0, role) }
    default: return [line]
    }
  }

  /// The column of a fact's value.
  public static let valueX = 10

  // MARK: A link

  private mutating func describe(_ link: Link, in namespace: Namespace) {
    let peer = snapshot.peer(of: link)
    var facts: [Line] = [
      .fact(
        Say.Inspect.Fact.state,
        link.operState.name
          // `DOWN` says it already.
          + (link.state == .up || (link.state == .down && link.operState == .down) ? "" : "  \(link.state.word)"),
        link.state == .up ? .up : .fault)
    ]
    if link.isStale { facts.append(.text(Say.Inspect.stale, .warning)) }
    if let peer {
      facts.append(
        .fact(Say.Inspect.Fact.peer, Say.Inspect.place(peer.name, in: place(peer.id.namespace)), .text))
      facts.append(.fact("ifindex", "\(link.id.index) \(glyphs.pair) \(peer.id.index)", .text))
    } else {
      if case .unknown(let reason) = link.peer { facts.append(.fact(Say.Inspect.Fact.peer, "? \(reason)", .warning)) }
      facts.append(.fact("ifindex", "\(link.id.index)", .text))
    }
    if link.lostNetwork != nil, let trouble = Trouble(link, near: peer) { facts.append(.text(trouble.text, .fault)) }
    facts += bridge(of: link, peer)
    if let parent = parent(of: link) { facts.append(.fact(Say.Inspect.Fact.on, parent, .text)) }
    parts.facts = facts + addresses(of: link)
    parts.changes = traffic(of: link) + events { $0.link == link.id || ($0.link != nil && $0.link == peer?.id) }
    parts.particulars = particulars(of: link)
    if link.isBridge { parts.particulars += ports(of: link) }
    if namespace.id != .host {
      parts.particulars += identity(of: namespace)
    } else if link.kind.isEmpty, !namespace.containers.isEmpty {
      parts.particulars += [.blank, .heading(Say.Inspect.Heading.hostContainers)]
      parts.particulars += namespace.containers.map { .text($0.name, .text) }
    }
    parts.tables = tables(of: link.id.namespace, about: link)
  }

  /// What a link lies on, and where that is, if elsewhere.
  private func parent(of link: Link) -> String? {
    guard let lower = link.lower.flatMap({ snapshot.link($0) }) else { return nil }
    let isHere = lower.id.namespace == link.id.namespace
    return isHere ? lower.name : Say.Inspect.place(lower.name, in: place(lower.id.namespace))
  }

  private func place(_ id: NamespaceID) -> String {
    id == .host ? Say.Inspect.host : snapshot.namespaces[id]?.name ?? "?"
  }

  private func particulars(of link: Link) -> [Line] {
    var lines: [Line] = [.blank, .heading(Say.Inspect.Heading.interface)]
    if !link.kind.isEmpty { lines.append(.fact(Say.Inspect.Fact.kind, link.detail, .text)) }
    lines.append(.fact("mtu", "\(link.mtu)" + (link.qdisc.isEmpty ? "" : "   qdisc \(link.qdisc)"), .text))
    lines.append(.fact(Say.Inspect.Fact.flags, link.flags.names.joined(separator: " "), .text))
    if !link.alternativeNames.isEmpty {
      lines.append(.fact(Say.Inspect.Fact.alternativeNames, link.alternativeNames.joined(separator: ", "), .text))
    }
    lines += network(of: link)
    if let facts = link.bridge {
      lines.append(.fact("stp", facts.stp ? Say.Inspect.Setting.on : Say.Inspect.Setting.off, .text))
      lines.append(.fact(Say.Inspect.Fact.ageing, "\(Units.fixed(facts.ageingSeconds, digits: 0)) s", .text))
      if facts.vlanFiltering { lines.append(.fact(Say.Inspect.Fact.vlans, Say.Inspect.filtering, .text)) }
    }
    return lines
  }

  /// The most addresses that are shown: of thousands nobody reads the others.
  private static let addressLimit = 64

  private func addresses(of link: Link) -> [Line] {
    var lines: [Line] = []
    if !link.hardwareAddress.isEmpty { lines.append(.fact("mac", link.hardwareAddressText, .text)) }
    for address in link.addresses.prefix(Self.addressLimit) {
      lines.append(
        .fact(
          address.local.isIPv6 ? "ipv6" : "ipv4",
          address.text + (address.flags.contains(.tentative) ? " tentative" : ""), .text))
    }
    let rest = link.addresses.count - Self.addressLimit
    if rest > 0 { lines.append(.fact("", Say.Inspect.moreAddresses(rest), .dim)) }
    if link.addresses.isEmpty, link.master == nil {
      lines.append(.fact(Say.Inspect.Fact.address, Say.Inspect.none, .dim))
    }
    return lines
  }

  private func bridge(of link: Link, _ peer: Link?) -> [Line] {
    var lines: [Line] = []
    let port = link.master != nil ? link : peer?.master != nil ? peer : nil
    if let port, let master = port.master.flatMap({ snapshot.link($0) }) {
      let number = port.port.map { "  " + Say.Inspect.portNumber(Int($0.number)) } ?? ""
      let device = master.title == master.name ? "" : " (\(master.name))"
      let name = master.isBridge ? Say.Inspect.Fact.bridge : Say.Inspect.Fact.master
      lines.append(.fact(name, master.title + device + number, .text))
      if let facts = port.port {
        var words = [facts.state.name]
        if facts.isolated { words.append(Say.Inspect.isolated) }
        if facts.hairpin { words.append(Say.Inspect.hairpin) }
        if !facts.learning { words.append(Say.Inspect.noLearning) }
        if !facts.flood { words.append(Say.Inspect.noFlooding) }
        let isOpen = facts.state == .forwarding && !facts.isolated
        lines.append(.fact(Say.Inspect.Fact.port, Say.Inspect.list(words), isOpen ? .text : .warning))
      }
    }
    return lines
  }

  private func ports(of bridge: Link) -> [Line] {
    let ports = snapshot.ports(of: bridge.id)
    var lines: [Line] = [.blank, .heading(Say.Inspect.ports(ports.count))]
    for port in ports {
      let far = snapshot.peer(of: port).flatMap { snapshot.namespaces[$0.id.namespace]?.name } ?? ""
      lines.append(.text("\(port.name)  \(far)", port.state == .up ? .text : .fault))
    }
    return lines
  }

  // MARK: A namespace

  private mutating func describe(_ namespace: Namespace, _ links: [Link]) {
    var lines: [Line] = []
    for link in links {
      lines.append(
        .fact(link.name, link.addresses.first?.text ?? link.state.word, link.state == .up ? .text : .fault))
      if let peer = snapshot.peer(of: link) {
        let bridge = peer.master.flatMap { snapshot.link($0)?.title }
        lines.append(.fact("", "\(glyphs.pair) \(peer.name)" + (bridge.map { "  \($0)" } ?? ""), .dim))
      } else if !link.kind.isEmpty, !link.isPair {
        let words = parent(of: link).map { Say.Inspect.child(link.detail, on: $0) } ?? link.detail
        lines.append(.fact("", words, .dim))
      }
    }
    if links.isEmpty { lines.append(.text(Say.Inspect.noInterfaces, .dim)) }
    parts.facts = lines
    parts.changes = links.prefix(3).flatMap { traffic(of: $0, named: true) } + events { $0.namespace == namespace.id }
    parts.particulars = identity(of: namespace)
    parts.tables = tables(of: namespace.id, about: nil)
  }

  private func identity(of namespace: Namespace) -> [Line] {
    var lines: [Line] = [
      .blank, .heading(Say.Inspect.Heading.namespace), .fact(Say.Inspect.Fact.name, namespace.name, .text),
    ]
    if let inode = namespace.inode { lines.append(.fact("inode", "\(inode)", .text)) }
    if let owner = namespace.owner { lines.append(.fact(Say.Inspect.Fact.owner, "uid \(owner)", .text)) }
    if let cookie = namespace.cookie { lines.append(.fact("cookie", "\(cookie)", .text)) }
    for path in namespace.paths.prefix(2) { lines.append(.fact(Say.Inspect.Fact.path, path, .text)) }
    for process in namespace.processes.prefix(3) {
      lines.append(.fact("pid", "\(process.pid)  \(process.name)", .text))
    }
    if namespace.processes.count > 3 {
      lines.append(.fact("", Say.Inspect.moreProcesses(namespace.processes.count - 3), .dim))
    }
    var pods: [Pod] = []
    for container in namespace.containers {
      if let pod = container.pod, !pods.contains(where: { $0.isSame(as: pod) }) {
        pods.append(pod)
        lines.append(.fact("pod", pod.group.map { Say.Inspect.pod(pod.name, in: $0) } ?? pod.name, .text))
      }
      // What only holds a pod's namespaces is the pod.
      if container.pod?.isInfra == true {
        lines.append(.fact("id", String(container.id.prefix(12)), .text))
        continue
      }
      let runtime = container.runtime == "unknown" ? Say.Inspect.Fact.container : container.runtime
      lines.append(.fact(runtime, container.name, .text))
      lines.append(.fact("id", String(container.id.prefix(12)), .text))
      if !container.image.isEmpty { lines.append(.fact(Say.Inspect.Fact.image, container.image, .text)) }
      if let project = container.composeProject {
        lines.append(.fact("compose", project + (container.composeService.map { " / \($0)" } ?? ""), .text))
      }
      if let service = container.swarmService { lines.append(.fact(Say.Inspect.Fact.service, service, .text)) }
      lines += names(of: container)
    }
    return lines
  }

  /// The networks of a container, and what it is called there.
  private func names(of container: Container) -> [Line] {
    var lines = container.attachments.map { attachment in
      let aliases = attachment.aliases.filter { $0 != container.name }
      let words =
        aliases.isEmpty ? attachment.network : Say.Inspect.network(attachment.network, aliases: aliases)
      return Line.fact(Say.Inspect.Fact.network, words, .text)
    }
    lines += container.links.sorted { $0.key < $1.key }.map {
      .fact(Say.Inspect.Fact.link, Say.Inspect.alias($0.key, of: $0.value), .text)
    }
    if container.isRemembered {
      lines.append(.fact("", Say.Inspect.remembered(by: container.runtime), .warning))
    }
    return lines
  }

  /// What an engine says of the network that an interface belongs to.
  private func network(of link: Link) -> [Line] {
    guard let network = snapshot.network(of: link) else { return [] }
    let words = [network.name, network.runtime, network.driver, network.isInternal ? Say.Inspect.isInternal : ""]
    var lines: [Line] = [
      .fact(Say.Inspect.Fact.network, words.filter { !$0.isEmpty }.joined(separator: "  "), .text)
    ]
    lines += network.subnets.map { .fact(Say.Inspect.Fact.subnet, $0, .text) }
    if !network.vnis.isEmpty {
      lines.append(.fact("vni", network.vnis.map(String.init).joined(separator: ", "), .text))
    }
    return lines
  }
}
