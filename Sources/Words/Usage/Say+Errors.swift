package import Speech

extension Say {
  /// Why a command ends early, what can't be read, and what the command line has wrong.
  package enum Failure {
    /// Reasons one after the other, each a sentence.
    package static func all(_ reasons: [String]) -> String {
      say(reasons.joined(separator: "; "), reasons.joined(separator: "；"))
    }

    // MARK: What the model lacks

    package static func engine(_ reason: String) -> String { say("container engine: \(reason)", "容器引擎：\(reason)") }
    package static func kernel(_ reason: String) -> String {
      say("reading the kernel's tables: \(reason)", "读取内核的表：\(reason)")
    }
    package static func eventSocket(_ reason: String) -> String {
      say("the kernel's events can't be waited for: \(reason)", "无法等待内核的事件：\(reason)")
    }
    package static func counters(_ reason: String) -> String {
      say("reading the counters: \(reason)", "读取计数器：\(reason)")
    }
    package static func tables(_ reason: String) -> String { say("tables: \(reason)", "表：\(reason)") }
    package static func incompleteLog(_ path: String, _ reason: String) -> String {
      say(
        "--log-file \(path): \(reason); diagnostics are missing from it",
        "--log-file \(path)：\(reason)；其中缺少部分诊断信息")
    }

    // MARK: What ends a command

    package static func metricsFile(_ path: String, _ reason: String) -> String {
      say("metrics: \(path): \(reason); what was there is as it was", "metrics: \(path)：\(reason)；原有内容未变")
    }
    package static func metricsPair(_ source: String, _ destination: String, _ reason: String) -> String {
      say("metrics: \(source),\(destination): \(reason)", "metrics: \(source),\(destination)：\(reason)")
    }
    package static func metricsPairText(_ text: String) -> String {
      say("--pair '\(text)': write A,B or A,B:PORT", "--pair '\(text)'：请写成 A,B 或 A,B:PORT")
    }
    package static func output(_ reason: String) -> String {
      say("writing to standard output: \(reason)", "写入标准输出：\(reason)")
    }
    package static func damaged(_ file: String, at byte: Int, _ reason: String) -> String {
      say("events: \(file) at byte \(byte): \(reason)", "events: \(file) 第 \(byte) 字节处：\(reason)")
    }
    package static func twoPorts(_ option: String, destination: String, _ port: String) -> String {
      say(
        "explain: --port \(option), and '\(destination)' says \(port): give one of them",
        "explain: --port 为 \(option)，而「\(destination)」指定了 \(port)：只能给出一个")
    }
    package static var nothing: String { say("explain: nothing was found out", "explain: 没有得出任何结论") }
    package static var nobody: String {
      say("explain: nobody in the picture has an address", "explain: 图中没有任何命名空间有地址")
    }
    package static func noSender(_ source: String) -> String {
      say(
        "ping: nothing can be sent from '\(source)': explain works it out",
        "ping: 无法从「\(source)」发送：可用 explain 推算")
    }
    package static func noPort(_ source: String, _ destination: String, _ port: String) -> String {
      say(
        "ping: an echo request has no port: explain '\(source)' '\(destination)' asks about \(port)",
        "ping: 回显请求没有端口：要问 \(port)，请用 explain '\(source)' '\(destination)'")
    }

    // MARK: The settings

    package static var writableByOthers: String { say("others than root can write it", "root 以外的用户可以写入") }
    package static func namedByEnvironment(_ path: String, _ reason: String) -> String {
      say(
        "\(path): \(reason); XDG_CONFIG_HOME names it: unset that, or give the file to root",
        "\(path): \(reason)；它由 XDG_CONFIG_HOME 指定：请取消该变量，或将文件交给 root")
    }
    package static var lentRights: String {
      say(
        "--docker-host, --context: a program with more rights than you connects to the usual sockets only",
        "--docker-host、--context：本程序的权限高于当前用户时，只连接常见的套接字")
    }
    /// Who named an engine: an error's text stands behind it.
    package static var dockerHostOfFile: String { say("docker-host of the configuration file", "配置文件中的 docker-host") }
    package static func logFile(_ path: String, _ reason: String) -> String {
      say(
        "--log-file \(path): \(reason); choose a place that can be written to",
        "--log-file \(path)：\(reason)；请选择可写入的位置")
    }
    package static func complaint(_ first: String, more: Int) -> String {
      say("\(first) (and \(more) more, said at the end)", "\(first)（另有 \(more) 处，退出时列出）")
    }
  }
}

