public import Topology

/// One thing that happened: a line of the events list.
public struct Change: Hashable, Sendable {
  /// How it is coloured.
  public enum Severity: Hashable, Sendable { case plain, good, fault }

  /// When the snapshot was taken that shows it.
  public var at: Timestamp
  /// The namespace that it happened in, or to.
  public var namespace: NamespaceID
  /// The link that it is about; nil for a namespace.
  public var link: LinkRef?
  /// What happened, with the name of what it happened to: "veth51fa77c carrier lost".
  public var text: String
  /// Whether it is good news, a fault or neither.
  public var severity: Severity

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
    case .joined: make(new, namespace.id, nil, "+ \(namespace.name) joined", .good)
    case .renamed(let name): make(new, namespace.id, nil, "\(name) is \(namespace.name)", .plain)
    case .gone: make(new, namespace.id, nil, "- \(namespace.name) gone", .plain)
    case .gained, .lost: nil
    }
  }

  private static func make(
    _ new: Snapshot, _ namespace: NamespaceID, _ link: LinkRef?, _ text: String, _ severity: Severity
  ) -> Change {
    Change(at: new.takenAt, namespace: namespace, link: link, text: text, severity: severity)
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
          changes.append(make(new, after.id, link.id, "+ \(link.name)", .good))
          continue
        }
        offset = found - position
      }
      if before.links[position + offset] == after.links[position] { continue }
      let link = after.links[position]
      changes += between(before.links[position + offset], link, old, new).map {
        make(new, after.id, link.id, $0.0, $0.1)
      }
    }
    for link in before.links where after.linkPosition(link.id.index) == nil {
      changes.append(make(new, after.id, link.id, "- \(link.name)", .plain))
    }
    return changes
  }

  private static func between(_ was: Link, _ link: Link, _ old: Snapshot, _ new: Snapshot) -> [(String, Severity)] {
    var lines: [(String, Severity)] = []
    let name = link.name
    if was.name != name { lines.append(("\(was.name) is now \(name)", .plain)) }
    if was.state != link.state {
      switch link.state {
      case .up: lines.append(("\(name) up", .good))
      case .noCarrier: lines.append(("\(name) carrier lost", .fault))
      case .down: lines.append(("\(name) switched off", .fault))
      }
    }
    if was.master != link.master {
      let now = link.master.flatMap { new.link($0)?.title }
      let before = was.master.flatMap { old.link($0)?.title ?? new.link($0)?.title }
      lines.append(
        now.map { ("\(name) joined \($0)", .good) } ?? ("\(name) left \(before ?? "its bridge")", .plain))
    }
    if let a = was.port?.state, let b = link.port?.state, a != b {
      lines.append(("\(name) port \(a.name) > \(b.name)", b == .forwarding ? .good : .fault))
    }
    if was.mtu != link.mtu { lines.append(("\(name) mtu \(was.mtu) > \(link.mtu)", .plain)) }
    if was.hardwareAddress != link.hardwareAddress {
      lines.append(("\(name) mac \(was.hardwareAddressText) > \(link.hardwareAddressText)", .plain))
    }
    return was.addresses == link.addresses ? lines : lines + addresses(was, link)
  }

  /// The most addresses of a link that are told one by one.
  private static let addressLimit = 32

  private static func addresses(_ was: Link, _ link: Link) -> [(String, Severity)] {
    let (before, after) = (Set(was.addresses.map(\.local)), Set(link.addresses.map(\.local)))
    func lines(_ addresses: [InterfaceAddress], _ sign: String, _ severity: Severity) -> [(String, Severity)] {
      let rest = addresses.count - addressLimit
      return addresses.prefix(addressLimit).map { ("\(link.name) \(sign) \($0.text)", severity) }
        + (rest > 0 ? [("\(link.name) \(sign) \(rest) more addresses", severity)] : [])
    }
    return lines(link.addresses.filter { !before.contains($0.local) }, "+", .plain)
      + lines(was.addresses.filter { !after.contains($0.local) }, "-", .fault)
  }
}
