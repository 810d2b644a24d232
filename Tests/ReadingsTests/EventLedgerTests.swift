import Netlink
import RTNetlink
import Readings
import Testing
import Topology

/// What the ledger makes of the id of the namespace behind a link: it counts in another table in each message.
@Suite struct EventLedgerTests {
  private static let inner = NamespaceID(serial: 7)
  private static let header = MessageHeader(length: 0, type: MessageType.newLink, flags: [], sequence: 0, port: 0)

  /// A veth's message with its MTU and IFLA_LINK_NETNSID.
  private static func payload(mtu: UInt32, nsid: Int32?) -> [UInt8] {
    var message = MessageBuilder(type: MessageType.newLink, flags: [])
    message.linkHeader(index: 3)
    message.attribute(LinkAttribute.name, string: "eth0")
    message.attribute(LinkAttribute.mtu, mtu)
    message.attribute(LinkAttribute.link, Int32(9))
    if let nsid { message.attribute(LinkAttribute.linkNamespaceID, nsid) }
    return Array(message.bytes.dropFirst(MessageHeader.size))
  }

  private func hear(_ ledger: inout EventLedger, mtu: UInt32, nsid: Int32?, in namespace: NamespaceID? = inner)
    -> Event?
  {
    let bytes = Self.payload(mtu: mtu, nsid: nsid)
    return unsafe ledger.take(Self.header, bytes.span.bytes, in: namespace, at: 0)
  }

  private func read(_ ledger: inout EventLedger, mtu: UInt32, nsid: Int32?) throws -> Event? {
    let bytes = Self.payload(mtu: mtu, nsid: nsid)
    let message = try unsafe LinkMessage(bytes.span.bytes)
    return ledger.takeRead(message, in: Self.inner, at: 0, corrects: false)
  }

  @Test func anMTUIsNoOtherNamespace() throws {
    var ledger = EventLedger()
    _ = try read(&ledger, mtu: 1500, nsid: 2)
    // The same namespace is 0 in the table of the one that the event comes from.
    let event = try #require(hear(&ledger, mtu: 1400, nsid: 0))
    #expect(event.differences == [Event.Difference("mtu", from: "1500", to: "1400")])
    #expect(event.values.contains(Event.Difference("netnsid", from: nil, to: "2")))
  }

  @Test func anEventBringsNoNumber() throws {
    var ledger = EventLedger()
    let event = try #require(hear(&ledger, mtu: 1500, nsid: 0))
    #expect(event.action == .added)
    #expect(!event.values.contains { $0.key == "netnsid" })
    // The reply does, and nothing has happened by that.
    #expect(try read(&ledger, mtu: 1500, nsid: 2) == nil)
    #expect(try #require(hear(&ledger, mtu: 1500, nsid: 0)).action == .unchanged)
  }

  @Test func anotherNamespaceIsTold() throws {
    var ledger = EventLedger()
    _ = try read(&ledger, mtu: 1500, nsid: 2)
    #expect(try read(&ledger, mtu: 1500, nsid: 2) == nil)
    let moved = try #require(try read(&ledger, mtu: 1500, nsid: 5))
    #expect(moved.action == .changed)
    #expect(moved.name == "eth0")
    #expect(moved.differences == [Event.Difference("netnsid", from: "2", to: "5")])
  }

  /// All messages of a recording count in one table.
  @Test func aRecordingKeepsItsNumbers() throws {
    var ledger = EventLedger()
    _ = hear(&ledger, mtu: 1500, nsid: 0, in: nil)
    let event = try #require(hear(&ledger, mtu: 1500, nsid: 4, in: nil))
    #expect(event.differences == [Event.Difference("netnsid", from: "0", to: "4")])
  }
}
