package import Speech

extension Say {
  /// What the judge concludes of a packet and its probes: claims, the facts below them, remarks.
  package enum Verdict {
    // MARK: Facts

    /// Where a fact was read: it stands beside names like `RTM_GETROUTE`.
    package static var echoProbe: String { say("ICMP echo", "ICMP 回显") }
    package static func icmpError(type: Int, code: Int, from reporter: String) -> String {
      say("ICMP type \(type) code \(code) from \(reporter)", "\(reporter) 发来 ICMP 类型 \(type) 代码 \(code)")
    }
    package static func kernelRefused(_ why: String) -> String {
      say("the kernel would not send: \(why)", "内核拒绝发送：\(why)")
    }

    // MARK: Nothing is wrong

    package static var noRoomToSend: String {
      say(
        "The kernel had no room to send: in its table of neighbours, one for all namespaces, or in a queue on the way out",
        "内核没有空间发送：所有命名空间共用的邻居表已满，或出方向的某个队列已满")
    }
    package static var neighborTableLimit: String {
      say(
        "the table holds net.ipv4.neigh.default.gc_thresh3 entries",
        "邻居表最多容纳 net.ipv4.neigh.default.gc_thresh3 个表项")
    }
    package static var nothingFoundOfWhatWasRead: String {
      say(
        "Nothing that could be read is wrong; something could not be read", "能读到的都没有问题，但有些内容无法读取")
    }
    package static var nothingFound: String {
      say("Nothing that was looked at is wrong, and no reply comes", "检查过的都没有问题，但没有收到应答")
    }

    // MARK: The rule trace, and counters

    package static func counterDidNotMove(of rule: String) -> String {
      say(
        "\(rule): would drop it, and its counter did not move while the probes were sent",
        "\(rule)：本应丢弃它，但发送探测包期间其计数器没有变化")
    }
    package static func traceSawDrop(in table: String, _ chain: String) -> String {
      say(
        "the trace saw the verdict drop in \(table) \(chain)", "规则跟踪在 \(table) \(chain) 中看到判决 drop")
    }
    package static var dropForProbe: String { say("verdict drop for our probe", "对探测包的判决为 drop") }
    package static func traceMet(_ count: Int) -> String {
      say(
        "the trace met \(count) rule\(count == 1 ? "" : "s") and policies: none drops the probe",
        "规则跟踪共遇到 \(count) 条规则和策略：都没有丢弃探测包")
    }
    /// `owner`: whose firewall; nil: the host's.
    package static func firewallDrops(of owner: String?, isReply: Bool, in table: String, _ chain: String) -> String {
      say(
        (owner.map { "The firewall of \($0)" } ?? "The host's firewall")
          + " drops \(isReply ? "the reply" : "the packet") in \(table) \(chain)",
        (owner.map { "\($0) 的防火墙" } ?? "宿主机的防火墙")
          + "在 \(table) \(chain) 中丢弃\(isReply ? "应答" : "数据包")")
    }
    package static func rule(withHandle handle: String) -> String {
      say("rule with handle \(handle)", "句柄为 \(handle) 的规则")
    }

    // MARK: Programs on the way

    package static func hasProgram(_ place: String, _ what: String) -> String {
      say(
        "\(place) has a program that can do anything with the packet: \(what)",
        "\(place) 上有可任意处理数据包的程序：\(what)")
    }
    package static func linkHasProgram(_ what: String) -> String {
      say(
        "A link has a program that can do anything with the packet: \(what)",
        "某接口上有可任意处理数据包的程序：\(what)")
    }
    package static func attached(_ what: String, to link: String?) -> String {
      say("\(link ?? "link"): \(what)", "\(link ?? "接口")：\(what)")
    }

    // MARK: The way leads elsewhere, or out of the picture

    package static func timeToLiveEnds(at router: String?, _ reporter: String) -> String {
      say(
        "The packet's time to live ends at \(router ?? "a router") (\(reporter)): too many hops, or a circle",
        "数据包的 TTL 在\(router.map { " \($0)" } ?? "某路由器")（\(reporter)）处耗尽：跳数过多，或存在环路")
    }
    package static func timeExceeded(type: Int, from reporter: String) -> String {
      say("ICMP type \(type), time exceeded, from \(reporter)", "\(reporter) 发来 ICMP 类型 \(type)（超时）")
    }
    /// Which rule and which table led by a link; it goes right behind the link's name in the next two.
    package static func byRule(_ priority: String, table: String) -> String {
      say(" (rule \(priority), table \(table))", "（规则 \(priority)，表 \(table)）")
    }
    /// `address` is the destination's, whose packets go out of the picture.
    package static func strangerAnswers(
      by sender: String, _ link: String, as address: String, not destination: String
    ) -> String {
      say(
        "\(sender) sends it out of the picture by \(link), and somebody there answers as \(address), not \(destination)",
        "\(sender) 经 \(link) 把它送出图外，那边有别的主机以 \(address) 应答，而不是 \(destination)")
    }
    /// Packets, and their bytes with the frames' headers.
    package static func answersOfOthers(
      _ answers: String, bytes: String, _ name: String, took: String, bytes tookBytes: String, sent: String,
      bytes sentBytes: String
    ) -> String {
      say(
        "\(answers) answers (\(bytes) B) came; \(name) took in \(took) packets (\(tookBytes) B), sent \(sent) (\(sentBytes) B)",
        "收到 \(answers) 个应答（\(bytes) B）；\(name) 收到 \(took) 个数据包（\(tookBytes) B），发出 \(sent) 个（\(sentBytes) B）")
    }
    package static func sentOutOfPicture(
      by sender: String, _ link: String, _ rule: String, but destination: String, liesAt place: String
    ) -> String {
      say(
        "\(sender) sends it out of the picture by \(link)\(rule), where nothing comes back from; \(destination) lies at \(place)",
        rule.isEmpty
          ? "\(sender) 经 \(link) 把它送出图外，那边没有任何回应；而 \(destination) 位于 \(place)"
          : "\(sender) 经 \(link)\(rule)把它送出图外，那边没有任何回应；而 \(destination) 位于 \(place)")
    }
    package static func sentBeyondView(by sender: String, _ link: String, _ rule: String) -> String {
      say(
        "\(sender) sends it on by \(link)\(rule), and nothing comes back: beyond there this machine sees nothing",
        rule.isEmpty
          ? "\(sender) 经 \(link) 把它转发出去，但没有任何回应：再往外的情况本机看不到"
          : "\(sender) 经 \(link)\(rule)把它转发出去，但没有任何回应：再往外的情况本机看不到")
    }

    // MARK: Large packets

    package static func largeIsLost(_ size: Int) -> String {
      say(
        "\(size) bytes with DF: no reply; small ones are answered", "置 DF 的 \(size) 字节数据包没有应答，小数据包有应答")
    }
    package static func mtu(of place: String, _ mtu: String) -> String {
      say("mtu of \(place): \(mtu)", "\(place) 的 MTU：\(mtu)")
    }
    package static func tooBig(mtu: String) -> String {
      say("ICMP: packet too big, mtu \(mtu)", "ICMP：数据包过大，MTU 为 \(mtu)")
    }
    package static func takesAtMost(_ bytes: String, _ place: String) -> String {
      say(
        "\(place) takes packets of \(bytes) bytes at most, and the sender's link more: large ones vanish",
        "\(place) 最大只能通过 \(bytes) 字节的数据包，而发送端接口允许更大的：大数据包会丢失")
    }
    package static func doNotGetThrough(_ size: Int) -> String {
      say(
        "Packets of \(size) bytes do not get through, small ones do", "\(size) 字节的数据包无法通过，小数据包可以")
    }
  }
}
