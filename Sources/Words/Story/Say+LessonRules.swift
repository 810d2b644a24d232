internal import Speech

/// Lessons about routes, settings and firewalls.
extension Say.Lesson {
  static var blackhole: Story {
    Story(
      question: say(
        "test1 reaches 172.17.0.1, but a ping to test2 fails at once: Invalid argument. Who refuses it?",
        "test1 能到达 172.17.0.1，但 ping test2 立刻失败：Invalid argument。是谁拒绝了它？"),
      hints: [
        say(
          "No packet leaves test1: the counters of eth0 do not move. The reason must be inside test1.",
          "没有数据包离开 test1：eth0 的计数器不动。原因一定在 test1 里面。"),
        say(
          "Ask the kernel inside test1 what it would do: `ip route get 172.17.0.3`. Then read the whole of `ip route`.",
          "在 test1 里问内核会怎么走：`ip route get 172.17.0.3`，再看完整的 `ip route`。"),
        say(
          "The longest prefix wins: a route of type blackhole to 172.17.0.3 alone comes before 172.17.0.0/16.",
          "最长前缀优先：只针对 172.17.0.3 的 blackhole 路由先于 172.17.0.0/16。"),
      ],
      explanation: say(
        "A blackhole route lets the kernel drop all that it matches, and tell the sender Invalid argument. Without it the route to the subnet is the best again, straight out of eth0.",
        "blackhole 路由让内核丢弃匹配的一切，并告诉发送者 Invalid argument。删掉后，到子网的直连路由又成为最佳路由，从 eth0 直接发出。"))
  }

  static var twoNetworks: Story {
    Story(
      question: say(
        "test1 and test2 live on two networks. Each reaches its gateway, but not the other. Who would have to lead them across?",
        "test1 和 test2 在两个网络上，各自能到达网关，却到不了对方。该由谁把它们连起来？"),
      hints: [
        say(
          "Both gateways are addresses of the host: docker0's and br-backend's. The host is the router here.",
          "两个网关都是宿主机的地址：docker0 的和 br-backend 的。宿主机就是这里的路由器。"),
        say(
          "A host passes packets on only if it is told to. The details of docker0 (Enter) show it under settings.",
          "宿主机只有被允许时才转发数据包。docker0 的详情（Enter）在设置中会显示。"),
        say(
          "`sysctl net.ipv4.ip_forward` says 0 on the host: it drops what is not for itself.",
          "宿主机上 `sysctl net.ipv4.ip_forward` 是 0：不是给自己的数据包都会丢弃。"),
      ],
      explanation: say(
        "Between two subnets somebody has to route. Both containers send to the host, which has both networks, but it dropped what was not for itself until ip_forward was 1.",
        "两个子网之间必须有人做路由。两个容器都发给宿主机，它连着两个网络，但在 ip_forward 为 1 之前，不是给它自己的数据包都被丢弃。"))
  }

  static var forwardDrop: Story {
    Story(
      question: say(
        "Both ports forward, the tables are right, and each container reaches the host. Who takes the pings between them off the way?",
        "两个端口都在转发，各个表都没错，容器也都能到达宿主机。是谁在半路截走了它们之间的 ping？"),
      hints: [
        say(
          "The ping comes in by test1's port and does not leave by test2's. Not only the bridge decides over what passes between ports.",
          "ping 从 test1 的端口进来，却没从 test2 的端口出去。端口之间放行什么，不只由网桥决定。"),
        say(
          "Read the rules on the host with `nft list ruleset`. Which hook sees what is neither from the host nor for it?",
          "在宿主机上用 `nft list ruleset` 看规则。哪个 hook 处理既非来自宿主机也非发给它的流量？"),
        say(
          "The chain forward has no rule, and its policy is drop.",
          "forward 链没有规则，默认策略是 drop。"),
      ],
      explanation: say(
        "The host's firewall sees frames between ports as well: at bridge hooks, or because br_netfilter shows them to IP. No rule took the ping, so the policy decided: accept lets it pass.",
        "宿主机的防火墙也看得到端口之间的帧：在网桥的 hook 上，或由 br_netfilter 交给 IP 层。没有规则匹配 ping，由默认策略决定：改为 accept 就放行。"))
  }

