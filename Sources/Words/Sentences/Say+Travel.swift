package import Speech

/// A text with names in it: in Chinese they stand between blanks, which are left out beside a name that is Chinese itself.
func sentence(_ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String) -> String {
  say(english(), chinese().withoutBlanksInChinese)
}

extension String {
  /// Without each single blank that has a Chinese character on both sides.
  fileprivate var withoutBlanksInChinese: String {
    let all = Array(unicodeScalars)
    func isChinese(_ position: Int) -> Bool {
      guard all.indices.contains(position) else { return false }
      return switch all[position].value {
      case 0x3000...0x303F, 0x4E00...0x9FFF, 0xFF00...0xFFEF: true
      default: false
      }
    }
    var kept = String.UnicodeScalarView()
    for (position, scalar) in all.enumerated()
    where scalar != " " || !isChinese(position - 1) || !isChinese(position + 1) {
      kept.append(scalar)
    }
    return String(kept)
  }
}

extension Say {
  /// The titles of what is looked at on the way, and what is said of the way as a whole.
  package enum Walking {
    package static var link: String { say("link", "接口") }
    package static var address: String { say("address", "地址") }
    package static var neighbour: String { say("neighbour", "邻居") }
    package static var route: String { say("route", "路由") }
    package static var forwarding: String { say("forwarding", "转发") }
    package static var translation: String { say("translation", "地址转换") }
    package static var uplink: String { say("uplink", "上联") }
    package static var timeToLive: String { say("ttl", "TTL") }
    package static var echo: String { say("echo", "回显") }

    /// The title of what was looked at on the way back.
    package static func ofReply(_ title: String) -> String { say("reply: \(title)", "应答：\(title)") }

    /// Where a fact was read.
    package static var rulesOfFilter: String { say("packet filter rules", "包过滤规则") }

    package static func unread(_ what: String, _ why: String) -> String { say("\(what): \(why)", "\(what)：\(why)") }
    package static func unread(_ what: String, _ why: String, missing: String) -> String {
      say("\(what): \(why) (\(missing) is missing)", "\(what)：\(why)（缺少 \(missing)）")
    }

    package static func has(_ owner: String, _ addresses: [String]) -> String {
      sentence(
        "\(owner) has \(addresses.joined(separator: ", "))", "\(owner) 有地址 \(addresses.joined(separator: "、"))")
    }

    package static var sharedNamespace: String {
      say(
        "both ends are in one network namespace: they share interfaces, addresses and ports",
        "两端在同一个网络命名空间中：它们共用接口、地址和端口")
    }
  }

  /// A packet's way through namespaces, and its end.
  package enum Travel {
    package static var noUplink: String { say("the host has no link that leads outside", "宿主机没有通往外部的接口") }
    package static func comesIn(by link: String) -> String { say("comes in by \(link)", "从 \(link) 进入") }
    package static func leavesPicture(by link: String) -> String {
      say("leaves this machine's picture by \(link)", "经 \(link) 离开本机，去往图外")
    }
    package static func pictureEnds(at namespace: String) -> String {
      sentence("\(namespace) can't be entered: the picture ends here", "无法进入 \(namespace)：图到此为止")
    }
    package static var circle: String {
      say("the packet goes round in a circle between namespaces", "数据包在命名空间之间兜圈子，形成环路")
    }

    package static func comes(to namespace: String, hops: Int) -> String {
      sentence("it comes to \(namespace) with a time to live of \(hops)", "它到达 \(namespace) 时 TTL 为 \(hops)")
    }
    package static func hopsEnd(in namespace: String, isReply: Bool) -> String {
      sentence(
        "\(namespace) does not pass \(isReply ? "the reply" : "the packet") on: its time to live ends there",
        "\(namespace) 不再转发\(isReply ? "应答" : "数据包")：其 TTL 在此耗尽")
    }

    package static func loopbackDown(_ place: String, of namespace: String) -> String {
      sentence(
        "\(place), by which \(namespace) reaches its own addresses, is switched off",
        "\(place) 被关闭，而 \(namespace) 要经它才能到达自己的地址")
    }
    package static func isNotSet(_ flag: String, on link: String) -> String {
      say("\(flag) is not set on \(link)", "\(link) 没有设置 \(flag)")
    }

    package static func replyComes(from source: String, not asked: String) -> String {
      say("the reply comes from \(source), and \(asked) was asked", "应答来自 \(source)，而请求发往 \(asked)")
    }
    package static func bridgeSkipsRules(_ setting: String) -> String {
      say("\(setting): the bridge passes it on without its rules", "\(setting)：网桥转发它时不经过这些规则")
    }
    package static func isNotTranslatedBack(_ namespace: String, from asked: String, to source: String) -> String {
      sentence(
        "\(namespace) translates \(asked) to \(source), and the reply takes a way on which it is not translated back",
        "\(namespace) 把 \(asked) 转换为 \(source)，而应答所走的路径没有把地址转换回来")
    }

    package static var echoNotIgnored: String { say("not ignored", "未忽略") }
    package static func ignoresPing(_ namespace: String) -> String {
      sentence("\(namespace) is set to ignore ping", "\(namespace) 被设置为忽略 ping")
    }
  }
}
