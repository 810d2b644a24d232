package import Speech

extension Say {
  /// What commands print besides the picture and the explanation.
  package enum Report {
    /// Things side by side.
    package static func list(_ items: [String]) -> String {
      say(items.joined(separator: ", "), items.joined(separator: "，"))
    }

    // MARK: The image

    package static func title(of host: String) -> String {
      say("netns-top: network namespaces of \(host)", "netns-top：\(host) 的网络命名空间")
    }
    package static func picture(bridges: Int, namespaces: Int, names: [String], isCut: Bool) -> String {
      say(
        "\(bridges) bridges and \(namespaces) network namespaces: \(names.joined(separator: ", "))"
          + (isCut ? ", …" : ""),
        "\(bridges) 个网桥，\(namespaces) 个网络命名空间：\(names.joined(separator: "、"))" + (isCut ? "…" : ""))
    }

    // MARK: Below the diagram

    package static var published: String { say("published", "已发布端口") }
    package static var listens: String { say("listens", "监听") }

    // MARK: Events: an object, and behind it what became of it

    package static var present: String { say("present", "已存在") }
    package static var added: String { say("added", "新增") }
    package static var removed: String { say("removed", "删除") }
    package static var changed: String { say("changed", "变更") }
    package static var moved: String { say("moved", "移走") }
    package static var unchanged: String { say("unchanged", "未变") }
    package static var malformed: String { say("malformed", "无法解析") }
    package static func lost(_ key: String, was value: String) -> String {
      say("no \(key) (was \(value))", "无 \(key)（原为 \(value)）")
    }

    // MARK: Notices

    package static func copied(_ text: String) -> String { say("copied: \(text)", "已复制：\(text)") }
    package static func waiting(engine path: String, name: String) -> String {
      say(
        "waiting for the container engine at \(path), which may know '\(name)'",
        "正在等待 \(path) 上的容器引擎，它可能认得「\(name)」")
    }
  }

  /// What `ping` prints, line by line.
  package enum Transcript {
    // MARK: The first lines

    package static func head(_ source: String, _ from: String, _ destination: String, _ to: String) -> String {
      say("ping \(source) (\(from)) to \(destination) (\(to))", "从 \(source)（\(from)）ping \(destination)（\(to)）")
    }
    package static func head(
      _ source: String, _ from: String, _ destination: String, _ to: String, sharesSubnet: Bool
    ) -> String {
      say(
        "ping \(source) (\(from)) to \(destination) (\(to), \(sharesSubnet ? "same subnet" : "other subnet"))",
        "从 \(source)（\(from)）ping \(destination)（\(to)，\(sharesSubnet ? "同一子网" : "不同子网")）")
    }
    package static func path(_ names: String) -> String { say("path \(names)", "路径 \(names)") }
    package static func knownPath(_ names: String) -> String {
      say("path \(names), as far as the picture goes", "路径 \(names)，图中只到这里")
    }
    package static var unknownPath: String { say("path not known", "路径未知") }
    package static var noPath: String {
      say("path no cable or bridge connects the two", "路径：两端之间没有网线或网桥相连")
    }

    // MARK: What became of a request

    package static func stranger(_ address: String) -> String {
      say("an answer from \(address), which was not asked: no reply", "\(address) 有回答，但并未询问它：无应答")
    }
    package static var lost: String { say("no reply", "无应答") }
    package static func lost(at interface: String) -> String {
      say("no reply; the counters saw it last at \(interface)", "无应答；按计数器，最后到过 \(interface)")
    }
    package static func refused(_ reason: String, by address: String) -> String {
      say("\(reason) (says \(address))", "\(reason)（\(address) 告知）")
    }
    package static func unsent(_ reason: String) -> String { say("not sent: \(reason)", "未发送：\(reason)") }

    // MARK: The last line: items of a list

    package static func counts(sent: Int, received: Int) -> String {
      say("\(sent) sent, \(received) received", "已发送 \(sent)，已收到 \(received)")
    }
    package static func loss(_ percent: String) -> String { say("loss \(percent) %", "丢包 \(percent)%") }
    package static func unsent(_ count: Int) -> String { say("\(count) not sent", "未发送 \(count)") }
    package static func roundTrips(_ figures: String) -> String {
      say("rtt min/avg/max/mdev \(figures) ms", "往返时间 min/avg/max/mdev \(figures) ms")
    }
  }
}
