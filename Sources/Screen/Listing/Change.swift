internal import Labels
public import Topology

/// One thing that happened: a line of the events list.
public struct Change: Hashable, Sendable {
  /// How it is coloured.
  public enum Severity: Hashable, Sendable { case plain, good, fault }

  /// What kind of thing happened: many of one kind to one link are a storm.
  public enum Topic: Hashable, Sendable { case life, name, state, master, port, mtu, address, hardwareAddress }

  /// When the snapshot was taken that shows it.
  public var at: Timestamp
  /// The namespace that it happened in, or to.
  public var namespace: NamespaceID
  /// The link that it is about; nil for a namespace.
  public var link: LinkRef?
  /// What the namespace was called then; empty for the host's.
  public var owner = ""
  /// What happened, with the name of what it happened to: "veth51fa77c carrier lost".
  public var text: String
  /// Whether it is good news, a fault or neither.
  public var severity: Severity
  /// What kind of thing it was.
  public var topic: Topic
  /// How many of its kind it stands for, the text being that of the last.
  public var count = 1

  /// The line as people read it.
  public var line: String { count > 1 ? Words.many(text, count: count) : text }

  /// So many seconds apart, things of one kind belong together.
  private static let storm = 10.0
  /// So many of a kind are told one by one.
  private static let few = 3
  /// So many lines back others of a kind are looked for.
  private static let reach = 64

  /// Adds what has happened to a list, the newest last: from the fourth of a kind on, within ten seconds, a storm is one line,
  /// which is always the newest.
  public static func add(_ new: [Change], to changes: inout [Change], limit: Int) {
    for var change in new {
      let recent = changes.indices.suffix(reach).filter { index in
        let old = changes[index]
        return old.topic == change.topic && old.link == change.link && old.namespace == change.namespace
          && change.at.seconds(since: old.at) < storm
      }
      if change.link != nil, let last = recent.last, recent.count >= few || changes[last].count > 1 {
        change.count += changes.remove(at: last).count
      }
      changes.append(change)
    }
    if changes.count > limit { changes.removeFirst(changes.count - limit) }
  }

  /// What happened between two snapshots, in the order of the namespaces. Equal namespaces cost one comparison.
  public static func between(_ old: Snapshot, _ new: Snapshot) -> [Change] {
    var changes: [Change] = []
    for namespace in new.namespaces.values {
      let before = old.namespaces[namespace.id]
      if before == namespace { continue }
      changes += NamespaceChange.between(before, namespace).compactMap { make(new, namespace, $0) }
      if let before { changes += links(of: before, namespace, old, new) }
    }
    for namespace in old.namespaces.values where new.namespaces[namespace.id] == nil {
      changes += NamespaceChange.between(namespace, nil).compactMap { make(new, namespace, $0) }
    }
    return changes
  }

  /// The line of a namespace's change; nil for containers, who give their namespace its name.
  private static func make(_ new: Snapshot, _ namespace: Namespace, _ change: NamespaceChange) -> Change? {
    switch change {
    case .joined: make(new, namespace.id, nil, Words.joined(namespace.name), .good, .life)
    case .renamed(let name): make(new, namespace.id, nil, Words.renamed(name, to: namespace.name), .plain, .name)
    case .gone: make(new, namespace.id, nil, Words.gone(namespace.name), .plain, .life)
    case .gained, .lost: nil
    }
  }

  private static func make(
    _ new: Snapshot, _ namespace: NamespaceID, _ link: LinkRef?, _ text: String, _ severity: Severity, _ topic: Topic
  ) -> Change {
    var change = Change(
      at: new.takenAt, namespace: namespace, link: link, text: text, severity: severity, topic: topic)
    if namespace != .host { change.owner = new.namespaces[namespace]?.name ?? "" }
    return change
  }

