package import Speech

extension Say {
  /// Which variables of the environment count.
  package enum Variables {
    package static var intro: String {
      say(
        "A program with more rights than its user (file capabilities) heeds only `TERM`, `COLORTERM`, `NO_COLOR`, `LANG`, `LC_ALL`, `LC_CTYPE`, `LC_MESSAGES` and `TZ`.",
        "本程序的权限高于其用户时（文件 capability），只理会 `TERM`、`COLORTERM`、`NO_COLOR`、`LANG`、`LC_ALL`、`LC_CTYPE`、`LC_MESSAGES` 和 `TZ`。"
      )
    }
    package static var dockerHost: String {
      say(
        "Where the container engine listens, `unix:///path`, where no option and no file says it.",
        "容器引擎的套接字 `unix:///path`；选项和配置文件都未指定时起作用。")
    }
    package static var dockerContext: String {
      say(
        "The Docker context whose engine is asked, where `DOCKER_HOST` is not set.",
        "查询哪个 Docker context 的引擎；未设置 `DOCKER_HOST` 时起作用。")
    }
    package static var dockerConfig: String {
      say(
        "Docker's folder, in which the contexts are (default: `~/.docker`).", "Docker 的目录，context 在其中（默认：`~/.docker`）。")
    }
    package static var noColor: String {
      say("Not empty: no colours, where no option and no file says otherwise.", "非空时不使用颜色，除非选项或配置文件另有指定。")
    }
    package static var colorTerm: String {
      say("`truecolor` or `24bit`: colours of 24 bits.", "`truecolor` 或 `24bit`：使用 24 位颜色。")
    }
    package static var colorFGBG: String {
      say(
        "Whether the terminal's background is dark, where the terminal does not tell.", "终端背景是深是浅；终端不回答时以它为准。")
    }
    package static var term: String { say("What kind of terminal it is.", "终端的类型。") }
    package static var locale: String {
      say(
        "The locale. The language is that of `LC_ALL`, else `LC_MESSAGES`, else `LANG`; whether there are other characters than ASCII says `LC_ALL`, else `LC_CTYPE`, else `LANG`.",
        "区域设置。语言依次看 `LC_ALL`、`LC_MESSAGES`、`LANG`；能否使用 ASCII 以外的字符依次看 `LC_ALL`、`LC_CTYPE`、`LANG`。")
    }
    package static var language: String {
      say("Languages in the order of preference, before that of the locale.", "按优先顺序排列的语言，先于区域设置中的语言。")
    }
    package static var columns: String { say("How wide help is printed.", "帮助文字的列数。") }
    package static var configHome: String {
      say(
        "The folder that holds `netns-top/config` (default: `~/.config`).", "`netns-top/config` 所在的目录（默认：`~/.config`）。")
    }
    package static var home: String { say("The home, for `~/` and what stands below it.", "主目录，用于 `~/` 及其下的文件。") }
    package static var runtime: String {
      say("Where the sockets of the user's own engines are looked for.", "在其中寻找用户自己的容器引擎的套接字。")
    }
    package static var dataHome: String {
      say(
        "Where Podman's files of the user are looked for (default: `~/.local/share`).",
        "在其中寻找该用户的 Podman 文件（默认：`~/.local/share`）。")
    }
    package static var path: String {
      say(
        "Where `nft`, `iptables-save` and the like are looked for; root takes only what nobody else can write.",
        "在其中寻找 `nft`、`iptables-save` 等工具；以 root 运行时只用他人无法写入的。")
    }
    package static var shell: String { say("The shell of a lesson.", "课程中使用的 shell。") }
    package static var tmux: String {
      say("Where it is set, copied text goes to tmux's buffer, too.", "已设置时，复制的文本也放入 tmux 的缓冲区。")
    }
    package static var escapeDelay: String {
      say("Milliseconds after which Esc is Esc, 1 to 5000 (default: 50).", "按下 Esc 后等待多少毫秒才算 Esc，1 到 5000（默认：50）。")
    }
    package static var epoch: String {
      say(
        "For `help --man`: the date of the page, in seconds since 1970 (default: none).",
        "用于 `help --man`：手册页的日期，自 1970 年起的秒数（默认：无）。")
    }
  }

  /// Which files are read and written.
  package enum Places {
    package static var configuration: String {
      say(
        "The user's settings: see netns-top-config(5). It is read, never written.",
        "用户的设置：见 netns-top-config(5)。只读取，从不写入。")
    }
    package static var sockets: String {
      say("The usual sockets of Docker and Podman, root's and those of users.", "Docker 和 Podman 的常见套接字，root 的和各用户的。")
    }
    package static var runtimes: String {
      say(
        "What engines without a service leave behind: the bundles of CRI-O and containerd, Podman's files below its storage, the networks of CNI and Podman. Read, where no engine is named.",
        "没有服务的容器引擎留下的文件：CRI-O 和 containerd 的 bundle、Podman 存储目录中的文件、CNI 和 Podman 的网络。未指定引擎时读取。")
    }
    package static var named: String { say("The namespaces that `ip netns` has named.", "由 `ip netns` 命名的命名空间。") }
    package static var processes: String {
      say("Which namespaces exist, and who runs in them.", "有哪些命名空间，其中运行着哪些进程。")
    }
    package static var names: String {
      say(
        "Of A, below its own root: how names are resolved there. Of a namespace without a process `/etc/netns/NAME` counts first.",
        "A 自己根目录下的文件：决定那里如何解析名称。没有进程的命名空间先看 `/etc/netns/NAME`。")
    }
    package static var log: String {
      say("Where `--log-file` says: lost events, resyncs, slow frames.", "`--log-file` 指定的文件：丢失的事件、重新同步、绘制过慢的帧。")
    }
    package static var logTerm: String { say("FILE", "FILE") }
  }

