package import Speech

extension Say {
  /// What is wrong with a WireGuard tunnel, in the words of wg(8): peer, endpoint, allowed ips.
  package enum WireGuard {
    package static func noPrivateKey(_ tunnel: String) -> String {
      say("\(tunnel) has no private key", "\(tunnel) 没有私钥")
    }

    package static var noPublicKey: String { say("no public key", "没有公钥") }

    package static func noPeer(_ tunnel: String, for destination: String, of count: Int) -> String {
      switch count {
      case 0:
        say(
          "\(tunnel) has no peer for \(destination): it has none at all",
          "\(tunnel) 没有通往 \(destination) 的对端：它一个对端也没有")
      case 1:
        say(
          "\(tunnel) has no peer for \(destination): its one peer has other allowed addresses",
          "\(tunnel) 没有通往 \(destination) 的对端：它唯一的对端只允许别的地址")
      default:
        say(
          "\(tunnel) has no peer for \(destination): its \(count) peers have other allowed addresses",
          "\(tunnel) 没有通往 \(destination) 的对端：它的 \(count) 个对端只允许别的地址")
      }
    }

    package static var noPeer: String { say("no peer", "没有对端") }
    package static var noHandshake: String { say("no handshake yet", "尚未握手") }

    package static func peer(_ allowed: String, hadHandshake: Bool) -> String {
      say(
        "WireGuard peer with \(allowed)\(hadHandshake ? "" : ", no handshake yet")",
        "WireGuard 对端 \(allowed)\(hadHandshake ? "" : "，尚未握手")")
    }

    // MARK: Endpoints

    package static func noEndpoint(_ tunnel: String, ofWhoHas address: String) -> String {
      say(
        "\(tunnel) knows no endpoint of the peer that has \(address), and has not heard from it",
        "\(tunnel) 不知道 \(address) 所属对端的 endpoint，也没有收到过它的数据包")
    }

    package static var noEndpoint: String { say("no endpoint", "没有 endpoint") }

    package static func endpointOfNobody(_ tunnel: String, _ endpoint: String) -> String {
      say(
        "\(tunnel) sends to the endpoint \(endpoint), which nobody has",
        "\(tunnel) 发往 endpoint \(endpoint)，而没有任何接口拥有这个地址")
    }

    /// The far end listens on another port; `place`: of that namespace, where it is another one than the endpoint's.
    package static func otherPort(
      _ tunnel: String, to endpoint: String, port: Int, _ far: String, listensOn own: Int, of place: String?
    ) -> String {
      sentence(
        "\(tunnel) sends to \(endpoint), port \(port), and \(far) listens on port \(own)\(place.map { " of \($0)" } ?? "")",
        "\(tunnel) 发往 \(endpoint) 的端口 \(port)，而 \(far) 监听的是\(place.map { " \($0) 的" } ?? "")端口 \(own)")
    }

    package static func program(at port: Int, of namespace: String) -> String {
      sentence(
        "a program takes what comes to port \(port) of \(namespace): what it does with it can't be seen",
        "到达 \(namespace) 的端口 \(port) 的数据由一个程序接收：看不到它如何处理")
    }

    package static func unknownOrigin(of link: String) -> String {
      say(
        "it is not known in which namespace \(link) was made, and sends from",
        "不知道 \(link) 是在哪个命名空间中创建并从那里发送的")
    }

    // MARK: Keys

    package static func tooMany(_ limit: Int) -> String {
      say(
        "more WireGuard links than \(limit): not all were asked for their keys",
        "WireGuard 接口超过 \(limit) 个：没有全部查询密钥")
    }

    package static func otherKey(_ tunnel: String, than far: String) -> String {
      say(
        "\(tunnel) expects another key of its peer than \(far) has",
        "\(tunnel) 期望的对端密钥与 \(far) 的密钥不同")
    }

    package static func noKey(_ tunnel: String, at namespace: String, port: Int) -> String {
      sentence(
        "\(tunnel) sends to \(namespace), port \(port), where no WireGuard with its peer's key is",
        "\(tunnel) 发往 \(namespace) 的端口 \(port)，而那里没有持有其对端密钥的 WireGuard")
    }

    package static var keyOfNobody: String {
      say("its peer's public key is of no link in the picture", "其对端的公钥不属于图中任何接口")
    }

    package static func unknownSender(_ far: String, _ tunnel: String) -> String {
      say(
        "\(far) does not know the key of \(tunnel): it answers no handshake of it",
        "\(far) 不认识 \(tunnel) 的密钥：不会响应它的握手")
    }

    package static func keyOfNoPeer(of far: String) -> String {
      say("its public key is of no peer of \(far)", "其公钥不属于 \(far) 的任何对端")
    }

    package static func otherPresharedKey(_ tunnel: String, _ far: String) -> String {
      say("\(tunnel) and \(far) have not the same preshared key", "\(tunnel) 与 \(far) 的预共享密钥不一致")
    }

    /// Of both ends, where they differ.
    package static func presharedKeys(hasOne: Bool, farHasOne: Bool) -> String {
      say(
        "preshared key: \(hasOne ? "one" : "none"), at the far end \(!farHasOne ? "none" : hasOne ? "another" : "one")",
        "预共享密钥：\(hasOne ? "有" : "无")，远端：\(!farHasOne ? "无" : hasOne ? "有，但不同" : "有")")
    }

    package static func senderNotAllowed(_ far: String, _ source: String, from tunnel: String, allowed: String)
      -> String
    {
      say(
        "\(far) takes no packets of \(source) from \(tunnel): it allows \(allowed)",
        "\(far) 不接收 \(tunnel) 发来的源地址为 \(source) 的数据包：它只允许 \(allowed)")
    }

    package static func allowedThere(_ allowed: String) -> String {
      say("at the far end allowed ips: \(allowed)", "远端 allowed ips: \(allowed)")
    }
  }
}
