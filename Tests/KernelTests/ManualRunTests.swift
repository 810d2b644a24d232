import Foundation
import Testing

extension KernelTests {
  /// The manual as the program prints it, and as man(1) and its kin read it.
  @Suite struct ManualRunTests {
    @Test func everyTopicIsPrintedInBothLanguages() {
      let topics = [
        "keys", "targets", "exit-status", "environment", "files", "capabilities", "signals", "examples", "causes",
        "config",
        "limits", "port-isolated", "unknown",
      ]
      for topic in topics {
        let english = Machine.bash("$NT help \(topic)")
        let chinese = Machine.bash("$NT help \(topic) --lang zh_CN")
        for outcome in [english, chinese] {
          #expect(
            outcome.status == 0 && outcome.errors.isEmpty && outcome.output.hasSuffix("\n"), "\(topic) \(outcome)")
          #expect(!outcome.output.contains("\u{1B}"))
        }
        #expect(english.output != chinese.output)
      }
      let narrow = Machine.bash("COLUMNS=50 $NT help limits").output
      #expect(narrow.split(separator: "\n").allSatisfy { $0.count <= 50 }, "\(narrow)")
    }

    @Test func aCommandsHelpIsTheSameEitherWay() {
      for command in ["view", "demo", "show", "ping", "explain", "events", "metrics", "help"] {
        for language in ["en", "zh_CN"] {
          let (one, other) = (
            Machine.bash("$NT help \(command) --lang \(language)"),
            Machine.bash("$NT \(command) --help --lang \(language)")
          )
          #expect(one.status == 0 && one.output == other.output && one.output.contains("USAGE: "), "\(command)")
        }
      }
      let overview = Machine.bash("$NT help")
      #expect(overview.output.hasPrefix(Machine.bash("$NT --help").output), "\(overview.output)")
      #expect(overview.output.contains("\nTOPICS:\n  keys "))
    }

    @Test func thePageIsTheSameWheneverItIsMade() {
      for number in [1, 5] {
        for language in ["en", "zh_CN"] {
          let line = "$NT help --man \(number) --lang \(language)"
          let page = Machine.bash("HOME=/root \(line)")
          #expect(page.status == 0 && page.output.hasPrefix(".TH \"netns\\-top"), "\(page.errors)")
          #expect(Machine.bash("cd /; COLUMNS=40 HOME=/nowhere TERM=dumb DOCKER_HOST=x \(line)").output == page.output)
        }
      }
      let dated = Machine.bash("SOURCE_DATE_EPOCH=1700000000 $NT help --man 1 | head -n 1").output
      #expect(dated.contains("\"2023\\-11\\-14\""), "\(dated)")
      #expect(Machine.bash("SOURCE_DATE_EPOCH=-5x $NT help --man 1 | head -n 1").output.contains("\"1\" \"\" "))
    }

