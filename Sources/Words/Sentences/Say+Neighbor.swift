package import Speech

extension Say {
  /// Who has an address on a segment, and who answers for it.
  package enum Neighbor {
    package static func isHardware(_ address: String, _ hardware: String) -> String {
      say("\(address) is \(hardware)", "\(address) 对应 \(hardware)")
    }
    package static func isHardware(_ address: String, _ hardware: String, of place: String) -> String {
      sentence("\(address) is \(hardware), of \(place)", "\(address) 对应 \(hardware)，属于 \(place)")
    }
    package static func hasHardware(_ link: String, _ hardware: String) -> String {
      say("\(link) has \(hardware)", "\(link) 的 MAC 地址是 \(hardware)")
    }
    package static func hardware(_ place: String, _ hardware: String) -> String {
      say("\(place): \(hardware)", "\(place)：\(hardware)")
    }

    package static func wrongHardware(
      _ namespace: String, _ address: String, _ hardware: String, not place: String
    ) -> String {
      sentence(
        "\(namespace) sends packets for \(address) to \(hardware), which is not the address of \(place)",
        "\(namespace) 把发往 \(address) 的数据包送到 \(hardware)，而它不是 \(place) 的 MAC 地址")
    }
    package static func twins(_ address: String, _ twin: String, _ owner: String) -> String {
      sentence("\(address) is on \(twin) as well as on \(owner)", "\(address) 同时在 \(twin) 和 \(owner) 上")
    }
    package static func twinHardware(_ twin: String, _ owner: String) -> String {
      sentence("\(twin) has the same hardware address as \(owner)", "\(twin) 与 \(owner) 的 MAC 地址相同")
    }

    /// Of IPv6, by duplicate address detection.
    package static func unusable(_ address: String, on place: String, hasFailed: Bool) -> String {
      sentence(
        "\(address) on \(place) is not in use: its duplicate detection "
          + (hasFailed ? "failed (dadfailed)" : "is not over (tentative)"),
        "\(place) 上的 \(address) 未被使用：重复地址检测" + (hasFailed ? "失败（dadfailed）" : "尚未完成（tentative）"))
    }

    // MARK: Questions who has an address

    package static func takesNoPart(_ place: String) -> String {
      sentence(
        "\(place) takes no part in ARP: nobody can find it, and it finds nobody",
        "\(place) 不参与 ARP：别人找不到它，它也找不到别人")
    }
    package static func isSet(_ flag: String, on link: String) -> String {
      say("\(flag) is set on \(link)", "\(link) 设置了 \(flag)")
    }
    package static func noAnswer(_ namespace: String, about address: String) -> String {
      sentence(
        "\(namespace) gets no answer when it asks who has \(address)", "\(namespace) 询问谁拥有 \(address) 时得不到回答")
    }
    package static func floodingOff(
      _ bridge: String, isMulticast: Bool, port: String, setting: String, about address: String
    ) -> String {
      sentence(
        "\(bridge) sends \(isMulticast ? "no multicast" : "no broadcast") to \(port) (\(setting)): the question who has \(address) is lost",
        "\(bridge) 不向 \(port) 发送\(isMulticast ? "组播" : "广播")（\(setting)）：询问谁拥有 \(address) 的请求到不了那里")
    }

    // MARK: Who does not answer

    package static func arpIgnored(
      _ namespace: String, _ address: String, holder: String, link: String, value: String
    ) -> String {
      sentence(
        "\(namespace) has \(address) on \(holder), and does not answer for it on \(link): arp_ignore is \(value)",
        "\(namespace) 在 \(holder) 上有 \(address)，但不在 \(link) 上为它应答：arp_ignore 为 \(value)")
    }
    package static func onOtherLink(_ namespace: String, _ address: String, holder: String, link: String) -> String {
      sentence(
        "\(namespace) has \(address) on \(holder), and IPv6 answers on \(link) only for addresses of \(link)",
        "\(namespace) 在 \(holder) 上有 \(address)，而 IPv6 在 \(link) 上只为 \(link) 自己的地址应答")
    }
    package static func proxyHasNoRoute(_ namespace: String, _ address: String, link: String) -> String {
      sentence(
        "\(namespace) answers for others on \(link) (proxy_arp), but only for what it has a route to: to \(address) it has no route",
        "\(namespace) 在 \(link) 上代为应答（proxy_arp），但只限于它有路由可达的地址：它没有到 \(address) 的路由")
    }
    package static func noRoute(to address: String, inBy link: String) -> String {
      say("no route to \(address) for a packet in by \(link)", "从 \(link) 进入的数据包没有到 \(address) 的路由")
    }
    /// `setting` is proxy_arp or proxy_ndp.
    package static func proxyOff(_ namespace: String, _ address: String, link: String, setting: String) -> String {
      sentence(
        "\(namespace) leads to \(address), and does not answer for it on \(link): \(setting) is off",
        "\(namespace) 通往 \(address)，但不在 \(link) 上代它应答：\(setting) 未开启")
    }
    package static func noProxyEntry(_ namespace: String, _ address: String, link: String) -> String {
      sentence(
        "\(namespace) leads to \(address), and does not answer for it on \(link): no proxy entry names it",
        "\(namespace) 通往 \(address)，但不在 \(link) 上代它应答：没有它的代理条目")
    }
    /// `command` prints the entries.
    package static func isNotPrinted(_ entry: String, by command: String) -> String {
      say("\(command) has no \(entry)", "\(command) 中没有 \(entry)")
    }
  }
}
