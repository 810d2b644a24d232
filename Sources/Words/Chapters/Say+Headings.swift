package import Speech

extension Say {
  /// What stands over the chapters of the manual, and what holds a page together.
  package enum Heading {
    package static var name: String { say("NAME", "名称") }
    package static var synopsis: String { say("SYNOPSIS", "概要") }
    package static var description: String { say("DESCRIPTION", "描述") }
    package static var commands: String { say("COMMANDS", "命令") }
    package static var options: String { say("OPTIONS", "选项") }
    package static var keys: String { say("KEYS", "按键") }
    package static var targets: String { say("WHAT A AND B MAY BE", "A 和 B 可以是什么") }
    package static var exitStatus: String { say("EXIT STATUS", "退出状态") }
    package static var environment: String { say("ENVIRONMENT", "环境变量") }
    package static var files: String { say("FILES", "文件") }
    package static var capabilities: String { say("CAPABILITIES", "权限（capability）") }
    package static var signals: String { say("SIGNALS", "信号") }
    package static var examples: String { say("EXAMPLES", "示例") }
    package static var causes: String { say("CAUSES", "原因代码") }
    package static var limits: String { say("LIMITS", "限制") }
    package static var seeAlso: String { say("SEE ALSO", "另见") }
    package static var syntax: String { say("SYNTAX", "语法") }
    package static var settings: String { say("SETTINGS", "设置") }
    package static var keySection: String { say("THE SECTION [keys]", "[keys] 一节") }
    package static var precedence: String { say("WHICH PLACE COUNTS", "以何处为准") }
    package static var place: String { say("WHERE THE FILE IS", "文件的位置") }
    package static var example: String { say("EXAMPLE", "示例") }

    /// What the pages are called, in a line each.
    package static var program: String {
      say(
        "see which veth belongs to which container, and why A cannot reach B",
        "查看哪个 veth 属于哪个容器，以及 A 为何不能到达 B")
    }
    package static var configuration: String { say("the configuration file of netns-top", "netns-top 的配置文件") }
    /// What stands at the top of a page.
    package static var manual: String { say("netns-top manual", "netns-top 手册") }

    /// Behind an option's text.
    package static func initial(_ value: String) -> String { say("(default: \(value))", "（默认：\(value)）") }
    /// One behind the other: Chinese has no blank between sentences.
    package static func sentences(_ sentences: [String]) -> String {
      say(sentences.joined(separator: " "), sentences.joined())
    }
    package static func values(_ form: String) -> String { say("Values: \(form).", "取值：\(form)。") }
  }

  /// What `help` says of its topics.
  package enum Topics {
    package static var heading: String { say("TOPICS:", "主题：") }
    package static var more: String {
      say(
        "See 'netns-top help <topic>'; every code of CAUSES is a topic, too.", "用法：netns-top help <topic>；每个原因代码也是一个主题。"
      )
    }

    package static var keys: String { say("The keys of the viewer.", "查看器的按键。") }
    package static var targets: String { say("What A and B may be.", "A 和 B 可以是什么。") }
    package static var exitStatus: String { say("What the exit status means.", "退出状态的含义。") }
    package static var environment: String { say("Which variables count.", "哪些环境变量起作用。") }
    package static var files: String { say("Which files are read and written.", "读写哪些文件。") }
    package static var capabilities: String { say("Which rights are needed for what.", "哪项权限用于什么。") }
    package static var signals: String { say("What signals do.", "各信号的作用。") }
    package static var examples: String { say("Ready-made lines.", "现成的命令。") }
    package static var causes: String { say("The codes of explain, a sentence each.", "explain 的原因代码，每个一句话。") }
    package static var config: String { say("The configuration file.", "配置文件。") }
    package static var limits: String { say("What the program cannot do.", "程序做不到的事。") }

    package static func unknown(_ topic: String, meant other: String) -> String {
      say("there is no topic '\(topic)'; did you mean \(other)?", "没有主题「\(topic)」；是否想写 \(other)？")
    }
    package static func unknown(_ topic: String) -> String {
      say("there is no topic '\(topic)'; netns-top help lists them", "没有主题「\(topic)」；netns-top help 会列出全部主题")
    }
    package static func noPage(_ number: Int) -> String {
      say("--man \(number): there are the sections 1 and 5", "--man \(number)：只有第 1 节和第 5 节")
    }
    package static func pageAlone(_ topic: String) -> String {
      say("--man prints a whole page: leave '\(topic)' out", "--man 打印整页：请去掉「\(topic)」")
    }
  }
}
