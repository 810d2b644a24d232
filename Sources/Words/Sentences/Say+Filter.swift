package import Speech

extension Say {
  /// What the rules of a namespace do to a packet.
  ///
  /// `followed` is what goes along the way, as a noun: the packet, the reply, the question who has an address.
  package enum Filtering {
    /// Titles: `hook` is the kernel's word.
    package static func rules(of hook: String) -> String { say("\(hook) rules", "\(hook) 规则") }
    package static func bridgeRules(of hook: String) -> String { say("bridge \(hook) rules", "网桥 \(hook) 规则") }

    package static var couldNotBeRead: String { say("could not be read", "无法读取") }
    package static var accepts: String { say("accept", "放行") }
    package static func translates(_ before: String, to after: String) -> String {
      say("\(before) becomes \(after)", "\(before) 变为 \(after)")
    }
    package static func source(_ command: String, of namespace: String) -> String {
      sentence("\(command) of \(namespace)", "\(namespace) 的 \(command)")
    }
    package static func twoFirewalls(_ namespace: String) -> String {
      sentence(
        "\(namespace) has rules of iptables-legacy and of nf_tables: a packet has to pass both",
        "\(namespace) 同时有 iptables-legacy 和 nf_tables 的规则：数据包必须通过这两套规则")
    }

    // MARK: Facts

    /// A packet's ends, and the port that it goes to.
    package static func packet(_ ends: String, port: Int) -> String {
      say("\(ends), port \(port)", "\(ends)，端口 \(port)")
    }
    package static func meets(_ packet: String) -> String { say("it meets \(packet)", "它遇到的是 \(packet)") }
    package static var packetThere: String { say("the packet there", "该处的数据包") }
    package static func counterRose(by count: String, probes: Int) -> String {
      say(
        "its counter rose by \(count) while \(probes) probe\(probes == 1 ? " was" : "s were") sent",
        "发送 \(probes) 个探测包期间，它的计数器增加了 \(count)")
    }
    package static var rulesBeforeAndAfter: String { say("the rules before and after", "探测前后的规则") }
    package static func untracked(by rule: String) -> String { say("untracked: \(rule)", "不作连接跟踪：\(rule)") }

    // MARK: Claims

    package static var firewallOfHost: String { say("The host's firewall", "宿主机的防火墙") }
    package static func firewall(of namespace: String) -> String {
      sentence("The firewall of \(namespace)", "\(namespace) 的防火墙")
    }

    /// `chain` is its table and its name.
    package static func policyStops(
      _ firewall: String, _ followed: String, chain: String, isReject: Bool
    ) -> String {
      sentence(
        "\(firewall) \(isReject ? "rejects" : "drops") \(followed): no rule of \(chain) takes it, and the policy is drop",
        "\(firewall) \(isReject ? "拒绝" : "丢弃")了 \(followed)：\(chain) 中没有规则匹配它，而默认策略是 drop")
    }
    package static func ruleStops(_ firewall: String, _ followed: String, chain: String, isReject: Bool) -> String {
      sentence(
        "\(firewall) \(isReject ? "rejects" : "drops") \(followed) by a rule of \(chain)",
        "\(firewall) 按 \(chain) 中的一条规则\(isReject ? "拒绝" : "丢弃")了 \(followed)")
    }

    package static func undecided(_ namespace: String, on names: [String]) -> String {
      undecided(namespace, say("it", "数据包"), on: names)
    }
    package static func undecided(_ namespace: String, _ followed: String, on names: [String]) -> String {
      sentence(
        "Whether \(namespace)'s firewall drops \(followed) depends on what can't be decided: \(names.joined(separator: ", "))",
        "\(namespace) 的防火墙是否丢弃 \(followed)，取决于无法判定的条件：\(names.joined(separator: "、"))")
    }
    package static func undecidedReject(_ claim: String, on names: [String]) -> String {
      sentence(
        "\(claim), and \(names.joined(separator: ", ")) is what it depends on",
        "\(claim)，这取决于 \(names.joined(separator: "、"))")
    }

    /// Queues that no program reads, from the first to the last of them.
    package static func queueUnread(_ namespace: String, _ followed: String, _ first: Int, to last: Int) -> String {
      sentence(
        "\(namespace) hands \(followed) to \(queues(first, last)), which no program reads: it is dropped",
        "\(namespace) 把 \(followed) 交给了 \(queues(first, last))，但没有程序读取，因此被丢弃")
    }
    package static func queueHasNoReader(_ first: Int, to last: Int) -> String {
      say("\(queues(first, last)) has no reader", "\(queues(first, last)) 没有程序读取")
    }
    private static func queues(_ first: Int, _ last: Int) -> String {
      first == last
        ? say("queue \(first)", "队列 \(first)") : say("queues \(first) to \(last)", "队列 \(first) 至 \(last)")
    }

    /// `rule` is the word of the rule: TPROXY.
    package static func proxyAbsent(_ namespace: String, _ followed: String, port: Int, rule: String) -> String {
      sentence(
        "\(namespace) hands \(followed) to a proxy on port \(port) (\(rule)), where nobody listens",
        "\(namespace) 把 \(followed) 交给端口 \(port) 上的代理（\(rule)），但那里没有程序监听")
    }
    package static func nothingListens(on port: Int, of namespace: String) -> String {
      sentence("nothing listens on TCP port \(port) of \(namespace)", "\(namespace) 的 TCP 端口 \(port) 没有程序监听")
    }
  }
}
