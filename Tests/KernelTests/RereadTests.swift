import Foundation
import Testing

extension KernelTests {
  /// The configuration, read again while the viewer runs: by its key and by SIGUSR2.
  @Suite struct RereadTests {
    private static let ready: Bool = Machine.can("tmux", "pgrep")

    /// A demo with a configuration file of its own.
    private final class Configured {
      let folder = NSTemporaryDirectory() + "netns-top-config-\(UUID().uuidString.prefix(8))"
      let screen: Screen
      var file: String { folder + "/netns-top/config" }

      init(_ text: String?, _ arguments: String = "demo", environment: String = "", columns: Int = 110) {
        try? FileManager.default.createDirectory(atPath: folder + "/netns-top", withIntermediateDirectories: true)
        if let text { try? text.write(toFile: folder + "/netns-top/config", atomically: true, encoding: .utf8) }
        screen = Screen(
          "A=$(stty -g); XDG_CONFIG_HOME=\(folder) \(environment) \(Machine.program) \(arguments); echo EXIT=$?; "
            + "[ \"$A\" = \"$(stty -g)\" ] && echo MODE=same; sleep 100", columns: columns)
      }

      deinit { try? FileManager.default.removeItem(atPath: folder) }

      func write(_ text: String) { try? text.write(toFile: file, atomically: true, encoding: .utf8) }

      func signal(_ name: String = "USR2") {
        var pid: Int32?
        _ = Machine.wait { [screen] in
          pid = screen.pid(of: "netns-top")
          return pid != nil
        }
        Machine.bash("kill -\(name) \(pid ?? -1)")
      }

      /// Whether the bars have that ground, as SGR writes it of 256 colours.
      func hasGround(_ color: Int) -> Bool {
        Machine.wait { self.screen.tmux("capture-pane -e -p -t m").output.contains("48;5;\(color)m") }
      }

      func ends(_ status: Int = 0) -> Bool {
        screen.shows("EXIT=\(status)") && screen.shows("MODE=same") && Machine.wait { screen.modes == "0 1 0 0" }
      }
    }

    private static let (dark, light) = (235, 253)

    @Test(.enabled(if: ready, "needs tmux and procps"), arguments: ["USR2", "R"])
    func whatHasChangedTakesEffectAtOnce(by means: String) {
      let run = Configured("theme = dark\nlang = en\n")
      let screen = run.screen
      #expect(screen.shows("q quit") && run.hasGround(Self.dark), "\(screen.text)")
      #expect(screen.modes.hasSuffix(" 1"), "the mouse is taken")
      run.write("theme = light\nlang = zh_CN\nmouse = no\n[keys]\nquit = Z\nreload = R, F2\n")
      if means == "R" { screen.type("R") } else { run.signal() }
      #expect(screen.shows("已重新读取配置") && screen.shows("Z 退出"), "\(screen.text)")
      #expect(run.hasGround(Self.light) && Machine.wait { screen.modes.hasSuffix(" 0") }, "\(screen.modes)")
      run.write("theme = dark\nlang = en\nglyphs = ascii\ncolor = never\n[keys]\nquit = Z\n")
      if means == "R" { screen.type("F2") } else { run.signal() }
      #expect(screen.shows("configuration read: /") && screen.shows("#= docker0"), "\(screen.text)")
      #expect(Machine.wait { !screen.tmux("capture-pane -e -p -t m").output.contains("48;5;") })
      #expect(Machine.wait { screen.modes.hasSuffix(" 1") }, "\(screen.modes)")
      run.write("theme = light\ncolor = always\n[keys]\nquit = Z\n")
      if means == "R" { screen.type("R") } else { run.signal() }
      #expect(screen.shows("━ docker0") && run.hasGround(Self.light), "\(screen.text)")
      screen.type("q", "v")
      #expect(screen.shows("container") && !screen.text.contains("EXIT"), "q is no key any more")
      screen.type("Z")
      #expect(run.ends(), "\(screen.text) \(screen.modes)")
    }

    @Test(.enabled(if: ready, "needs tmux and procps")) func aBrokenFileChangesNothingThatItDoesNotSay() {
      let run = Configured("theme = light\n[keys]\nquit = Z\n")
      let screen = run.screen
      #expect(screen.shows("Z quit") && run.hasGround(Self.light), "\(screen.text)")
      run.write("them = dark\n[keys]\nlist = L\npnig = o\n")
      run.signal()
      #expect(screen.shows("config:1: unknown setting 'them'"), "\(screen.text)")
      screen.type("L")
      #expect(screen.shows("container") && screen.text.contains("Z quit") && run.hasGround(Self.light))
      for (spoil, said) in [
        ("head -c 300 /dev/zero > $C", "not a text in UTF-8"), ("rm -f $C; mkfifo $C", "Invalid argument"),
        ("rm -f $C; mkdir $C", "Is a directory"), ("rmdir $C; ln -s $C $C", "symbolic links"),
      ] {
        Machine.bash("C=\(run.file); \(spoil)")
        screen.type("R")
        #expect(screen.shows(said), "\(said)\n\(screen.text)")
        screen.type("Down")
        #expect(screen.shows("Z quit") && run.hasGround(Self.light), "\(said)")
      }
      Machine.bash("rm -f \(run.file)")
      screen.type("R")
      #expect(screen.shows("no configuration file at /") && screen.shows("q quit"), "\(screen.text)")
      screen.type("q")
      // What the screen had no room for is said at the end.
      #expect(screen.shows("did you mean ping?"), "\(screen.text)")
      #expect(run.ends(), "\(screen.text)")
    }

