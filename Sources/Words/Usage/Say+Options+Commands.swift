package import Speech

extension Say {
  /// What each command is for: a line for the list of commands, and what its own help says beside it.
  package enum CommandWords {
    package static var program: String {
      say(
        "A live diagram of bridges, veth pairs and the containers behind them.", "实时显示网桥、veth 对及其后容器的图。")
    }
    package static var programMore: String {
      say(
        """
        Walk with the arrow keys, inspect with Enter, ping between two containers with p.
        Where standard output is no terminal, the diagram is printed once, as `show` does.
        Options for colours, characters and the rest: netns-top help view
        """,
        """
        用方向键移动，按 Enter 查看详情，按 p 在两个容器之间 ping。
        标准输出不是终端时，图只打印一次，与 `show` 相同。
        颜色、字符等选项：netns-top help view
        """)
    }
    package static var view: String {
      say(
        "The live diagram (this is what netns-top does without a command).", "实时的图（netns-top 不带命令时即运行它）。")
    }
    package static var demo: String {
      say(
        "The viewer over a private laboratory: no root, no Docker, nothing left behind.",
        "在私有的实验环境上运行查看器：不需要 root 和 Docker，不留任何痕迹。")
    }
    package static var demoMore: String {
      say(
        """
        Besides networks that work there are broken ones, each for one reason (--list): press p from test1 to test2, or \
        w for the whole chain; or let --explain print it.
        """,
        """
        除了正常的网络，还有各因一个原因而不通的网络（--list）：从 test1 向 test2 按 p，或按 w 看完整的因果；\
        也可用 --explain 打印出来。
        """)
    }
    package static var show: String {
      say("Print the diagram, an image of it, or JSON, once.", "把图打印一次，也可输出图像或 JSON。")
    }
    package static var showMore: String {
      say(
        """
        With NAMEs only those containers or namespaces, and what they hang on. With --interval the counters are watched for so \
        many seconds, and the diagram has rates.
        """,
        """
        给出 NAME 时，只显示这些容器或命名空间及其所连接的部分。给出 --interval 时，先观察计数器这么多秒，图中便标出速率。
        """)
    }
    package static var metrics: String {
      say(
        "Metrics for Prometheus: namespaces, links, drops, trouble, and who reaches whom.",
        "供 Prometheus 使用的指标：命名空间、接口、丢包、故障，以及谁能到达谁。")
    }
    package static var metricsMore: String {
      say(
        "For node_exporter's textfile collector: --output /var/lib/prometheus/node-exporter/netns-top.prom. A pair that does not reach each other is a value, not a failure; all pairs together take ten seconds at most.",
        "供 node_exporter 的 textfile 收集器使用：--output /var/lib/prometheus/node-exporter/netns-top.prom。两端不可达是一个值，不是错误；全部端对合计最多十秒。"
      )
    }
    package static var help: String {
      say("Print a command's help, or a chapter of the manual.", "打印某个命令的帮助，或手册的一章。")
    }
    package static var helpMore: String {
      say(
        "A TOPIC is a command, a chapter or a cause's code, as `explain` names it: netns-top help port-isolated. Without one, the commands and the chapters are listed.",
        "TOPIC 是命令、章节，或 `explain` 给出的原因代码：netns-top help port-isolated。不指定时，列出命令和章节。")
    }
    package static var ping: String { say("Ping from inside one container to another.", "从一个容器内 ping 另一个容器。") }
    package static var pingMore: String {
      say(
        """
        SOURCE and DESTINATION: a container's name or id prefix, a namespace's name, an address, or NAMESPACE/INTERFACE. \
        DESTINATION may also be any address, or a name that SOURCE's own name server knows.
        Exit status: 0 when there was a reply, 1 when there was none, 2 when the question could not be answered.
        """,
        """
        SOURCE 和 DESTINATION：容器的名称或 ID 前缀、命名空间的名称、地址，或 NAMESPACE/INTERFACE。\
        DESTINATION 还可以是任意地址，或 SOURCE 自己的域名服务器认得的名称。
        退出状态：0 有应答，1 无应答，2 无法得出答案。
        """)
    }
    package static var explain: String {
      say("Why can one container reach another, or why not?", "一个容器为何能到达另一个，或为何不能？")
    }
    package static var explainMore: String {
      say(
        """
        SOURCE and DESTINATION: a container's name or id prefix, a namespace's name, an address, or NAMESPACE/INTERFACE. \
        DESTINATION may also be what one would type into an application: db:5432, 10.0.0.3:53/udp, [fd00::3]:443, a URL, \
        a name that SOURCE's own name server knows, or `internet` for the way out. With the SOURCE `outside`, \
        outside@ADDRESS or outside/INTERFACE nothing is sent: the answer is worked out.
        Sends three echo requests from inside SOURCE, follows the packet through cables, bridges, routes and firewalls \
        there and back, and names the first thing that stops it, with the evidence and a command that mends it. The \
        command is printed, never run; nothing is changed.
        Exit status: 0 reachable, 1 not reachable, 2 the question could not be answered.
        """,
        """
        SOURCE 和 DESTINATION：容器的名称或 ID 前缀、命名空间的名称、地址，或 NAMESPACE/INTERFACE。\
        DESTINATION 还可以是在应用程序中会填写的内容：db:5432、10.0.0.3:53/udp、[fd00::3]:443、URL、\
        SOURCE 自己的域名服务器认得的名称，或用 `internet` 表示通往外网。SOURCE 为 `outside`、\
        outside@ADDRESS 或 outside/INTERFACE 时不发送任何数据包，答案由推算得出。
        从 SOURCE 内发送三个回显请求，沿网线、网桥、路由和防火墙往返跟踪数据包，指出第一个将其拦下的原因，\
        并给出依据和修复命令。命令只打印，绝不执行；不做任何更改。
        退出状态：0 可达，1 不可达，2 无法得出答案。
        """)
    }
    package static var events: String {
      say("Print every change in every namespace as it happens.", "实时打印每个命名空间的每一次变化。")
    }
    package static var eventsMore: String {
      say(
        """
        One line a change: time, namespace, container, interface, and what changed from what to what.
        OBJECTs as in `ip monitor`: link, address, route, rule, neighbor, nsid, namespace, container.
        Without any, all but neighbor and nsid. Ends with Ctrl-C.
        """,
        """
        每次变化一行：时间、命名空间、容器、接口，以及什么从何值变为何值。
        OBJECT 与 `ip monitor` 一致：link、address、route、rule、neighbor、nsid、namespace、container。
        不指定时，为 neighbor 和 nsid 以外的全部。按 Ctrl-C 结束。
        """)
    }
  }
}
