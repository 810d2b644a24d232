package import Speech

extension Say {
  /// Lists: what happened, what something was found by, and what is wrong with a filter.
  package enum Listed {
    package static func noMatch(_ text: String) -> String { say("no match for \(text)", "找不到 \(text)") }
    package static var noHardwareAddress: String {
      say(
        "no interface has that MAC; what a bridge has learned is in its details",
        "没有接口使用该 MAC；网桥学到的 MAC 在其详情中")
    }
    package static func noFilterKey(_ key: String, keys: [String]) -> String {
      say(
        "no key '\(key)'; there are: \(keys.joined(separator: " "))",
        "没有关键字 '\(key)'；可用：\(keys.joined(separator: " "))")
    }
    /// Which interface it is, and what is wrong with it.
    package static func reason(_ name: String, _ trouble: String) -> String {
      say("\(name): \(trouble)", "\(name)：\(trouble)")
    }

    /// What kind of word something was found by.
    package enum Found {
      package static var name: String { say("name", "名称") }
      package static var address: String { say("address", "地址") }
      package static var hardwareAddress: String { say("MAC", "MAC") }
      package static var image: String { say("image", "镜像") }
      package static var path: String { say("path", "路径") }
      package static var id: String { say("id", "ID") }
      package static var inode: String { say("inode", "inode") }
      package static var kind: String { say("kind", "类型") }
      package static var state: String { say("state", "状态") }
    }

    /// A line of the events; what is in parentheses says whose interface of the host it was.
    package enum Event {
      package static func many(_ text: String, count: Int) -> String {
        say("\(text)  (\(count) of these)", "\(text)（同类 \(count) 条）")
      }
      package static func owned(_ text: String, by name: String) -> String {
        say("\(text) (\(name))", "\(text)（\(name)）")
      }

      package static func joined(_ namespace: String) -> String { say("+ \(namespace) joined", "+ \(namespace) 加入") }
      package static func gone(_ namespace: String) -> String { say("- \(namespace) gone", "- \(namespace) 消失") }
      /// A namespace goes by another name, because more is known of it.
      package static func renamed(_ before: String, to name: String) -> String {
        say("\(before) is \(name)", "\(before) 现为 \(name)")
      }

      package static func linkRenamed(_ before: String, to name: String) -> String {
        say("\(before) is now \(name)", "\(before) 改名为 \(name)")
      }
      package static func up(_ link: String) -> String { say("\(link) up", "\(link) 已启用") }
      package static func carrierLost(_ link: String) -> String { say("\(link) carrier lost", "\(link) 失去载波") }
      package static func carrierLost(_ link: String, peerOff peer: String) -> String {
        say("\(link) carrier lost: \(peer) is switched off", "\(link) 失去载波：\(peer) 被关闭")
      }
      package static func down(_ link: String) -> String { say("\(link) switched off", "\(link) 被关闭") }
      package static func joined(_ link: String, bridge: String) -> String {
        say("\(link) joined \(bridge)", "\(link) 接入 \(bridge)")
      }
      package static func left(_ link: String, bridge: String) -> String {
        say("\(link) left \(bridge)", "\(link) 脱离 \(bridge)")
      }
      package static func leftBridge(_ link: String) -> String { say("\(link) left its bridge", "\(link) 脱离网桥") }
      package static func port(_ link: String, from old: String, to new: String) -> String {
        say("\(link) port \(old) > \(new)", "\(link) 端口 \(old) > \(new)")
      }
      /// `sign`: `+` where they came, `-` where they went.
      package static func addresses(_ link: String, sign: String, count: Int) -> String {
        say("\(link) \(sign)\(count) addresses", "\(link) \(sign)\(count) 个地址")
      }
    }
  }
}
