internal import Netlink
internal import NetlinkSocket
internal import Questions
internal import RTNetlink
internal import Topology

/// Programs of XDP and tc, and queueing disciplines that lose packets, on links of one namespace.
enum Attachments {
  /// Reads what is attached to these links; all of them are in that namespace.
  static func read(_ links: [LinkRef], in namespace: NamespaceID, _ access: KernelAccess) throws(Unread) -> [Attachment]
  {
    switch try access.visit(namespace, { dump(links) }) {
    case .success(let found): return found
    case .failure(let error): throw Unread("\(error)")
    }
  }

  /// To be run inside the namespace.
  private static func dump(_ links: [LinkRef]) -> Result<[Attachment], RequestError> {
    Result { () throws(RequestError) in
      let channel = try RequestChannel()
      var disciplines: [TrafficControlMessage] = []
      try channel.perform(TrafficControlMessage.disciplines(), operation: "RTM_GETQDISC") {
        header, payload throws(DecodeError) in
        guard header.type == MessageType.newDiscipline, disciplines.count < 65_536 else { return }
        disciplines.append(try TrafficControlMessage(payload))
      } restart: {
        disciplines = []
      }
      var found: [Attachment] = []
      for link in links {
        if try hasXDP(link, channel) { found.append(Attachment(link: link, place: "XDP", kind: "")) }
        for discipline in disciplines where discipline.index == link.index {
          let kind = SafeText.decode(discipline.kind)
          if kind == "netem" { found.append(Attachment(link: link, place: "qdisc", kind: kind)) }
          let hooks = [
            ("tc ingress", TrafficControlMessage.Parent.ingress), ("tc egress", TrafficControlMessage.Parent.egress),
          ]
          if kind == "clsact" {
            for (place, parent) in hooks { found += try filters(link, parent, place, channel) }
          } else if kind == "ingress" {
            found += try filters(link, TrafficControlMessage.Parent.handle, hooks[0].0, channel)
          }
        }
      }
      return found
    }
  }

  private static func filters(
    _ link: LinkRef, _ parent: UInt32, _ place: String, _ channel: RequestChannel
  ) throws(RequestError) -> [Attachment] {
    var kinds: [String] = []
    try channel.perform(
      TrafficControlMessage.filters(index: link.index, parent: parent), operation: "RTM_GETTFILTER"
    ) { header, payload throws(DecodeError) in
      guard header.type == MessageType.newFilter, kinds.count < 256 else { return }
      let kind = SafeText.decode(try TrafficControlMessage(payload).kind)
      if !kinds.contains(kind) { kinds.append(kind) }
    } restart: {
      kinds = []
    }
    return kinds.map { Attachment(link: link, place: place, kind: $0) }
  }

  private static func hasXDP(_ link: LinkRef, _ channel: RequestChannel) throws(RequestError) -> Bool {
    var isAttached = false
    try channel.perform(LinkRequest.get(index: Int32(bitPattern: link.index), target: nil), operation: "RTM_GETLINK") {
      header, payload throws(DecodeError) in
      if header.type == MessageType.newLink { isAttached = try LinkMessage.hasXDP(payload) }
    }
    return isAttached
  }
}
