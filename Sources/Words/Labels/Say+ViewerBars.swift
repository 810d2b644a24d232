package import Speech

extension Say {
  /// The first line of the screen. It is full at 80 columns: nothing here may be wider than the English.
  package enum Title {
    package static func frozen(since clock: String) -> String { say("FROZEN since \(clock)", "冻结于 \(clock)") }
    package static var live: String { say("live", "实时") }
    package static func live(now clock: String) -> String { say("live, now \(clock)", "实时 现在 \(clock)") }
    // Before a time: when it began, and when something changed last.
    package static var since: String { say("since", "始于") }
    package static var changed: String { say("changed", "变动于") }
    package static func inTrouble(_ count: Int) -> String { say("\(count) in trouble", "\(count) 处故障") }
    package static func linksDown(_ count: Int) -> String {
      say(count == 1 ? "1 link down" : "\(count) links down", "\(count) 接口断开")
    }
    package static func bridges(_ count: Int) -> String {
      say("\(count) bridge\(count == 1 ? "" : "s")", "\(count) 网桥")
    }
    package static var busiestFirst: String {
      say("the busiest first, by the last 60 s", "按最近 60 秒流量，最忙在前")
    }
    // The key's name, and how its order is written: `name A→Z`.
    package static func sorted(by key: String, _ direction: String) -> String {
      say("by \(key) \(direction)", "按\(key) \(direction)")
    }
    package static func filter(_ text: String) -> String { say("filter \(text)", "过滤 \(text)") }
    package static func shown(_ count: Int, of all: Int) -> String { say("\(count) of \(all)", "\(count)/\(all)") }
    package static var warning: String { say("warning", "警告") }
  }

  /// The last line of the screen: words before the keys, and words of keys that change with what is open.
  package enum Footer {
    package static var back: String { say("back", "返回") }
    package static var clear: String { say("clear", "清除") }
    package static var stop: String { say("stop", "停止") }
    package static var start: String { say("start", "开始") }
    package static var scroll: String { say("scroll", "滚动") }
    package static var goThere: String { say("go there", "前往") }
    package static func helpKeys(_ arrows: String) -> String {
      say(
        "\(arrows) PgUp PgDn scroll   any other key closes", "\(arrows) PgUp PgDn 滚动   其他键关闭")
    }
    // The keys of a line that is typed, behind what it found.
    private static func keepOrClear(_ enter: String) -> String {
      say("\(enter) keep   Esc clear", "\(enter) 保留   Esc 清除")
    }
    package static func filtered(_ shown: Int, of all: Int, enter: String) -> String {
      say("\(shown) of \(all)", "\(shown)/\(all)") + "   " + keepOrClear(enter)
    }
    package static func filterForms(_ keys: String) -> String {
      say("words, or \(keys)  ! negates", "词语，或 \(keys)  ! 取反")
    }
    package static func searchForms(enter: String) -> String {
      say("name, address, MAC, veth, image", "名称、地址、MAC、veth、镜像") + "   " + keepOrClear(enter)
    }
    package static func matches(_ count: Int, enter: String) -> String {
      say("\(count) match\(count == 1 ? "" : "es")", "\(count) 处匹配") + "   " + keepOrClear(enter)
    }
    // `MAC 02:42:ac:11:00:02 of web eth0`: `place` is empty where it is no interface's; `isOnly`: nothing else matches.
    package static func found(_ kind: String, _ text: String, of place: String, isOnly: Bool) -> String {
      say(
        "\(isOnly ? "" : "this one: ")\(kind) \(text)\(place.isEmpty ? "" : " of \(place)")",
        (isOnly ? "" : "当前：") + (place.isEmpty ? "" : "\(place)，") + "\(kind) \(text)")
    }
  }

  /// What belongs to no part of the screen.
  package enum Screenful {
    package static var tooSmall: String { say("too small", "窗口太小") }
    package static var help: String { say("help", "帮助") }
  }
}
