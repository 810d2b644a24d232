internal import Speech

extension Say.Verdict {
  // MARK: TCP and UDP

  package static func refused(port: String) -> String {
    say("ECONNREFUSED from port \(port)", "端口 \(port) 返回 ECONNREFUSED")
  }
  /// `reporter`: who said so; nil: it is not known.
  package static func unreachable(port: String, from reporter: String?) -> String {
    say(
      "ECONNREFUSED of port \(port): ICMP port unreachable" + (reporter.map { " from \($0)" } ?? ""),
      "端口 \(port) 返回 ECONNREFUSED：" + (reporter.map { "\($0) 发来 " } ?? "") + "ICMP 端口不可达")
  }
  package static func datagram(_ what: String) -> String { say("the datagram: \(what)", "数据报：\(what)") }
  package static var silenceIsNoFault: String {
    say(
      "no answer to what was sent: nothing on the way stops it, and a program listens there; UDP needs no answer",
      "发出的数据报没有回应：途中没有阻拦，目的地也有程序在监听；UDP 不一定要回应")
  }
  package static func onlyEchoFiltered(_ name: String, answersOn port: String) -> String {
    say(
      "\(name) answers TCP on port \(port), and no ping: only echo is filtered",
      "\(name) 的 TCP 端口 \(port) 有响应，但 ping 没有：只有回显请求被过滤")
  }
  package static func accepted(port: String) -> String { say("SYN-ACK from port \(port)", "端口 \(port) 返回 SYN-ACK") }

  // MARK: Who listens

  package static func listens(on addresses: [String]) -> String {
    say("listens on \(addresses.listed)", "监听 \(addresses.listed)")
  }
  package static var noSocket: String { say("no socket takes it", "没有套接字接收它") }
  package static func servesNobody(_ program: String, on address: String) -> String {
    say("\(program) listens on \(address), and serves nobody", "\(program) 监听 \(address)，但不提供服务")
  }
  /// `program`: nil: it is not known which.
  package static func listensElsewhere(
    _ program: String?, in place: String, on addresses: [String], not address: String
  ) -> String {
    say(
      "In \(place) \(program ?? "a program") listens on \(addresses.listed) only, and the connection comes to \(address)",
      "\(place) 中的\(program.map { " \($0) " } ?? "程序")只监听 \(addresses.listed)，而连接到达的是 \(address)")
  }
  package static func refusedOnTheWay(port: String, of place: String) -> String {
    say(
      "Something listens on port \(port) of \(place), and the connection is refused all the same: somebody on the way refuses it",
      "\(place) 的端口 \(port) 有程序监听，连接却仍被拒绝：是途中有人拒绝")
  }
  package static func redirectedToNobody(_ place: String, port: String) -> String {
    say(
      "\(place) redirects the connection to its port \(port), where nothing listens",
      "\(place) 把连接重定向到自己的端口 \(port)，但没有程序监听该端口")
  }
  /// `transport`: `TCP` or `UDP`; `sentTo`: the address that the connection is translated to, if it is; `hint`: what may be
  /// the reason.
  package static func portClosed(
    _ place: String, isSilent: Bool, _ transport: String, _ port: Int, sentTo address: String?, hint: String?
  ) -> String {
    let english = address.map { "\(port) of \($0), where the connection is sent" } ?? "\(port)"
    let chinese =
      address.map { "连接被转到 \($0) 的 \(transport) 端口 \(port)，那里没有程序监听" }
      ?? "没有程序监听 \(transport) 端口 \(port)"
    return say(
      "\(place) \(isSilent ? "gets it" : "answers"), and nothing listens on \(transport) port \(english)"
        + (hint.map { ": \($0)" } ?? ""),
      "\(place) \(isSilent ? "能收到" : "有响应")，但\(chinese)" + (hint.map { "：\($0)" } ?? ""))
  }
  /// `program`: nil: it is not known which.
  package static func queueFull(_ program: String?, in place: String, port: String) -> String {
    say(
      "\(program ?? "The program") in \(place) listens on port \(port) and does not accept: its queue is full",
      "\(place) 中的\(program.map { " \($0) " } ?? "程序")监听端口 \(port) 却不接受连接：队列已满")
  }
  package static func connectionsWait(_ listener: String, _ waiting: String, backlog: String) -> String {
    say(
      "\(listener): \(waiting) connections wait, the backlog is \(backlog)",
      "\(listener)：\(waiting) 个连接在等待，backlog 为 \(backlog)")
  }

  // MARK: Endpoints of a service

  package static func deadEndpoint(
    _ endpoint: String, amongst count: Int, of service: String, isRefused: Bool
  ) -> String {
    say(
      "One of the \(count) endpoints of \(service), \(endpoint), "
        + (isRefused ? "refuses: nothing listens there" : "does not answer"),
      "\(service) 的 \(count) 个端点之一 \(endpoint) " + (isRefused ? "拒绝连接：那里没有程序监听" : "没有响应"))
  }
  package static func connecting(to endpoint: String, isRefused: Bool) -> String {
    say(
      "connect to \(endpoint): \(isRefused ? "ECONNREFUSED" : "no answer")",
      "连接 \(endpoint)：\(isRefused ? "ECONNREFUSED" : "没有响应")")
  }

  // MARK: Connection tracking

  package static func tableFull(_ name: String) -> String {
    say(
      "\(name) tracks as many connections as it may: it drops the first packet of every new one",
      "\(name) 的连接跟踪表已满：每个新连接的第一个数据包都会被丢弃")
  }
  package static func stale(
    from sender: String, to destination: String, goesTo used: String, trackedBy name: String, rulesSay wanted: String
  ) -> String {
    say(
      "What \(sender) sends to \(destination) still goes to \(used): \(name) tracks it since before its rules said \(wanted)",
      "\(sender) 发往 \(destination) 的数据包仍被送到 \(used)：规则改为 \(wanted) 之前 \(name) 就已在跟踪该连接")
  }
  /// `connection`: `udp 10.0.0.2 > 10.0.0.3:53`.
  package static func tracked(_ connection: String, repliesFrom address: String, isAnswered: Bool) -> String {
    say(
      "\(connection), replies from \(address)\(isAnswered ? "" : ", none seen")",
      "\(connection)，应答来自 \(address)\(isAnswered ? "" : "，尚未见到")")
  }
}
