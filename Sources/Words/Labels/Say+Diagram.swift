package import Speech

extension Say {
  /// The words on the diagram: where the English is short, the Chinese is no wider.
  package enum Drawn {
    package static var host: String { say("host", "宿主机") }
    package static var namespaces: String { say("namespaces", "命名空间") }
    /// Stands before the name of a namespace, as a title.
    package static var inNamespace: String { say("in", "位于") }
    package static var gone: String { say("gone", "消失") }
    package static var unreadable: String { say("may not be read", "无权读取") }
    package static var noInterfaces: String { say("no interfaces", "没有接口") }
    package static var noBridge: String { say("no bridge", "无网桥") }
    package static var noAddress: String { say("no address", "无地址") }
    package static var nothingLeads: String { say("nothing leads to these", "没有连线通向这些") }
    package static var linkDown: String { say("link down", "接口关闭") }
    /// A bridge without a carrier, where there is little room.
    package static var idle: String { say("idle", "空闲") }
    package static var isolated: String { say("isolated", "已隔离") }
    package static func networks(_ count: Int) -> String { say("\(count) networks", "\(count) 个网络") }

    // A bridge's facts: a word at the left, a value at the right.
    package static var bridge: String { say("bridge", "网桥") }
    package static var ports: String { say("ports", "端口") }
    package static var on: String { say("on", "开") }
    package static var off: String { say("off", "关") }

    // How many hang on something, in its title.
    package static var folded: String { say("folded", "已折叠") }
    package static func folded(_ count: Int) -> String { say("folded \(count)", "已折叠 \(count)") }
    package static func folded(with words: String) -> String { say("folded, \(words)", "已折叠，\(words)") }
    /// Of 1023 that a bridge may have.
    package static func ports(_ share: String) -> String { say("\(share) ports", "\(share) 端口") }
    package static func members(_ count: Int) -> String {
      say("\(count) member\(count == 1 ? "" : "s")", "\(count) 个成员")
    }
    package static func children(_ count: Int) -> String {
      say("\(count) child\(count == 1 ? "" : "ren")", "\(count) 个子接口")
    }
    package static func pairs(_ count: Int) -> String { say("\(count) pair\(count == 1 ? "" : "s")", "\(count) 对") }
    package static func pairs(_ pairs: Int, children: Int) -> String {
      say("\(Self.pairs(pairs)), \(Self.children(children))", "\(Self.pairs(pairs))，\(Self.children(children))")
    }
    package static func namespaces(_ count: Int) -> String {
      say("\(count) namespace\(count == 1 ? "" : "s")", "\(count) 个命名空间")
    }

    // What an interface is, behind its name.
    /// As iproute2 names an interface on another: with an `@`.
    package static func child(_ kind: String, on parent: String) -> String {
      say("\(kind) on \(parent)", "\(kind) @ \(parent)")
    }
    /// The other end of a cable; empty: on no bridge, in the same namespace.
    package static func pair(of peer: String, bridge: String, namespace: String) -> String {
      let (onBridge, inNamespace) = (bridge.isEmpty ? "" : " on \(bridge)", namespace.isEmpty ? "" : " in \(namespace)")
      return say(
        "pair of \(peer)\(onBridge)\(inNamespace)",
        "对端 \(peer)" + (bridge.isEmpty ? "" : "，接 \(bridge)") + (namespace.isEmpty ? "" : "，在 \(namespace)"))
    }
    package static var member: String { say("member", "成员") }
    package static var uplink: String { say("uplink", "上联") }
    /// A tun or tap that no program has open.
    package static func unheld(_ kind: String) -> String { say("\(kind), nobody holds it", "\(kind)，无程序使用") }

    /// What stands over a few ports of a bus: their places among all.
    package static func lens(_ first: Int, _ last: Int, of count: Int, on bus: String) -> String {
      say("lens: \(first)-\(last) of \(count) on \(bus)", "\(bus)：\(first)-\(last)，共 \(count)")
    }
  }
}

extension Say.Drawn {
  /// What the glyphs mean: as many as there is room for in one line.
  package enum Legend {
    package static var traffic: String { say("traffic", "流量") }
    package static var severalNetworks: String { say("several networks", "多个网络") }
    package static var selected: String { say("selected", "选中") }
    package static var joined: String { say("new", "新") }
  }

  /// What each theme is for.
  package enum Themes {
    package static var dark: String { say("for a dark background", "适合深色背景") }
    package static var light: String { say("for a light background", "适合浅色背景") }
    package static var either: String { say("for a background that is not known", "适合未知的背景") }
    package static var mono: String {
      say("no colours, only bold, dim, underline and reverse", "不用颜色，只用粗体、暗淡、下划线和反显")
    }
    package static var colorblind: String {
      say("blue, white and orange: for eyes that do not tell red from green", "蓝、白、橙：适合红绿色盲")
    }
  }
}
