package import Speech

extension Say {
  /// Whom a person means by what was typed.
  package enum Endpoint {
    // MARK: What somebody beyond the picture is called

    // With an address or an uplink behind it, it is what is typed: `outside@ADDRESS`.
    package static var outside: String { say("outside", "外部") }
    package static var internet: String { say("the internet", "互联网") }

    // MARK: Nobody, or more than one

    package static func inEveryNamespace(_ address: String) -> String {
      say(
        "\(address) is in every namespace: name one of them instead",
        "每个命名空间都有 \(address)：请指定其中一个命名空间")
    }
    package static func noInterface(with address: String) -> String {
      say("no interface has the address \(address)", "没有接口使用地址 \(address)")
    }
    package static func noInterface(_ interface: String, in owner: String, but names: [String]) -> String {
      say(
        "\(owner) has no interface '\(interface)'; it has: \(names.listed)",
        "\(owner) 没有接口「\(interface)」；现有接口：\(names.listed)")
    }
    package static func ambiguous(_ text: String, _ candidates: [String]) -> String {
      say("'\(text)' is ambiguous: \(candidates.listed)", "「\(text)」有歧义：\(candidates.listed)")
    }
    // The state is the engine's own word: `exited`.
    package static func notRunning(_ container: String, _ state: String) -> String {
      say("the container \(container) is not running (\(state))", "容器 \(container) 没有运行（\(state)）")
    }
    /// `hasMore`: there are others than those.
    package static func unknown(_ text: String, known: [String], hasMore: Bool) -> String {
      say(
        "no container, namespace or interface is called '\(text)'; there are: \(known.listed)\(hasMore ? ", …" : "")",
        "没有名为「\(text)」的容器、命名空间或接口；现有：\(known.listed)\(hasMore ? "…" : "")")
    }
    package static func introduced(_ container: String, on networks: [String]) -> String {
      say("\(container) (on \(networks.listed))", "\(container)（在 \(networks.listed) 上）")
    }

    // MARK: A destination

    package static func tooLong(_ bytes: Int) -> String {
      say("a destination of \(bytes) bytes", "目的地长达 \(bytes) 字节")
    }
    package static func noHost(inURL text: String) -> String {
      say("the URL '\(text)' names no host", "URL「\(text)」中没有主机名")
    }
    package static func noPortKnown(for scheme: String) -> String {
      say(
        "no port is known for '\(scheme)': write it behind the host, as in HOST:PORT",
        "不知道「\(scheme)」的端口：请写在主机名之后，如 HOST:PORT")
    }
    package static func notBracketedAddress(_ text: String) -> String {
      say(
        "'\(text)' is no address: write [ADDRESS]:PORT around one of IPv6",
        "「\(text)」不是地址：IPv6 地址请写成 [ADDRESS]:PORT")
    }
    package static func manyColons(_ text: String) -> String {
      say(
        "'\(text)' has more than one colon: write an IPv6 address with a port as [ADDRESS]:PORT",
        "「\(text)」有多个冒号：带端口的 IPv6 地址请写成 [ADDRESS]:PORT")
    }
    package static func notAPort(_ text: String) -> String {
      say("'\(text)' is no port: give 1 to 65535, or N/udp", "「\(text)」不是端口：请写 1 到 65535，或 N/udp")
    }
    package static func notAHostName(_ text: String) -> String {
      say("'\(text)' is no name of a host", "「\(text)」不是主机名")
    }
    package static func notAnAddress(_ text: String) -> String { say("no address: \(text)", "不是地址：\(text)") }

    // MARK: From outside

    package static func notAnOutsideAddress(_ text: String) -> String {
      say("'\(text)' is no address: write outside@ADDRESS", "「\(text)」不是地址：请写成 outside@ADDRESS")
    }
    package static func noUplink(_ name: String, but uplinks: [String]) -> String {
      say(
        uplinks.isEmpty
          ? "the host has no interface '\(name)', and no uplink"
          : "the host has no interface '\(name)'; its uplinks: \(uplinks.listed)",
        uplinks.isEmpty ? "宿主机没有接口「\(name)」，也没有上联接口" : "宿主机没有接口「\(name)」；上联接口：\(uplinks.listed)")
    }
    package static var outsideToInternet: String {
      say("from outside to the internet nothing comes by here", "从外部到互联网的流量不经过这里")
    }
    package static func outsideToName(_ name: String) -> String {
      say(
        "from outside ask for what has an address here, not '\(name)'",
        "从外部出发时，目的地须在这里有地址，不能是「\(name)」")
    }
    package static func outsideToLoopback(_ address: String) -> String {
      say(
        "\(address) is in every namespace: from outside it can't be asked for",
        "每个命名空间都有 \(address)：从外部无法访问")
    }
  }

  /// Which addresses a ping is sent between, and what its replies are worth.
  package enum PingPath {
    package static func noCommonFamily(_ source: String, _ destination: String) -> String {
      say(
        "\(source) and \(destination) have no address of the same family",
        "\(source) 与 \(destination) 没有同一协议族的地址")
    }
    package static func addressesUnread(of name: String) -> String {
      say(
        "the addresses of \(name) can't be read: not permitted (CAP_NET_ADMIN in its user namespace is missing)",
        "无法读取 \(name) 的地址：权限不足（缺少其用户命名空间中的 CAP_NET_ADMIN）")
    }
    package static func noAddress(_ name: String) -> String { say("\(name) has no address", "\(name) 没有地址") }
    package static func noIPv4Address(_ name: String) -> String {
      say("\(name) has no IPv4 address", "\(name) 没有 IPv4 地址")
    }
    package static func noIPv6Address(_ name: String) -> String {
      say("\(name) has no IPv6 address", "\(name) 没有 IPv6 地址")
    }
    /// There is room for `room` of the bytes that tell replies apart from forged ones, of which there are `wanted`.
    package static func littleRoom(_ room: Int, of wanted: Int) -> String {
      say(
        "requests this small have \(room == 0 ? "no room" : "room for \(room)") of the \(wanted) random bytes "
          + "that tell a reply from a forged one; identifier and sequence number are random, too",
        "请求太小，用于识别伪造应答的 \(wanted) 个随机字节\(room == 0 ? "一个也放不下" : "只放得下 \(room) 个")；标识符和序列号同样是随机的")
    }
  }
}