  static var inputDrop: Story {
    Story(
      question: say(
        "Every ping of test1 goes into test2: its counters rise. But no reply is ever sent. What happens inside test2?",
        "test1 的每个 ping 都进了 test2：它的计数器在涨，却没有应答发出。test2 里面发生了什么？"),
      hints: [
        say(
          "Way, address and MAC are right, or nothing would arrive. Something between eth0 and the answer stops it.",
          "路径、地址、MAC 都没错，否则什么也到不了。是 eth0 与回答之间的什么东西拦住了。"),
        say(
          "Each namespace has rules of its own: `nsenter --net=/run/netns/test2 nft list ruleset`.",
          "每个命名空间都有自己的规则：`nsenter --net=/run/netns/test2 nft list ruleset`。"),
        say(
          "The chain input of test2 has no rule, and its policy is drop.",
          "test2 的 input 链没有规则，默认策略是 drop。"),
      ],
      explanation: say(
        "The firewall of test2 dropped what came in, before anything could answer; ARP is not IP and passed. With the policy accept the echo request is taken, and the reply goes out.",
        "test2 的防火墙在回答之前就丢弃了进来的数据包；ARP 不是 IP，所以能过。默认策略改为 accept 后，回显请求被接收，应答随之发出。"))
  }

  static var replyFilter: Story {
    Story(
      question: say(
        "test2 gets every ping and answers it: its counters show both. ping inside test1 sees nothing. Where are the replies?",
        "test2 收到每个 ping 并回答：计数器两个方向都在涨。test1 里的 ping 却什么也看不到。应答去哪了？"),
      hints: [
        say(
          "Follow the replies by the counters: test2's eth0, docker0's ports, test1's eth0. How far do they come?",
          "顺着计数器找应答：test2 的 eth0、docker0 的端口、test1 的 eth0。它们到了哪里？"),
        say(
          "They come back into test1. What is there that could drop them? Look with nft, inside test1.",
          "它们回到了 test1。那里有什么会丢弃它们？在 test1 里用 nft 看。"),
        say(
          "In `nsenter --net=/run/netns/test1 nft list ruleset` the policy of the chain input is drop.",
          "在 `nsenter --net=/run/netns/test1 nft list ruleset` 中，input 链的默认策略是 drop。"),
      ],
      explanation: say(
        "test1 could send, but its own firewall dropped all that came in, replies included. A stricter mend would be a rule that accepts what belongs to its own connections: ct state established.",
        "test1 能发送，但自己的防火墙丢弃了进来的一切，包括应答。更严格的改法是只放行属于自己连接的数据包：ct state established。"))
  }

  static var pingIgnored: Story {
    Story(
      question: say(
        "test2 answers a connection by TCP at once (refused, for nothing listens), but no ping. What is different about ping?",
        "test2 对 TCP 连接立刻有回应（被拒绝，因为没有程序监听），对 ping 却没有。ping 有什么不同？"),
      hints: [
        say(
          "The way is right in both directions, else TCP would get no answer. No firewall has a rule either.",
          "两个方向的路都没错，否则 TCP 不会有回应。防火墙也没有规则。"),
        say(
          "It is the kernel of test2's namespace that answers an echo. The details of test2 show its settings.",
          "回答回显请求的是 test2 命名空间的内核。test2 的详情里有它的设置。"),
        say(
          "Inside test2 net.ipv4.icmp_echo_ignore_all is 1.",
          "在 test2 里 net.ipv4.icmp_echo_ignore_all 是 1。"),
      ],
      explanation: say(
        "No reply to ping does not mean that nobody is there: this setting lets a namespace keep silent about echo requests and nothing else. Set to 0, its kernel answers them again.",
        "ping 没有应答不等于对方不在：这个设置让命名空间只对回显请求保持沉默。设为 0 后，内核又会回答。"))
  }
}
