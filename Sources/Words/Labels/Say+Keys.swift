package import Speech

extension Say {
  /// The words behind the keys in the footer: one line has them all, so each is as short as can be.
  package enum KeyWords {
    package static var select: String { say("select", "移动") }
    package static var inspect: String { say("inspect", "查看") }
    package static var scroll: String { say("scroll", "滚动") }
    package static var ping: String { say("ping", "ping") }
    package static var why: String { say("why", "原因") }
    package static var type: String { say("type", "输入") }
    package static var trace: String { say("trace", "跟踪") }
    package static var back: String { say("back", "返回") }
    package static var find: String { say("find", "查找") }
    package static var zoom: String { say("zoom", "缩放") }
    package static var filter: String { say("filter", "过滤") }
    package static var next: String { say("next", "下个") }
    package static var sort: String { say("sort", "排序") }
    package static var invert: String { say("invert", "倒序") }
    package static var list: String { say("list", "列表") }
    package static var busy: String { say("busy", "繁忙") }
    package static var trouble: String { say("trouble", "故障") }
    package static var events: String { say("events", "事件") }
    package static var again: String { say("again", "重测") }
    package static var family: String { say("family", "协议") }
    package static var freeze: String { say("freeze", "冻结") }
    package static var help: String { say("help", "帮助") }
    package static var quit: String { say("quit", "退出") }
  }
}
