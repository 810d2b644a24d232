package import Speech

extension Say {
  /// What is said of a conversation: of the name, of its addresses, of the way out.
  package enum Conversation {
    package static func query(_ type: String, of name: String, to server: String, isTCP: Bool) -> String {
      say(
        "a query for \(type) of \(name) to \(server)\(isTCP ? " by TCP" : "")",
        "DNS 查询，\(name) 的 \(type) 记录，发往 \(server)\(isTCP ? "，使用 TCP" : "")")
    }

    // MARK: Several addresses

    package static func reachedAfterWait(_ name: String, addresses: Int, by good: String) -> String {
      say(
        "\(name) has \(addresses) addresses: by \(good) it is reached, after a wait",
        "\(name) 有 \(addresses) 个地址：等待之后可经 \(good) 到达")
    }
    package static func refuses(_ addresses: [String], thenTried good: String) -> String {
      say(
        "\(addresses.listed) refuses: programs go on to \(good)", "\(addresses.listed) 拒绝连接：程序会改用 \(good)")
    }
    package static func serverCostsTime(_ servers: [String]) -> String {
      say(
        "the name server \(servers.listed) does not answer: programs wait for it before they ask the next one",
        "域名服务器 \(servers.listed) 没有响应：程序要等它超时才查询下一个")
    }
    package static func means(_ name: String, _ addresses: [String]) -> String {
      say("\(name) is \(addresses.listed)", "\(name) 是 \(addresses.listed)")
    }
    package static func nameIsStale(_ container: String, now addresses: [String]) -> String {
      say(
        "the container \(container) has \(addresses.listed) now: what resolves the name is not up to date",
        "容器 \(container) 现在的地址是 \(addresses.listed)：解析到的地址已经过时")
    }

    // MARK: No address

    package static func unasked(_ sources: [String]) -> String {
      say(
        "what \(sources.listed) of nsswitch.conf would say: it is not asked here",
        "nsswitch.conf 中 \(sources.listed) 的结果：这里不查询")
    }
    package static func noSuchName(_ name: String, asked: [String], says servers: [String]) -> String {
      say(
        "There is no name '\(name)'\(asked.isEmpty ? "" : " (asked as \(asked.listed))"): \(servers.listed) says NXDOMAIN",
        "域名「\(name)」不存在\(asked.isEmpty ? "" : "（查询了 \(asked.listed)）")：\(servers.listed) 返回 NXDOMAIN")
    }
    /// `family`: `IPv4`, `IPv6`, or empty: any.
    package static func noAddress(_ name: String, _ family: String, says servers: [String]) -> String {
      say(
        "The name '\(name)' is there, and has no \(family)\(family.isEmpty ? "" : " ")address"
          + (servers.isEmpty ? "" : ", says \(servers.listed)"),
        (servers.isEmpty ? "" : "据 \(servers.listed)，")
          + "域名「\(name)」存在，但没有\(family.isEmpty ? "" : " \(family) ")地址")
    }
    package static func asked(_ server: String, _ type: String, of name: String, _ reply: String) -> String {
      say("\(server) is asked for \(type) of \(name): \(reply)", "向 \(server) 查询 \(name) 的 \(type) 记录：\(reply)")
    }
    package static func times(_ fact: String, _ count: Int) -> String {
      say("\(fact), \(count) times", "\(fact)，共 \(count) 次")
    }
    /// A server that was asked in vain, and what its socket said.
    package static func silent(_ server: String, _ message: String) -> String {
      say("\(server) (\(message))", "\(server)（\(message)）")
    }
    package static var notInHostsFile: String { say("not in the hosts file", "不在 hosts 文件中") }

    // Where a fact was read: hosts(5) is another of these.
    package static func server(_ address: String) -> String { say("DNS, \(address)", "DNS，\(address)") }
    package static var overTCP: String { say("DNS over TCP", "DNS（TCP）") }

    // MARK: What is added to a claim

    package static func isMeant(_ claim: String, _ near: String) -> String {
      say("\(claim). Is \(near) meant?", "\(claim)。是指 \(near) 吗？")
    }
    /// A claim, and another one that is its reason.
    package static func because(_ claim: String, _ reason: String) -> String {
      say(
        "\(claim): \(reason.hasPrefix("The ") ? "the " + reason.dropFirst(4) : reason)", "\(claim)：\(reason)")
    }
    /// `other`: who is called so; `own`: who asks.
    package static func defaultNetworkHasNoNames(_ claim: String, _ name: String, of other: String, own: String)
      -> String
    {
      say(
        "\(claim). \(name) \(name == other ? "is a container" : "is what others call \(other)"); "
          + "Docker's default network, which \(own) is on, has no names: networks that users create have",
        "\(claim)。\(name) \(name == other ? "是一个容器" : "是 \(other) 在别处的别名")；"
          + "\(own) 所在的 Docker 默认网络不解析名称，用户创建的网络才解析")
    }
    /// `other`: who is called so, on those networks; `own`: who asks.
    package static func otherNetworks(
      _ claim: String, _ name: String, of other: String, on networks: [String], own: String
    ) -> String {
      say(
        "\(claim). \(name) \(name == other ? "is a container" : "is what others call \(other)") on \(networks.listed), "
          + "and \(own) is not there",
        "\(claim)。\(name) \(name == other ? "是" : "是 \(other) 在")网络 \(networks.listed) 上的\(name == other ? "容器" : "别名")，"
          + "而 \(own) 不在其中")
    }
    package static func areOn(_ own: String, _ mine: [String], _ other: String, _ theirs: [String]) -> String {
      say(
        "\(own) is on \(mine.listed), \(other) on \(theirs.listed)",
        "\(own) 在网络 \(mine.listed) 上，\(other) 在 \(theirs.listed) 上")
    }

    // MARK: An engine's translation

    package static func translationGone(_ engine: String, from container: String) -> String {
      say(
        "\(engine)'s translation of 127.0.0.11 is gone from \(container)",
        "\(container) 中缺少 \(engine) 对 127.0.0.11 的地址转换")
    }
    package static var noTranslationRule: String {
      say("no rule of output changes 127.0.0.11:53", "output 中没有改写 127.0.0.11:53 的规则")
    }
    package static func packetFilterRules(of container: String) -> String {
      say("packet filter rules of \(container)", "\(container) 的包过滤规则")
    }

    // MARK: The way out

    package static func gatewayAnswers(_ address: String) -> String {
      say(
        "the gateway \(address) answers; beyond it nothing was sent", "网关 \(address) 有响应；没有向更远处发送探测包")
    }
    package static func gatewayAnswersARP(_ address: String) -> String {
      say("the gateway \(address) answers ARP, and no ping", "网关 \(address) 响应 ARP，但不响应 ping")
    }
    package static func gatewayIsSilent(_ address: String) -> String {
      say(
        "The gateway \(address) does not answer: neither ping nor the question for its hardware address",
        "网关 \(address) 没有响应：既不响应 ping，也不响应对其 MAC 地址的询问")
    }
    /// `states`: the kernel's words; nil: there is no entry.
    package static func neighbor(_ address: String, _ states: String?) -> String {
      say("\(address): \(states ?? "no entry")", "\(address)：\(states ?? "没有表项")")
    }
    package static func onlySends(_ link: String, _ packets: String) -> String {
      say(
        "\(link) has sent \(packets) packets, and received none", "\(link) 已发送 \(packets) 个数据包，没有收到任何数据包")
    }
    package static func noGateway(_ link: String) -> String {
      say(
        "\(link) has no gateway that could be asked: what is beyond it is not known",
        "\(link) 没有可探测的网关：更远处的情况未知")
    }
  }
}
