public import Netlink
public import RTNetlink
public import Topology

/// Tells what every message changed, against what was known of the same object before.
///
/// The model is fed by fresh reads only, and a link that went down and up again between two of them has not changed
/// there. The ledger takes the messages themselves, so that `events` shows each step.
public struct EventLedger {
  private struct LinkKey: Hashable {
    var namespace: NamespaceID?
    var index: UInt32
  }
  private struct AddressKey: Hashable {
    var link: LinkKey
    var local: IPAddress
    var prefixLength: UInt8
  }
  private struct Entry {
    var name: String
    var values: TextValues
  }

  private var links: [LinkKey: Entry] = [:]
  private var addresses: [AddressKey: TextValues] = [:]
  /// While set, messages tell what was there before, and no events are made of them.
  public var isSeeding = false

  /// Makes an empty ledger.
  public init() {}

  // MARK: Messages

  /// Takes one message of a recording, which does not tell the namespace; nil for a timestamp or the end of a dump.
  public mutating func replay(_ header: MessageHeader, _ payload: RawSpan, at microseconds: Int64?) -> Event? {
    take(header, payload, in: nil, at: microseconds)
  }

  /// Takes one message; nil where it is no event (the end of a dump) or, while seeding, always.
  public mutating func take(
    _ header: MessageHeader, _ payload: RawSpan, in namespace: NamespaceID?, at microseconds: Int64?
  ) -> Event? {
    var event = Event(
      microseconds: microseconds, namespace: namespace, object: .other, action: .unchanged,
      message: MessageType.name(of: header.type))
    do {
      try take(header, payload, &event)
    } catch {
      event.object = .malformed
      event.subject = "\(error)"
    }
    return isSeeding ? nil : event
  }

  private mutating func take(_ header: MessageHeader, _ payload: RawSpan, _ event: inout Event) throws(DecodeError) {
    let isPresent = header.flags.contains(.multi)
    let namespace = event.namespace
    func happened(_ object: Event.Object, isNew: Bool) {
      event.object = object
      event.action = isPresent ? .present : isNew ? .added : .removed
    }
    switch header.type {
    case MessageType.newLink, MessageType.delLink:
      take(try LinkMessage(payload), isRemoval: header.type == MessageType.delLink, isPresent, &event)
    case MessageType.newAddress, MessageType.delAddress:
      take(try AddressMessage(payload), isRemoval: header.type == MessageType.delAddress, isPresent, &event)
    case MessageType.newRoute, MessageType.delRoute:
      let message = try RouteMessage(payload)
      happened(.route, isNew: header.type == MessageType.newRoute)
      event.values = Self.values(of: message) { self.name(namespace, $0) }
      event.subject = Self.sentence(event.values)
    case MessageType.newRule, MessageType.delRule:
      let message = try RuleMessage(payload)
      happened(.rule, isNew: header.type == MessageType.newRule)
      event.values = Self.values(of: message)
      event.subject = Self.sentence(event.values)
    case MessageType.newNeighbor, MessageType.delNeighbor:
      let message = try NeighborMessage(payload)
      happened(.neighbor, isNew: header.type == MessageType.newNeighbor)
      event.index = message.index
      event.name = name(namespace, message.index)
      event.values = Self.values(of: message) { self.name(namespace, $0) }
      event.subject = Self.sentence(event.values)
    case MessageType.newNamespaceID, MessageType.delNamespaceID:
      let message = try NamespaceIDMessage(payload)
      happened(.nsid, isNew: header.type == MessageType.newNamespaceID)
      event.values = [Event.Difference("nsid", from: nil, to: String(message.nsid))]
      event.subject = "nsid \(message.nsid)"
    default:
      event.subject = "\(header.length) bytes"
    }
  }

  /// Takes a link that was read, not heard of; an event only where it was not known, where the namespace behind it is
  /// another than before, or with `corrects`.
  public mutating func takeRead(
    _ message: LinkMessage, in namespace: NamespaceID, at microseconds: Int64, corrects: Bool
  )
    -> Event?
  {
    let key = LinkKey(namespace: namespace, index: UInt32(bitPattern: message.index))
    var event = Event(microseconds: microseconds, namespace: namespace, object: .link, action: .unchanged)
    if links[key] != nil, !corrects {
      takeNamespaceID(message, key, &event)
    } else {
      take(message, isRemoval: false, isRead: true, false, &event)
    }
    return isSeeding || event.action == .unchanged ? nil : event
  }

  /// `IFLA_LINK_NETNSID` counts in our own table in replies only; in an event, in that of the namespace that it comes
  /// from. So it is a reply that brings the number, and a change of it is told where there was one before.
  private mutating func takeNamespaceID(_ message: LinkMessage, _ key: LinkKey, _ event: inout Event) {
    guard let known = links[key] else { return }
    let (old, new) = (known.values["netnsid"], message.linkNamespaceID.map(String.init))
    links[key]?.values["netnsid"] = new
    guard let old, old != new else { return }
    event.action = .changed
    event.index = key.index
    event.name = known.name
    event.differences = [Event.Difference("netnsid", from: old, to: new)]
  }

