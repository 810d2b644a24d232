package import Speech

extension Say {
  /// Why an interface is not as it should be. Names are those of interfaces, bridges and networks.
  package enum Trouble {
    package static func off(_ name: String) -> String { say("\(name) is switched off", "\(name) 被关闭") }

    package static func bridgeOff(_ title: String) -> String {
      say("\(title) is switched off: nothing passes between its ports", "\(title) 被关闭：各端口之间不通")
    }

    package static func farEndOff(_ name: String) -> String {
      say("no carrier: \(name) is switched off", "无载波：\(name) 被关闭")
    }

    package static var noCarrier: String { say("no carrier", "无载波") }

    /// `name` nil: the name of the cable's near end is not known.
    package static func unplugged(_ name: String?, from network: String) -> String {
      say(
        "\(name ?? "its cable") is on no bridge: it has left \(network)",
        "\(name.map { "\($0) " } ?? "其网线")不在任何网桥上：已脱离 \(network)")
    }

    /// `state`: iproute2's word, `blocking`.
    package static func port(_ state: String) -> String { say("the port is \(state)", "端口处于 \(state) 状态") }

    package static func duplicateAddress(_ address: String) -> String {
      say("\(address) is somebody else's too (dadfailed)", "\(address) 与别处的地址冲突（dadfailed）")
    }

    /// The network that a cable has left, where there are several that it may have been.
    package static func oneOf(_ networks: [String]) -> String {
      say(networks.joined(separator: " or "), networks.joined(separator: " 或 "))
    }
  }

  /// Words for what is in the picture.
  package enum TopologyWords {
    // MARK: The state of a link: there is little room for these

    package static var up: String { say("up", "启用") }
    package static var noCarrier: String { say("no carrier", "无载波") }
    package static var down: String { say("down", "关闭") }

    /// A tunnel and its far end: `vxlan 42 to 192.0.2.12`.
    package static func tunnel(_ kind: String, to far: String) -> String {
      say("\(kind) to \(far)", "\(kind) 到 \(far)")
    }

    // MARK: Why the far end of a cable is not known

    package static var farEndGone: String { say("the far end is gone", "对端已消失") }

    package static var unseenNamespace: String {
      say("in a namespace that can't be seen", "在看不到的命名空间中")
    }

    package static var unreadableNamespace: String {
      say("in a namespace that may not be read (CAP_NET_ADMIN)", "在无权读取的命名空间中（CAP_NET_ADMIN）")
    }

    package static var farEndNamesAnother: String {
      say("the far end names another link", "对端指向另一个接口")
    }
  }
}
