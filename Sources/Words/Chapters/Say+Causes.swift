package import Speech

extension Say {
  /// What each code of an explanation means, and what is to be done about it in general; the explanation itself says where, and
  /// with which evidence.
  package enum Causes {
    package static var intro: String {
      say(
        "The cause is the first thing on the packet's way that stops it, there or back. `netns-top explain A B --format json` gives its code, the claim, the evidence and, where there is one, the command that mends it.",
        "原因是数据包往返途中第一个将其拦下的因素。`netns-top explain A B --format json` 给出代码、论断、依据，以及（若有）修复命令。")
    }

    // MARK: Links and addresses

    package static var namespaceGone: String {
      say("The container is not running, or its network namespace is gone.", "容器没有运行，或其网络命名空间已不存在。")
    }
    package static var linkDown: String {
      say(
        "A link on the way is switched off: `ip link set NAME up` switches it on.",
        "途中的某个接口被关闭：用 `ip link set NAME up` 启用。")
    }
    package static var noCarrier: String {
      say(
        "A link on the way is switched on and has no carrier: of a cable the other end is down, gone, or plugged in nowhere.",
        "途中的某个接口已启用但无载波：网线的另一端被关闭、已消失，或没有接到任何地方。")
    }
    package static var noAddress: String {
      say(
        "An interface that needs an address has none of that family, or nobody has the address that the packet was translated to.",
        "需要地址的接口没有该地址族的地址，或没有任何接口拥有数据包被转换成的地址。")
    }
    package static var addressUnusable: String {
      say(
        "The address is tentative, or failed duplicate detection: somebody else on the segment has it already.",
        "地址处于 tentative 状态，或重复地址检测失败：同一网段上已有别人使用它。")
    }
    package static var ipv6Disabled: String {
      say("IPv6 is switched off there: `disable_ipv6` is 1.", "该处关闭了 IPv6：`disable_ipv6` 为 1。")
    }
    package static var duplicateAddress: String {
      say("Two interfaces that the packet can meet have the same IP address.", "数据包可能遇到的两个接口有相同的 IP 地址。")
    }
    package static var duplicateMAC: String {
      say(
        "Two interfaces of one segment have the same MAC address: the bridge sends frames now to one, now to the other.",
        "同一网段的两个接口有相同的 MAC 地址：网桥时而把帧送给一个，时而送给另一个。")
    }
    package static var mtuMismatch: String {
      say(
        "Large packets vanish: a link on the way takes smaller ones than the sender believes. `--size` asks about them.",
        "大数据包会消失：途中某个接口能通过的数据包比发送方以为的小。可用 `--size` 询问。")
    }

    // MARK: Routes

    package static var noRoute: String {
      say(
        "A namespace on the way has no route for the packet, or for its reply.", "途中的某个命名空间没有通往目的地的路由，或没有应答的路由。")
    }
    package static var routeRejects: String {
      say(
        "A route or a policy rule refuses the packet: `blackhole`, `unreachable` or `prohibit`.",
        "某条路由或策略规则拒绝数据包：`blackhole`、`unreachable` 或 `prohibit`。")
    }
    package static var wrongSubnet: String {
      say(
        "Both ends are on one segment, and the prefix of one leaves out the address of the other.",
        "两端在同一网段上，但一端的前缀不包含另一端的地址。")
    }
    package static var otherWay: String {
      say(
        "A route, a policy rule or a table leads the packet another way than to where the destination lies.",
        "某条路由、策略规则或路由表把数据包引向了别处，而不是目的地所在的方向。")
    }
    package static var subnetOverlap: String {
      say(
        "Two connected routes hold the destination, and the kernel takes the wrong one: two networks have overlapping subnets.",
        "有两条直连路由包含目的地址，而内核选了错误的一条：两个网络的子网重叠。")
    }
    package static var wrongSource: String {
      say(
        "The packet carries a source that can't be answered: a route chose it, or a rule translated to it.",
        "数据包的源地址无法得到应答：由路由选定，或由规则转换而来。")
    }
    package static var forwardingOff: String {
      say(
        "A namespace that has to pass the packet on does not forward: `ip_forward`, or `forwarding` of IPv6, is 0.",
        "需要转发数据包的命名空间不做转发：`ip_forward` 或 IPv6 的 `forwarding` 为 0。")
    }
    package static var reversePathFilter: String {
      say(
        "A router does not believe the source of a packet that came in by that interface: `rp_filter`.",
        "路由器不相信从该接口进入的数据包的源地址：`rp_filter`。")
    }
    package static var loopbackNotRouted: String {
      say(
        "A packet of 127.0.0.0/8 was translated, and `route_localnet` is 0: the kernel sends it nowhere.",
        "127.0.0.0/8 的数据包被转换了地址，而 `route_localnet` 为 0：内核不会发送它。")
    }
    package static var ttlExceeded: String {
      say("The packet's time to live ends at a router: too many hops, or a loop.", "数据包的 TTL 在某个路由器处耗尽：跳数过多，或形成环路。")
    }
    package static var beyondView: String {
      say(
        "This machine sends the packet on rightly, and nothing comes back from outside: the fault lies beyond what can be seen here.",
        "本机已正确地把数据包发出，但外面没有任何回应：问题在本机看不到的地方。")
    }
  }
}

