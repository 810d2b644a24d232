internal import Speech

extension Say.Routing {
  // MARK: The source of the request

  package static func translatesToNobody(_ namespace: String, _ source: String) -> String {
    sentence(
      "\(namespace) translates the source to \(source), which no link of it has: no answer comes to it",
      "\(namespace) 把源地址转换为 \(source)，而它没有接口拥有该地址：应答回不到它这里")
  }
  package static func noLink(of namespace: String, has address: String) -> String {
    sentence("no link of \(namespace) has \(address)", "\(namespace) 没有接口拥有 \(address)")
  }
  package static func wrongSource(_ namespace: String, _ source: String, but other: String) -> String {
    sentence(
      "What \(namespace) sends carries the source \(source), which can't be answered; \(other) could",
      "\(namespace) 发出的数据包源地址为 \(source)，对它无法应答；若用 \(other) 则可以")
  }
  /// What the engine says of it may follow: a sentence that begins with its full stop.
  package static func noMasquerade(_ namespace: String, by link: String, _ source: String) -> String {
    sentence(
      "The packet leaves \(namespace) by \(link) with the source \(source), which nobody there can answer: no rule translates it",
      "数据包以源地址 \(source) 经 \(link) 离开 \(namespace)，那边无人能应答它：没有规则转换该地址")
  }
  package static func postroutingKeeps(_ source: String) -> String {
    say("no rule of postrouting changes \(source)", "postrouting 中没有规则修改 \(source)")
  }

  // MARK: What the kernel refuses

  package static func loopbackNotRouted(
    _ namespace: String, _ asked: String, to destination: String, from source: String, by link: String
  ) -> String {
    sentence(
      "\(namespace) translates \(asked) to \(destination), and sends nothing from \(source) by \(link): route_localnet is 0",
      "\(namespace) 把 \(asked) 转换为 \(destination)，但不会经 \(link) 发送源地址为 \(source) 的数据包：route_localnet 为 0")
  }
  package static func refusesToForward(_ namespace: String) -> String {
    sentence("\(namespace) refuses to forward it", "\(namespace) 拒绝转发它")
  }
  package static func forwardsNothing(_ namespace: String, from link: String) -> String {
    sentence("\(namespace) does not forward packets that come in by \(link)", "\(namespace) 不转发从 \(link) 进入的数据包")
  }
  package static func forwardsNoIPv6(_ namespace: String) -> String {
    sentence("\(namespace) does not forward IPv6", "\(namespace) 不转发 IPv6")
  }

  package static func senderIsTwin(_ source: String, of place: String) -> String {
    sentence("the sender's address \(source) is also an address of \(place)", "发送方的地址 \(source) 也是 \(place) 的地址")
  }
  package static func wayBack(to source: String, by link: String) -> String {
    say("the way back to \(source) is by \(link)", "返回 \(source) 的路径走 \(link)")
  }
  package static func wayBackByNoLink(to source: String) -> String {
    say("the way back to \(source) is by no link", "返回 \(source) 的路径不经任何接口")
  }
  package static func wayBack(to source: String, error: String) -> String {
    say("the way back to \(source): \(error)", "返回 \(source) 的路径：\(error)")
  }
  /// The source of a packet, where it is not known.
  package static var there: String { say("there", "对方") }
  package static func filtersReversePath(_ namespace: String, from source: String, inBy link: String) -> String {
    sentence(
      "\(namespace) drops packets from \(source) that come in by \(link): rp_filter",
      "\(namespace) 丢弃来自 \(source) 且从 \(link) 进入的数据包：rp_filter")
  }
  package static func martians(_ namespace: String, from source: String) -> String {
    sentence(
      "\(namespace) takes packets from \(source) for martians", "\(namespace) 把来自 \(source) 的数据包视为 martian（源地址不合法）")
  }

  package static func refuses(_ namespace: String, _ destination: String) -> String {
    sentence(
      "\(namespace) refuses packets to \(destination) by a route or rule",
      "\(namespace) 因某条路由或规则拒绝发往 \(destination) 的数据包")
  }
  package static func routeRefuses(_ namespace: String, _ type: String, _ prefix: String) -> String {
    sentence(
      "\(namespace) has a route of type \(type) to \(prefix)", "\(namespace) 有一条到 \(prefix) 的 \(type) 类型路由")
  }
  package static func route(_ type: String, _ prefix: String, in table: String) -> String {
    say("\(type) \(prefix) in table \(table)", "表 \(table) 中的 \(type) \(prefix)")
  }
  package static func ruleRefuses(_ namespace: String, _ action: String) -> String {
    sentence("A rule of \(namespace)'s routing policy says \(action)", "\(namespace) 有一条动作为 \(action) 的策略规则")
  }
  package static func rule(_ priority: String, _ action: String) -> String {
    say("rule \(priority): \(action)", "规则 \(priority)：\(action)")
  }
}
