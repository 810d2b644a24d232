package import Speech

extension Say {
  /// VLANs: bridges that filter by them, and links that put tags on or take them off. Ports and links are given as places;
  /// a `tag` is text that is the same in each language: `VLAN 10`, `VLAN 10 (802.1ad)`.
  package enum VLANTags {
    /// What a check is about.
    package static var title: String { say("vlan", "VLAN") }

    /// The bridge as one of its own ports.
    package static func itself(_ bridge: String) -> String { say("\(bridge) itself", "\(bridge) 自身") }

    // MARK: Into a bridge

    package static func notMember(_ port: String, vlan: Int, bridge: String) -> String {
      sentence(
        "\(port) is not in VLAN \(vlan), whose tag the frames carry: \(bridge) drops them",
        "\(port) 不在 VLAN \(vlan) 中，而帧带有该 VLAN 的标签：\(bridge) 将其丢弃")
    }

    package static func sendsNoUntagged(_ bridge: String) -> String {
      say("\(bridge) itself sends no frames without a VLAN tag", "\(bridge) 自身不发送没有 VLAN 标签的帧")
    }

    package static func takesNoUntagged(_ port: String, of bridge: String) -> String {
      say(
        "The port \(port) of \(bridge) takes no frames without a VLAN tag",
        "\(bridge) 的端口 \(port) 不接收没有 VLAN 标签的帧")
    }

    package static func noPVID(_ port: String) -> String { say("\(port) has no PVID", "\(port) 没有 PVID") }

    // MARK: Out of a bridge

    package static func apart(_ entry: String, vlan: Int, _ port: String, bridge: String) -> String {
      sentence(
        "\(entry) is in VLAN \(vlan), and \(port) is not: \(bridge) keeps them apart",
        "\(entry) 在 VLAN \(vlan) 中，而 \(port) 不在：\(bridge) 将两者隔开")
    }

    package static func frames(from port: String, areIn vlan: Int) -> String {
      say("frames from \(port) are in VLAN \(vlan)", "来自 \(port) 的帧属于 VLAN \(vlan)")
    }

    /// `taken`: the VLANs that the link takes, each with its link; none: it takes no tag.
    package static func sendsTagged(_ port: String, vlan: Int, to link: String, taken: [String]) -> String {
      sentence(
        "\(port) sends frames of VLAN \(vlan) with their tag, and \(link) \(takes(taken))",
        "\(port) 发出的 VLAN \(vlan) 的帧带标签，而 \(link) \(takes(taken))")
    }

    package static func sends(_ port: String, vlan: Int, isTagged: Bool, to link: String, wants tag: String) -> String {
      isTagged
        ? sentence(
          "\(port) sends frames with the tag of VLAN \(vlan), and \(link) takes those of \(tag)",
          "\(port) 发出的帧带 VLAN \(vlan) 的标签，而 \(link) 只接收 \(tag) 的帧")
        : sentence(
          "\(port) sends frames without a tag (VLAN \(vlan)), and \(link) takes those of \(tag)",
          "\(port) 发出的帧不带标签（VLAN \(vlan)），而 \(link) 只接收 \(tag) 的帧")
    }

    package static func passes(from entry: String, to port: String, vlan: Int, isTagged: Bool) -> String {
      sentence(
        "\(entry) to \(port): VLAN \(vlan)\(isTagged ? ", with its tag" : "")",
        "\(entry) 到 \(port)：VLAN \(vlan)\(isTagged ? "，带标签" : "")")
    }

    package static func notForwarding(vlan: Int, state: String, _ port: String, of bridge: String) -> String {
      say(
        "VLAN \(vlan) is \(state) on the port \(port) of \(bridge), not forwarding",
        "在 \(bridge) 的端口 \(port) 上，VLAN \(vlan) 处于 \(state) 状态，不转发")
    }

    package static func tree(of vlan: Int, _ tree: String) -> String {
      say("VLAN \(vlan) is in the spanning tree \(tree)", "VLAN \(vlan) 属于生成树 \(tree)")
    }

    /// `vlans` are as bridge(8) prints them: `1 PVID untagged`.
    package static func vlans(of port: String, _ vlans: [String]) -> String {
      let list = vlans.joined(separator: ", ")
      return say("VLANs of \(port): \(list.isEmpty ? "none" : list)", "\(port) 的 VLAN：\(list.isEmpty ? "无" : list)")
    }

    // MARK: At a link

    package static func come(with tag: String, to link: String, wants wanted: String) -> String {
      say(
        "The frames come in \(tag), and \(link) takes those of \(wanted)",
        "到来的帧带 \(tag) 的标签，而 \(link) 只接收 \(wanted) 的帧")
    }

    package static func comeUntagged(to link: String, wants wanted: String) -> String {
      say(
        "The frames come without a tag, and \(link) takes those of \(wanted)",
        "到来的帧不带标签，而 \(link) 只接收 \(wanted) 的帧")
    }

    package static func come(with tag: String, to link: String, taken: [String]) -> String {
      say(
        "The frames come in \(tag), and \(link) \(takes(taken))", "到来的帧带 \(tag) 的标签，而 \(link) \(takes(taken))")
    }

    package static func noVLAN(_ link: String) -> String { say("\(link) is no VLAN", "\(link) 不是 VLAN 接口") }

    /// What a link does, where it has links of VLANs, or none.
    private static func takes(_ taken: [String]) -> String {
      taken.isEmpty
        ? say("takes none with a tag", "不接收带标签的帧")
        : say(
          "takes those of \(taken.joined(separator: ", "))", "只接收 \(taken.joined(separator: "、")) 的帧")
    }
  }
}
