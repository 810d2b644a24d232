package import Speech

extension Say {
  /// What is said around every lesson.
  package enum Lessons {
    package static func title(_ name: String, _ number: Int, of count: Int) -> String {
      say("lesson \(number)/\(count), \(name)", "第 \(number)/\(count) 课：\(name)")
    }
    package static var solved: String { say("solved, test1 reaches test2", "已解决，test1 能到达 test2") }
    package static func hint(_ number: Int, of count: Int, _ text: String) -> String {
      say("Hint \(number) of \(count). \(text)", "提示 \(number)（共 \(count) 条）：\(text)")
    }
    package static var goal: String {
      say("goal: test1 reaches test2, as the kernel's own probes say", "目标：test1 能到达 test2，以内核实际发包的结果为准")
    }
    package static func quitFor(_ next: String) -> String {
      say("quit (next: demo --lesson \(next))", "退出（下一课：demo --lesson \(next)）")
    }
    package static func lost(_ name: String) -> String {
      say(
        "\(name) or its eth0 is gone: there is nothing to be mended any more. Quit, and begin the lesson again.",
        "\(name) 或它的 eth0 不见了，已经没有可修复的东西。请退出后重新开始本课。")
    }
    package static var runIt: String {
      say(
        "The solution stands above. Run it in the laboratory ($), and see why it helps.", "答案在上面。在实验环境里运行它（$），再看它为什么有效。"
      )
    }
    package static var wayIn: String { say("or in another terminal:", "或在另一个终端：") }
    package static func lacks(_ tool: String, _ package: String) -> String {
      say(
        "this machine lacks `\(tool)`, which the lesson needs: sudo apt-get install \(package)",
        "本机缺少本课需要的 `\(tool)`：sudo apt-get install \(package)")
    }
    package static func greeting(_ shell: String) -> String {
      say(
        "A shell in the laboratory's network (\(shell)): what ip, bridge, nft and sysctl net.* change stays inside; files, docker and other sysctls are the real ones. exit leads back.",
        "实验环境网络里的命令行（\(shell)）：ip、bridge、nft、sysctl net.* 的改动不影响外面；文件、docker 和其他 sysctl 仍是真实的。输入 exit 返回。")
    }
    package static func noShell(_ shell: String, _ reason: String) -> String {
      say("\(shell) can't be run: \(reason); SHELL names another one", "无法运行 \(shell)：\(reason)；可用 SHELL 指定其他命令行")
    }
    package static func noLesson(_ name: String, all: String) -> String {
      say("there is no lesson '\(name)'; there are: \(all)", "没有课程 '\(name)'；可用的有：\(all)")
    }
    package static func needsTerminal(_ name: String) -> String {
      say(
        "demo --lesson \(name): standard output is no terminal, and a lesson needs one; for text: demo --tour --plain",
        "demo --lesson \(name)：标准输出不是终端，而课程需要终端；纯文本请用 demo --tour --plain")
    }
    package static func twoOf(_ one: String, _ other: String) -> String {
      say("\(one) and \(other): give one of them", "\(one) 和 \(other)：只能用一个")
    }
  }
}
