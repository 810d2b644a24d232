package import Speech

extension Say {
  /// The help page. On a screen of 80 columns it has two, with 29 for what is said of a key or of the mouse, 31 for a mark.
  package enum HelpPage {
    package static var otherKeys: String { say("all keys but those", "其他按键") }
    package static var marks: String { say("what the marks mean", "标记的含义") }
    package static var targets: String { say("what can be typed for a target", "可以作为目标输入的内容") }
    package static var mouse: String { say("the mouse", "鼠标") }
    package static var words: String { say("what can be typed behind :", "可以在 : 后输入的命令") }

    // What else has the same meaning, behind what it means: ` (F3)`.
    package static func also(_ keys: [String]) -> String {
      let list = keys.joined(separator: " ")
      return keys.isEmpty ? "" : say(" (\(list))", "（\(list)）")
    }
    // The same of the arrows: ` (also hjkl)`.
    package static func orKeys(_ keys: [String]) -> String {
      let list = keys.joined(separator: keys.allSatisfy { $0.count == 1 } ? "" : " ")
      return keys.isEmpty ? "" : say(" (also \(list))", "（或 \(list)）")
    }

    /// The heading over the keys that mean something where one is.
    package enum KeysHere {
      package static var onDiagram: String { say("keys on the diagram", "图上的按键") }
      package static var picking: String { say("keys while a target is chosen", "选择目标时的按键") }
      package static var typingTarget: String { say("keys while a target is typed", "输入目标时的按键") }
      package static var searching: String { say("keys while something is looked for", "查找时的按键") }
      package static var filtering: String { say("keys while a filter is typed", "输入过滤条件时的按键") }
      package static var typingWord: String { say("keys while a word is typed", "输入命令时的按键") }
      package static var pinging: String { say("keys while a ping runs", "ping 时的按键") }
      package static var inDetails: String { say("keys in the details", "详情中的按键") }
      package static var inList: String { say("keys in a list", "列表中的按键") }
      package static var inEvents: String { say("keys in the list of events", "事件列表中的按键") }
      package static var inMatrix: String { say("keys in the matrix", "矩阵中的按键") }
      package static var inExplanation: String { say("keys where it is said why", "原因页上的按键") }
    }

    /// What each key does.
    package enum Keys {
      package static var select: String { say("to the nearest", "移到最近的元素") }
      package static var inspect: String { say("details of what is selected", "查看选中项的详情") }
      package static var scroll: String { say("diagram, details, events", "在图、详情、事件间切换") }
      package static func ping(_ key: String) -> String {
        say("ping: choose target, then \(key)", "ping：选好目标再按 \(key)")
      }
      package static var why: String { say("why it works, or does not", "解释为什么通或不通") }
      package static func type(_ ping: String, _ why: String) -> String {
        say("after \(ping), \(why): type db:80, a URL", "按 \(ping)、\(why) 后可输入 db:80、URL")
      }
      package static func trace(_ why: String) -> String {
        say("after \(why): the kernel's trace", "按 \(why) 后：看内核的跟踪")
      }
      package static var back: String { say("one step back", "后退一步") }
      package static var find: String { say("find name, address, MAC", "查找名称、地址、MAC") }
      package static var zoomOut: String { say("see more, and less of each", "缩小：范围更大，细节更少") }
      package static var zoomIn: String { say("see closer: more of each", "放大：细节更多") }
      package static var filter: String { say("hide the rest: bridge:x", "只留匹配项：bridge:x") }
      package static var next: String { say("next match", "下一个匹配") }
      package static var previous: String { say("previous match", "上一个匹配") }
      package static var sort: String { say("name, address, traffic", "按名称、地址、流量") }
      package static var invert: String { say("turn the order round", "颠倒顺序") }
      package static var list: String { say("a line for each interface", "每个接口一行") }
      package static var busy: String { say("the busiest of the last 60 s", "最近 60 秒最繁忙的接口") }
      package static var trouble: String { say("all trouble, and why", "所有故障及其原因") }
      package static var events: String { say("what changed, and when", "何时发生了什么变化") }
      package static var matrix: String { say("ping all pairs on a bridge", "网桥上的容器两两互 ping") }
      package static var mark: String { say("mark a source; fold a bridge", "标记源端；折叠网桥") }
      package static var pingAgain: String { say("repeat the last ping", "重复上一次 ping") }
      package static var family: String { say("while pinging: IPv4 or IPv6", "ping 时：选 IPv4 或 IPv6") }
      package static var nextTrouble: String { say("next link in trouble", "下一个故障接口") }
      package static var freeze: String { say("freeze the picture", "冻结画面") }
      package static var closeHoles: String { say("close holes, rescan names", "补齐空位，重新扫描名称") }
      package static var reload: String { say("read the configuration again", "重新读取配置文件") }
      package static var copy: String { say("copy the address or name", "复制地址或名称") }
      package static var copyEntry: String { say("copy nsenter: a way in", "复制 nsenter 进入命令") }
      package static var copyCapture: String { say("copy tcpdump: listen there", "复制 tcpdump 抓包命令") }
      package static var theme: String { say("other colours: the next theme", "换配色：下一个主题") }
      package static var prompt: String { say("type: theme, zoom, goto", "输入 theme、zoom、goto 等") }
      package static var bridge: String { say("to the n-th bridge", "到第 n 个网桥") }
      package static var first: String { say("to the first", "到第一个") }
      package static var last: String { say("to the last", "到最后一个") }
      package static var pageUp: String { say("a page up", "上翻一页") }
      package static var pageDown: String { say("a page down", "下翻一页") }
      package static var redraw: String { say("draw the screen afresh", "重绘屏幕") }
      package static var suspend: String { say("suspend; fg comes back", "挂起；用 fg 恢复") }
      package static var interrupt: String { say("stop a ping, else quit", "停止 ping，否则退出") }
      package static var help: String { say("this page", "本页") }
      package static var quit: String { say("quit", "退出") }
      package static var quitKeepingScreen: String { say("quit, keep the picture", "退出并保留画面") }
    }

    /// What the characters on the diagram mean.
    package enum Marks {
      package static var up: String { say("up", "启用，有载波") }
      package static var noCarrier: String { say("switched on, without a carrier", "启用，无载波") }
      package static var down: String { say("down, or cut", "关闭，或已断开") }
      package static var rates: String { say("bytes a second sent, received", "每秒发送、接收的字节数") }
      package static var both: String { say("both together", "收发合计") }
      package static var traffic: String { say("traffic, the last minute", "最近一分钟的流量") }
      package static var multiHomed: String { say("on several networks: violet", "接入多个网络：紫色") }
      package static var joined: String { say("has just come", "刚刚出现") }
      package static var border: String { say("the border of the namespaces", "命名空间的边界") }
      package static var pair: String { say("two ends of one cable", "同一根网线的两端") }
      package static var portState: String { say("the port's state on its bridge", "端口在网桥上的状态") }
    }

    /// What may be typed where a target is asked for.
    package enum Targets {
      package static var name: String { say("a container, a namespace; a port of it", "容器或命名空间；其端口") }
      package static var port: String { say("a port of what is selected", "选中项的端口") }
      package static var address: String { say("an address; [fd00::3]:443 of IPv6", "地址；IPv6 写作 [fd00::3]:443") }
      package static var domain: String { say("a name, resolved as the source would", "域名，按源端的方式解析") }
      package static var url: String { say("a URL: its scheme gives the port", "URL：端口由协议决定") }
      package static var internet: String { say("out of this machine", "通往本机之外") }
      package static func outside(_ why: String) -> String {
        say("after \(why): the source is beyond the uplink", "按 \(why) 后：源端在上联接口之外")
      }
    }

    /// What the mouse does; a cap is what it is done with.
    package enum Mouse {
      package static var clickCap: String { say("click", "单击") }
      package static var click: String { say("selects; at the bottom: a key", "选中；在底栏相当于按键") }
      package static var twiceCap: String { say("twice", "双击") }
      package static var twice: String { say("details, or the ping starts", "看详情，或开始 ping") }
      package static var wheelCap: String { say("wheel", "滚轮") }
      package static var wheel: String { say("scrolls; a comb it zooms", "滚动；在梳状图上缩放") }
      package static var titleCap: String { say("title", "标题") }
      package static var title: String { say("its counts open their list", "点其中的计数打开列表") }
      package static var headsCap: String { say("heads", "列头") }
      package static var heads: String { say("of a list: sort, turn round", "点列表的列头：排序、倒序") }
      package static var shift: String { say("selects text, as without us", "由终端选择文本") }
    }
  }
}
