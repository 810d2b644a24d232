package import Speech

extension Say {
  /// Namespaces and links within sentences, and what is common to the claims about them.
  package enum Place {
    /// The host's namespace, also within a sentence.
    package static var host: String { say("the host", "宿主机") }

    package static func link(_ link: String, of namespace: String) -> String {
      say("\(link) of \(namespace)", "\(namespace) 的 \(link)")
    }

    /// A sentence as it begins: names keep their letters, "the host" has a capital as any word does.
    package static func beginning(_ sentence: String) -> String {
      say(sentence.hasPrefix("the ") ? "T" + sentence.dropFirst() : sentence, sentence)
    }

    /// A command that has to be run somewhere else.
    package static func command(_ command: String, inside namespace: String) -> String {
      say("\(command)   # inside \(namespace)", "\(command)   # 在 \(namespace) 中执行")
    }

    // MARK: What is followed

    package static func followed(isReply: Bool) -> String {
      isReply ? say("the reply", "应答") : say("the packet", "数据包")
    }

    /// The message of a router that packets are too large.
    package static func sizeMessage(_ bytes: Int) -> String {
      say(
        "the message that only \(bytes) bytes fit (fragmentation needed)",
        "报告最大只能通过 \(bytes) 字节的消息（fragmentation needed）")
    }

    package static func packet(ofTunnel tunnel: String) -> String {
      say("the packet of the tunnel \(tunnel)", "隧道 \(tunnel) 的数据包")
    }

    /// A question of ARP or of neighbour discovery, and its answer.
    package static func solicitation(of address: String, isAnswer: Bool) -> String {
      isAnswer
        ? say("the answer that tells who has \(address)", "告知谁拥有 \(address) 的响应")
        : say("the question who has \(address)", "询问谁拥有 \(address) 的请求")
    }
  }
}
