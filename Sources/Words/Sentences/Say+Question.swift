package import Speech

extension Say {
  /// What is asked of the kernel and of the network, by what it is called where there is no answer; and what was sent.
  package enum Question {
    package static var noAnswer: String { say("no answer", "没有回答") }

    // MARK: What could not be found out: the reason follows behind a colon

    package static func tables(of namespace: String) -> String {
      say("routes, neighbours and settings of \(namespace)", "\(namespace) 的路由、邻居和设置")
    }
    package static func rules(of namespace: String) -> String {
      say("rules of \(namespace)", "\(namespace) 的规则")
    }
    package static func rulesAfterProbes(of namespace: String) -> String {
      say("rules of \(namespace) after the probes", "探测后 \(namespace) 的规则")
    }
    package static func route(to destination: String, in namespace: String) -> String {
      say("the route to \(destination) in \(namespace)", "\(namespace) 中到 \(destination) 的路由")
    }
    package static var counters: String { say("counters of the links on the way", "途经接口的计数器") }
    package static func echo(from namespace: String, to destination: String) -> String {
      say("echo requests from \(namespace) to \(destination)", "从 \(namespace) 到 \(destination) 的回显请求")
    }
    package static func neighbors(of namespace: String) -> String {
      say("neighbours of \(namespace) after the probes", "探测后 \(namespace) 的邻居")
    }
    package static func listening(in namespace: String) -> String {
      say("ports that \(namespace) listens on", "\(namespace) 监听的端口")
    }
    package static func queues(of namespace: String) -> String {
      say("queues that programs of \(namespace) read", "\(namespace) 的程序所读取的队列")
    }
    package static var attachments: String { say("programs of XDP and tc on the way", "途中的 XDP 和 tc 程序") }
    package static func connection(from namespace: String, to destination: String) -> String {
      say("a TCP connection from \(namespace) to \(destination)", "从 \(namespace) 到 \(destination) 的 TCP 连接")
    }
    package static var trace: String { say("the rule trace", "规则跟踪") }
    package static func connections(of namespace: String) -> String {
      say("connections that \(namespace) tracks", "\(namespace) 跟踪的连接")
    }
    package static func datagrams(from namespace: String, to destination: String, port: String) -> String {
      say(
        "datagrams from \(namespace) to \(destination), port \(port)",
        "从 \(namespace) 到 \(destination) 端口 \(port) 的数据报")
    }
    package static func wireGuardPeers(of namespace: String) -> String {
      say("peers of a WireGuard link of \(namespace)", "\(namespace) 的某个 WireGuard 接口的对端")
    }
    package static func meaning(of name: String, in namespace: String) -> String {
      say("what \(name) means in \(namespace)", "\(namespace) 对 \(name) 的解析")
    }

    // MARK: What was sent. These lines are sorted as texts: begin with the number, and with `T` before `U`

    package static func sentEchoes(_ count: Int, size: Int, from namespace: String, to destination: String) -> String {
      say(
        "\(count) echo requests of \(size) bytes from \(namespace) to \(destination)",
        "\(count) 个 \(size) 字节的回显请求，从 \(namespace) 到 \(destination)")
    }
    package static func sentTracedEchoes(_ count: Int, from namespace: String, to destination: String) -> String {
      say(
        "\(count) echo requests, traced, from \(namespace) to \(destination)",
        "\(count) 个带规则跟踪的回显请求，从 \(namespace) 到 \(destination)")
    }
    package static func sentConnection(from namespace: String, to destination: String, port: String) -> String {
      say(
        "a TCP connection from \(namespace) to \(destination), port \(port), closed at once",
        "TCP 连接，从 \(namespace) 到 \(destination) 端口 \(port)，建立后立即关闭")
    }
    package static func sentDatagrams(
      atMost count: Int, from namespace: String, to destination: String, port: String
    ) -> String {
      say(
        "datagrams of UDP, at most \(count), from \(namespace) to \(destination), port \(port)",
        "UDP 数据报，最多 \(count) 个，从 \(namespace) 到 \(destination) 端口 \(port)")
    }

    // MARK: Answers

    /// Prefixes as wg(8) lists them, and how many are left out.
    package static func andMore(_ prefixes: String, _ count: Int) -> String {
      say("\(prefixes) and \(count) more", "\(prefixes) 等，另有 \(count) 个")
    }
  }
}
