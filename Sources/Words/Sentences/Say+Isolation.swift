package import Speech

extension Say {
  /// What container engines keep apart, publish and translate.
  package enum Isolation {
    package static func differentNetworks(
      _ source: String, on mine: String, _ destination: String, on other: String
    ) -> String {
      say(
        "\(source) is on the network \(mine) and \(destination) on \(other): the engine keeps networks apart",
        "\(source) 在网络 \(mine) 上，\(destination) 在网络 \(other) 上：容器引擎让网络彼此隔离")
    }

    package static func noTalk(within network: String) -> String {
      say(
        "The network \(network) lets no container talk to another one (icc=false)",
        "网络 \(network) 不允许容器之间互相通信（icc=false）")
    }

    package static func noWayOut(of network: String) -> String {
      say(
        "The network \(network) has no way out: it is an internal one (--internal)",
        "网络 \(network) 没有出口：它是内部网络（--internal）")
    }

    package static func noWayIn(to network: String) -> String {
      say(
        "The network \(network) has no way in: it is an internal one (--internal)",
        "网络 \(network) 没有入口：它是内部网络（--internal）")
    }

    package static func drops(isReply: Bool) -> String {
      say(
        "The container engine's isolation of networks drops \(isReply ? "the reply" : "the packet")",
        "容器引擎的网络隔离丢弃了\(isReply ? "应答" : "数据包")")
    }

    // MARK: Published ports

    package static func unpublished(_ name: String, transport: String, port: Int) -> String {
      say(
        "\(name) does not publish \(transport) port \(port), and from outside only published ports are let in",
        "\(name) 没有发布 \(transport) 端口 \(port)，而从外部只能访问已发布的端口")
    }

    package static func pingIsUnpublished(_ name: String) -> String {
      say(
        "From outside only published ports of \(name) are let in, and ping is none",
        "从外部只能访问 \(name) 已发布的端口，ping 不在其列")
    }

    package static func publishedPorts(of container: String, _ ports: [String]) -> String {
      say(
        "published ports of \(container): \(ports.isEmpty ? "none" : ports.joined(separator: ", "))",
        "\(container) 已发布的端口：\(ports.isEmpty ? "无" : ports.joined(separator: "、"))")
    }

    package static var noPublisher: String { say("no container publishes it", "没有容器发布它") }

    /// The container publishes a port, as its engine says: `0.0.0.0:80→80/tcp`; nil: it does not say how.
    package static func publishes(_ container: String, _ text: String?) -> String {
      say("\(container) publishes \(text ?? "it")", text.map { "\(container) 发布了 \($0)" } ?? "\(container) 发布了该端口")
    }

    /// `ending`: nothing, or one of the sentences below.
    package static func untranslated(_ container: String, port: String, engine: String, ending: String) -> String {
      say(
        "\(container) publishes port \(port), and no rule translates it, and no proxy of \(engine)'s listens\(ending)",
        "\(container) 发布了端口 \(port)，但没有规则转换它，也没有 \(engine) 的代理在监听\(ending)")
    }

    package static var noDestinationRule: String {
      say("no rule of prerouting changes the destination", "prerouting 中没有规则改变目的地址")
    }

    // MARK: Rules that are gone: sentences that go on after a claim, itself without its full stop

    package static func noRules(of engine: String) -> String {
      say(
        ". The host has none of \(engine)'s rules: somebody has removed them, or it was told to make none (iptables=false)",
        "。宿主机上没有任何 \(engine) 的规则：有人删掉了，或者它被设置为不创建规则（iptables=false）")
    }

    /// `whenMade`: the sentence that says when the engine makes its rules.
    package static func goneTranslation(_ whenMade: String) -> String {
      say(". Its DNAT is gone. \(whenMade)", "。它的 DNAT 规则不见了。\(whenMade)")
    }

    package static func goneMasquerade(of network: String, engine: String, _ whenMade: String) -> String {
      say(
        ". \(engine)'s masquerade of the network \(network) is gone. \(whenMade)",
        "。\(engine) 为网络 \(network) 做的地址伪装不见了。\(whenMade)")
    }

    package static func noMasquerade(of network: String) -> String {
      say(
        ". The network \(network) was made without masquerade", "。网络 \(network) 创建时就没有启用地址伪装")
    }

    package static func masquerade(of network: String, isWanted: Bool) -> String {
      say("the network \(network) says masquerade=\(isWanted)", "网络 \(network) 的设置是 masquerade=\(isWanted)")
    }

    package static func noWayOutRule(chain: String, engine: String, network: String, bridge: String) -> String {
      say(
        "The host's policy of \(chain) drops the packet: \(engine)'s rule that lets out what comes from the network \(network) (\(bridge)) is not there",
        "宿主机 \(chain) 链的策略丢弃了数据包：\(engine) 放行网络 \(network)（\(bridge)）出站流量的规则不存在")
    }

    package static func isNetwork(_ bridge: String, _ network: String) -> String {
      say("\(bridge) is the network \(network)", "\(bridge) 就是网络 \(network)")
    }
  }
}