    @Test(.enabled(if: ready, "needs tmux and procps")) func theCommandLineStillWinsAndTheLogIsOpenedAnew() {
      let run = Configured("theme = dark\n", "demo --theme light --lang en")
      let screen = run.screen
      #expect(screen.shows("q quit") && run.hasGround(Self.light), "\(screen.text)")
      let log = run.folder + "/log"
      let text = "theme = dark\nlang = zh_CN\nlog-file = \(log)\ndocker-host = unix:///nobody\n"
      run.write(text)
      screen.type("R")
      #expect(screen.shows("docker-host: from the next start"), "\(screen.text)")
      #expect(run.hasGround(Self.light) && screen.text.contains("q quit"))
      #expect(FileManager.default.fileExists(atPath: log))
      // As logrotate(8) does it.
      Machine.bash("mv \(log) \(log).1")
      run.signal()
      #expect(Machine.wait { FileManager.default.fileExists(atPath: log) })
      run.write(text + "interval = 0.1\n[keys]\nfreeze = Ctrl-z\nhelp = H\n")
      screen.type("R")
      #expect(screen.shows("H help"), "\(screen.text)")
      screen.type("C-z")
      #expect(screen.shows("FROZEN since"), "\(screen.text)")
      // While the terminal is somebody else's it waits.
      run.signal("STOP")
      run.signal()
      run.signal("CONT")
      #expect(screen.shows("configuration read"), "\(screen.text)")
      run.write("log-file = \(run.folder)/none/log\n")
      screen.type("R")
      #expect(screen.shows("No such file or directory") && screen.shows("q quit"), "\(screen.text)")
      screen.type("q")
      #expect(run.ends(), "\(screen.text)")
    }

    /// Before the first frame, and while a shell has the terminal, it waits.
    @Test(.enabled(if: ready, "needs tmux and procps")) func itMayComeAtAnyTime() {
      let run = Configured("lang = en\n", "demo --lesson unplugged")
      let screen = run.screen
      var pid: Int32?
      // The signal is taken over once the laboratory is begun: before that there is no viewer yet.
      let isTaken = Machine.wait {
        pid = pid ?? screen.pid(of: "netns-top")
        let status = pid.map { Machine.bash("grep SigBlk /proc/\($0)/status").output } ?? ""
        return (Int(status.suffix(4).prefix(3), radix: 16) ?? 0) & 0x800 != 0
      }
      #expect(isTaken)
      Machine.bash("for n in 1 2 3; do kill -USR2 \(pid ?? -1); done")
      #expect(screen.shows("H hint") && screen.shows("configuration read"), "\(screen.text)")
      screen.type("'$'")
      #expect(screen.shows("A shell in the laboratory"), "\(screen.text)")
      run.write("lang = en\n[keys]\nquit = F9\n")
      run.signal()
      screen.type("'echo still $((40+2))'", "Enter")
      #expect(screen.shows("still 42"), "\(screen.text)")
      screen.type("exit", "Enter")
      #expect(screen.shows("configuration read") && screen.shows("F9 quit"), "\(screen.text)")
      screen.type("F9")
      #expect(run.ends(), "\(screen.text)")
    }

    /// The ground was of no interest at the start: it is asked for when it is.
    @Test(.enabled(if: Machine.can("python3", root: false), "needs python3")) func autoAsksTheTerminal() {
      let script = """
        import os, pty, select, sys, time, fcntl, termios, struct, tempfile
        folder = tempfile.mkdtemp(); os.mkdir(folder + "/netns-top")
        def write(text): open(folder + "/netns-top/config", "w").write(text)
        write("theme = dark\\nglyphs = unicode\\n")
        pid, fd = pty.fork()
        if pid == 0:
            os.environ["XDG_CONFIG_HOME"] = folder
            os.execvp("/bin/bash", ["bash", "-c", "exec env TERM=xterm-256color LC_ALL=C.UTF-8 \(Machine.program) demo"])
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        out, step, end = b"", 0, time.time() + 30
        while time.time() < end:
            if not select.select([fd], [], [], 0.05)[0]:
                if step == 0 and b"172.17.0.3" in out:
                    step, asked = 1, b"]11;?" in out
                    write("theme = auto\\nglyphs = unicode\\n"); os.write(fd, b"R")
                elif step == 2 and b"48;5;253m" in out:
                    step = 3; os.write(fd, b"q")
                continue
            try: data = os.read(fd, 65536)
            except OSError: break
            if not data: break
            out += data
            if step == 1 and b"]11;?" in out:
                step = 2; os.write(fd, b"\\x1b]11;rgb:ffff/ffff/ffff\\x1b\\\\\\x1b[1;2R")
        print(asked, step)
        """
      let outcome = Machine.bash("python3 - <<'END'\n\(script)\nEND\n")
      #expect(outcome.output == "False 3\n", "\(outcome.output) \(outcome.errors)")
    }

    @Test(.enabled(if: ready, "needs tmux and procps")) func hangupEndsAndAGuideIsReadAnewToo() {
      let run = Configured("lang = en\n", "demo --tour", columns: 80)
      #expect(run.screen.shows("docker0"), "\(run.screen.text)")
      run.write("lang = zh_CN\n")
      run.signal()
      #expect(run.screen.shows("网桥"), "\(run.screen.text)")
      run.signal("HUP")
      #expect(run.ends(129), "\(run.screen.text)")
    }
  }
}
