package import Speech

extension Say {
  /// What is wrong with an end before anything is sent.
  package enum Ends {
    package static func notRunning(_ container: String, state: String) -> String {
      say("The container \(container) is not running (\(state))", "容器 \(container) 未在运行（\(state)）")
    }
    package static func state(_ state: String) -> String { say("state \(state)", "状态 \(state)") }

    package static func namespaceGone(_ end: String) -> String {
      sentence("The network namespace of \(end) is gone", "\(end) 的网络命名空间已不存在")
    }
    package static var cookieGone: String { say("no namespace has its cookie", "没有命名空间的 cookie 与它相符") }

    package static func unreadable(_ end: String) -> String {
      sentence(
        "interfaces and addresses of \(end): not permitted (CAP_NET_ADMIN in its user namespace is missing)",
        "\(end) 的接口和地址：没有权限（缺少其用户命名空间中的 CAP_NET_ADMIN）")
    }

    package static func noAddress(_ place: String) -> String { sentence("\(place) has no address", "\(place) 没有地址") }
    package static func noAddress(_ place: String, family: String) -> String {
      sentence("\(place) has no \(family) address", "\(place) 没有 \(family) 地址")
    }
    package static func noAddress(on link: String) -> String { say("no address on \(link)", "\(link) 上没有地址") }

    package static func ipv6Off(_ place: String) -> String {
      sentence("IPv6 is switched off on \(place) (disable_ipv6)", "\(place) 上的 IPv6 已被关闭（disable_ipv6）")
    }

    package static func onlyLoopback(_ end: String) -> String {
      sentence("\(end) has no interface but the loopback", "\(end) 除回环外没有其他接口")
    }
    package static func noNetwork(_ end: String) -> String {
      sentence(
        "\(end) has no network: nothing but the loopback (network=none)", "\(end) 没有网络：只有回环（network=none）")
    }
    package static var noLinkButLoopback: String { say("no link but lo", "除 lo 外没有接口") }
  }
}
