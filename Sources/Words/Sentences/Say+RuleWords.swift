package import Speech

extension Say {
  /// What of a firewall's rules can't be followed. Words of nft and iptables stay as they are.
  package enum Rules {
    package static var tooMany: String { say("too many rules", "规则太多") }

    package static func tooManyJumps(_ limit: Int) -> String { say("more than \(limit) jumps", "跳转超过 \(limit) 层") }

    package static func chain(_ name: String) -> String { say("chain \(name)", "链 \(name)") }

    package static var deviceOfChain: String { say("device of the chain", "链所属的设备") }

    package static var statement: String { say("statement", "语句") }

    /// The kind of an address (`local`, `broadcast`); `field` is `saddr` or `daddr`.
    package static func type(of field: String) -> String { say("type of \(field)", "\(field) 的类型") }

    package static func address(_ text: String) -> String { say("address \(text)", "地址 \(text)") }

    package static func hardwareAddress(_ text: String) -> String { say("MAC address \(text)", "MAC 地址 \(text)") }

    package static func range(_ text: String) -> String { say("range \(text)", "范围 \(text)") }

    package static var match: String { say("match", "匹配条件") }

    package static func match(_ name: String) -> String { say("match \(name)", "匹配条件 \(name)") }

    package static func negatedMatch(_ name: String) -> String {
      say("match \(name), negated", "匹配条件 \(name)（取反）")
    }

    package static func target(_ name: String) -> String { say("target \(name)", "动作 \(name)") }

    package static func comparison(_ name: String) -> String { say("operator \(name)", "运算符 \(name)") }

    /// `place` and `reason` are for the one who gets the report, and stay English.
    package static func unreadable(_ tool: String, _ place: String, _ reason: String) -> String {
      say(
        "can't read the output of \(tool): \(place): \(reason); please report it with that output",
        "读不懂 \(tool) 的输出：\(place)：\(reason)；请连同该输出一并反馈")
    }
  }
}
