package import Speech

extension Say {
  /// The configuration file: what stands in it beside the settings, and what it has wrong.
  package enum SettingWords {
    // MARK: The file that is printed

    package static var head: String {
      say(
        "netns-top: these settings are in force. Copy to ~/.config/netns-top/config and change what you like.",
        "netns-top：以下是当前生效的设置。复制到 ~/.config/netns-top/config 后可按需修改。")
    }
    package static func values(_ form: String) -> String { say("Values: \(form)", "取值：\(form)") }
    package static var lang: String {
      say(
        "Language of all texts but JSON; auto: as the locale says.",
        "界面语言，JSON 除外；auto：由 locale 决定。")
    }
    package static var theme: String {
      say("Colours; auto: dark or light, as the terminal's background is.", "配色；auto：按终端背景选 dark 或 light。")
    }
    package static var color: String {
      say(
        "Whether colours are used; NO_COLOR in the environment counts where nothing is said here.",
        "是否使用颜色；此处未设置时以环境变量 NO_COLOR 为准。")
    }
    package static var glyphs: String { say("Characters for lines and marks.", "画线和标记所用的字符。") }
    package static var mouse: String {
      say(
        "Whether the viewer takes the mouse; the terminal's own selection works with Shift, or with no.",
        "查看器是否接管鼠标；按住 Shift 或设为 no，即可使用终端自身的选择功能。")
    }
    package static var reduceMotion: String { say("Whether the ping's head stands still.", "ping 的光点是否静止不动。") }
    package static var interval: String {
      say("Seconds between two samples of the counters.", "两次读取计数器的间隔秒数。")
    }
    package static var intervals: String { say("0.1 to 3600", "0.1 到 3600") }
    package static var width: String {
      say("Columns of printed diagrams; auto: the terminal's.", "打印的图的列数；auto：与终端相同。")
    }
    package static var widths: String { say("auto, or 40 to 400", "auto，或 40 到 400") }
    package static var dockerHost: String {
      say(
        "The container engine; auto: DOCKER_HOST, else the usual sockets.",
        "容器引擎；auto：先看 DOCKER_HOST，否则用常见的套接字。")
    }
    package static var dockerHosts: String { say("auto, or unix:///path", "auto，或 unix:///path") }
    package static var logFile: String {
      say(
        "Where diagnostics are appended: resyncs, lost events, slow frames.",
        "诊断信息追加写入的文件：重新同步、丢失的事件、绘制过慢的帧。")
    }
    package static var logFiles: String {
      say("none, or a path that begins with / or ~/", "none，或以 / 或 ~/ 开头的路径")
    }

    package static var keys: String {
      say(
        "What keys ask for: all keys of a command, or none. In quotes: \"#\", \",\", \"\\\"\". Esc stays with back, Ctrl-c leads out.",
        "按键对应的命令：列出命令的全部按键，或 none。需加引号：\"#\"、\",\"、\"\\\"\"。Esc 始终是 back，Ctrl-c 始终用于退出。")
    }
    package static var keyNames: String {
      say(
        "Keys: a character, Space, Tab, Shift-Tab, Enter, Esc, Backspace, Up, Down, Left, Right, Home, End, PgUp, PgDn, F1, Ctrl-l.",
        "按键：单个字符，或 Space、Tab、Shift-Tab、Enter、Esc、Backspace、Up、Down、Left、Right、Home、End、PgUp、PgDn、F1、Ctrl-l。")
    }

    // MARK: What a file has wrong

    package static func tooLarge(_ file: String, kibibytes: Int) -> String {
      say("\(file): larger than \(kibibytes) KiB: not read", "\(file): 大于 \(kibibytes) KiB，未读取")
    }
    package static func noText(_ file: String) -> String {
      say("\(file): not a text in UTF-8: not read", "\(file): 不是 UTF-8 文本，未读取")
    }
    package static func unreadable(_ file: String, because reason: String) -> String {
      say("\(file): \(reason): not read", "\(file): \(reason)，未读取")
    }
    package static func more(_ file: String, _ count: Int) -> String {
      say("\(file): and \(count) more", "\(file): 另有 \(count) 处")
    }
    package static func noSetting(_ line: String) -> String {
      say("'\(line)' is no setting; write: key = value", "「\(line)」不是设置；格式为：key = value")
    }
    package static func badQuotes(_ key: String) -> String {
      say(
        "\(key): the quotes are not closed, or hold an unknown \\ escape",
        "\(key)：引号没有闭合，或其中有未知的 \\ 转义")
    }
    package static func unknown(_ key: String, meant other: String) -> String {
      say("unknown setting '\(key)'; did you mean \(other)?", "未知设置「\(key)」；是否想写 \(other)？")
    }
    package static func unknown(_ key: String) -> String {
      say("unknown setting '\(key)'; see netns-top --print-config", "未知设置「\(key)」；请看 netns-top --print-config")
    }
    package static func badValue(_ value: String, of key: String, form: String) -> String {
      say("\(key): '\(value)' can't be used; give \(form)", "\(key)：「\(value)」不可用；可取 \(form)")
    }
    package static func unknownSection(_ name: String, meant other: String?) -> String {
      let hint = other.map { say("; did you mean [\($0)]?", "；是否想写 [\($0)]？") } ?? ""
      return say("unknown section [\(name)]: not read", "未知小节 [\(name)]，未读取") + hint
    }
    package static func setTwice(_ key: String, line: Int) -> String {
      say("\(key) is set in line \(line), too; this one counts", "\(key) 在第 \(line) 行已设置过；以本行为准")
    }

    // MARK: What reading it again has brought

    package static func readAgain(_ file: String) -> String { say("configuration read: \(file)", "已重新读取配置：\(file)") }
    package static func noFile(_ file: String) -> String {
      say("no configuration file at \(file)", "没有配置文件：\(file)")
    }
    package static var noPlace: String {
      say("no configuration file: neither HOME nor XDG_CONFIG_HOME says where", "没有配置文件：HOME 和 XDG_CONFIG_HOME 均未指明位置")
    }
    package static var notWithLentRights: String {
      say(
        "no configuration file is read: the program has more rights than you", "未读取配置文件：本程序的权限高于当前用户")
    }
    package static func fromNextStart(_ settings: String) -> String {
      say("\(settings): from the next start", "\(settings) 下次启动时生效")
    }
    package static func logFile(_ path: String, _ reason: String) -> String {
      say("log-file \(path): \(reason)", "log-file \(path)：\(reason)")
    }

    // MARK: What its keys have wrong

    package static func belowKeys(_ command: String) -> String {
      say("\(command) is a command of keys: it belongs below [keys]", "\(command) 是按键命令：应写在 [keys] 之下")
    }
    package static func aboveKeys(_ setting: String) -> String {
      say("\(setting) is a setting: it belongs above [keys]", "\(setting) 是设置：应写在 [keys] 之前")
    }
    package static func unknownCommand(_ name: String, meant other: String) -> String {
      say("keys have no command '\(name)'; did you mean \(other)?", "按键没有命令「\(name)」；是否想写 \(other)？")
    }
    package static func unknownCommand(_ name: String) -> String {
      say(
        "keys have no command '\(name)'; see netns-top --print-config", "按键没有命令「\(name)」；请看 netns-top --print-config")
    }
    package static func noKey(_ key: String, of command: String, meant other: String) -> String {
      say("\(command): there is no key '\(key)'; did you mean \(other)?", "\(command)：没有按键「\(key)」；是否想写 \(other)？")
    }
    package static func noKey(_ key: String, of command: String) -> String {
      say(
        "\(command): there is no key '\(key)'; see netns-top --print-config",
        "\(command)：没有按键「\(key)」；请看 netns-top --print-config")
    }
    package static func badKeys(_ command: String) -> String {
      say(
        "\(command): write none, or keys with commas between them: p, Space, \"#\"",
        "\(command)：应写 none，或以逗号分隔的按键，如 p, Space, \"#\"")
    }
    package static func boundTwice(_ key: String, to other: String, line: Int) -> String {
      say("\(key) is \(other)'s in line \(line), too; this one counts", "\(key) 在第 \(line) 行已用于 \(other)；以本行为准")
    }
    package static func held(_ key: String, by holder: String, _ command: String) -> String {
      say("\(command): \(key) stays with \(holder)", "\(command)：\(key) 始终用于 \(holder)")
    }
    package static func fixed(_ command: String, key: String) -> String {
      say("\(command) keeps its key, \(key)", "\(command) 的按键 \(key) 不能更改")
    }
    package static var escStays: String {
      say("back: Esc stays with it: nobody is to be locked in", "back：Esc 始终有效，以免无法返回")
    }
  }
}
