package import Speech

extension Say {
  /// What is said around every lesson.
  package enum Lessons {
    package static func title(_ name: String, _ number: Int, of count: Int) -> String {
      say("lesson \(number)/\(count), \(name)", "第 \(number)/\(count) 课：\(name)")
    }
    package static var solved: String { say("solved, test1 reaches test2", "已解决，test1 能到达 test2") }
    package static func hint(_ number: Int, of count: Int) -> String {
      say("hint \(number) of \(count)", "提示 \(number)/\(count)")
    }
    package static func quitFor(_ next: String) -> String {
      say("quit (next: demo --lesson \(next))", "退出（下一课：demo --lesson \(next)）")
    }
    package static var runIt: String {
      say(
        "The solution stands above. Run it in the laboratory ($), and see why it helps.", "答案在上面。在实验环境里运行它（$），再看它为什么有效。"
      )
    }
    package static var wayIn: String { say("another terminal:", "另一个终端：") }
    package static func lacks(_ tool: String, _ package: String) -> String {
      say(
        "this machine lacks `\(tool)`, which the lesson needs: sudo apt-get install \(package)",
        "本机缺少本课需要的 `\(tool)`：sudo apt-get install \(package)")
    }
    package static func greeting(_ shell: String) -> String {
      say(
        "A shell inside the laboratory (\(shell)): ip, bridge, nft and sysctl change nothing outside of it. exit leads back.",
        "这是实验环境里的命令行（\(shell)）：ip、bridge、nft、sysctl 都不会影响外面。输入 exit 返回。")
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
