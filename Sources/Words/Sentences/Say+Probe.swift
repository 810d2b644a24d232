package import Speech

extension Say {
  /// Why a probe, or the reading of evidence, came to nothing. `reason` is an errno in words.
  package enum Probing {
    /// `transport`: TCP or UDP.
    package static func noSocket(_ transport: String, _ reason: String) -> String {
      say("no \(transport) socket: \(reason)", "无法创建 \(transport) 套接字：\(reason)")
    }

    package static func noEchoSocket(raw: String, datagram: String) -> String {
      say(
        "no echo socket: raw: \(raw) (CAP_NET_RAW is missing), datagram: \(datagram) (net.ipv4.ping_group_range)",
        "无法创建 ping 套接字：raw：\(raw)（缺少 CAP_NET_RAW）；datagram：\(datagram)（net.ipv4.ping_group_range）")
    }

    /// `operation`: a message of netlink (`RTM_GETROUTE`).
    package static func noAnswer(_ operation: String) -> String {
      say("\(operation): no answer", "\(operation)：没有响应")
    }

    // MARK: Tools

    package static var noProgram: String { say("no such program", "没有这个程序") }

    package static func cannotStart(_ program: String, _ reason: String) -> String {
      say("\(program) can't be started: \(reason)", "无法启动 \(program)：\(reason)")
    }

    package static func notEnded(_ program: String, milliseconds: Int) -> String {
      say("\(program) had not ended after \(milliseconds) ms", "\(program) 运行 \(milliseconds) ms 后仍未结束")
    }

    package static var stopped: String { say("stopped", "已停止") }

    package static func printedTooMuch(_ program: String, mebibytes: Int) -> String {
      say("\(program) printed more than \(mebibytes) MiB", "\(program) 的输出超过 \(mebibytes) MiB")
    }

    package static func killed(_ program: String, signal: Int) -> String {
      say("\(program) was killed by signal \(signal)", "\(program) 被信号 \(signal) 终止")
    }

    package static func ended(_ program: String, status: Int) -> String {
      say("\(program) ended with status \(status)", "\(program) 以状态码 \(status) 退出")
    }

    /// `kind`: `nf_tables` or `legacy`; the one that was not looked for.
    package static func isOfOtherKind(_ program: String, _ kind: String) -> String {
      say("\(program) is the one of \(kind) here", "这里的 \(program) 是 \(kind) 版")
    }

    // MARK: Connections

    package static var wouldLoadModule: String {
      say("asking for connections would load a kernel module", "查询连接会导致加载内核模块")
    }

    package static func noThreadForConnections(_ reason: String) -> String {
      say("no thread to read connections on: \(reason)", "没有线程可用来读取连接：\(reason)")
    }

    package static var keptChanging: String {
      say("the table kept changing while it was read", "读取期间该表一直在变化")
    }

    package static func readInPart(milliseconds: Int) -> String {
      say("only a part of it was read, for \(milliseconds) ms", "只读取了 \(milliseconds) ms，未能读完")
    }
  }
}
