import Foundation
import Testing

extension KernelTests {
  /// Terminals as they are: their ground, their colours, their locale.
  @Suite struct TerminalLookTests {
    private static let ready: Bool = Machine.can("tmux", "pgrep")

    /// A pseudo terminal whose other end answers, or does not, run by Python's pty: `answer` is what it says to OSC 11.
    /// Prints all that the program wrote until it had been quit.
    private func terminal(
      answering answer: String, environment: String = "", typing typed: String = "", then keys: String = "q"
    ) -> Outcome {
      let script = """
        import os, pty, select, sys, time, fcntl, termios, struct
        pid, fd = pty.fork()
        if pid == 0:
            os.execvp("/bin/bash", ["bash", "-c", "exec env TERM=xterm-256color LC_ALL=C.UTF-8 \(environment) \(Machine.program) demo"])
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        out, said, quit, end = b"", False, False, time.time() + 30
        while time.time() < end:
            if not select.select([fd], [], [], 0.05)[0]:
                if b"172.17.0.3" in out and not quit:
                    quit = True
                    os.write(fd, \(Machine.pythonBytes(keys)))
                continue
            try: data = os.read(fd, 65536)
            except OSError: break
            if not data: break
            out += data
            if b"\\x1b[6n" in out and not said:
                said = True
                os.write(fd, \(Machine.pythonBytes(typed)) + \(Machine.pythonBytes(answer)) + b"\\x1b[1;2R")
        sys.stdout.buffer.write(out)
        """
      return Machine.bash("python3 - <<'END'\n\(script)\nEND\n")
    }

    private static let python = Machine.can("python3", root: false)
    /// The bar's colours of the dark and of the light theme, as SGR writes the ground of 256.
    private static let (dark, light) = ("48;5;235m", "48;5;253m")

    @Test(
      .enabled(if: python, "needs python3"),
      arguments: [
        ("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\", "", light), ("\u{1B}]11;rgb:0000/0000/0000\u{7}", "", dark),
        // The answer comes before what the environment says; silence and nonsense leave it to that.
        ("\u{1B}]11;rgb:1111/1111/1111\u{7}", "COLORFGBG='0;15'", dark), ("", "COLORFGBG='0;15'", light),
        ("\u{1B}]11;rgb:zz/zz/zz\u{7}", "COLORFGBG='0;15'", light), ("", "", dark),
      ]) func autoSuitsTheGround(answer: String, environment: String, ground: String)
    {
      let outcome = terminal(answering: answer, environment: environment)
      #expect(outcome.output.contains(ground), "\(outcome.errors)")
      #expect(!outcome.output.contains(ground == Self.dark ? Self.light : Self.dark))
    }

    /// A terminal that says nothing of its ground may be light: words have its own colour there.
    @Test(.enabled(if: python, "needs python3")) func silenceLeavesWordsTheirColour() {
      let (silent, dark) = (terminal(answering: ""), terminal(answering: "\u{1B}]11;rgb:0/0/0\u{7}"))
      #expect(dark.output.contains("38;5;252m") && !silent.output.contains("38;5;252m"), "\(silent.errors)")
      #expect(silent.output.contains("172.17.0.3"))
    }

    @Test(.enabled(if: python, "needs python3")) func whatWasTypedMeanwhileIsNotLost() {
      let outcome = terminal(answering: "\u{1B}]11;rgb:0/0/0\u{7}", typing: "?", then: "xq")
      #expect(outcome.output.contains("keys on the diagram"), "the ? came while the terminal was asked")
      let ended = terminal(answering: "", typing: "q", then: "")
      #expect(ended.output.contains("\u{1B}[?1049l"), "so did the q")
    }

