package import Speech

extension Say {
  /// Where a namespace sends a packet, and why that leads astray.
  package enum Routing {
    // MARK: What was looked at

    package static var destinationUnknown: String {
      say("the destination is not known after translation", "地址转换后的目的地址未知")
    }
    package static func isOwn(_ address: String) -> String {
      say("\(address) is its own address", "\(address) 是它自己的地址")
    }
    package static var linkUnseen: String { say("by a link that is not in the picture", "经由一个不在图中的接口") }
    package static func by(_ destination: String, _ link: String) -> String {
      say("\(destination) by \(link)", "\(destination) 经 \(link)")
    }
    package static func by(_ destination: String, _ link: String, gateway: String) -> String {
      say("\(destination) by \(link) via \(gateway)", "\(destination) 经 \(link)，网关 \(gateway)")
    }
    package static func isInSubnet(_ destination: String, of link: String) -> String {
      say("\(destination) is in the subnet of \(link)", "\(destination) 在 \(link) 的子网内")
    }
    package static var kernelNotAsked: String { say("the kernel could not be asked", "无法询问内核") }
    package static func routesDown(with link: String) -> String {
      say("none: \(link) is down, and its routes with it", "无：\(link) 未启用，其路由也随之失效")
    }

    // MARK: What the kernel says

    package static func goes(_ destination: String, by link: String) -> String {
      say("\(destination) goes by \(link)", "到 \(destination) 走 \(link)")
    }
    package static func goes(_ destination: String, by link: String, gateway: String) -> String {
      say("\(destination) goes by \(link) via \(gateway)", "到 \(destination) 走 \(link)，网关 \(gateway)")
    }
    /// `words` is the name of an error, or the type of the route.
    package static func answer(_ destination: String, _ words: String) -> String {
      say("route to \(destination): \(words)", "到 \(destination) 的路由：\(words)")
    }
    package static func answer(_ destination: String, inBy link: String, _ words: String) -> String {
      say(
        "route to \(destination) for a packet in by \(link): \(words)",
        "从 \(link) 进入的数据包到 \(destination) 的路由：\(words)")
    }
    package static func takesAsOwn(_ namespace: String, _ address: String) -> String {
      sentence("\(namespace) takes packets to \(address) as its own", "\(namespace) 把发往 \(address) 的数据包当作发给自己的")
    }
    package static func hasToo(_ place: String, _ address: String) -> String {
      sentence("\(place) has \(address), too", "\(place) 也有地址 \(address)")
    }
    package static func isAddressToo(_ address: String, of namespace: String, and other: String) -> String {
      sentence(
        "\(address) is an address of \(namespace), too, not only of \(other)",
        "\(address) 不仅是 \(other) 的地址，也是 \(namespace) 的地址")
    }

    package static func isAddressHere(_ address: String, of namespace: String, apartFrom other: String) -> String {
      sentence(
        "\(address) is \(namespace)'s address here; no cable, bridge or router leads from it to \(other), which has it as well",
        "\(address) 在这里是 \(namespace) 的地址；从它到同样拥有该地址的 \(other) 没有网线、网桥或路由器相通")
    }

    // MARK: A route, a prefix or an address that is missing

    package static func noRoute(_ namespace: String, to destination: String) -> String {
      sentence("\(namespace) has no route to \(destination)", "\(namespace) 没有到 \(destination) 的路由")
    }
    package static func noRoute(_ namespace: String, to destination: String, by link: String) -> String {
      sentence(
        "\(namespace) has no route to \(destination) by \(link), where it is",
        "\(namespace) 没有经 \(link) 到 \(destination) 的路由，而它就在 \(link) 一侧")
    }
    package static func noRoute(
      _ namespace: String, to destination: String, vrf: String, table: String, of link: String
    ) -> String {
      sentence(
        "\(namespace) has no route to \(destination) in the VRF \(vrf) (table \(table)), which \(link) belongs to",
        "\(namespace) 在 \(link) 所属的 VRF \(vrf)（表 \(table)）中没有到 \(destination) 的路由")
    }
    package static func wrongSubnet(_ destination: String, _ place: String, _ prefixes: [String]) -> String {
      sentence(
        "\(destination) is not in the subnet of \(place) (\(prefixes.joined(separator: ", "))), though both are on one segment",
        "\(destination) 不在 \(place) 的子网（\(prefixes.joined(separator: "、"))）内，尽管两者接在同一个二层网络里")
    }
    package static func otherEndHas(_ address: String) -> String {
      say("the other end has \(address)", "另一端的地址是 \(address)")
    }
    /// `address` has a prefix: it is the other end's.
    package static func noAddress(_ place: String, inSubnetOf address: String, isBridge: Bool) -> String {
      sentence(
        "\(place) has no address in the subnet of \(address)\(isBridge ? ": the bridge has lost it" : "")",
        "\(place) 没有 \(address) 所在子网的地址\(isBridge ? "：网桥丢失了它" : "")")
    }
    package static func noAddress(_ place: String, in destination: String, isBridge: Bool) -> String {
      sentence(
        "\(place) has no address in \(destination)\(isBridge ? ": the bridge has lost it" : "")",
        "\(place) 没有 \(destination) 所在子网的地址\(isBridge ? "：网桥丢失了它" : "")")
    }

    package static func advertisementsUnheard(_ setting: String) -> String {
      say("router advertisements are not heard: \(setting)", "不接受路由器通告：\(setting)")
    }
    package static func advertisementsUnheard(_ setting: String, forwarding link: String) -> String {
      say(
        "router advertisements are not heard: \(setting), and \(link) forwards: only with 2 are they heard then",
        "不接受路由器通告：\(setting)，而 \(link) 开启了转发：此时只有设为 2 才会接受")
    }
    package static func isInternal(_ container: String, network: String) -> String {
      sentence(
        "\(container) is on the network \(network) only, which has no way out (--internal)",
        "\(container) 只连接了网络 \(network)，而该网络没有出口（--internal）")
    }
    package static func noDefault(in namespace: String) -> String {
      sentence("no default route in \(namespace)", "\(namespace) 中没有默认路由")
    }

    // MARK: A route that leads elsewhere

    package static func otherTable(
      _ namespace: String, _ destination: String, by link: String, behind right: String, rule: String, table: String
    ) -> String {
      sentence(
        "\(namespace) sends what is for \(destination) by \(link), and it lies behind \(right): rule \(rule) leads to table \(table) first",
        "\(namespace) 把发往 \(destination) 的数据包从 \(link) 发出，而目的地在 \(right) 一侧：规则 \(rule) 先指向了表 \(table)")
    }
    package static func otherWay(
      _ namespace: String, _ destination: String, by link: String, route: String, behind right: String
    ) -> String {
      sentence(
        "\(namespace) sends what is for \(destination) by \(link) (\(route)), and it lies behind \(right)",
        "\(namespace) 把发往 \(destination) 的数据包从 \(link) 发出（\(route)），而目的地在 \(right) 一侧")
    }
    package static func overlap(
      _ namespace: String, _ destination: String, taken link: String, right: String
    ) -> String {
      sentence(
        "\(destination) is in the subnets of \(link) and of \(right), where it is, and \(namespace) takes \(link)",
        "\(destination) 同时属于 \(link) 和 \(right) 的子网，它实际在 \(right) 一侧，而 \(namespace) 选了 \(link)")
    }
  }
}