extension Say.Failure {
  // MARK: The command line

  package static func noLanguage(_ name: String, all names: String) -> String {
    say("there is no language '\(name)'; there are: \(names)", "没有语言「\(name)」；可选：\(names)")
  }
  package static func noTheme(_ name: String, all names: String) -> String {
    say("there is no theme '\(name)'; there are: \(names)", "没有配色「\(name)」；可选：\(names)")
  }
  package static func noCommand(_ name: String, all names: String) -> String {
    say("there is no command '\(name)'; there are: \(names)", "没有命令「\(name)」；可选：\(names)")
  }
  package static func noCommand(_ name: String, meant other: String) -> String {
    say("there is no command '\(name)'; did you mean \(other)?", "没有命令「\(name)」；是否想写 \(other)？")
  }
  package static func noObject(_ name: String, all names: String) -> String {
    say("there is no object '\(name)'; there are: \(names)", "没有对象「\(name)」；可选：\(names)")
  }
  package static func noScenario(_ name: String, all names: String) -> String {
    say("there is no scenario '\(name)'; there are: \(names)", "没有场景「\(name)」；可选：\(names)")
  }
  package static func twoScenarios(_ one: String, _ other: String) -> String {
    say("two laboratories, \(one) and \(other): name one", "给出了两个实验环境 \(one) 和 \(other)：只能给出一个")
  }
  package static func noPair(in scenario: String) -> String {
    say(
      "--explain: the scenario \(scenario) has no test1 and test2; see --list",
      "--explain：场景 \(scenario) 中没有 test1 和 test2；请看 --list")
  }
  package static func interval(_ value: String) -> String {
    say("--interval \(value): give 0.1 to 3600 seconds", "--interval \(value)：应为 0.1 到 3600 秒")
  }
  package static func width(_ value: Int) -> String {
    say("--width \(value): give 40 to 400 columns", "--width \(value)：应为 40 到 400 列")
  }
  package static func size(_ value: Int) -> String {
    say("--size \(value): give 0 to 65000 bytes", "--size \(value)：应为 0 到 65000 字节")
  }
  package static func count(_ value: Int) -> String {
    say("--count \(value): give 1 to 1000000", "--count \(value)：应为 1 到 1000000")
  }
  package static func wait(_ value: String) -> String {
    say("-i \(value): give 0.01 to 3600 seconds", "-i \(value)：应为 0.01 到 3600 秒")
  }
  /// Behind the parser's own words, which name the option and the value.
  package static var port: String {
    say("give 1 to 65535, with /udp behind it for UDP", "应为 1 到 65535，UDP 在其后加 /udp")
  }
  package static func exclude(_ one: String, _ other: String) -> String {
    say("\(one) and \(other) exclude each other", "\(one) 与 \(other) 不能同时使用")
  }
  package static func oneOf(_ one: String, _ other: String) -> String {
    say("\(one) and \(other): give one of them", "\(one) 和 \(other)：只能给出一个")
  }
  package static var oneDestination: String {
    say("--from-all takes one argument, the destination", "--from-all 只接受一个参数，即目的端")
  }
  package static var twoEnds: String {
    say("explain wants a SOURCE and a DESTINATION", "explain 需要 SOURCE 和 DESTINATION")
  }
}
