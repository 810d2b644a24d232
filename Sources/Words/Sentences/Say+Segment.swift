package import Speech

extension Say {
  /// A frame's way along a segment: cables, bridges, and links upon links. Links are given as places where not said
  /// otherwise.
  package enum Segment {
    /// What a check is about.
    package static var bridgeTitle: String { say("bridge", "网桥") }

    // MARK: Whether a link is up

    package static var bridgeIsUp: String { say("bridge, up", "网桥，已启用") }
    package static func isUp(mtu: Int) -> String { say("up, mtu \(mtu)", "已启用，mtu \(mtu)") }

    package static func bridgeIsDown(_ bridge: String) -> String {
      say("The bridge \(bridge) is down", "网桥 \(bridge) 未启用")
    }

    package static func isOff(_ link: String) -> String { say("\(link) is switched off", "\(link) 被关闭") }

    /// `namespace`: whose cable it is the host's end of.
    package static func isOff(_ link: String, cableOf namespace: String) -> String {
      sentence(
        "\(link), the host's end of \(namespace)'s cable, is switched off",
        "\(link)（\(namespace) 的网线在宿主机上的一端）被关闭")
    }

    package static func isNotUp(_ name: String, state: String) -> String {
      say("IFF_UP is not set on \(name), operstate \(state)", "\(name) 没有设置 IFF_UP，operstate \(state)")
    }

    package static func fellWith(_ parent: String) -> String {
      say("down with \(parent), which it is on", "随下层接口 \(parent) 一同关闭")
    }

    package static func isOff(_ parent: String, under link: String) -> String {
      say("\(parent), which \(link) is on, is switched off", "\(link) 的下层接口 \(parent) 被关闭")
    }

    // MARK: Carrier

    package static func noCarrier(_ link: String) -> String { say("\(link) has no carrier", "\(link) 没有载波") }

    package static func noCarrier(peerIsDown peer: String) -> String {
      say("no carrier: its other end \(peer) is down", "无载波：对端 \(peer) 未启用")
    }

    package static func noCarrier(ofPorts count: Int) -> String {
      say("no carrier: none of its \(count) ports is up", "无载波：\(count) 个端口均未启用")
    }

    package static func noPort(_ bridge: String) -> String {
      say("The bridge \(bridge) has no carrier: it has no port", "网桥 \(bridge) 没有载波：它没有端口")
    }

    package static func noMember(of bridge: String) -> String {
      say("no link has \(bridge) as its master", "没有接口以 \(bridge) 为 master")
    }

    package static func isNotLowerUp(_ name: String) -> String {
      say("IFF_LOWER_UP is not set on \(name)", "\(name) 没有设置 IFF_LOWER_UP")
    }

    package static func isUpWithoutLower(_ name: String, state: String) -> String {
      say("\(name) is up without IFF_LOWER_UP, operstate \(state)", "\(name) 已启用但没有 IFF_LOWER_UP，operstate \(state)")
    }

    package static func noProgram(_ link: String) -> String {
      say("No program has \(link) open: what is sent there goes nowhere", "没有程序打开 \(link)：发到那里的数据无人接收")
    }

    package static func noHolder(_ name: String) -> String {
      say("\(name) has no carrier: no process holds it", "\(name) 没有载波：没有进程持有它")
    }

    package static func peerIsUnseen(_ reason: String) -> String {
      say("its other end can't be seen: \(reason)", "看不到它的对端：\(reason)")
    }

    // MARK: Nobody has the address

    package static func nobodyBehind(_ link: String, has address: String) -> String {
      say("nobody behind \(link) has \(address)", "\(link) 所在网段上没有接口拥有 \(address)")
    }

    package static func nobodyThere(has address: String) -> String {
      say("nobody there has \(address)", "那里没有接口拥有 \(address)")
    }

    package static func noLink(has address: String) -> String {
      say("no link of that segment has \(address)", "该网段上没有接口拥有 \(address)")
    }

    package static func falseNeighbor(_ address: String, of namespace: String, on link: String, by route: String)
      -> String
    {
      sentence(
        "\(namespace) takes \(address) for a neighbour on \(link) (\(route)), and nobody there has it",
        "\(namespace) 把 \(address) 当作 \(link) 上的邻居（\(route)），而那里没有接口拥有它")
    }

    package static func absent(_ address: String, behind link: String) -> String {
      say("Nobody behind \(link) has the address \(address)", "\(link) 所在网段上没有接口拥有地址 \(address)")
    }

    // MARK: Nothing joins the two

    package static func noBridge(_ port: String, peerOf owner: String) -> String {
      say("\(port), the other end of \(owner), is in no bridge", "\(owner) 的对端 \(port) 不在任何网桥中")
    }

    package static func noMaster(_ port: String) -> String { say("\(port) has no master", "\(port) 没有 master") }

    package static func master(of port: String, _ bridge: String) -> String {
      say("master of \(port) is \(bridge)", "\(port) 的 master 是 \(bridge)")
    }

    package static func separate(_ here: String, _ there: String) -> String {
      say("No cable or bridge joins \(here) and \(there)", "\(here) 与 \(there) 之间没有网线或网桥相连")
    }

    package static var noCommonSegment: String { say("they share no segment", "两者不在同一网段") }

    package static func differentBridges(
      _ here: String, on bridge: String, _ there: String, on other: String
    ) -> String {
      say(
        "\(here) is on the bridge \(bridge) and \(there) on the bridge \(other), though both are in one subnet",
        "\(here) 在网桥 \(bridge) 上，\(there) 在网桥 \(other) 上，虽然两者属于同一子网")
    }

    // MARK: Links upon links

    package static func blackhole(_ link: String) -> String {
      say(
        "\(link) is a netkit whose policy is blackhole: it drops all that no program attached to it lets through",
        "\(link) 是策略为 blackhole 的 netkit：附着的程序没有放行的，一律丢弃")
    }

    package static func parentIsDeaf(_ child: String, kind: String, on parent: String) -> String {
      say(
        "\(child) is a \(kind) on \(parent), and a \(kind) can't talk to the link it is on",
        "\(child) 是 \(parent) 上的 \(kind)，而 \(kind) 不能与自己的下层接口通信")
    }

    package static func sibling(_ child: String, kind: String, mode: String, lower: String) -> String {
      say("\(child): \(kind) \(mode), lower link \(lower)", "\(child): \(kind) \(mode)，下层接口 \(lower)")
    }

    package static func bothEnds(_ child: String, _ parent: String) -> String {
      say("both ends of the way are \(child) and \(parent)", "路径的两端是 \(child) 和 \(parent)")
    }

    /// A mode of macvlan or ipvlan that keeps siblings from each other.
    package static func isolatingMode(_ child: String, kind: String, mode: String, on parent: String) -> String {
      say(
        "\(child) is a \(kind) of mode \(mode) on \(parent), which \(effect(of: mode))",
        "\(child) 是 \(parent) 上的 \(kind)，模式 \(mode)：\(effect(of: mode))")
    }

    private static func effect(of mode: String) -> String {
      switch mode {
      case "private": say("keeps siblings apart", "同级接口彼此隔离")
      case "vepa": say("sends everything to the switch outside", "一切都发往外部交换机")
      case "source":
        say("takes frames only of the addresses on its list, and only from outside", "只接收来自外部、源地址在其列表中的帧")
      default: say("shares its parent with nobody", "独占其下层接口")
      }
    }
  }
}
