import Foundation
import Testing

extension KernelTests {
  /// The viewer in a real terminal (tmux).
  @Suite struct TerminalRunTests {
    private static let ready: Bool = Machine.can("tmux", "pgrep")

    /// The demo between two looks at the terminal's mode; the shell stays.
    private func demo(_ environment: String = "", _ arguments: String = "", columns: Int = 80, rows: Int = 24) -> Screen
    {
      Screen(
        "A=$(stty -g); SWIFT_BACKTRACE=enable=no \(environment) \(Machine.program) demo \(arguments); echo EXIT=$?; "
          + "[ \"$A\" = \"$(stty -g)\" ] && echo MODE=same; sleep 100", columns: columns, rows: rows)
    }

    private func pid(_ screen: Screen) throws -> Int32 {
      var found: Int32?
      #expect(
        Machine.wait {
          found = screen.pid(of: "netns-top"); return found != nil
        })
      return try #require(found)
    }

    /// The terminal as a shell wants it.
    private func isRestored(_ screen: Screen) -> Bool {
      screen.shows("MODE=same") && Machine.wait { screen.modes == "0 1 0 0" }
    }

    /// As it comes, tmux takes nothing from a program that asks the terminal for its clipboard: it is told itself.
    @Test(.enabled(if: ready, "needs tmux and procps")) func whatIsCopiedArrivesInTmux() {
      let screen = Screen("\(Machine.program) demo; sleep 100", columns: 100)
      #expect(screen.shows("test2"), "\(screen.text)")
      screen.type("y")
      #expect(screen.shows("copied: 172.17.0.2"), "\(screen.text)")
      #expect(screen.tmux("show-buffer").output == "172.17.0.2")
      screen.type("q")
    }

    @Test(.enabled(if: ready, "needs tmux and procps")) func theTutorialIsWalkedAndPinged() {
      let screen = demo()
      #expect(screen.shows("172.17.0.3/16"))
      let first = screen.text
      for word in ["docker0", "172.17.0.1/16", "test1", "172.17.0.2/16", "test2", "● fwd", "2/1023", "q quit"] {
        #expect(first.contains(word), "\(word) is missing")
      }
      screen.type("p")
      #expect(screen.shows("ping test1 → test2?"))
      screen.type("p")
      #expect(screen.shows("loss 0 % (2/2)"), "\(screen.text)")
      #expect(screen.text.contains("┣━━━"), "the path is not lit")
      screen.type("Escape")
      #expect(screen.shows("stopped"))
      screen.type("Escape", "Enter")
      #expect(screen.shows("2 ⇄"))
      screen.type("Escape", "?")
      #expect(screen.shows("any other key closes"))
      screen.type("x", "/", "test1", "Enter")
      #expect(screen.shows("test1"))
      screen.type("Escape", "q")
      #expect(screen.shows("EXIT=0"))
      #expect(isRestored(screen))
    }

    @Test(
      .enabled(if: ready, "needs tmux and procps"),
      arguments: [
        ("TERM", 143), ("HUP", 129), ("INT", 130), ("SEGV", 139), ("ILL", 132), ("QUIT", 131), ("ABRT", 134),
        ("USR1", 138), ("ALRM", 142), ("SYS", 159), ("RTMIN", 162), ("RTMAX", 192),
      ])
    func everySignalLeavesTheTerminalAsItWas(signal: String, status: Int) throws {
      let screen = demo()
      #expect(screen.shows("test2"))
      Machine.bash("kill -\(signal) \(try pid(screen))")
      #expect(screen.shows("EXIT=\(status)"), "\(screen.text)")
      #expect(isRestored(screen), "\(screen.modes)")
    }

    @Test(.enabled(if: ready, "needs tmux and procps")) func controlCAndControlZ() {
      let screen = Screen("exec bash --norc -i")
      screen.type("'\(Machine.program) demo'", "Enter")
      #expect(screen.shows("test2"))
      screen.type("C-z")
      #expect(screen.shows("Stopped"))
      #expect(screen.modes == "0 1 0 0")
      screen.type("fg", "Enter")
      #expect(Machine.wait { screen.text.contains("live") && screen.modes.hasPrefix("1 0") })
      screen.type("C-c")
      #expect(Machine.wait { screen.modes == "0 1 0 0" })
    }

    /// What is pasted is no keys: `q` would end the program, `M` would ping everybody.
    @Test(.enabled(if: ready, "needs tmux and procps")) func aPasteIsText() {
      let screen = demo()
      #expect(screen.shows("test2"))
      screen.tmux("set-buffer 'qMqQ'")
      screen.tmux("paste-buffer -p -t m")
      #expect(screen.shows("a paste goes into a line"))
      screen.type("/")
      screen.tmux("set-buffer 172.17.0.3")
      screen.tmux("paste-buffer -p -t m")
      #expect(screen.shows("/172.17.0.3") && screen.shows("1 match"))
      screen.type("Escape", "q")
      #expect(screen.shows("EXIT=0"))
      #expect(isRestored(screen), "\(screen.modes)")
    }

