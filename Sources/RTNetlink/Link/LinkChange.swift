public import Netlink

/// Requests that make and change links: what the laboratory and the tests are built with. The viewer sends none.
public enum LinkChange {
  /// `RTM_NEWLINK`: makes a link of a kind without parameters of its own ("bridge", "dummy").
  public static func add(name: String, kind: String) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack, .create, .exclusive])
    message.fixed(LinkRequest.header(index: 0))
    message.attribute(LinkAttribute.name, string: name)
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: kind)
    }
    return message
  }

  /// `RTM_NEWLINK`: makes a pair of veths, this end here, the other one in the namespace behind `peerNamespace`, with
  /// the ifindex `peerIndex` where that is not 0.
  public static func addVeth(
    name: String, peer: String, peerNamespace: CInt, peerIndex: Int32 = 0, peerAddress: [UInt8]? = nil
  ) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack, .create, .exclusive])
    message.fixed(LinkRequest.header(index: 0))
    message.attribute(LinkAttribute.name, string: name)
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: "veth")
      info.nested(LinkAttribute.Info.data) { data in
        data.nested(LinkAttribute.Info.vethPeer) { far in
          far.fixed(LinkRequest.header(index: peerIndex))
          far.attribute(LinkAttribute.name, string: peer)
          if let peerAddress { far.attribute(LinkAttribute.address, peerAddress) }
          far.attribute(LinkAttribute.namespaceFD, peerNamespace)
        }
      }
    }
    return message
  }

  /// `RTM_NEWLINK` on a link that is there: up or down.
  public static func set(index: UInt32, up: Bool) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.fixed(LinkRequest.header(index: Int32(bitPattern: index), flags: up ? 1 : 0, change: 1))
    return message
  }

  /// `RTM_NEWLINK` on a link that is there: makes it a port of `master`; 0 takes it off.
  public static func set(index: UInt32, master: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.fixed(LinkRequest.header(index: Int32(bitPattern: index)))
    message.attribute(LinkAttribute.master, master)
    return message
  }
}
