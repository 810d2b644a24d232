package import Speech

extension Say {
  /// One line for a few seconds: what a key has done, or why it did nothing.
  package enum Notice {
    // MARK: The screen

    package static var noColors: String {
      say("there are no colours here: every theme looks like this one", "此处没有颜色：所有主题看起来都一样")
    }
    package static func theme(_ name: String, _ summary: String) -> String {
      say(
        "theme \(name), \(summary); --theme \(name) keeps it", "主题 \(name)：\(summary)；以后也用它：--theme \(name)")
    }
    package static func pasteNeedsLine(_ find: String, _ filter: String) -> String {
      say("a paste goes into a line: press \(find) or \(filter) first", "只能粘贴到输入行：先按 \(find) 或 \(filter)")
    }
    package static var pasteCut: String {
      say("the paste was too long: the end of it is missing", "粘贴的内容太长：末尾被截掉了")
    }
    package static var fitsAgain: String { say("as close as all of it fits", "已恢复自动缩放") }
    package static var closest: String { say("this is the closest", "已放到最大") }
    package static var widest: String { say("this is the widest", "已缩到最小") }
    package static var wayUnlit: String { say("the way is not lit any more", "路径不再高亮") }

    // MARK: Going somewhere

    package static var gone: String { say("that is not there any more", "它已不存在") }
    package static func noBridge(_ number: Int) -> String { say("there is no bridge \(number)", "没有第 \(number) 个网桥") }
    package static var noTrouble: String { say("no link is in trouble", "没有出故障的接口") }
    package static var noTroubleShown: String {
      say("no link that the filter shows is in trouble", "过滤后的接口都没有故障")
    }
    // What is wrong, and the how manieth of how many it is.
    package static func trouble(_ reason: String, _ number: Int, of count: Int) -> String {
      say("\(reason) (\(number) of \(count))", "\(reason)（\(number)/\(count)）")
    }
    package static func oneOrderOnly(_ list: String) -> String {
      say("this list has one order only; \(list) lists in others", "此列表的顺序固定；按 \(list) 的列表可排序")
    }
    package static func noOrder(by title: String) -> String {
      say(
        "rows can't go by \(title.isEmpty ? "that" : title)", title.isEmpty ? "不能按此列排序" : "不能按「\(title)」排序")
    }

    // MARK: Copying

    package static func copied(_ text: String) -> String { say("to the clipboard: \(text)", "送往剪贴板：\(text)") }
    package static var nothingToCopy: String { say("there is no command here to be copied", "此处没有可复制的命令") }
    package static var hostNeedsNoWay: String {
      say("that is the host's own namespace: no way in is needed", "这是宿主机自己的命名空间：无需进入")
    }
    package static func noWay(into name: String) -> String {
      say(
        "no way into \(name) is known: no process and no name of it is seen", "无法进入 \(name)：看不到它的进程，也看不到它的名称")
    }
    package static var nothingToCapture: String {
      say("no interface is selected that could be listened on", "没有选中可抓包的接口")
    }
    package static var untypable: String { say("the name of that interface can't be typed", "该接口的名称无法在命令行输入") }

    // MARK: Pings and diagnoses

    package static func marked(_ name: String, _ ping: String, _ why: String) -> String {
      say(
        "\(name) is marked: \(ping) or \(why) on another one starts from it",
        "已标记 \(name)：选中另一个按 \(ping) 或 \(why)，即以它为源")
    }
    package static func unmarked(_ name: String) -> String { say("\(name) is not marked any more", "已取消标记 \(name)") }
    package static var pingSource: String {
      say("a ping starts from a container or an interface", "ping 只能从容器或接口发起")
    }
    package static var sameEnds: String { say("source and target are the same", "源与目标相同") }
    package static func nothingPinged(_ ping: String) -> String {
      say("nothing was pinged yet: \(ping) chooses a target", "还没有 ping 过：按 \(ping) 选择目标")
    }
    package static func cannotSend(from name: String, _ why: String) -> String {
      say("nothing can be sent from \(name): \(why) works it out", "无法从 \(name) 发送：按 \(why) 可推算")
    }
    package static func lookingFor(_ name: String) -> String { say("looking for \(name)", "正在查找 \(name)") }
    package static func notLookedFor(_ name: String) -> String {
      say("\(name) is not looked for any more", "不再查找 \(name)")
    }
    package static var nothingToTrace: String { say("replies come: there is nothing to trace", "有应答：无需跟踪") }
    package static var traceAddsNothing: String { say("the trace has nothing to add", "跟踪没有新的发现") }
    package static func pairsNeedBridge(_ matrix: String) -> String {
      say(
        "\(matrix) pings all pairs on a bridge: select one, or a container on one",
        "\(matrix) 在一个网桥上两两 ping：先选中网桥或其上的容器")
    }
    // `bridge` is empty where it has no name.
    package static func noPairs(on bridge: String) -> String {
      say(
        "\(bridge.isEmpty ? "the bridge" : bridge) has fewer than two containers: there are no pairs",
        bridge.isEmpty ? "该网桥上不足两个容器：无从配对" : "\(bridge) 上不足两个容器：无从配对")
    }
    package static var noPair: String { say("that is one container, not a pair", "这是同一个容器，不成对") }
  }
}
