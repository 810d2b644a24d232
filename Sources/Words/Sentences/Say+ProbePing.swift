package import Speech

extension Say {
  /// What becomes of an echo request that gets no reply.
  package enum ProbePing {
    // MARK: What ICMP says

    package static var networkUnreachable: String { say("network unreachable", "网络不可达") }

    package static var nobodyAnswers: String {
      say("host unreachable: nobody answers to that address", "主机不可达：该地址没有响应")
    }

    package static var prohibited: String { say("prohibited by a firewall", "被防火墙禁止") }

    package static var refusedByFirewall: String {
      say("refused by a firewall (port unreachable)", "被防火墙拒绝（port unreachable）")
    }

    package static var tooLarge: String {
      say("packet too large for a link on the way", "数据包超过途中某段链路的 MTU")
    }

    package static var hopsExceeded: String { say("time to live exceeded: a routing loop?", "TTL 耗尽：路由环路？") }

    // MARK: What our own stack says

    package static var noRoute: String {
      say("no route to that address in the source's namespace", "源端命名空间中没有到该地址的路由")
    }

    package static var hostUnreachable: String { say("host unreachable", "主机不可达") }

    package static var notPermitted: String {
      say("not permitted: a firewall in the source's namespace drops it", "不允许：被源端命名空间的防火墙丢弃")
    }

    package static var tooLong: String { say("message too long for the interface", "数据包超过接口的 MTU") }

    package static var noBuffer: String {
      say(
        "not sent: no room in the kernel's table of neighbours, or in a queue (ENOBUFS)",
        "未发出：内核的邻居表或某个队列已满（ENOBUFS）")
    }

    package static var noSourceAddress: String {
      say("the source has no address to send from", "源端没有可用作源地址的地址")
    }
  }
}
