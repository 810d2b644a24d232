package import Speech

extension Say {
  /// The tour: the tutorial's six pictures as steps, and what comes after. Every number is put in by who tells it.
  package enum Tour {
    package static func step(_ number: Int, of count: Int, _ title: String) -> String {
      say("step \(number) of \(count): \(title)", "第 \(number) 步，共 \(count) 步：\(title)")
    }
    package static var hostTitle: String { say("a host without containers", "还没有容器的宿主机") }
    package static var firstTitle: String { say("a container starts", "启动一个容器") }
    package static var insideTitle: String { say("inside the container", "进入容器") }
    package static var cableTitle: String { say("two numbers, one cable", "两个编号，一根网线") }
    package static var secondTitle: String { say("a second container", "第二个容器") }
    package static var pingTitle: String { say("test1 pings test2", "test1 ping test2") }
    package static var whatIfTitle: String { say("what if …", "如果…会怎样") }
    package static var endTitle: String { say("the whole of it", "全图") }

    package static func host(bridge: String, address: String, state: String, loopback: String) -> String {
      say(
        "\(bridge) is a bridge, a switch in the kernel: an address, \(address), but no port, so no carrier: \(state), though switched on (UP). "
          + "lo says \(loopback): its driver reports no state.",
        "\(bridge) 是网桥，即内核里的交换机。它有地址 \(address)，已启用（UP），但还没有端口，所以没有载波：\(state)。"
          + "lo 显示 \(loopback)：它的驱动不报告状态。")
    }
    package static func uplink(_ link: String, far: String) -> String {
      say(
        " \(link) plays the network card, a cable to \(far) outside.",
        "\(link) 扮演网卡：在这里是一根通往 \(far)（扮演外面的网络）的网线。")
    }
    package static func first(bridge: String, state: String) -> String {
      say(
        "Start a container. An engine gives it a network namespace (interfaces, addresses and routes of its own), lays a virtual cable "
          + "(a veth pair): one end into \(bridge), the other into the namespace. \(bridge) is \(state) now.",
        "启动一个容器：容器引擎给它一个网络命名空间（自己的一套接口、地址和路由），拉一根虚拟网线（veth 对）：一端插进 \(bridge)，另一端放进命名空间。\(bridge) 现在是 \(state)，注意看它的变化。")
    }
    package static func started(_ port: String, bridge: String, state: String, name: String, address: String) -> String
    {
      say(
        "There it is: \(port), a port of \(bridge). And \(bridge) is \(state): a bridge is up as soon as one port forwards. "
          + "At the other end of the cable is \(name), with the address \(address).",
        "出现了：\(port)，它是 \(bridge) 的端口。\(bridge) 也变成了 \(state)：只要有一个端口在转发，网桥就是启用状态。网线的另一端是 \(name)，地址 \(address)。")
    }
    package static func inside(_ name: String) -> String {
      say(
        "\(name) has interfaces of its own. Look at them with `ip a`: on the host, and from inside the container.",
        "\(name) 有自己的接口。用 `ip a` 看一看：先在宿主机上看，再到容器里面看。")
    }
    package static func border(_ name: String, port: String, eth: String) -> String {
      say(
        "Above: what `ip a` prints on the host. Below: what it prints inside \(name). Between them runs the border of the namespace. "
          + "\(name) does not see \(port), and the host does not see \(name)'s \(eth).",
        "上面是宿主机上 `ip a` 的输出，下面是 \(name) 里面的输出，中间是命名空间的边界。\(name) 看不到 \(port)，宿主机也看不到 \(name) 的 \(eth)。")
    }
    package static func numbers(_ near: String, _ far: String, name: String) -> String {
      say(
        "On the host it says \(near), inside \(name) it says \(far). What do the numbers behind @if mean? Think first, then let them light up.",
        "宿主机上写的是 \(near)，\(name) 里面写的是 \(far)。@if 后面的数字是什么意思？先想一想，再高亮它们。")
    }
    package static func cable(port: String, portIndex: String, eth: String, ethIndex: String, name: String) -> String {
      say(
        "@if\(ethIndex) means: my other end is number \(ethIndex) in another namespace. That is \(eth) inside \(name), which says @if\(portIndex): number \(portIndex) on the host, \(port). "
          + "Each names the other: the two ends of one cable, a veth pair.",
        "@if\(ethIndex) 的意思是：我的另一端在别的命名空间里，编号是 \(ethIndex)，也就是 \(name) 里的 \(eth)；它写着 @if\(portIndex)，即宿主机上编号 \(portIndex) 的 \(port)。两端互相指向对方：这是同一根网线的两头，即 veth 对。"
      )
    }
    package static func second(_ name: String) -> String {
      say(
        "Now a second container, \(name). Which numbers will its cable have, and could it be mixed up with the first?",
        "再启动第二个容器 \(name)。它的网线会是什么编号？会和第一根弄混吗？")
    }
    package static func uncrossed(_ near: String, _ far: String, name: String, eth: String) -> String {
      say(
        "\(name)'s cable: \(near) on the host, \(far) inside. Numbers count within one namespace, "
          + "so both host ends may say the same @if: link-netns tells in which namespace. No cable is crossed.",
        "\(name) 的网线：宿主机上是 \(near)，里面是 \(far)。编号只在一个命名空间内有效，所以宿主机上的两端可以写着同样的 @if：link-netns 说明是哪个命名空间。网线没有接错。")
    }
    package static func ping(_ from: String, _ to: String, neighbors: Int, learned: Int, bridge: String) -> String {
      say(
        "Can \(from) reach \(to)? \(from) knows \(neighbors) neighbour\(neighbors == 1 ? "" : "s") now, and \(bridge) has learned "
          + "\(learned) address\(learned == 1 ? "" : "es"). Send a ping and see what everybody learns from it.",
        "\(from) 能到达 \(to) 吗？现在 \(from) 的邻居表有 \(neighbors) 条，\(bridge) 学到了 \(learned) 个地址。发一个 ping，看看大家从中学到什么。")
    }
    package static func arp(
      _ from: String, to address: String, subnet: String, eth: String, port: String, bridge: String
    )
      -> String
    {
      say(
        "Leg 1 of 4. \(from)'s route to \(subnet) leads straight out of \(eth). But which MAC (hardware address) has \(address)? "
          + "It asks everybody (ARP): into the cable at \(eth), out at \(port), a port of \(bridge).",
        "第 1 段，共 4 段。\(from) 到 \(subnet) 的路由是直连，从 \(eth) 出去。但 \(address) 的 MAC（硬件地址）是多少？它向所有人广播 ARP 请求：从 \(eth) 进入网线，从 \(bridge) 的端口 \(port) 出来。"
      )
    }
    package static func flood(bridge: String, mac: String, behind port: String, to other: String) -> String {
      say(
        "Leg 2 of 4. \(bridge) saw \(mac) come in by \(port), and writes that into its forwarding table (fdb). "
          + "A question to everybody leaves by all its other ports, here \(other), and goes up to the host.",
        "第 2 段，共 4 段。\(bridge) 记下它看到的：\(mac) 在 \(port) 后面，写进转发表（fdb）。广播的请求会从其余所有端口发出去（这里是 \(other)），也交给宿主机自己。")
    }
    package static func answer(_ to: String, bridge: String, mac: String, port: String, first: String) -> String {
      say(
        "Leg 3 of 4. \(to) hears its own address, notes who asks, and answers. The answer enters by \(port), so \(bridge) learns \(mac), too. "
          + "Where the asker lives it knows by now: out of \(first), to nobody else.",
        "第 3 段，共 4 段。\(to) 听到有人问自己的地址，把对方记进邻居表并回答。回答从 \(port) 进来，于是 \(bridge) 也学到了 \(mac)。它已经知道提问者在哪，所以只从 \(first) 发出。")
    }
    package static func echo(_ from: String, _ to: String, address: String, mac: String) -> String {
      say(
        "Leg 4 of 4. \(from) now knows \(address): \(mac). The echo request takes the same way, port by port, and the reply comes back.",
        "第 4 段，共 4 段。\(from) 现在知道 \(address) 是 \(mac)。回显请求走同一条路，依次经过每个端口，应答原路返回。")
    }
    package static func echoes(sent: Int, received: Int, milliseconds: String?) -> String {
      say(
        " \(sent) sent, \(received) answered" + (milliseconds.map { ", the last in \($0) ms." } ?? "."),
        "发出 \(sent) 个，收到 \(received) 个应答" + (milliseconds.map { "，最近一次 \($0) 毫秒。" } ?? "。"))
    }
    package static func notYet(sent: Int) -> String {
      say(
        "It has not come to that: \(sent) sent, 0 answered. Has somebody changed the laboratory? Ask why.",
        "还没有走到这一步：发出 \(sent) 个，收到 0 个应答。是不是有人改动过实验环境？可以查看“原因”。")
    }
    package static var agedOut: String {
      say(
        " (It has aged out since.)",
        "（现已过期。）")
    }

    package static func whatIfBridge(_ command: String, _ from: String, _ to: String) -> String {
      say(
        "What if somebody switches the switch off, with `\(command)`? Both cables stay plugged in. Will \(from) still reach \(to)? Say what you expect.",
        "如果有人用 `\(command)` 把交换机关掉，两根网线都还插着，\(from) 还能到达 \(to) 吗？先说出你的预测。")
    }
    package static func whatIfUnplugged(_ command: String, _ from: String, _ to: String, bridge: String) -> String {
      say(
        "What if the host's end of \(to)'s cable is pulled out of \(bridge), with `\(command)`? Both ends stay up. Will \(from) still reach \(to)?",
        "如果用 `\(command)` 把 \(to) 网线的宿主机一端从 \(bridge) 拔出来，两端仍是启用状态，\(from) 还能到达 \(to) 吗？")
    }
    package static func whatIfAddress(_ address: String, instead old: String, _ from: String, _ to: String) -> String {
      say(
        "What if \(to) is given \(address) instead of \(old)? Cable and switch are as before. Will \(from) reach \(to) at its new address?",
        "如果把 \(to) 的地址从 \(old) 换成 \(address)，网线和交换机都不变，\(from) 还能到达 \(to) 的新地址吗？")
    }
    /// What the reader expected (nil: he did not say), and whether it came so.
    package static func expected(_ reaches: Bool?, itDoes: Bool) -> String {
      switch (reaches, itDoes) {
      case (nil, _): ""
      case (true?, true): say("You said yes, and it does. ", "你预测能到达，确实如此。")
      case (false?, false): say("You said no, and so it is. ", "你预测不能到达，确实如此。")
      case (true?, false): say("You said yes, but it does not. ", "你预测能到达，其实不能。")
      case (false?, true): say("You said no, but it does. ", "你预测不能到达，其实能。")
      }
    }
    package static func noReply(_ claim: String) -> String {
      say("No reply comes: \(claim).", "没有应答：\(claim)。")
    }
    package static func gatewayInstead(_ from: String, gateway: String) -> String {
      say(
        " So \(from) sends it to its gateway, \(gateway), and not into the cable to it.",
        "所以 \(from) 把它交给网关 \(gateway)，而不是直接发给对方。")
    }
    package static var noReplyYet: String { say("No reply so far.", "到目前为止没有应答。") }
    package static var whyTells: String { say(" “why” tells the whole chain of reasons.", "“原因”会给出完整的判断过程。") }
    package static var waiting: String { say("Watch the ping …", "看 ping 的结果…") }
    package static var stillReplies: String { say("Replies come.", "有应答。") }
    package static func end(_ from: String, _ to: String) -> String {
      say(
        "A pair is a cable with two ends, the bridge is the switch, the namespace is the border, and a ping from \(from) to \(to) crosses two cables and two borders. "
          + "Go on with a lesson: netns-top demo --lesson list",
        "veth 对是有两头的网线，网桥是交换机，命名空间是边界，从 \(from) 到 \(to) 的 ping 要经过两根网线、两道边界。接下来可以学课程：netns-top demo --lesson list")
    }
    package static var keepIt: String { say(" (d keeps the drawing.)", "（按 d 保存这张图。）") }
    package static func kept(_ file: String) -> String { say("the drawing is in \(file)", "图已保存到 \(file)") }
    package static func notKept(_ file: String, _ reason: String) -> String {
      say("not kept: \(reason) (\(file))", "没有保存：\(reason)（\(file)）")
    }

    /// The laboratory is not as a step needs it.
    package static func broken(_ what: String) -> String {
      say(
        "The laboratory is not as this step tells it: \(what). Somebody may have changed it by hand. Enter puts it right.",
        "实验环境与这一步说的不一样：\(what)。可能有人手动改过。按 Enter 恢复。")
    }
    package static var settling: String { say("The laboratory is being put in order …", "正在整理实验环境…") }
    package static func isMissing(_ name: String) -> String { say("\(name) is missing", "缺少 \(name)") }
    package static func isDown(_ name: String) -> String { say("\(name) is switched off", "\(name) 被关闭") }
    package static func isNoPort(_ name: String, of bridge: String) -> String {
      say("\(name) is no port of \(bridge)", "\(name) 不是 \(bridge) 的端口")
    }
    package static func hasNot(_ name: String, _ address: String) -> String {
      say("\(name) has not the address \(address)", "\(name) 没有地址 \(address)")
    }
    package static func isSurplus(_ name: String) -> String { say("\(name) runs already", "\(name) 已在运行") }
  }

