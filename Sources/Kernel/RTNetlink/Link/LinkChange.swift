public import Netlink

/// Requests that make and change links: what the laboratory and the tests are built with. The viewer sends none.
public enum LinkChange {
  /// `RTM_NEWLINK`: makes a link of a kind without parameters of its own ("bridge", "dummy"), with that link-layer address
  /// where one is given.
  public static func add(name: String, kind: String, address: [UInt8]? = nil) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack, .create, .exclusive])
    message.linkHeader(index: 0)
    message.attribute(LinkAttribute.name, string: name)
    if let address { message.attribute(LinkAttribute.address, address) }
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: kind)
    }
    return message
  }

  /// `RTM_NEWLINK`: makes a pair of veths, this end here, the other one in the namespace behind `peerNamespace`, with
  /// the ifindex `peerIndex` where that is not 0.
  public static func addVeth(
    name: String, peer: String, peerNamespace: CInt, peerAddress: [UInt8]? = nil
  ) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack, .create, .exclusive])
    message.linkHeader(index: 0)
    message.attribute(LinkAttribute.name, string: name)
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: "veth")
      info.nested(LinkAttribute.Info.data) { data in
        data.nested(LinkAttribute.Info.vethPeer) { far in
          far.linkHeader(index: 0)
          far.attribute(LinkAttribute.name, string: peer)
          if let peerAddress { far.attribute(LinkAttribute.address, peerAddress) }
          far.attribute(LinkAttribute.namespaceFD, peerNamespace)
        }
      }
    }
    return message
  }

  /// `RTM_DELLINK`: a link is removed, and the other end of its pair with it.
  public static func remove(index: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.delLink, flags: [.request, .ack])
    message.linkHeader(index: Int32(bitPattern: index))
    return message
  }

  /// `RTM_NEWLINK` on a link that is there: up or down.
  public static func set(index: UInt32, up: Bool) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.linkHeader(
      index: Int32(bitPattern: index), flags: up ? LinkAttribute.Flag.up : 0, change: LinkAttribute.Flag.up)
    return message
  }

  /// `RTM_NEWLINK` on a link that is there: makes it a port of `master`; 0 takes it off.
  public static func set(index: UInt32, master: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.linkHeader(index: Int32(bitPattern: index))
    message.attribute(LinkAttribute.master, master)
    return message
  }

  /// `RTM_NEWLINK` on a link that is there: its MTU in bytes.
  public static func set(index: UInt32, mtu: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.linkHeader(index: Int32(bitPattern: index))
    message.attribute(LinkAttribute.mtu, mtu)
    return message
  }

  /// `RTM_NEWLINK` on a bridge that is there: how long its ports listen and learn (`IFLA_BR_FORWARD_DELAY`), in hundredths
  /// of a second.
  public static func set(bridge index: UInt32, forwardDelay: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.linkHeader(index: Int32(bitPattern: index))
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: "bridge")
      info.nested(LinkAttribute.Info.data) { data in data.attribute(bridgeForwardDelay, forwardDelay) }
    }
    return message
  }

  /// `RTM_NEWLINK` on a bridge that is there: what it has learned is forgotten (`IFLA_BR_FDB_FLUSH`).
  public static func flush(bridge index: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.newLink, flags: [.request, .ack])
    message.linkHeader(index: Int32(bitPattern: index))
    message.nested(LinkAttribute.linkInfo) { info in
      info.attribute(LinkAttribute.Info.kind, string: "bridge")
      info.nested(LinkAttribute.Info.data) { data in data.attribute(bridgeFlush, [UInt8]()) }
    }
    return message
  }

  /// `IFLA_BR_FDB_FLUSH`.
  private static let bridgeFlush: UInt16 = 21
  /// `IFLA_BR_FORWARD_DELAY`.
  private static let bridgeForwardDelay: UInt16 = 1

  /// What a port of a bridge can be told, one byte each (`IFLA_BRPORT_*`, if_link.h).
  public enum PortSetting: UInt16, Hashable, Sendable {
    /// `IFLA_BRPORT_STATE`: 0 disabled, 1 listening, 2 learning, 3 forwarding, 4 blocking.
    case state = 1
    /// `IFLA_BRPORT_LEARNING`: whether addresses are learned from what comes in.
    case learning = 8
    /// `IFLA_BRPORT_UNICAST_FLOOD`: whether frames to unknown addresses go out by it.
    case flood = 9
    /// `IFLA_BRPORT_ISOLATED`: whether it exchanges no frames with other isolated ports.
    case isolated = 33
  }

  /// `RTM_SETLINK` of the bridge family on a port.
  public static func set(port index: UInt32, _ setting: PortSetting, _ value: UInt8) -> MessageBuilder {
    var message = MessageBuilder(type: MessageType.setLink, flags: [.request, .ack])
    message.linkHeader(family: Family.bridge, index: Int32(bitPattern: index))
    // IFLA_PROTINFO with NLA_F_NESTED: without the flag the kernel takes it for the old form, a state alone.
    message.nested(LinkAttribute.protocolInfo | AttributeType.nested) { port in port.attribute(setting.rawValue, value)
    }
    return message
  }
}