  private static func links(of before: Namespace, _ after: Namespace, _ old: Snapshot, _ new: Snapshot) -> [Change] {
    var changes: [Change] = []
    // Both are sorted by ifindex: what is the same mostly stands at the same place, or as many places further on as the
    // one before it.
    var offset = 0
    for position in after.links.indices {
      let index = after.links[position].id.index
      if !before.links.indices.contains(position + offset) || before.links[position + offset].id.index != index {
        guard let found = before.linkPosition(index) else {
          let link = after.links[position]
          changes.append(make(new, after.id, link.id, "+ \(link.name)", .good, .life))
          continue
        }
        offset = found - position
      }
      if before.links[position + offset] == after.links[position] { continue }
      let link = after.links[position]
      let owner = owner(of: link, new)
      changes += between(before.links[position + offset], link, old, new).map { line in
        let text = owner.map { Words.owned(line.text, by: $0) } ?? line.text
        return make(new, after.id, link.id, text, line.severity, line.topic)
      }
    }
    for link in before.links where after.linkPosition(link.id.index) == nil {
      changes.append(make(new, after.id, link.id, "- \(link.name)", link.isBridge ? .fault : .plain, .life))
    }
    return changes
  }

  /// Whose cable an interface of the host is; nil where it is nobody's. `veth51fa77c` alone says nothing.
  private static func owner(of link: Link, _ new: Snapshot) -> String? {
    guard link.id.namespace == .host, let far = new.peer(of: link)?.id.namespace, far != .host else { return nil }
    return new.namespaces[far]?.name
  }

  private typealias Words = Say.Listed.Event
  private typealias Line = (text: String, severity: Severity, topic: Topic)

  private static func between(_ was: Link, _ link: Link, _ old: Snapshot, _ new: Snapshot) -> [Line] {
    var lines: [Line] = []
    let name = link.name
    if was.name != name { lines.append((Words.linkRenamed(was.name, to: name), .plain, .name)) }
    if was.state != link.state {
      switch link.state {
      case .up: lines.append((Words.up(name), .good, .state))
      case .noCarrier:
        let far = new.peer(of: link).flatMap { $0.state == .down ? $0.name : nil }
        let text = far.map { Words.carrierLost(name, peerOff: $0) } ?? Words.carrierLost(name)
        lines.append((text, .fault, .state))
      case .down: lines.append((Words.down(name), .fault, .state))
      }
    }
    if was.master != link.master {
      let now = link.master.flatMap { new.link($0)?.title }
      let before = was.master.flatMap { old.link($0)?.title ?? new.link($0)?.title }
      lines.append(
        now.map { (Words.joined(name, bridge: $0), .good, .master) }
          ?? (before.map { Words.left(name, bridge: $0) } ?? Words.leftBridge(name), .fault, .master))
    }
    // Without a carrier no port forwards: that it does not needs no line of its own.
    let isTold = was.state != link.state && link.state != .up && link.port?.state == .disabled
    if let a = was.port?.state, let b = link.port?.state, a != b, !isTold {
      lines.append((Words.port(name, from: a.name, to: b.name), b == .forwarding ? .good : .fault, .port))
    }
    if was.mtu != link.mtu { lines.append(("\(name) mtu \(was.mtu) > \(link.mtu)", .plain, .mtu)) }
    if was.hardwareAddress != link.hardwareAddress {
      lines.append(("\(name) mac \(was.hardwareAddressText) > \(link.hardwareAddressText)", .plain, .hardwareAddress))
    }
    return was.addresses == link.addresses ? lines : lines + addresses(was, link)
  }

  /// The most addresses of a link that are told one by one.
  private static let addressLimit = 3

  private static func addresses(_ was: Link, _ link: Link) -> [Line] {
    let (before, after) = (Set(was.addresses.map(\.local)), Set(link.addresses.map(\.local)))
    func lines(_ addresses: [InterfaceAddress], _ sign: String, _ severity: Severity) -> [Line] {
      if addresses.count > addressLimit {
        return [(Words.addresses(link.name, sign: sign, count: addresses.count), severity, .address)]
      }
      return addresses.map { ("\(link.name) \(sign) \($0.text)", severity, .address) }
    }
    return lines(link.addresses.filter { !before.contains($0.local) }, "+", .plain)
      + lines(was.addresses.filter { !after.contains($0.local) }, "-", .fault)
  }
}
