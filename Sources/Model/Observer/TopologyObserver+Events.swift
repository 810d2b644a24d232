internal import Netlink
internal import NetlinkSocket
internal import OrderedCollections
internal import RTNetlink
internal import Readings
internal import Topology

/// The events: each says where to look again, and never what is true.
extension TopologyObserver {
  /// Notes where an event says to look again.
  func note(nsid: Int32?, _ header: MessageHeader, _ payload: RawSpan) {
    if ledger != nil, let id = store.namespace(ofEvent: nsid),
      let event = ledger?.take(header, payload, in: id, at: Self.microseconds), event.action != .unchanged
    {
      told.append(event)
    }
    switch header.type {
    case MessageType.newLink, MessageType.delLink:
      guard let index = payload.u32(4) else {
        pending.everything = true
        return
      }
      pending.links.append(PendingWork.LinkKey(nsid: nsid, index: index))
      // A link that moved away: its near end names the new place, and no event says so.
      if header.type == MessageType.delLink {
        // One that can't be read may be one of these.
        guard let message = try? LinkMessage(payload), message.newNamespaceID == nil else {
          pending.discover = true
          return
        }
      }
    case MessageType.newAddress, MessageType.delAddress:
      if let index = payload.u32(4) {
        pending.addresses.append(PendingWork.LinkKey(nsid: nsid, index: index))
      }
    case MessageType.newNamespaceID, MessageType.delNamespaceID:
      // With an nsid in its control data it speaks of another namespace's table.
      if nsid == nil { noteID(payload, isNew: header.type == MessageType.newNamespaceID) }
    default: break
    }
  }

  private func noteID(_ payload: RawSpan, isNew: Bool) {
    // What can't be read is a namespace that came or went.
    guard let id = try? NamespaceIDMessage(payload).nsid else {
      pending.everything = true
      return
    }
    guard id >= 0 else { return }
    pending.census = true
    if isNew {
      pending.born.insert(id)
    } else {
      // Done at once: the id may be given to another namespace by the next message.
      pending.forget(id)
      if let gone = store.byNSID[id] { tellDeath(of: gone) }
      if store.drop(nsid: id) { pending.changed = true }
    }
  }

  func tellDeath(of id: NamespaceID) {
    guard ledger != nil else { return }
    ledger?.forget(id)
    told.append(
      Event(microseconds: Self.microseconds, namespace: id, object: .namespace, action: .removed))
  }
}
