package import Speech

extension Say {
  /// What the first page says of the program as a whole.
  package enum Overview {
    package static var what: String {
      say(
        "netns-top draws the network of this machine: every bridge, its veth ports, the border of the network namespaces, and the containers' interfaces behind it. It follows the kernel by itself, can be walked with the arrow keys, pings from inside one container to another while the path lights up, and where no reply comes it says why.",
        "netns-top 把本机的网络画成图：每个网桥、网桥上的 veth 端口、网络命名空间的边界，以及边界之后容器的接口。它随内核自动更新，可用方向键移动，可从一个容器内 ping 另一个容器并点亮路径；没有应答时，它会说明原因。"
      )
    }
    package static var withoutCommand: String {
      say(
        "Without a command it is the viewer; where standard output is no terminal, the diagram is printed once, as `netns-top show` does.",
        "不带命令时即为查看器；标准输出不是终端时，图只打印一次，与 `netns-top show` 相同。")
    }
    package static var touchesNothing: String {
      say(
        "Nothing is changed in the kernel, but that a namespace without a number in ours is given one, so that its links can be read. A ping sends echo requests; `explain` three of them and, as far as it needs them, connections that are closed at once, datagrams and queries of names; `--verbose` lists what was sent. A remedy is printed, never run.",
        "不改动内核中的任何内容，唯一的例外是：在本命名空间中没有编号的命名空间会得到一个编号，这样才能读取它的接口。ping 发送回显请求；`explain` 发送三个回显请求，并按需要建立随即关闭的连接、发送数据报和域名查询；`--verbose` 列出发送了什么。修复命令只打印，绝不执行。"
      )
    }
    package static var commonOptions: String {
      say("These belong to every command.", "以下选项适用于每个命令。")
    }
    package static var completion: String {
      say(
        "The shells complete commands, options, names of containers and namespaces: `netns-top --generate-completion-script bash` (or `zsh`, `fish`) prints the script.",
        "shell 可以补全命令、选项以及容器和命名空间的名称：`netns-top --generate-completion-script bash`（或 `zsh`、`fish`）打印补全脚本。")
    }
    package static var arrows: String { say("arrows", "方向键") }
    package static var keys: String {
      say(
        "Each key may be given to another command, or to none: see `[keys]` in netns-top-config(5). What can be typed behind `:` is listed under `?`.",
        "每个按键都可以改派给别的命令，或不派给任何命令：见 netns-top-config(5) 的 `[keys]`。`:` 之后可输入的内容列在 `?` 页中。")
    }
  }

  /// What ends of a way may be called.
  package enum Ends {
    package static var both: String {
      say(
        "A and B are the two ends of `ping` and `explain`, and the NAMEs of `show`:",
        "A 和 B 是 `ping` 和 `explain` 的两端，也是 `show` 的 NAME：")
    }
    package static var containerTerm: String { say("a container", "容器") }
    package static var container: String { say("Its name, or the beginning of its id.", "名称，或 ID 的前缀。") }
    package static var serviceTerm: String { say("what containers call each other", "容器之间的称呼") }
    package static var service: String {
      say(
        "A compose service (`db`, or `shop/db`), a network alias, a link, a swarm's service or task (`web`, `web.1`). As B it means what A's own networks mean by it.",
        "compose 的服务（`db` 或 `shop/db`）、网络别名、link、swarm 的服务或任务（`web`、`web.1`）。作为 B 时，以 A 所在网络的含义为准。")
    }
    package static var namespaceTerm: String { say("a namespace", "命名空间") }
    package static var namespace: String {
      say(
        "Its name, as `ip netns` lists it; `host` is the one that the program runs in.",
        "`ip netns` 列出的名称；`host` 是本程序所在的命名空间。")
    }
    package static var interfaceTerm: String { say("NAMESPACE/INTERFACE", "NAMESPACE/INTERFACE") }
    package static var interface: String { say("One interface, such as `web/eth1`.", "某一个接口，例如 `web/eth1`。") }
    package static var addressTerm: String { say("an address", "地址") }
    package static var address: String {
      say("Of IPv4 or IPv6; an IPv6 address with a port stands in brackets.", "IPv4 或 IPv6；带端口的 IPv6 地址写在方括号中。")
    }

    package static var destination: String {
      say(
        "B may also be what one would type into an application; for `ping` without a port:",
        "B 还可以是在应用程序中会填写的内容；用于 `ping` 时不带端口：")
    }
    package static var port: String {
      say(
        "A port of it: `db:5432`, `10.0.0.3:53/udp`, `[fd00::3]:443`.",
        "它的某个端口：`db:5432`、`10.0.0.3:53/udp`、`[fd00::3]:443`。")
    }
    package static var portTerm: String { say("B:PORT, B:PORT/udp", "B:PORT、B:PORT/udp") }
    package static var urlTerm: String { say("a URL", "URL") }
    package static var url: String {
      say("`https://registry.example/v2/`: the scheme gives the port.", "`https://registry.example/v2/`：端口由协议决定。")
    }
    package static var domainTerm: String { say("any other name", "其他任何名称") }
    package static var domain: String {
      say(
        "It is resolved as A's own programs would: A's hosts file, resolv.conf and nsswitch.conf, its name server asked from inside A.",
        "按 A 自己的程序的方式解析：用 A 的 hosts 文件、resolv.conf 和 nsswitch.conf，并从 A 内部询问它的域名服务器。")
    }
    package static var internet: String {
      say("The way out, its translation, and the gateway; beyond it nothing is sent.", "通往外网的路径、地址转换和网关；网关之外不发送任何数据包。")
    }
    package static var outside: String {
      say(
        "As A, for `explain`: somebody beyond the uplink, also `outside@ADDRESS` or `outside/INTERFACE`. Nothing can be sent from there; the answer is worked out from routes and rules.",
        "用作 `explain` 的 A：位于上联接口之外的某一方，也可写作 `outside@ADDRESS` 或 `outside/INTERFACE`。从那里无法发送，答案根据路由和规则推算得出。")
    }
    package static var ambiguous: String {
      say(
        "Where several are called so, or nobody is, the candidates are listed, and the exit status is 2.",
        "若有多个同名，或没有任何一个，则列出候选，退出状态为 2。")
    }
  }

  /// What the exit status says.
  package enum ExitWords {
    package static var done: String {
      say(
        "It was done. For `ping` there was a reply; for `explain` B is reachable, in a table by all of them.",
        "已完成。`ping`：有应答；`explain`：B 可达，多个源端时全部可达。")
    }
    package static var unreachable: String {
      say(
        "For `ping` there was no reply; for `explain` B is not reachable, in a table not by all of them.",
        "`ping`：没有应答；`explain`：B 不可达，多个源端时并非全部可达。")
    }
    package static var untold: String {
      say(
        "It could not be told or done: a name that leads nowhere, a missing right, a terminal or a file that can't be used.",
        "无法得出答案或无法完成：名称不存在、缺少权限、终端或文件不可用。")
    }
    package static var usage: String {
      say(
        "The command line can't be understood. Standard error says what is wrong, and where.",
        "命令行有误。标准错误会说明哪里有什么问题。")
    }
    package static var signal: String { say("A signal of the number N ended it.", "被编号为 N 的信号结束。") }
    package static var signalTerm: String { say("128 + N", "128 + N") }
    package static var streams: String {
      say(
        "Errors go to standard error, a line each; standard output carries results only. A reader that goes away, as `head` does, ends the program quietly, with 0.",
        "错误写入标准错误，每个一行；标准输出只有结果。读取方离开时（如 `head`），程序静默结束，退出状态为 0。")
    }
  }
}