    @Test(.enabled(if: Machine.can("man", "groff", "mandoc", root: false), "needs man-db, groff and mandoc"))
    func manGroffAndMandocHaveNothingToSay() {
      for number in [1, 5] {
        for language in ["en", "zh_CN"] {
          // mandoc takes what stands behind the name's last dot for the page's section.
          let outcome = Machine.bash(
            """
            P=$(mktemp --suffix=.\(number)); trap 'rm -f $P' EXIT; $NT help --man \(number) --lang \(language) > $P
            groff -k -Tutf8 -man -ww $P > /dev/null
            mandoc -Tlint -W warning $P | grep -v 'missing date' >&2
            MANWIDTH=80 man --warnings -l $P | col -bx
            """)
          #expect(outcome.errors.isEmpty, "\(number) \(language): \(outcome.errors)")
          for words in number == 1
            ? [
              "port-isolated", "--docker-host URI", "CAP_NET_RAW", "jq -r '.cause.code // .verdict'",
              "~/.config/netns-top/config",
            ]
            : ["reduce-motion", "[keys]", "COMMAND = none", "key = value"]
          { #expect(outcome.output.contains(words), "\(number) \(language): \(words)") }
        }
      }
    }

    /// The examples, as they stand there, over two containers on a bridge.
    @Test(.enabled(if: Machine.can("ip", "unshare", "jq", "timeout"), "needs root, iproute2 and jq"))
    func theExamplesDoWhatTheySay() throws {
      let page = Machine.bash("COLUMNS=100 $NT help examples").output
      // Lines that are indented further go on with the one before.
      let shown = page.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { $0.dropFirst(4) }
      let lines = shown.reduce(into: [String]()) { lines, line in
        if line.hasPrefix(" "), let last = lines.indices.last {
          lines[last] += "\n" + line
        } else {
          lines.append(String(line))
        }
      }.filter { !$0.contains("demo") }
      try #require(lines.count > 10)
      var script = #"""
        cd /run; mkdir -p bin zh_CN/man1; ln -s "$NT" bin/netns-top; export PATH=/run/bin:$PATH DOCKER_HOST=$NONE
        ip link add br0 type bridge; ip link set br0 up; ip addr add 172.17.0.1/16 dev br0; n=1
        for name in web db; do
          n=$((n + 1)); ip netns add $name; ip link add v$n type veth peer name eth0 netns $name
          ip link set v$n master br0 up; ip -n $name addr add 172.17.0.$n/16 dev eth0; ip -n $name link set eth0 up
        done
        (while :; do ip link set v2 alias changed; ip link set v2 alias ""; sleep 0.1; done) & CHANGES=$!

        """#
      for line in lines { script += "( \(line) ) > out 2> err; echo \"STATUS $? $(head -c 60 out | head -n 1)\"\n" }
      let outcome = Machine.inPrivateNamespaces("NT=\(Machine.program)\n\(script)kill $CHANGES\n", timeout: 120)
      let rows = outcome.output.split(separator: "\n")
      #expect(rows.count == lines.count, "\(outcome.output) \(outcome.errors)")
      for (line, row) in zip(lines, rows) {
        // Nothing listens there and there is no way out: explain says so.
        let isAnswer = line.contains("explain") && (row.hasPrefix("STATUS 1") || row.hasPrefix("STATUS 2"))
        #expect(row.hasPrefix("STATUS 0") || isAnswer, "\(line)\n\(row)")
      }
      #expect(outcome.output.contains("web\teth0\tv2"), "\(outcome.output)")
    }

    /// The options that all commands have may stand before the command, as those of ip(8) and docker(1) do.
    @Test func commonOptionsMayComeFirst() {
      for line in ["--lang zh_CN help keys", "--lang=zh_CN help keys", "--color never --lang zh_CN help keys"] {
        let outcome = Machine.bash("$NT \(line)")
        #expect(outcome.status == 0 && outcome.output == Machine.bash("$NT help keys --lang zh_CN").output, "\(line)")
      }
      #expect(Machine.bash("$NT --help ping").output == Machine.bash("$NT ping --help").output)
    }

    /// Lines that can't be understood: each ends with 64 and says what is wrong.
    @Test func everyWrongLineIsAUsageError() {
      for (line, words) in [
        ("--bogus", "Unknown option '--bogus'"), ("show -x", "Unknown option '-x'"),
        ("nonsense", "there is no command"), ("--theem light", "Unknown option '--theem'. Did you mean '--theme'?"),
        ("--lang en shwo", "there is no command 'shwo'; did you mean show?"), ("--lang show", "no language 'show'"),
        ("shwo", "there is no command 'shwo'; did you mean show?"), ("show --width", "Missing value for '--width"),
        ("show --width x", "The value 'x' is invalid for '--width"),
        ("show --width 3", "--width 3: give 40 to 400 columns"),
        ("show --width -1", "--width -1: give 40 to 400 columns"), ("--interval 0", "give 0.1 to 3600 seconds"),
        ("--interval -1", "--interval -1.0: give 0.1 to 3600 seconds"), ("--interval nan", "give 0.1 to 3600 seconds"),
        ("--theme pink", "there is no theme 'pink'"), ("--color red", "one of 'auto', 'always' or 'never'"),
        ("--glyphs x", "one of 'auto', 'unicode' or 'ascii'"),
        ("--lang fr", "there is no language 'fr'; there are: auto, en"),
        ("--docker-host a --context b", "--docker-host and --context: give one of them"),
        ("show --format yaml", "one of 'text', 'json' or 'svg'"), ("show --watch --tables", "exclude each other"),
        ("ping", "Missing expected argument '<source>'"), ("ping a", "Missing expected argument '<destination>'"),
        ("ping a b c", "Unexpected argument 'c'"), ("ping a b -4 -6", "-4 and -6 exclude each other"),
        ("ping a b -c 0", "--count 0: give 1 to 1000000"), ("ping a b --count -1", "--count -1: give 1 to 1000000"),
        ("ping a b -i 0", "give 0.01 to 3600 seconds"), ("ping a b --size 70000", "give 0 to 65000 bytes"),
        ("explain a", "explain wants a SOURCE and a DESTINATION"), ("explain --from-all", "takes one argument"),
        ("explain --from-all a b", "takes one argument"), ("explain a b --port 70000", "give 1 to 65535"),
        ("explain a b --size -1", "--size -1: give 0 to 65000 bytes"),
        ("explain a b --trace=yes", "does not take any value"),
        ("events nothing", "there is no object 'nothing'; there are: link"), ("events --from", "Missing value"),
        ("metrics --pair a", "write A,B or A,B:PORT"), ("metrics a b", "2 unexpected arguments"),
        ("demo nowhere", "there is no scenario 'nowhere'"), ("demo shop thousand", "Unexpected argument 'thousand'"),
        ("demo --lesson nope", "there is no lesson 'nope'"), ("demo --tour --lesson mtu", "give one of them"),
        ("help nowhere-at-all", "netns-top help lists them"), ("help keyz", "did you mean keys?"),
        ("help show extra", "Unexpected argument 'extra'"), ("help --man 3", "there are the sections 1 and 5"),
        ("help --man 1 keys", "leave 'keys' out"), ("-- show", "there is no command 'show'"),
        ("--generate-completion-script csh", "'csh'"), ("$'--b\\e[31m'", "Unknown option '--b\\x1b[31m'"),
      ] {
        let outcome = Machine.bash("$NT \(line)")
        let lines = outcome.errors.split(separator: "\n").filter { !$0.hasPrefix(" ") && !$0.hasPrefix("Usage: ") }
        #expect(outcome.status == 64 && outcome.output.isEmpty, "\(line): \(outcome)")
        #expect(lines.first?.hasPrefix("Error: ") == true && lines.count <= 2, "\(line): \(outcome.errors)")
        #expect(outcome.errors.contains(words) && !outcome.errors.contains("\u{1B}"), "\(line): \(outcome.errors)")
      }
    }
  }
}
