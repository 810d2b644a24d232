import Fixtures
import Netlink
import RTNetlink
import Testing
import Topology

@testable import Observer

extension FaultTests {
  /// It was told while events were lost: all that a reading says is that nobody has the id.
  @Test(arguments: [true, false]) func aDeathThatNobodyHeardIsADeath(byLink: Bool) throws {
    requests.links[1] = nil
    requests.links[nil]?.removeLast()
    if byLink {
      try hear(2, nsid: 1)
    } else {
      for _ in 0..<40 { observer.noteRecheck() }
      try settle()
    }
    #expect(observer.snapshot.namespaces.count == 2)
    #expect(link("veth-b") == nil, "the end of a cable that is cut is gone, too")
    #expect(warnings.isEmpty)
    #expect(observer.failures.namespaces.isEmpty)
  }

  @Test func aDeathIsADeath() throws {
    var message = MessageBuilder(type: MessageType.delNamespaceID, flags: [])
    message.fixed(UInt32(0))
    message.attribute(NamespaceIDMessage.Attribute.nsid, Int32(1))
    requests.links[1] = nil
    requests.links[nil]?.removeLast()
    events.post(.datagram(message.bytes))
    events.post(events.event(of: FakeKernel.Link(4, "veth-b"), isRemoval: true))
    #expect(observer.drain())
    try settle()
    #expect(observer.snapshot.namespaces.count == 2)
    #expect(link("veth-b") == nil)
    #expect(warnings.isEmpty)
  }
}