  /// What is missing without a capability.
  package enum Rights {
    package static var intro: String {
      say(
        "Root has all of them. What is missing is named on the screen and on standard error:",
        "root 拥有全部权限。缺少哪一项，会在屏幕上和标准错误中说明：")
    }
    package static var netAdmin: String {
      say("Without it links in other namespaces can't be read.", "缺少时无法读取其他命名空间中的接口。")
    }
    package static var netBroadcast: String { say("Without it their changes are not heard.", "缺少时收不到它们的变化。") }
    package static var sysAdmin: String {
      say(
        "Without it namespaces can't be entered: no ping from inside, no cookie.", "缺少时无法进入命名空间：不能从其中 ping，也没有 cookie。")
    }
    package static var sysPtrace: String {
      say("Without it processes of others can't be assigned to their namespaces.", "缺少时无法确定他人的进程属于哪个命名空间。")
    }
    package static var netRaw: String {
      say(
        "Without it there is no raw echo socket; the ICMP datagram socket is tried.", "缺少时没有 raw 回显套接字；改用 ICMP 数据报套接字。")
    }
    package static var group: String {
      say(
        "For members of a group, without a root shell (their environment decides nothing but language, colours and the kind of terminal; no configuration file is read):",
        "供某个组的成员使用，不必给 root shell（他们的环境变量只决定语言、颜色和终端类型；不读取配置文件）：")
    }
  }

  /// What signals do.
  package enum SignalWords {
    package static var hangup: String {
      say("The terminal has gone: the program ends, with 129.", "终端已断开：程序结束，退出状态为 129。")
    }
    package static var interrupt: String {
      say(
        "Ctrl-C in the viewer stops a ping, else it quits. Commands that go on, such as `events`, end as they do by themselves.",
        "在查看器中按 Ctrl-C 停止 ping，否则退出。持续运行的命令（如 `events`）正常结束。")
    }
    package static var terminate: String {
      say("The terminal is given back as it was, and the program ends, with 143.", "恢复终端原状后结束，退出状态为 143。")
    }
    package static var stop: String { say("The viewer is suspended; `fg` brings it back.", "挂起查看器；用 `fg` 恢复。") }
    package static var window: String { say("The viewer is drawn anew in the terminal's size.", "查看器按终端的新尺寸重绘。") }
    package static var reread: String {
      say("The viewer reads its configuration file again, as `R` does.", "查看器重新读取配置文件，同 `R` 键。")
    }
    package static var pipe: String { say("It is ignored: a closed pipe ends a command quietly.", "忽略：管道关闭时命令静默结束。") }
  }

  /// What the program can't do.
  package enum Limits {
    package static var kernels: String {
      say(
        "Linux 5.14 or later is best (namespace cookies); 4.20 is the least (strict netlink checks). The trace needs 5.12.",
        "最好使用 Linux 5.14 或更高版本（命名空间 cookie）；最低 4.20（严格的 netlink 检查）。跟踪需要 5.12。")
    }
    package static var bare: String {
      say(
        "A bare `unshare -n` raises no event: such a namespace is found by a search every 15 seconds, or at once with `r`.",
        "单独的 `unshare -n` 不产生事件：这样的命名空间由每 15 秒一次的搜索发现，按 `r` 可立即搜索。")
    }
    package static var names: String {
      say(
        "Control characters, bidirectional overrides and what is not UTF-8 in names are shown as `\\xNN`.",
        "名称中的控制字符、双向文字控制符和非 UTF-8 字节显示为 `\\xNN`。")
    }
    package static var events: String {
      say(
        "When events come faster than they can be read, the kernel drops some; then everything is read again, and a mark says so.",
        "事件来得比读取快时，内核会丢弃一部分；随后全部重新读取，并以标记说明。")
    }
    package static var rules: String {
      say(
        "Rules are read by `nft` and `iptables-save`: where one is missing, its rules are not seen, and that is said. The trace sees nftables and iptables-nft, not iptables-legacy.",
        "规则由 `nft` 和 `iptables-save` 读取：缺少其中之一时，看不到它的规则，并会说明。跟踪能看到 nftables 和 iptables-nft，看不到 iptables-legacy。")
    }
    package static var silence: String {
      say(
        "Silence of a UDP port is no proof: where a socket takes it and nothing on the way stops it, it counts as reached, and that is said.",
        "UDP 端口没有回音不能证明什么：若有套接字接收，途中又无阻拦，则算作已到达，并会说明。")
    }
    package static var notFollowed: String {
      say(
        "Not followed: team, macsec, hsr, xfrm and vti (IPsec), L2TP, MPLS, tunnels that take their far end from each packet. What programs of XDP and tc do can't be seen.",
        "不跟踪：team、macsec、hsr、xfrm 和 vti（IPsec）、L2TP、MPLS，以及远端由各个数据包决定的隧道。XDP 和 tc 程序做了什么无法看到。")
    }
    package static var engines: String {
      say("Engines on other machines (`tcp://`, `ssh://`) are refused.", "拒绝其他机器上的容器引擎（`tcp://`、`ssh://`）。")
    }
  }
}