extension Say.Causes {
  // MARK: Bridges and cables

  package static var notABridgePort: String {
    say(
      "The host's end of a container's cable is in no bridge: `ip link set NAME master BRIDGE` plugs it in.",
      "容器网线的宿主机一端没有接入任何网桥：用 `ip link set NAME master BRIDGE` 接入。")
  }
  package static var differentBridges: String {
    say("The ends are in one subnet, and no cable or bridge joins them.", "两端在同一子网中，但没有网线或网桥把它们连在一起。")
  }
  package static var bridgeDown: String {
    say("The bridge is switched off, or lacks an address in the subnet of its ports.", "网桥被关闭，或没有其端口所在子网的地址。")
  }
  package static var portNotForwarding: String {
    say(
      "A port of the bridge is not forwarding: the spanning tree holds it back, or it was put into that state.",
      "网桥的某个端口不处于转发状态：被生成树阻止，或被设为该状态。")
  }
  package static var portIsolated: String {
    say(
      "Both ports are isolated, and a bridge passes nothing between such ports: `bridge link set dev NAME isolated off`.",
      "两个端口都设为隔离，网桥不在这样的端口之间转发：`bridge link set dev NAME isolated off`。")
  }
  package static var portLocked: String {
    say(
      "A locked port of the bridge takes no frames of a sender that its forwarding database does not know.",
      "网桥的端口已锁定（locked），不接收转发表中没有的发送方的帧。")
  }
  package static var vlanMismatch: String {
    say("A port takes no untagged frames, or the two ports are not in one VLAN.", "端口不接收不带标签的帧，或两个端口不在同一 VLAN 中。")
  }
  package static var floodingOff: String {
    say(
      "The bridge does not know the MAC address, and may not flood what it does not know to its port.",
      "网桥不认识该 MAC 地址，又不许向它的端口泛洪未知目的的帧。")
  }
  package static var fdbWrongPort: String {
    say(
      "The forwarding database has the MAC address on another port than the one that it lives behind.",
      "转发表把该 MAC 地址记在了别的端口上，而不是它所在的端口。")
  }
  package static var hairpinOff: String {
    say(
      "The frame would have to leave by the port that it came in by, and hairpin is off there.",
      "帧须从进入的端口原路出去，而该端口未开启发夹模式。")
  }
  package static var tunnelMismatch: String {
    say(
      "The two ends of a tunnel disagree (VNI, port, far end, keys, allowed addresses), or its table is stale.",
      "隧道两端不一致（VNI、端口、远端、密钥、允许的地址），或其转发表已过时。")
  }
  package static var networkIsolation: String {
    say(
      "A container engine keeps its networks apart, or a mode of macvlan or ipvlan does so with its links.",
      "容器引擎把各网络隔开，或 macvlan、ipvlan 的模式把各接口隔开。")
  }
  package static var opaqueProgram: String {
    say(
      "A program of XDP or tc, or a queue that loses packets, is attached where the packet was seen last; what it does can't be read.",
      "数据包最后出现之处挂有 XDP 或 tc 程序，或会丢包的队列；它做了什么无法读取。")
  }

