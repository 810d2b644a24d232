package import Speech

extension Say {
  /// The details of an interface or a namespace.
  package enum Inspect {
    package static var host: String { say("host", "宿主机") }
    package static var nothingSelected: String { say("nothing selected", "未选中") }
    package static func interfaces(_ count: Int) -> String { say("\(count) interfaces", "\(count) 个接口") }
    package static var noInterfaces: String { say("no interfaces", "没有接口") }
    package static var stale: String { say("as before: its last reading failed", "仍是旧值：最近一次读取失败") }
    package static func ports(_ count: Int) -> String {
      say("\(count) port\(count == 1 ? "" : "s")", "\(count) 个端口")
    }

    /// An interface or a process, and where it is.
    package static func place(_ name: String, in place: String) -> String {
      say("\(name) (\(place))", "\(name)（\(place)）")
    }
    package static var elsewhere: String { say("elsewhere", "别处") }
    package static func portNumber(_ number: Int) -> String { say("port \(number)", "端口 \(number)") }
    /// What kind of interface it is, and which one it lies on.
    package static func child(_ kind: String, on parent: String) -> String {
      say("\(kind) on \(parent)", "\(kind)，基于 \(parent)")
    }
    package static func pod(_ name: String, in group: String) -> String {
      say("\(name) in \(group)", "\(name)（属于 \(group)）")
    }
    package static func network(_ name: String, aliases: [String]) -> String {
      say("\(name)  as \(aliases.joined(separator: ", "))", "\(name)  别名 \(aliases.joined(separator: ", "))")
    }
    package static func alias(_ alias: String, of name: String) -> String {
      say("\(alias) is \(name)", "\(alias) 即 \(name)")
    }
    package static func remembered(by engine: String) -> String {
      say("by \(engine)'s last word: it does not answer now", "\(engine) 最后如此回答：它现在没有响应")
    }
    package static func queueFull(_ socket: String, waiting: Int) -> String {
      say("\(socket)  queue full: \(waiting) wait", "\(socket)  队列已满：\(waiting) 个在等待")
    }
    package static func trouble(_ name: String, _ words: String) -> String {
      say("\(name): \(words)", "\(name)：\(words)")
    }

    // How a port is, beside the state that `bridge` prints.
    package static var isolated: String { say("isolated", "隔离") }
    package static var hairpin: String { say("hairpin", "发夹模式") }
    package static var noLearning: String { say("no learning", "不学习") }
    package static var noFlooding: String { say("no flooding", "不泛洪") }
    package static func list(_ words: [String]) -> String {
      say(words.joined(separator: ", "), words.joined(separator: "，"))
    }

    package static var none: String { say("none", "无") }
    package static var nothing: String { say("nothing", "无") }
    package static var isInternal: String { say("internal", "内部") }
    package static var filtering: String { say("filtering", "过滤") }
    package static var noEvents: String { say("none since the start", "启动以来没有") }
    package static var noTraffic: String { say("nobody sends anything", "没有任何流量") }

    // The rest of a list that is cut.
    package static func more(_ count: Int) -> String { say("and \(count) more", "另有 \(count) 项") }
    package static func moreProcesses(_ count: Int) -> String {
      say("and \(count) more processes", "另有 \(count) 个进程")
    }
    package static func moreAddresses(_ count: Int) -> String {
      say("and \(count) more: /, or show --format json", "另有 \(count) 个：用 /，或 show --format json")
    }
    package static func moreTrouble(_ count: Int, key: String) -> String {
      say("and \(count) more: \(key)", "另有 \(count) 个：按 \(key)")
    }
  }
}

extension Say.Inspect {
  /// The names of facts, in nine columns: four characters of Chinese.
  package enum Fact {
    package static var state: String { say("state", "状态") }
    package static var peer: String { say("peer", "对端") }
    /// What an interface lies on.
    package static var on: String { say("on", "基于") }
    package static var kind: String { say("kind", "类型") }
    package static var flags: String { say("flags", "标志") }
    package static var alternativeNames: String { say("altnames", "别名") }
    package static var ageing: String { say("ageing", "老化时间") }
    package static var vlans: String { say("vlans", "VLAN") }
    package static var address: String { say("address", "地址") }
    package static var bridge: String { say("bridge", "网桥") }
    package static var master: String { say("master", "主接口") }
    package static var port: String { say("port", "端口") }
    package static var name: String { say("netns", "名称") }
    package static var owner: String { say("owner", "属主") }
    package static var path: String { say("path", "路径") }
    package static var container: String { say("container", "容器") }
    package static var image: String { say("image", "镜像") }
    package static var service: String { say("service", "服务") }
    package static var network: String { say("network", "网络") }
    /// A name that Docker's `--link` gives to another container.
    package static var link: String { say("link", "链接") }
    package static var subnet: String { say("subnet", "子网") }
    package static var driver: String { say("driver", "驱动") }
    package static var program: String { say("program", "程序") }

    package static var received: String { say("rx", "接收") }
    package static var sent: String { say("tx", "发送") }
    package static var bytes: String { say("bytes", "字节") }
    package static var packets: String { say("packets", "数据包") }
    package static var errors: String { say("errors", "错误") }
    package static var drops: String { say("drops", "丢弃") }
  }

  /// What stands over the facts.
  package enum Heading {
    package static var interface: String { say("interface", "接口") }
    package static var namespace: String { say("namespace", "命名空间") }
    package static var hostContainers: String { say("containers on the host's network", "使用宿主机网络的容器") }
    package static var traffic: String { say("traffic, last 60 s", "流量，最近 60 秒") }
    package static var bridgeTraffic: String { say("the bridge's own traffic, last 60 s", "网桥自身的流量，最近 60 秒") }
    package static func traffic(of name: String) -> String { say("\(name), last 60 s", "\(name)，最近 60 秒") }
    package static var events: String { say("events", "事件") }
    package static var busiest: String { say("busiest", "最繁忙") }
    package static var trouble: String { say("trouble", "故障") }
    /// The ports that containers publish.
    package static var published: String { say("published", "已发布的端口") }
    package static var listens: String { say("listens", "监听") }
    package static var routes: String { say("routes", "路由") }
    package static var rules: String { say("rules", "策略规则") }
    package static var neighbors: String { say("neighbours", "邻居") }
    package static func forwarding(learnt: Int, set: Int) -> String {
      say("fdb: \(learnt) learnt, \(set) set", "转发表：学习 \(learnt) 条，设置 \(set) 条")
    }
    package static var settings: String { say("settings", "设置") }
  }

  /// The kernel's settings, and what is set.
  package enum Setting {
    package static var forwardsIPv4: String { say("forwards IPv4", "转发 IPv4") }
    package static var reversePath: String { say("reverse path filter", "反向路径过滤") }
    /// The same setting, of one interface: it stands below the line before.
    package static func reversePath(of link: String) -> String { say("  of \(link)", "  其中 \(link)") }
    package static var answersPings: String { say("answers IPv4 pings", "响应 IPv4 ping") }
    package static var bridgedIPv4: String { say("bridged IPv4 to iptables", "桥接 IPv4 交给 iptables") }
    package static var bridgedIPv6: String { say("bridged IPv6 to ip6tables", "桥接 IPv6 交给 ip6tables") }
    package static var on: String { say("on", "开") }
    package static var off: String { say("off", "关") }
    package static var yes: String { say("yes", "是") }
    package static var no: String { say("no", "否") }
    package static var strict: String { say("strict", "严格") }
    package static var loose: String { say("loose", "宽松") }
  }
}
