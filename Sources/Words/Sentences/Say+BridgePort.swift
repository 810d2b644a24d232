package import Speech

extension Say {
  /// What a bridge does with a frame at its ports, and what its forwarding database says.
  package enum BridgePort {
    /// What a check is about.
    package static var title: String { say("port", "端口") }
    package static var tableTitle: String { say("fdb", "转发表") }

    package static var forwards: String { say("forwarding", "转发") }

    package static func notForwarding(_ port: String, of bridge: String, state: String, byTree: Bool) -> String {
      say(
        "The port \(port) of \(bridge) is \(state), not forwarding"
          + (byTree ? ": the spanning tree holds it, up to 30 s after it came up" : ""),
        "\(bridge) 的端口 \(port) 处于 \(state) 状态，不转发" + (byTree ? "：生成树让它等待，启用后最长 30 秒" : ""))
    }

    package static func runsTree(_ bridge: String) -> String {
      say("\(bridge) runs the spanning tree protocol", "\(bridge) 运行生成树协议")
    }

    package static func locked(_ port: String, of bridge: String, _ hardware: String) -> String {
      say(
        "The port \(port) of \(bridge) is locked, and takes no frames of \(hardware), which it does not know",
        "\(bridge) 的端口 \(port) 已锁定（locked），不接收来自 \(hardware) 的帧：它不认识这个地址")
    }

    package static func isolated(_ entry: String, _ exit: String, of bridge: String) -> String {
      say(
        "The ports \(entry) and \(exit) of \(bridge) are both isolated: the bridge passes nothing from one to the other",
        "\(bridge) 的端口 \(entry) 与 \(exit) 都设为隔离：网桥不在两者之间转发任何帧")
    }

    package static func hairpinOff(_ port: String, of bridge: String) -> String {
      say(
        "The packet would have to leave \(bridge) by the port that it came in by, \(port), and hairpin is off there",
        "数据包须从进入 \(bridge) 的端口 \(port) 原路出去，而该端口未开启发夹模式")
    }

    // MARK: The forwarding database

    package static func entry(_ hardware: String, behind port: String) -> String {
      say("\(hardware) behind \(port)", "\(hardware) 在 \(port) 后面")
    }

    package static func noEntry(for hardware: String) -> String {
      say("no entry for \(hardware)", "没有 \(hardware) 的表项")
    }

    package static func noEntry(for hardware: String, at port: String) -> String {
      say("no entry for \(hardware) at \(port)", "\(port) 上没有 \(hardware) 的表项")
    }

    package static func wrongPort(
      _ bridge: String, _ hardware: String, to port: String, insteadOf other: String
    ) -> String {
      say(
        "\(bridge) sends frames for \(hardware) to \(port), and it lives behind \(other)",
        "\(bridge) 把发往 \(hardware) 的帧送到 \(port)，而该地址在 \(other) 后面")
    }

    package static func owner(of hardware: String, behind port: String) -> String {
      say("\(hardware) is the address of the link behind \(port)", "\(hardware) 是 \(port) 后面的接口的地址")
    }

    package static func noFlood(_ bridge: String, _ hardware: String, to port: String) -> String {
      say(
        "\(bridge) does not know where \(hardware) is, and may not flood what it does not know to \(port)",
        "\(bridge) 不知道 \(hardware) 在哪里，又不许向 \(port) 泛洪未知目的的帧")
    }
  }
}
