import Containers
import Netlink
import RTNetlink
import Readings
import Testing
import Topology

@testable import Observer

/// What a tunnel lies on, after it has moved to another namespace.
///
/// `IFLA_GRE_LINK` keeps the underlay's number in the namespace that the tunnel was made in. `ip -d link` looks that
/// number up in the namespace that it is run in, and prints whatever link has it there; the program goes by IFLA_LINK with
/// IFLA_LINK_NETNSID, which says which namespace is meant.
@Suite struct UnderlayTests {
  private static func record(_ index: Int32, _ name: String, in id: NamespaceID, over link: (Int32, Int32)? = nil)
    throws
    -> LinkRecord
  {
    var message = MessageBuilder(type: MessageType.newLink, flags: [])
    message.linkHeader(index: index)
    message.attribute(LinkAttribute.name, string: name)
    if let (index, nsid) = link {
      message.attribute(LinkAttribute.link, index)
      message.attribute(LinkAttribute.linkNamespaceID, nsid)
      message.nested(LinkAttribute.linkInfo) { info in
        info.attribute(LinkAttribute.Info.kind, string: "gre")
        // IFLA_GRE_LINK
        info.nested(LinkAttribute.Info.data) { $0.attribute(1, index) }
      }
    }
    let bytes = Array(message.bytes.dropFirst(MessageHeader.size))
    return LinkRecord(try unsafe LinkMessage(bytes.span.bytes), in: id)
  }

  @Test func aMovedTunnelNamesTheLinkThatItLiesOn() throws {
    var store = NamespaceStore()
    store.ownNSID = 0
    let inner = store.open(nsid: 1)
    store[.host].links[2] = try Self.record(2, "eth0", in: .host)
    // The tunnel was made over the host's eth0; where it is now, number 2 is another link.
    store[inner].links[2] = try Self.record(2, "dummy0", in: inner)
    store[inner].links[3] = try Self.record(3, "gre1", in: inner, over: (2, 0))
    let model = store.model(store.naming(ContainerDirectory(), usesShortNames: false), hostname: "edge01")
    let tunnel = try #require(model[inner]?.links.first { $0.name == "gre1" })
    #expect(tunnel.lower == LinkRef(.host, 2))
    #expect(tunnel.fact("link") == .link(LinkRef(.host, 2)))
    #expect(model.linkName(LinkRef(.host, 2)) == "eth0")
  }
}
