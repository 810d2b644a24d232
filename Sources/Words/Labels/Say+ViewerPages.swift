package import Speech

extension Say {
  /// The page that says why, before anything is known.
  package enum WhyPage {
    package static var lookingAndTracing: String {
      say("looking into it, with the kernel's trace", "正在查找原因，并用内核跟踪")
    }
  }

  /// The pings of all pairs on a bridge.
  package enum MatrixPage {
    // `family` is empty where it is any.
    package static func pairs(_ count: Int, family: String) -> String {
      say(
        "ping of all pairs, \(count)\(family.isEmpty ? "" : ", \(family)")",
        "两两 ping，共 \(count)\(family.isEmpty ? "" : "，\(family)")")
    }
    package static func notSent(_ count: Int) -> String { say("\(count) not sent", "\(count) 未发送") }
    package static func toCome(_ count: Int) -> String { say("\(count) to come", "\(count) 待测") }
    package static func first(_ count: Int, of total: Int, _ filter: String) -> String {
      say("the first \(count) of \(total); \(filter) chooses others", "\(total) 个中的前 \(count) 个；按 \(filter) 另选")
    }

    // MARK: A cell, at most six columns

    package static var lost: String { say("lost", "丢失") }
    package static var refused: String { say("no", "拒绝") }
    package static var unsent: String { say("unsent", "未发送") }

    // MARK: The selected pair

    package static var notAsked: String { say("not asked yet", "尚未测试") }
    package static var waiting: String { say("waiting for the reply", "等待应答") }
    package static var noReply: String { say("no reply", "无应答") }
    package static var worksNow: String { say("it works now", "现在已通") }
    package static var noCause: String { say("no cause was found", "未找到原因") }
  }

  /// The lists: interfaces, the busiest, trouble, events.
  package enum ListPage {
    // MARK: Heads of columns

    package static var state: String { say("state", "状态") }
    package static var container: String { say("container", "容器") }
    package static var interface: String { say("interface", "接口") }
    package static var address: String { say("address", "地址") }
    package static var bridge: String { say("bridge", "网桥") }
    package static var sent: String { say("sent", "发送") }
    package static var received: String { say("recvd", "接收") }
    // What is carried now, beside what was carried in a minute.
    package static var now: String { say("now", "当前") }
    package static var minute: String { say("60 s", "60 秒") }
    package static var bothInMinute: String { say("both, 60 s", "60 秒收发") }
    // A bar: as long as its share of what the busiest carries.
    package static var share: String { say("of the busiest", "相对最忙者") }
    // Before a time, and before what is wrong.
    package static var since: String { say("since", "始于") }
    package static var why: String { say("why", "原因") }
    // Of the events: when, in whose namespace, what.
    package static var time: String { say("time", "时间") }
    package static var owner: String { say("of", "所属") }
    package static var change: String { say("what changed", "变化") }

    // MARK: Fields

    package static var host: String { say("host", "宿主机") }
    package static var none: String { say("none", "无") }
    package static var noBridge: String { say("no bridge", "无网桥") }
    package static var duplicate: String { say("duplicate", "地址重复") }
    // In place of a time: since the program began.
    package static var start: String { say("start", "启动时") }
    // In place of the name of a namespace.
    package static var gone: String { say("gone", "已消失") }

    // MARK: What rows go by

    package static var port: String { say("port", "端口") }
    package static var name: String { say("name", "名称") }
    package static var traffic: String { say("traffic", "流量") }

    // MARK: Where there are no rows

    package static var noTraffic: String { say("nothing carries traffic", "没有接口有流量") }
    package static func noTrouble(_ why: String) -> String {
      say(
        "no link is in trouble; \(why) asks why one end does not reach another",
        "没有出故障的接口；按 \(why) 查一端为何到不了另一端")
    }
    package static var noEvents: String {
      say("no link, address or port has changed since the start", "启动以来，接口、地址、端口都没有变化")
    }
    package static var noInterfaces: String { say("no interfaces", "没有接口") }
  }

  /// The pane of details: what is drawn around them.
  package enum DetailsPane {
    package static func scrolls(_ key: String) -> String { say("\(key) scrolls", "\(key) 滚动") }
  }

  /// The line below the diagram about what is selected.
  package enum Selected {
    package static var host: String { say("host", "宿主机") }
  }
}
