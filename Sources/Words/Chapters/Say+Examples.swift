package import Speech

extension Say {
  /// What the examples are for.
  package enum Examples {
    package static var demo: String {
      say(
        "A private laboratory of two containers: no root, no Docker, nothing left behind.",
        "两个容器的私有实验环境：不需要 root 和 Docker，不留任何痕迹。")
    }
    package static var lesson: String { say("A broken network to be mended, with hints.", "一个待修复的故障网络，附提示。") }
    package static var hangsOn: String { say("What does web hang on?", "web 接在哪里？") }
    package static var cables: String {
      say(
        "All cables, a line each: the container, its interface, the host's end, its network.",
        "所有网线，每根一行：容器、接口、宿主机一端、网络。")
    }
    package static var why: String { say("Why can't web reach db's port?", "web 为何不能到达 db 的端口？") }
    package static var code: String { say("The cause's code, for a script.", "供脚本使用的原因代码。") }
    package static var table: String { say("Who of all can reach it?", "哪些容器能到达它？") }
    package static var pipeline: String {
      say("In a script: what follows runs only where it is reachable.", "在脚本中：可达时才运行后面的命令。")
    }
    package static var wayOut: String { say("Can web get out of this machine?", "web 能否通往外网？") }
    package static var published: String { say("Can anybody outside reach the published port?", "外面能否到达已发布的端口？") }
    package static var change: String { say("The next change of a link, as JSON.", "接口的下一次变化，JSON 格式。") }
    package static var metrics: String {
      say("For node_exporter's textfile collector.", "供 node_exporter 的 textfile 收集器使用。")
    }
    package static var image: String { say("The diagram as an image.", "把图输出为图像。") }
    package static var page: String { say("This page in Chinese, for a package.", "打包用：本页的中文版。") }
  }

  /// The page about the configuration file.
  package enum FilePage {
    package static var what: String {
      say(
        "The file says what is not to be said on every command line. The program never writes it: `netns-top --print-config` prints a whole one, with the settings in force and what each is for.",
        "配置文件记下不必每次写在命令行上的设置。程序从不写入它：`netns-top --print-config` 打印一份完整的文件，含当前生效的设置及其说明。")
    }
    package static var lines: String {
      say(
        "A setting is a line, `key = value`; the keys are the names of the long options. Empty lines, and lines that begin with `#`, say nothing; behind a value `#` begins a comment where a blank stands before it.",
        "每行一个设置，格式为 `key = value`；key 是长选项的名称。空行和以 `#` 开头的行不起作用；值之后，前面有空格的 `#` 开始注释。")
    }
    package static var quotes: String {
      say(
        "A value with blanks at its ends, with `#` or with control characters stands in double quotes. In them `\\\"`, `\\\\`, `\\n`, `\\t` and `\\xNN` (two hexadecimal digits, below 80) are known, and nothing else behind a backslash.",
        "首尾有空格、含有 `#` 或控制字符的值写在双引号中。其中可用 `\\\"`、`\\\\`、`\\n`、`\\t` 和 `\\xNN`（两位十六进制数，小于 80），反斜杠之后不能是别的内容。")
    }
    package static var flags: String {
      say(
        "What is `yes` or `no` may also be `true`, `on`, `false`, `off`; `no-mouse = yes` is `mouse = no`.",
        "`yes` 和 `no` 也可写作 `true`、`on`、`false`、`off`；`no-mouse = yes` 即 `mouse = no`。")
    }
    package static var complaints: String {
      say(
        "A file has at most 64 KiB of UTF-8. What can't be used is named on standard error, with file and line, and left out: never a failure. Of a setting that stands there twice the last one counts, and that is said, too.",
        "文件为 UTF-8 文本，最大 64 KiB。不可用的内容会在标准错误中连同文件名和行号指出，并被略过，绝不导致失败。同一设置出现两次时以后者为准，也会指出。")
    }
    package static var reread: String {
      say(
        "The viewer reads the file again with the key `R`, and on the signal USR2.",
        "查看器在按 `R` 键时，以及收到 USR2 信号时，重新读取文件。")
    }

    package static var keys: String {
      say(
        "Behind the line `[keys]` stand keys instead of settings: `COMMAND = KEY, KEY…`, or `COMMAND = none` for a command without any. `netns-top --print-config` lists all commands and their keys. What is not named there keeps its keys.",
        "`[keys]` 一行之后写的是按键而不是设置：`COMMAND = KEY, KEY…`，不要按键的命令写作 `COMMAND = none`。`netns-top --print-config` 列出全部命令及其按键。未提到的命令保留原有按键。"
      )
    }

    package static var order: String {
      say(
        "For each setting the first place that has it: the command line, the file, the environment (`DOCKER_HOST`, `NO_COLOR`, the locale), the default.",
        "每个设置以最先给出它的一处为准，依次为：命令行、配置文件、环境变量（`DOCKER_HOST`、`NO_COLOR`、locale）、默认值。")
    }

    package static var user: String {
      say(
        "`$XDG_CONFIG_HOME/netns-top/config`, where that variable has an absolute path, else `~/.config/netns-top/config`.",
        "`$XDG_CONFIG_HOME/netns-top/config`，前提是该变量为绝对路径；否则为 `~/.config/netns-top/config`。")
    }
    package static var root: String {
      say(
        "Root's file counts only where nobody else can write it, nor a directory on the way. One of another that `XDG_CONFIG_HOME` names ends the program, with 2.",
        "root 的文件只有在他人无法写入它及沿途目录时才算数。若 `XDG_CONFIG_HOME` 指定了他人的文件，程序结束，退出状态为 2。")
    }
    package static var lent: String {
      say(
        "A program with more rights than its user (file capabilities) reads no file at all.",
        "本程序的权限高于其用户时（文件 capability），不读取任何配置文件。")
    }
  }
}