  /// The words beside the keys of a guide's band.
  package enum GuideKeys {
    package static var next: String { say("next", "下一步") }
    package static var back: String { say("back", "上一步") }
    package static func start(_ name: String) -> String { say("start \(name)", "启动 \(name)") }
    package static func lookInside(_ name: String) -> String { say("look inside \(name)", "看 \(name) 里面") }
    package static var connect: String { say("light them up", "高亮编号") }
    package static var ping: String { say("ping", "ping") }
    package static var yes: String { say("yes, it will", "能到达") }
    package static var no: String { say("no, it won't", "不能到达") }
    package static var why: String { say("why", "原因") }
    package static var mend: String { say("put it right", "恢复") }
    package static var mendAndGoOn: String { say("put it right, next", "恢复并继续") }
    package static var keep: String { say("keep the drawing (SVG)", "保存图 (SVG)") }
    package static var quit: String { say("quit", "退出") }
    package static var hint: String { say("hint", "提示") }
    package static var solution: String { say("solution", "答案") }
    package static var shell: String { say("shell", "命令行") }
  }

  /// What stands over and beside the output of a command.
  package enum Exhibit {
    package static var onHost: String { say("on the host", "在宿主机上") }
    package static func inside(_ name: String) -> String { say("inside \(name)", "在 \(name) 里面") }
    package static func border(_ name: String) -> String {
      say("border of the network namespace \(name)", "网络命名空间 \(name) 的边界")
    }
    package static func oneCable(_ near: String, _ far: String) -> String {
      say("\(near) and \(far): one cable", "\(near) 和 \(far)：同一根网线")
    }
    package static func neighbors(of name: String) -> String { say("\(name)'s neighbours", "\(name) 的邻居表") }
    package static func fdb(of name: String) -> String { say("\(name)'s fdb", "\(name) 的转发表") }
    package static var nothing: String { say("nothing yet", "还没有内容") }
    package static func more(_ lines: Int) -> String {
      say("\(lines) more line\(lines == 1 ? "" : "s"): make the window larger", "还有 \(lines) 行：请放大窗口")
    }
  }
}