    @Test(.enabled(if: ready, "needs tmux and procps")) func anySizeIsSurvived() {
      let screen = demo()
      #expect(screen.shows("test2"))
      for (size, wanted) in [
        ("120 -y 40", "q quit"), ("18 -y 4", "too small"), ("62 -y 12", "q quit"), ("80 -y 24", "test2"),
      ] {
        screen.tmux("resize-window -t m -x \(size)")
        #expect(screen.shows(wanted), "\(size): \(screen.text)")
      }
      screen.type("q")
      #expect(screen.shows("EXIT=0"))
    }

    @Test(
      .enabled(if: ready, "needs tmux and procps"),
      arguments: [
        ("TERM=screen", "━ docker0"), ("TERM=xterm", "━ docker0"), ("TERM=linux", "━ docker0"),
        ("TERM=vt100", "docker0"),
        ("LC_ALL=C", "#= docker0"), ("NO_COLOR=1", "━ docker0"), ("TERM=alacritty-unheard-of", "━ docker0"),
      ]) func everyTerminalGetsAPicture(environment: String, wanted: String)
    {
      let screen = demo(environment)
      #expect(screen.shows(wanted), "\(screen.text)")
      #expect(screen.shows("172.17.0.3/16"))
      screen.type("q")
      #expect(screen.shows("EXIT=0"))
    }

    @Test(.enabled(if: ready, "needs tmux and procps"))
    func terminalsThatCannotBeUsedAreSaid() {
      for (environment, wanted) in [
        ("TERM=dumb", "can't move its cursor"), ("TERM=nosuch", "is not known"), ("TERM=", "TERM is not set"),
      ] {
        let screen = demo(environment)
        #expect(screen.shows("EXIT=2"))
        let text = screen.text.replacingOccurrences(of: "\n", with: "")
        #expect(text.contains(wanted) && text.contains("netns-top show"), "\(text)")
      }
      let piped = Machine.bash("$NT demo | cat")
      #expect(piped.output.contains("━ docker0") && !piped.output.contains("\u{1B}"))
    }

    /// A viewer in namespaces of its own; commands reach them through `inside`.
    @Test(.enabled(if: ready && Machine.can("ip", "unshare"), "needs root, tmux, procps and iproute2"))
    func theDiagramFollowsAndPinsNothing() throws {
      let script = """
        for b in br0 br1; do ip link add $b type bridge; ip link set $b up; done
        \(Machine.program) --docker-host $NONE
        """
      let screen = Screen(Machine.privately + Machine.quoted(script) + "; sleep 100", columns: 120, rows: 40)
      #expect(screen.shows("br1"), "\(screen.text)")
      let viewer = try pid(screen)
      func inside(_ command: String) {
        let outcome = Machine.bash("nsenter -t \(viewer) -n -m -p bash -c '\(command)'")
        #expect(outcome.status == 0, "\(command): \(outcome.errors)")
      }
      // The kernel gives our own namespace a number in its own table as soon as a far end names it: that one stays.
      func ids() -> Int {
        Machine.bash("nsenter -t \(viewer) -n ip -j netns list-id").output.components(separatedBy: "\"nsid\"").count
      }
      let before = ids()
      for (number, name) in ["alpha", "beta"].enumerated() {
        inside(
          "ip netns add \(name); ip link add veth-\(name) type veth peer name eth0 index 2 netns \(name); "
            + "ip link set veth-\(name) up master br0; ip -n \(name) addr add 10.1.0.\(number + 1)/24 dev eth0; "
            + "ip -n \(name) link set eth0 up")
        #expect(screen.shows("10.1.0.\(number + 1)"), "\(screen.text)")
      }
      #expect(screen.shows("2/1023"))
      inside("ip link set veth-beta down")
      #expect(screen.shows("1 link down"))
      inside("ip link set veth-beta up")
      #expect(Machine.wait { !screen.text.contains("1 link down") })
      inside("ip link set veth-beta master br1")
      #expect(Machine.wait { screen.text.components(separatedBy: "1/1023").count == 3 }, "\(screen.text)")
      inside(
        "ip link set veth-beta master br0; ip -n beta addr del 10.1.0.2/24 dev eth0; ip -n beta addr add 10.1.0.77/24 dev eth0"
      )
      #expect(screen.shows("10.1.0.77"))
      screen.type("g", "/", "alpha", "Enter", "Escape", "p", "p")
      #expect(screen.shows("(2/2)"), "\(screen.text)")
      inside("ip netns del alpha; ip netns del beta")
      #expect(Machine.wait { !screen.text.contains("10.1.0.") || screen.text.contains("0/1023") }, "\(screen.text)")
      #expect(Machine.wait { ids() <= before + 1 })
      #expect(!Machine.bash("ls -l /proc/\(viewer)/fd").output.contains("net:["))
      let spaces = Set(Machine.bash("readlink /proc/\(viewer)/task/*/ns/net").output.split(separator: "\n"))
      #expect(spaces.count == 1)
    }
  }
}