  // MARK: Neighbours

  package static var neighborFailed: String {
    say(
      "Nobody in the picture has the next hop's address: the question who has it stays without an answer.",
      "图中没有任何接口拥有下一跳的地址：询问谁有该地址，无人应答。")
  }
  package static var neighborWrongMAC: String {
    say(
      "A neighbour entry names another MAC address than the owner of the IP address has.",
      "邻居表项中的 MAC 地址与该 IP 地址所有者的不符。")
  }
  package static var neighborOff: String {
    say("An interface takes no part in ARP (NOARP): it neither asks nor answers.", "某个接口不参与 ARP（NOARP）：既不询问也不应答。")
  }
  package static var nobodyAnswersFor: String {
    say(
      "Somebody has the address, or leads to it, and a setting or a rule keeps the answer back: `arp_ignore`, `proxy_arp`, rules of the arp and bridge families.",
      "有接口拥有该地址或能通往它，但某项设置或规则使其不应答：`arp_ignore`、`proxy_arp`，或 arp、bridge 族的规则。")
  }

  // MARK: Rules and connection tracking

  package static var firewallDrop: String {
    say(
      "A rule or a policy of a packet filter drops or rejects the packet; table, chain and rule are named.",
      "数据包过滤的某条规则或默认策略丢弃或拒绝数据包；会指出表、链和规则。")
  }
  package static var ruleMissing: String {
    say(
      "A rule that the container engine makes for a network or a port is not there; a restart of the engine makes it again.",
      "容器引擎为网络或端口创建的规则不见了；重启引擎会重新创建。")
  }
  package static var noMasquerade: String {
    say(
      "The packet leaves the machine with a source that nobody outside can answer: no rule translates it.",
      "数据包带着外面无法应答的源地址离开本机：没有规则转换它。")
  }
  package static var replyBypassesTranslation: String {
    say("The reply takes a way on which its addresses are not translated back.", "应答所走的路径没有把地址转换回来。")
  }
  package static var staleConnection: String {
    say(
      "Connection tracking sends a flow elsewhere than the rules would now: its entry is older than they are.",
      "连接跟踪把数据流送往别处，与现在的规则不符：该表项早于这些规则。")
  }
  package static var connectionsFull: String {
    say(
      "Connection tracking has no room for another connection (`nf_conntrack_max`), or a masquerade has no port left.",
      "连接跟踪表已满（`nf_conntrack_max`），或地址伪装已没有可用的端口。")
  }

  // MARK: Programs and names

  package static var echoIgnored: String {
    say(
      "Only ping is filtered: echo is ignored (`icmp_echo_ignore_all`), or TCP is answered and echo is not.",
      "只有 ping 不通：回显被忽略（`icmp_echo_ignore_all`），或只应答 TCP 而不应答回显。")
  }
  package static var portClosed: String {
    say("The destination answers, and nothing listens on the port that was asked for.", "目的端有应答，但没有程序监听所问的端口。")
  }
  package static var listensElsewhere: String {
    say(
      "A program listens on the port, but on another address or family: on 127.0.0.1 only, say.",
      "有程序监听该端口，但在别的地址或地址族上：例如只在 127.0.0.1 上。")
  }
  package static var queueFull: String {
    say(
      "The listener's queue is full: the program does not accept. The network is fine.", "监听队列已满：程序没有接受连接。网络没有问题。")
  }
  package static var noProgram: String {
    say(
      "Nobody is behind what the packet was handed to: a queue, a transparent proxy, a redirection, a tap.",
      "数据包交给的对象背后没有程序：队列、透明代理、重定向或 tap。")
  }
  package static var nameNotResolved: String {
    say(
      "The name has no address for the source; the file or the server that said so is named.",
      "该名称对源端来说没有地址；会指出是哪个文件或服务器给出的回答。")
  }
  package static var resolverUnreachable: String {
    say("The source's name server does not answer; why not stands under `also`.", "源端的域名服务器没有应答；原因列在 `also` 中。")
  }
  package static var unknown: String {
    say(
      "No cause was found, or something could not be read that would tell it; what that is stands under `unread`.",
      "没有找到原因，或有无法读取的内容；缺少的内容列在 `unread` 中。")
  }
}
