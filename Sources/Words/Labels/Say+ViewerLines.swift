package import Speech

extension Say {
  /// The lines that a search or a filter is typed into.
  package enum FindLine {
    package static var ended: String { say("nothing is searched for any more", "查找已结束") }
    package static func notBegun(_ key: String) -> String {
      say("nothing was searched for yet: \(key) begins", "还没有查找过：按 \(key) 开始")
    }
    package static func match(_ number: Int, of count: Int) -> String {
      say("\(number) of \(count) matches", "匹配 \(number)/\(count)")
    }
    package static func isFull(_ limit: Int) -> String {
      say("a line has at most \(limit) characters: the rest is left out", "一行最多 \(limit) 个字符：其余已舍去")
    }
    package static var nothingPasses: String { say("nothing here that the filter lets through", "没有符合过滤条件的内容") }
    package static var nothingPassesEsc: String {
      say("nothing here that the filter lets through; Esc clears it", "没有符合过滤条件的内容；按 Esc 清除")
    }
  }

  /// Choosing who is to be reached, on the picture or by a line that is typed.
  package enum PickLine {
    // The purpose as a word of the footer: `why test1 →`, `⏎ why`.
    package static var why: String { say("why", "诊断") }
    package static var chooseTarget: String { say("choose the target", "选择目标") }
    package static var forms: String {
      say("name, name:port, address, URL, internet", "名称、名称:端口、地址、URL、internet")
    }
    // `start` is the key and the purpose: `⏎ ping`.
    package static func asItIs(_ start: String) -> String { say("\(start) as it is", "\(start)（按原样）") }
    package static var internet: String { say("the internet", "互联网") }
    package static func stopped(_ container: String, _ state: String) -> String {
      say("\(container), \(state)", "\(container)，\(state)")
    }
    package static func name(resolvedBy source: String) -> String {
      say("a name for \(source) to resolve", "由 \(source) 解析的名称")
    }
    package static func port(_ number: Int, _ transport: String, of target: String) -> String {
      say("\(target), \(transport) port \(number)", "\(target)，\(transport) 端口 \(number)")
    }
    package static var portForm: String {
      say("write a port as :80 or :53/udp: 1 to 65535", "端口写作 :80 或 :53/udp，范围 1 到 65535")
    }
    package static var noPorts: String { say("nothing is selected that has ports", "选中的对象没有端口") }
    package static func pingHasNoPort(_ port: String, _ why: String, _ ping: String) -> String {
      say("a ping has no port: \(why), not \(ping), asks about \(port)", "ping 没有端口：\(port) 请按 \(why) 诊断")
    }
    package static func pingNeedsAddress(_ why: String, _ ping: String) -> String {
      say(
        "a ping needs an address: \(why), not \(ping), asks about the internet",
        "ping 需要地址：到互联网的连通性请按 \(why) 诊断")
    }
  }

  /// The line behind `:`. Its words are commands and stay English; what they do is told in the reader's language.
  package enum PromptLine {
    // MARK: What stands behind a word

    package static var name: String { say("NAME", "名称") }
    package static var text: String { say("TEXT", "文本") }
    package static var ends: String { say("[SOURCE] TARGET", "[源] 目标") }

    // MARK: What a word does

    package static var otherColors: String { say("other colours", "换一种配色") }
    package static var detail: String { say("how much is drawn of each", "每个对象画得多细") }
    package static var order: String { say("the order of the rows", "各行的顺序") }
    package static var hide: String { say("hide the rest; nothing shows all again", "隐藏其余；留空则全部显示") }
    package static var find: String { say("look for a name, an address, a MAC", "查找名称、地址、MAC") }
    package static var go: String { say("select a container, a bridge, an interface", "选中容器、网桥或接口") }
    package static func ping(_ key: String) -> String {
      say("as \(key), and the target at once: ping 8.8.8.8", "同 \(key)，直接给出目标：ping 8.8.8.8")
    }
    package static func why(_ key: String) -> String {
      say("as \(key), and the target at once: why outside web:80", "同 \(key)，直接给出目标：why outside web:80")
    }

    // MARK: What is looked up by its name

    package static var theTheme: String { say("theme", "主题") }
    package static var theZoom: String { say("zoom", "缩放级别") }
    package static var theOrder: String { say("order", "排序方式") }
    package static var theWord: String { say("word", "命令") }

    // MARK: Why a line can't be obeyed

    // `noun` is one of the four above, `list` all that can be meant.
    package static func which(_ noun: String, _ list: String) -> String {
      say("which \(noun)? \(list)", "哪个\(noun)？\(list)")
    }
    package static func unknown(_ noun: String, _ text: String) -> String {
      say("there is no \(noun) '\(text)'", "没有\(noun)「\(text)」")
    }
    package static func unknown(_ noun: String, _ text: String, _ list: String) -> String {
      say("there is no \(noun) '\(text)'; there are: \(list)", "没有\(noun)「\(text)」；可用：\(list)")
    }
    package static func ambiguous(_ text: String, _ list: String) -> String {
      say("'\(text)' may be: \(list)", "「\(text)」可以是：\(list)")
    }
    package static func standsAlone(_ word: String) -> String { say("\(word) stands alone", "\(word) 后面不带内容") }
    package static var findWhat: String { say("find what?", "查找什么？") }
    package static var goWhere: String { say("go where?", "去哪里？") }
    package static func nobody(_ name: String) -> String { say("there is no '\(name)' here", "此处没有「\(name)」") }
    package static func elsewhere(_ name: String) -> String {
      say("'\(name)' is not on this page", "「\(name)」不在本页")
    }
    package static func whoToWhom(_ word: String) -> String {
      say("who is to reach whom? \(word) SOURCE TARGET", "从谁到谁？\(word) 源 目标")
    }
    package static var nothingSelected: String { say("nothing is selected", "没有选中任何对象") }
    package static func pingHasNoPort(_ port: String, _ text: String) -> String {
      say("a ping has no port: why \(text) asks about \(port)", "ping 没有端口：\(port) 请用 why \(text) 诊断")
    }
  }
}