  /// Takes an address that was read, not heard of; an event only where it was not known, or with `corrects`.
  public mutating func takeRead(
    _ message: AddressMessage, in namespace: NamespaceID, at microseconds: Int64, corrects: Bool
  )
    -> Event?
  {
    guard let key = key(message, namespace), addresses[key] == nil || corrects else { return nil }
    var event = Event(microseconds: microseconds, namespace: namespace, object: .address, action: .unchanged)
    take(message, isRemoval: false, false, &event)
    return isSeeding || event.action == .unchanged ? nil : event
  }

  /// Forgets what was in a namespace that is gone.
  public mutating func forget(_ namespace: NamespaceID) {
    links = links.filter { $0.key.namespace != namespace }
    addresses = addresses.filter { $0.key.link.namespace != namespace }
  }

  /// Forgets the links of a namespace whose ifindex a full read did not show, and gives an event for each: they went
  /// while events were lost.
  public mutating func retain(_ indexes: Set<UInt32>, in namespace: NamespaceID, at microseconds: Int64) -> [Event] {
    let gone = links.filter { $0.key.namespace == namespace && !indexes.contains($0.key.index) }
    for key in gone.keys { links[key] = nil }
    return gone.sorted { $0.key.index < $1.key.index }.map { key, entry in
      Event(
        microseconds: microseconds, namespace: namespace, object: .link, action: .removed, index: key.index,
        name: entry.name)
    }
  }

  // MARK: One object

  private func name(_ namespace: NamespaceID?, _ index: UInt32) -> String {
    links[LinkKey(namespace: namespace, index: index)]?.name ?? "if\(index)"
  }

  private mutating func take(
    _ message: LinkMessage, isRemoval: Bool, isRead: Bool = false, _ isPresent: Bool, _ event: inout Event
  ) {
    let namespace = event.namespace
    let key = LinkKey(namespace: namespace, index: UInt32(bitPattern: message.index))
    let known = links[key]
    event.object = .link
    event.index = key.index
    event.name = message.name.map(SafeText.decode) ?? known?.name ?? "if\(key.index)"
    var values = Self.values(of: message) { self.name(namespace, $0) }
    // Of a recording, all messages count in one table.
    if !isRead, namespace != nil { values["netnsid"] = known?.values["netnsid"] }
    event.values = values.differences(from: [:])
    // A message of AF_BRIDGE speaks of the port only: its removal is a departure from the bridge.
    if isRemoval, message.family == Family.bridge {
      event.action = .changed
      event.differences = [Event.Difference("master", from: known?.values["master"], to: nil)]
      links[key]?.values["master"] = nil
      for field in known?.values.keys.filter({ $0.hasPrefix("port.") }) ?? [] { links[key]?.values[field] = nil }
      return
    }
    if isRemoval { return remove(key, message, &event) }
    let merged = Self.merged(known?.values ?? [:], values, message)
    event.differences = merged.differences(from: known?.values ?? [:])
    event.action = isPresent ? .present : known == nil ? .added : event.differences.isEmpty ? .unchanged : .changed
    let isTold = event.action == .changed || event.action == .unchanged
    if let known, known.name != event.name, message.name != nil, isTold {
      event.action = .changed
      event.differences.insert(Event.Difference("name", from: known.name, to: event.name), at: 0)
    }
    links[key] = Entry(name: event.name, values: merged)
  }

  /// Forgets a link that is not there any more, or not in this namespace.
  private mutating func remove(_ key: LinkKey, _ message: LinkMessage, _ event: inout Event) {
    links[key] = nil
    addresses = addresses.filter { $0.key.link != key }
    event.action = .removed
    guard let target = message.newNamespaceID else { return }
    event.action = .moved
    let number = message.newIndex.map { " as \($0)" } ?? ""
    event.differences = [Event.Difference("netns", from: nil, to: "nsid \(target)\(number)")]
  }

  /// What is known of a link after a message: what a full one leaves out is gone, what a partial one leaves out may
  /// still be there.
  private static func merged(_ old: TextValues, _ new: TextValues, _ message: LinkMessage) -> TextValues {
    var merged = old
    if message.family == Family.unspecified, message.mtu != nil {
      for field in ["master", "link", "netnsid", "alias"] where new[field] == nil { merged[field] = nil }
      if new["master"] == nil {
        for field in merged.keys.filter({ $0.hasPrefix("port.") }) { merged[field] = nil }
      }
    }
    return merged.merging(new) { $1 }
  }

  private func key(_ message: AddressMessage, _ namespace: NamespaceID?) -> AddressKey? {
    guard let local = (message.local ?? message.address).flatMap(IPAddress.init) else { return nil }
    return AddressKey(
      link: LinkKey(namespace: namespace, index: message.index), local: local, prefixLength: message.prefixLength)
  }

  private mutating func take(_ message: AddressMessage, isRemoval: Bool, _ isPresent: Bool, _ event: inout Event) {
    event.object = .address
    event.index = message.index
    event.name = name(event.namespace, message.index)
    guard let key = key(message, event.namespace) else {
      event.object = .malformed
      event.subject = "an address of \((message.local ?? message.address ?? []).count) bytes"
      return
    }
    event.subject = "\(key.local)/\(key.prefixLength)"
    let values = Self.values(of: message)
    event.values = values.differences(from: [:])
    let known = addresses[key]
    if isRemoval {
      addresses[key] = nil
      event.action = .removed
      return
    }
    event.differences = known.map { values.differences(from: $0) } ?? []
    event.action = isPresent ? .present : known == nil ? .added : event.differences.isEmpty ? .unchanged : .changed
    addresses[key] = values
  }
}
