package import Speech

extension Say {
  /// The frame of an explanation: its verdict, its headings, and what became of the probes.
  package enum Prose {
    package static var reachable: String { say("reachable", "可达") }
    package static var unreachable: String { say("unreachable", "不可达") }
    package static var degraded: String { say("degraded", "受损") }
    package static var unknown: String { say("unknown", "未知") }
    package static var lookingIntoIt: String { say("looking into it", "正在查找原因") }
    /// How many of those that were asked reach a destination; its name stands before it.
    package static func reached(by reaching: Int, of count: Int) -> String {
      say("reached by \(reaching) of \(count)", "\(count) 个源端中 \(reaching) 个可达")
    }

    package static var also: String { say("also", "另外") }
    package static var way: String { say("the way, and what was looked at", "路径，以及检查过的内容") }
    package static var notes: String { say("notes", "说明") }
    package static var sent: String { say("what was sent", "发送过的内容") }
    package static var unread: String { say("could not be read", "未能读取") }

    package static func resolvedByHostsFile(_ name: String, addresses: String) -> String {
      say("\(name) is \(addresses), says its hosts file", "源端的 hosts 文件把 \(name) 解析为 \(addresses)")
    }
    package static func resolved(_ name: String, addresses: String, by server: String) -> String {
      say("\(name) is \(addresses), says the name server \(server)", "域名服务器 \(server) 把 \(name) 解析为 \(addresses)")
    }
    package static func translated(_ before: String, to after: String, in namespace: String) -> String {
      say("\(before) becomes \(after) in \(namespace)", "在 \(namespace) 中，\(before) 转换为 \(after)")
    }
    package static var predicted: String {
      say("worked out from routes and rules: nothing was sent", "根据路由和规则推断：没有发送任何数据包")
    }

    /// What stands before the rule, the fact, the command and the sources of a finding: eight columns with its blanks.
    package static var rule: String { say("rule", "规则") }
    package static var fact: String { say("fact", "依据") }
    package static var remedy: String { say("try ", "办法") }
    package static var from: String { say("from", "来自") }
    /// A rule's number in its chain.
    package static func ruleNumber(_ number: Int) -> String { say("line \(number)", "第 \(number) 条") }
    package static func onReply(_ code: String) -> String { say("\(code), on the reply's way", "\(code)，在应答的路上") }

    // What something is on the way.
    package static var routing: String { say("routing", "路由") }
    package static var source: String { say("source", "源端") }
    package static var bridgePort: String { say("bridge port", "网桥端口") }
    package static var bridge: String { say("bridge", "网桥") }
    package static var destination: String { say("destination", "目的端") }
    /// Packets that an interface received and sent.
    package static func packets(in received: String, out sent: String) -> String {
      say("in \(received), out \(sent)", "收 \(received)，发 \(sent)")
    }
  }
}

extension Say.Prose {
  /// What became of what was sent.
  package enum Probe {
    package static func tcp(port: Int, outcome: String) -> String {
      say("TCP to port \(port): \(outcome)", "TCP 端口 \(port)：\(outcome)")
    }
    package static func udp(port: Int, outcome: String) -> String {
      say("UDP to port \(port): \(outcome)", "UDP 端口 \(port)：\(outcome)")
    }
    package static var accepted: String { say("accepted", "接受连接") }
    package static var refused: String { say("refused", "被拒绝") }
    package static var noAnswer: String { say("no answer", "没有响应") }
    package static var answered: String { say("answered", "有响应") }

    package static func echoes(sent: Int, received: Int) -> String {
      say(
        "\(sent) echo request\(sent == 1 ? "" : "s"), "
          + (received == 0 ? "no reply" : "\(received) repl\(received == 1 ? "y" : "ies")"),
        "\(sent) 个回显请求，" + (received == 0 ? "没有应答" : "\(received) 个应答"))
    }
    // What follows the requests and replies, in this order, where there is anything to say.
    package static func roundTrips(_ figures: String) -> String {
      say(", rtt min/avg/max \(figures) ms", "，rtt min/avg/max \(figures) ms")
    }
    package static func strangers(_ names: String) -> String {
      say(
        "; an answer from \(names), which was not asked, is no reply",
        "；\(names) 也有响应，但请求不是发给它的，不算应答")
    }
    package static func notSent(_ reason: String) -> String { say("; not sent: \(reason)", "；未能发送：\(reason)") }
  }
}
