package import Speech

extension Say {
  /// Tunnels: VXLAN and those with one far end. VNI, key, remote and local are the words of ip-link(8).
  package enum Tunnel {
    /// What a check is about.
    package static var title: String { say("tunnel", "隧道") }

    // MARK: The far end

    package static func noFarEnd(_ tunnel: String, for whom: String) -> String {
      say(
        "\(tunnel) has no far end for \(whom): its table does not know it",
        "\(tunnel) 没有通往 \(whom) 的远端：它的转发表中没有该地址")
    }

    package static func noEntry(for whom: String, _ tunnel: String) -> String {
      say("no entry for \(whom) dev \(tunnel)", "没有 \(whom) dev \(tunnel) 的表项")
    }

    package static func farEndOfNobody(_ tunnel: String, _ remote: String) -> String {
      say("\(tunnel) sends to \(remote), which nobody has", "\(tunnel) 发往 \(remote)，而没有任何接口拥有这个地址")
    }

    package static func framesToNobody(_ tunnel: String, for hardware: String, to remote: String) -> String {
      say(
        "\(tunnel) sends frames for \(hardware) to \(remote), which nobody has",
        "\(tunnel) 把发往 \(hardware) 的帧送到 \(remote)，而没有任何接口拥有这个地址")
    }

    package static func noTunnel(of kind: String, at namespace: String, with remote: String) -> String {
      sentence(
        "\(namespace), which has \(remote), has no \(kind) tunnel that ends there",
        "拥有 \(remote) 的 \(namespace) 上没有以该地址为端点的 \(kind) 隧道")
    }

    package static func noLink(of kind: String, local: String) -> String {
      say("no link of the kind \(kind) with local \(local)", "没有 local 为 \(local) 的 \(kind) 接口")
    }

    package static func otherSender(_ near: String, wants wanted: String, _ tunnel: String, from sender: String)
      -> String
    {
      say(
        "\(near) takes packets of \(wanted) only, and those of \(tunnel) come from \(sender)",
        "\(near) 只接收来自 \(wanted) 的数据包，而 \(tunnel) 的数据包来自 \(sender)")
    }

    package static func otherAddress(
      _ tunnel: String, for nextHop: String, to hardware: String, _ far: String, has own: String
    ) -> String {
      say(
        "\(tunnel) sends frames for \(nextHop) to \(hardware), and \(far) has \(own)",
        "\(tunnel) 把发往 \(nextHop) 的帧送到 \(hardware)，而 \(far) 的 MAC 地址是 \(own)")
    }

    // MARK: Numbers

    package static func noVXLAN(at namespace: String, vni: String, port: Int) -> String {
      sentence(
        "\(namespace) has no VXLAN with the number \(vni) on port \(port)",
        "\(namespace) 上没有 VNI 为 \(vni)、端口为 \(port) 的 VXLAN")
    }

    package static func otherVNI(_ tunnel: String, _ vni: String, _ far: String, _ other: String) -> String {
      say(
        "\(tunnel) sends with VNI \(vni), and \(far) has VNI \(other)",
        "\(tunnel) 以 VNI \(vni) 发送，而 \(far) 的 VNI 是 \(other)")
    }

    package static func otherPort(_ tunnel: String, _ port: Int, _ far: String, _ other: Int) -> String {
      say(
        "\(tunnel) sends to UDP port \(port), and \(far) listens on port \(other)",
        "\(tunnel) 发往 UDP 端口 \(port)，而 \(far) 监听的是端口 \(other)")
    }

    /// `entry` is where it says so: a row of a table, or a link's `remote`.
    package static func vxlan(entry: String, vni: String, port: Int) -> String {
      say("\(entry), VNI \(vni), port \(port)", "\(entry)，VNI \(vni)，端口 \(port)")
    }

    package static func vxlan(_ link: String, vni: String, port: Int) -> String {
      say("\(link): VNI \(vni), port \(port)", "\(link): VNI \(vni)，端口 \(port)")
    }

    /// `name`: of the number that the two disagree in, `VNI`, `key`, or the word for a port.
    package static func otherNumber(
      _ tunnel: String, _ name: String, _ mine: String, _ near: String, _ other: String
    ) -> String {
      sentence(
        "\(tunnel) sends with \(name) \(mine), and \(near) takes \(name) \(other)",
        "\(tunnel) 发送所用的 \(name) 为 \(mine)，而 \(near) 接收所用的 \(name) 为 \(other)")
    }

    package static var port: String { say("UDP port", "UDP 端口") }
    /// No number.
    package static var none: String { say("none", "无") }

    // MARK: What is right

    package static func passes(vni: String, toGroup group: String) -> String {
      say("VNI \(vni) to the group \(group)", "VNI \(vni)，发往组 \(group)")
    }

    package static func passes(vni: String, to remote: String) -> String {
      say("VNI \(vni) to \(remote)", "VNI \(vni)，发往 \(remote)")
    }

    package static func passes(kind: String, to remote: String) -> String {
      say("\(kind) to \(remote)", "\(kind)，发往 \(remote)")
    }
  }
}
