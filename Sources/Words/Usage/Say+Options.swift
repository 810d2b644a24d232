package import Speech

extension Say {
  /// What options and arguments are for, a line each in the help.
  package enum Options {
    // MARK: Of all commands

    package static var dockerHost: String {
      say(
        "Container engine: unix:///path (default: DOCKER_HOST, else the usual sockets).",
        "容器引擎：unix:///path（默认：DOCKER_HOST，否则用常见的套接字）。")
    }
    package static var context: String {
      say(
        "Docker context whose engine is asked (docker context ls).", "查询哪个 Docker context 的引擎（docker context ls）。")
    }
    package static var interval: String {
      say("Seconds between two samples of the counters (default: 1).", "两次读取计数器的间隔秒数（默认：1）。")
    }
    package static var color: String {
      say(
        "Colours: auto, always or never (NO_COLOR counts where nothing is said; default: auto).",
        "颜色：auto、always 或 never（未指定时看 NO_COLOR；默认：auto）。")
    }
    package static func theme(_ names: String) -> String {
      say(
        "Colours: \(names) (default: auto, dark or light as the terminal is).",
        "配色：\(names)（默认：auto，按终端背景选 dark 或 light）。")
    }
    package static var glyphs: String {
      say(
        "Characters for lines and marks: auto, unicode or ascii (default: auto).",
        "画线和标记所用的字符：auto、unicode 或 ascii（默认：auto）。")
    }
    package static func lang(_ names: String) -> String {
      say(
        "Language: \(names) (default: auto, as the locale says; JSON is always English).",
        "语言：\(names)（默认：auto，由 locale 决定；JSON 始终为英文）。")
    }
    package static var logFile: String {
      say("Append diagnostics: lost events, resyncs, slow frames.", "追加写入诊断信息：丢失的事件、重新同步、绘制过慢的帧。")
    }
    package static var printConfig: String {
      say("Print a configuration file with the settings in force, and end.", "按当前生效的设置打印一份配置文件，然后结束。")
    }
    package static var eventBuffer: String {
      say("Bytes of the buffer for events: small ones lose some.", "事件缓冲区的字节数：过小会丢失事件。")
    }
    package static var format: String { say("text or json.", "text 或 json。") }
    package static var ipv4: String { say("IPv4 only.", "仅 IPv4。") }
    package static var ipv6: String { say("IPv6 only.", "仅 IPv6。") }

    // MARK: Of those with a screen

    package static var mouse: String {
      say("Take the mouse from the terminal, or leave it (default: take it).", "是否接管终端的鼠标（默认：接管）。")
    }
    package static var reduceMotion: String {
      say("Whether the ping's head stands still (default: it runs).", "ping 的光点是否静止不动（默认：移动）。")
    }

    // MARK: demo

    package static var scenario: String {
      say("Which laboratory (see --list; default: tutorial).", "哪个实验环境（见 --list；默认：tutorial）。")
    }
    package static var sameScenario: String { say("The same.", "同上。") }
    package static var list: String { say("List the laboratories.", "列出实验环境。") }
    package static var explain: String {
      say(
        "Print why test1 can, or can't, reach test2, instead of the viewer (as explain does).",
        "不启动查看器，而是打印 test1 为何能或不能到达 test2（同 explain）。")
    }
    package static var metricsPair: String {
      say(
        "Ask whether A reaches B (or its port), as explain does; may be given several times.",
        "询问 A 能否到达 B（或其端口），同 explain；可多次给出。")
    }
    package static var metricsOutput: String {
      say("Replace this file, as a whole or not at all (default: standard output).", "整体替换这个文件，失败则不动它（默认：标准输出）。")
    }
    package static var tour: String {
      say(
        "The tutorial, step by step: what happens when containers start and ping each other.",
        "分步教程：容器启动、互相 ping 时究竟发生了什么。")
    }
    package static var lesson: String {
      say("A broken laboratory to be mended, with hints (list: which there are).", "一个待修复的故障实验环境，附提示（list：列出全部课程）。")
    }
    package static var plain: String {
      say("Of --tour: print the story as text, for pipes and screen readers.", "用于 --tour：以文本输出整个过程，适合管道和屏幕阅读器。")
    }
    package static var explainFormat: String { say("Of --explain: text or json.", "用于 --explain：text 或 json。") }

    // MARK: events

    package static var eventFormat: String { say("text or json (one object a line).", "text 或 json（每行一个对象）。") }
    package static var recording: String {
      say("Read a recording made by rtmon, instead of this machine.", "读取 rtmon 的记录文件，而不是本机的事件。")
    }
    package static var objects: String { say("Only these.", "只看这些对象。") }

    // MARK: explain

    package static var ends: String {
      say(
        "SOURCE and DESTINATION; of more than two the last is the destination.",
        "SOURCE 和 DESTINATION；多于两个时，最后一个是目的端。")
    }
    package static var fromAll: String {
      say(
        "Ask from everybody who has an address: a table of who can reach it, with each cause once.",
        "从每个有地址的源端出发：列表给出谁能到达，每个原因只说一次。")
    }
    package static var port: String {
      say("A port to try, N or N/udp; then the verdict is about that port.", "要测试的端口，N 或 N/udp；结论以该端口为准。")
    }
    package static var echoSize: String {
      say(
        "Bytes of data in the echo, sent unfragmented: finds MTU holes.", "回显请求的数据字节数，不分片发送：可查出 MTU 问题。")
    }
    package static var trace: String {
      say(
        "Let the kernel trace the probe through nftables: a table of our own, for a moment.",
        "让内核在 nftables 中跟踪探测包：临时建一个自己的表。")
    }
    package static var verbose: String {
      say(
        "Say what was sent: echo requests, connections, datagrams, queries of names.",
        "说明发送了什么：回显请求、连接、数据报、域名查询。")
    }
    package static var textWidth: String {
      say("Columns of the text: 40 to 400 (default: the terminal's).", "文本的列数：40 到 400（默认：与终端相同）。")
    }

    // MARK: help

    package static var topic: String { say("A command, a chapter, or a cause's code.", "命令、章节，或原因代码。") }
    package static var man: String {
      say("Print the page of that section (1 or 5) in the language of man(7).", "以 man(7) 格式打印该节（1 或 5）的手册页。")
    }

    // MARK: ping

    package static var source: String {
      say("Who sends (netns-top help targets).", "发送方（netns-top help targets）。")
    }
    package static var destination: String {
      say("Who is asked (netns-top help targets).", "接收方（netns-top help targets）。")
    }
    package static var count: String { say("How many requests.", "请求的个数。") }
    package static var wait: String { say("Seconds between two requests.", "两次请求的间隔秒数。") }
    package static var payload: String { say("Bytes behind the ICMP header.", "ICMP 首部之后的字节数。") }

    // MARK: show

    package static var pictureFormat: String {
      say(
        "text, json, or svg: the diagram as an image, in the colours of --theme.",
        "text、json 或 svg：svg 为图像，配色由 --theme 决定。")
    }
    package static var pictureWidth: String {
      say("Columns of the diagram (default: the terminal's, else 100).", "图的列数（默认：与终端相同，否则为 100）。")
    }
    package static var tables: String {
      say(
        "JSON: with routes, rules, neighbours, fdb and settings of every namespace (as for each NAME).",
        "JSON：包含每个命名空间的路由、策略规则、邻居、fdb 和设置（给出 NAME 时总是包含）。")
    }
    package static var watch: String {
      say("Go on: print again at each change, as JSON one line each.", "持续运行：每次变化时重新打印，JSON 为每次一行。")
    }
    package static var names: String { say("Containers or namespaces.", "容器或命名空间。") }
  }
}