    /// The answer comes as the program leaves: the shell that reads next must not find it.
    @Test(.enabled(if: python, "needs python3")) func aLateAnswerIsNotLeftToTheShell() {
      let shell = """
        TERM=xterm-256color LC_ALL=C.UTF-8 \(Machine.program) demo
        stty -icanon -echo min 0 time 5; echo "LEFT[$(cat -v)]"
        """
      let script = """
        import os, pty, select, sys, time, fcntl, termios, struct
        pid, fd = pty.fork()
        if pid == 0:
            os.execvp("/bin/bash", ["bash", "-c", \(Machine.pythonBytes(shell))])
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        out, asked, said, end = b"", False, False, time.time() + 30
        while time.time() < end:
            if not select.select([fd], [], [], 0.05)[0]: continue
            try: data = os.read(fd, 65536)
            except OSError: break
            if not data: break
            out += data
            if b"\\x1b[6n" in out and not asked:
                asked = True
                os.write(fd, b"q")
            if b"\\x1b[?2004l" in out and not said:
                said = True
                os.write(fd, b"\\x1b]11;rgb:ffff/ffff/ffff\\x1b\\\\\\x1b[1;2R")
        sys.stdout.buffer.write(out)
        """
      let outcome = Machine.bash("python3 - <<'END'\n\(script)\nEND\n")
      #expect(
        outcome.output.contains("LEFT[]") && !outcome.output.contains("^[]11"),
        "\(outcome.output.suffix(300)) \(outcome.errors)")
    }

    @Test(.enabled(if: python, "needs python3")) func tTurnsTheThemeWhileItRuns() {
      let outcome = terminal(answering: "", then: "Tq")
      #expect(outcome.output.contains(Self.dark) && outcome.output.contains(Self.light))
    }

    /// With COLORTERM the bars have a ground that the 256 do not have; the cells are the same.
    @Test(.enabled(if: python, "needs python3")) func trueColoursWhereColortermSaysSo() {
      let outcome = terminal(answering: "", environment: "COLORTERM=truecolor")
      #expect(outcome.output.contains("48;2;32;38;50m"), "\(outcome.errors)")
      #expect(!outcome.output.contains("48;5;235m"))
      let plain = terminal(answering: "", environment: "COLORTERM=truecolor NO_COLOR=1")
      #expect(!plain.output.contains("48;2;") && plain.output.contains("172.17.0.3"))
    }

    @Test(.enabled(if: ready, "needs tmux and procps"), arguments: ["LC_ALL", "LANG"])
    func aLocaleThatIsNotInstalledIsNoWishForASCII(variable: String) {
      let screen = Screen("unset LC_ALL LANG; export \(variable)=xx_YY.UTF-8; \(Machine.program) demo; sleep 100")
      #expect(screen.shows("━ docker0"), "\(screen.text)")
      screen.type("q")
    }

    /// Names that the locale can't write are there as bytes, at their full width; nothing is blank.
    @Test(.enabled(if: ready && Machine.can("ip", "unshare"), "needs root, tmux, procps and iproute2"))
    func underCNamesAreSpelt() {
      let script = """
        ip link add br0 type bridge; ip link set br0 up; ip netns add 网
        ip link add v1 type veth peer name eth0 netns 网; ip link set v1 up master br0; ip -n 网 link set eth0 up
        LC_ALL=C \(Machine.program) --docker-host $NONE
        """
      let screen = Screen(Machine.privately + Machine.quoted(script) + "; sleep 100", columns: 100, rows: 30)
      #expect(screen.shows("\\xe7\\xbd\\x91"), "\(screen.text)")
      screen.type("v")
      #expect(screen.shows("container") && screen.shows("\\xe7\\xbd\\x91"), "\(screen.text)")
      let isASCII = screen.text.unicodeScalars.allSatisfy(\.isASCII)
      #expect(isASCII)
      screen.type("q")
    }
  }
}

extension Machine {
  /// A text as a literal of Python's bytes.
  static func pythonBytes(_ text: String) -> String {
    "b'" + text.utf8.map { "\\x" + String($0, radix: 16).leftPadded }.joined() + "'"
  }
}

extension String {
  fileprivate var leftPadded: String { count == 1 ? "0" + self : self }
}
