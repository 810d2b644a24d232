package import Speech

extension Say {
  /// The pane of a ping; rtt, min, avg, max, mdev, seq and ttl are the words of ping(8).
  package enum PingPane {
    // MARK: The frame

    package static var running: String { say("running", "运行中") }
    package static var stopped: String { say("stopped", "已停止") }
    package static var escStops: String { say("Esc stops", "Esc 停止") }
    package static var escCloses: String { say("Esc closes", "Esc 关闭") }
    package static var notConnected: String {
      say("no cable or bridge connects the two", "两者之间没有网线或网桥")
    }
    package static func notSent(_ count: Int) -> String { say("\(count) not sent", "\(count) 未发送") }
    package static func loss(_ percent: String, _ received: Int, of known: Int) -> String {
      say("loss \(percent) % (\(received)/\(known))", "丢包 \(percent) % (\(received)/\(known))")
    }

    // MARK: What became of a request

    package static var waiting: String { say("waiting for the first reply", "等待第一个应答") }
    package static func twin(_ other: String, has address: String, _ why: String) -> String {
      say(
        "\(other) has \(address), too: whose reply this is, is chance (\(why))",
        "\(other) 也有 \(address)：应答来自谁全凭运气 (\(why))")
    }
    package static func reply(_ number: Int) -> String { say("reply to seq \(number)", "seq \(number) 的应答") }
    package static func noReply(_ number: Int) -> String { say("no reply to seq \(number)", "seq \(number) 无应答") }
    package static func seenLast(at interface: String) -> String {
      say("the counters saw it last at \(interface)", "计数器最后在 \(interface) 看到它")
    }
    package static func stranger(_ address: String) -> String {
      say("\(address) answered, which was not asked", "\(address) 作了响应，但问的不是它")
    }
    package static func refused(_ reason: String, by router: String) -> String {
      say("\(reason) (says \(router))", "\(reason)（来自 \(router)）")
    }
    package static func unsent(_ reason: String) -> String { say("not sent: \(reason)", "未发送：\(reason)") }
  }
}
