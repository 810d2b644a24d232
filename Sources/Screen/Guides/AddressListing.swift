package import Canvas
package import Topology

/// What `ip address` prints of a link, from the model: the same words in the same order (`ipaddress.c` of iproute2).
///
/// Lifetimes stand only behind addresses that are permanent: the model has no others.
package struct AddressListing {
  private let link: Link
  private let snapshot: Snapshot
  /// The far end's namespace as the link's own names it (`IFLA_LINK_NETNSID`).
  private let farID: Int32?

  /// `farID`: see `NetworkTables.namespaceIDs`; not known: left out.
  package init?(_ ref: LinkRef, in snapshot: Snapshot, farID: Int32?) {
    guard let link = snapshot.link(ref) else { return nil }
    (self.link, self.snapshot, self.farID) = (link, snapshot, farID)
  }

  /// The other end's namespace, as `ip` calls it that runs where the link is: by a name below /run/netns, where it has one.
  private var far: String {
    guard let farID else { return "" }
    let namespace = link.peerLink.flatMap { snapshot.namespaces[$0.namespace] }
    if let namespace, namespace.kind == .named { return " link-netns \(namespace.name)" }
    return " link-netnsid \(farID)"
  }

  /// `eth0@if7`, or the name alone.
  package var name: String { link.name + below }

  /// What stands behind the name: the number of the other end, or its name where that is in the same namespace.
  private var below: String {
    guard let other = link.peerLink ?? link.lower else { return "" }
    if other.namespace == link.id.namespace { return "@" + (snapshot.link(other)?.name ?? "if\(other.index)") }
    return "@if\(other.index)"
  }

  /// The lines; `lit`: the link's own number and the one behind `@if` stand out, each in its role.
  package func lines(lit: (own: Role, other: Role)? = nil) -> [Exhibit.Line] {
    var lines = [head(lit), hardware]
    for address in link.addresses {
      lines.append([Exhibit.Span(text(of: address))])
      if address.flags.contains(.permanent) {
        lines.append([Exhibit.Span("       valid_lft forever preferred_lft forever", .dim)])
      }
    }
    return lines
  }

  private func head(_ lit: (own: Role, other: Role)?) -> Exhibit.Line {
    var rest = ": <\(link.flags.names.joined(separator: ","))> mtu \(link.mtu)"
    if !link.qdisc.isEmpty { rest += " qdisc \(link.qdisc)" }
    if let master = link.master { rest += " master \(snapshot.link(master)?.name ?? "if\(master.index)")" }
    rest += " state \(link.operState.name) group \(link.group == 0 ? "default" : String(link.group))"
    if link.txQueueLength > 0 { rest += " qlen \(link.txQueueLength)" }
    return [
      Exhibit.Span(String(link.id.index), lit?.own ?? .text), Exhibit.Span(": \(link.name)", .strong),
      Exhibit.Span(below, lit?.other ?? .text), Exhibit.Span(rest),
    ]
  }

  private var hardware: Exhibit.Line {
    var text = "    link/\(link.linkType)"
    if !link.hardwareAddress.isEmpty {
      text += " \(link.hardwareAddressText) brd \(link.broadcastAddressText)"
    }
    return [Exhibit.Span(text + far)]
  }

  private func text(of address: InterfaceAddress) -> String {
    let isIPv6 = address.local.isIPv6
    var text = "    \(isIPv6 ? "inet6" : "inet") "
    if let peer = address.peer {
      text += "\(address.local) peer \(peer)/\(address.prefixLength)"
    } else {
      text += "\(address.local)/\(address.prefixLength)"
    }
    if let broadcast = address.broadcast { text += " brd \(broadcast)" }
    text += " scope \(address.scopeName)"
    for name in address.flags.names { text += " \(name)" }
    if let label = address.label, !isIPv6 { text += " \(label)" }
    if let origin = address.originName { text += " proto \(origin)" }
    // `ip` ends the line of an IPv6 address with a blank where a label would stand.
    return text + (isIPv6 ? " " : "")
  }
}
