package import Speech

extension Say {
  /// What the picture does not show, and why: warnings. `reason` is one line.
  package enum Observed {
    /// Root without them is root in a container, or of a service: sudo gives it nothing.
    package static func missing(_ capabilities: [String], isRoot: Bool) -> String {
      isRoot
        ? say(
          "missing " + capabilities.joined(separator: ", ")
            + ": what needs them is not shown; a container gets them by docker run --cap-add",
          "缺少 " + capabilities.joined(separator: "、") + "：需要它们的内容未显示；容器可用 docker run --cap-add 获得")
        : say(
          "missing " + capabilities.joined(separator: ", ")
            + ": only what an ordinary user may read is shown; try: sudo netns-top",
          "缺少 " + capabilities.joined(separator: "、") + "：只显示普通用户可读的内容；可尝试：sudo netns-top")
    }

    package static func unread(namespaces: Int, links: Int, _ reason: String) -> String {
      let english = [
        namespaces == 0 ? nil : "\(namespaces) namespace\(namespaces == 1 ? "" : "s")",
        links == 0 ? nil : "\(links) link\(links == 1 ? "" : "s")",
      ].compactMap(\.self)
      let chinese = [
        namespaces == 0 ? nil : "\(namespaces) 个命名空间", links == 0 ? nil : "\(links) 个接口",
      ].compactMap(\.self)
      return say(
        "\(english.joined(separator: " and ")) can't be read, and shown as before: \(reason)",
        "\(chinese.joined(separator: "和"))无法读取，仍显示之前的内容：\(reason)")
    }

    /// `others`: how many failures there are besides.
    package static func cannotFindAll(_ reason: String, others: Int) -> String {
      say(
        "namespaces can't all be looked for: \(reason)" + (others == 0 ? "" : " (and \(others) more)"),
        "无法查找全部命名空间：\(reason)" + (others == 0 ? "" : "（另有 \(others) 处）"))
    }

    package static func deaf(_ reason: String) -> String {
      say("the kernel's events can't be heard: \(reason)", "收不到内核的事件：\(reason)")
    }

    package static var eventsLost: String {
      say("events were lost and everything was read again", "有事件丢失，已全部重新读取")
    }
  }

  /// What happened, where no message of the kernel's stands behind it.
  package enum Changes {
    package static var eventsLost: String {
      say("events were lost; everything is read again", "有事件丢失，正在全部重新读取")
    }
  }

  /// Tables of a namespace, and what of them is missing. `table` is one of their names here.
  package enum ObservedTables {
    package static var tables: String { say("tables", "各种表") }
    package static var routes: String { say("routes", "路由") }
    package static var rules: String { say("rules", "策略规则") }
    package static var neighbors: String { say("neighbours", "邻居") }
    package static var proxies: String { say("proxied addresses", "代理应答的地址") }
    package static var fdb: String { say("fdb", "转发表") }
    package static var portVLANs: String { say("port VLANs", "端口 VLAN") }
    package static var bridgeVLANs: String { say("VLANs of bridges", "网桥的 VLAN") }
    package static var groups: String { say("multicast groups", "组播组") }
    package static var vxlanNetworks: String { say("networks of vxlans", "vxlan 的网络") }
    package static var links: String { say("links", "接口") }
    package static var listeners: String { say("listeners", "监听") }
    package static var program: String { say("program", "程序") }

    package static func unread(_ table: String, _ reason: String) -> String {
      say("\(table): \(reason)", "\(table)：\(reason)")
    }

    package static func perhapsNotAll(_ table: String, _ reason: String) -> String {
      say("\(table), perhaps not all: \(reason)", "\(table)（可能不全）：\(reason)")
    }

    package static func onlyFirst(_ table: String, _ count: Int) -> String {
      say("\(table): only the first \(count)", "\(table)：只读了前 \(count) 项")
    }

    package static func notAmongFiles(_ table: String, _ count: Int) -> String {
      say("\(table): not among the first \(count) open files", "\(table)：不在前 \(count) 个打开的文件中")
    }
  }
}
