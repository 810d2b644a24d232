import Foundation
import Testing

extension KernelTests {
  /// The tour and the lessons in a real terminal, over a real laboratory: iproute2, run inside of it, is the judge of every
  /// fact that they show.
  @Suite struct TourRunTests {
    private static let ready: Bool = Machine.can("tmux", "pgrep", "ip", "bridge", "nsenter")

    /// A running guide, and a way into its laboratory.
    private final class Guided {
      let screen: Screen
      let columns: Int
      private let folder = NSTemporaryDirectory() + "netns-top-tour-\(UUID().uuidString.prefix(8))"
      private var pid: Int32 = 0

      init(_ arguments: String, columns: Int = 80, rows: Int = 24, environment: String = "") {
        self.columns = columns
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        screen = Screen(
          "cd \(folder); \(environment) \(Machine.program) demo \(arguments); echo EXIT=$?; sleep 100",
          columns: columns, rows: rows)
        _ = Machine.wait { [screen] in
          pid = screen.pid(of: "netns-top") ?? 0
          return pid != 0 && FileManager.default.fileExists(atPath: "/proc/\(pid)/root/run/netns")
        }
      }

      deinit { try? FileManager.default.removeItem(atPath: folder) }

      var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [] }
      /// The host's end of the first container's cable.
      var port: String {
        inside("ip -br link show master docker0 | sed 's/@.*//'").split(separator: "\n").first.map(String.init) ?? ""
      }
      var isGone: Bool { kill(pid, 0) != 0 }

      /// Whether the screen says it, wherever its lines are broken.
      func says(_ wanted: String, seconds: TimeInterval = 15) -> Bool {
        Machine.wait(seconds: seconds) {
          let words = self.screen.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
          return words.contains(wanted)
        }
      }

      /// What a command prints inside the laboratory.
      @discardableResult func inside(_ command: String) -> String {
        Machine.bash(
          "nsenter -t \(pid) -U --preserve-credentials -m -n bash -c \(Machine.quoted(command)) 2>&1"
        ).output
      }

      /// Whether the screen shows a command's lines as a terminal would, one after the other. Newer versions of `ip` say who
      /// set an address; the model's are without lifetimes that run.
      func shows(outputOf command: String) -> Bool {
        Machine.wait(seconds: 15) {
          let wanted = self.inside(command).split(separator: "\n").flatMap { self.broken(String($0)) }
          let rows = self.screen.text.split(separator: "\n").map { Self.trimmed($0) }
          return !wanted.isEmpty && wanted.allSatisfy { rows.contains($0) }
        }
      }

      private func broken(_ line: String) -> [String] {
        let characters = Array(line.replacingOccurrences(of: " proto kernel_lo", with: ""))
        return stride(from: 0, to: characters.count, by: columns - 2).map { start in
          Self.trimmed(Substring(String(characters[start..<min(start + columns - 2, characters.count)])))
        }
      }

      private static func trimmed(_ line: Substring) -> String { line.trimmingCharacters(in: .whitespaces) }
    }

    @Test(
      .enabled(if: ready, "needs tmux, procps, iproute2 and util-linux"),
      arguments: [(80, 24, "en"), (120, 40, "en"), (80, 24, "zh_CN"), (120, 40, "zh_CN")])
    func everyFactOfTheTourIsTheKernels(columns: Int, rows: Int, language: String) {
      let tour = Guided("--tour --lang \(language)", columns: columns, rows: rows)
      follow(tour, isEnglish: language == "en")
      learn(tour, isEnglish: language == "en")
      predict(tour, isEnglish: language == "en")
      step(tour, ["d"], "netns-top-tour.svg")
      #expect(Machine.wait { tour.files == ["netns-top-tour.svg"] })
      step(tour, ["q"], "EXIT=0")
      #expect(Machine.wait { tour.isGone })
    }

    private func step(_ tour: Guided, _ keys: [String], _ wanted: String) {
      for key in keys { tour.screen.type(key) }
      #expect(tour.says(wanted), "\(keys): \(wanted)\n\(tour.screen.text)")
    }

    /// Steps 1 to 5: containers, cables, numbers.
    private func follow(_ tour: Guided, isEnglish: Bool) {
      let screen = tour.screen
      #expect(tour.shows(outputOf: "ip a"), "\(screen.text)")
      #expect(Machine.wait { tour.inside("ip -br link show docker0").contains("DOWN") })
      step(tour, ["Enter"], isEnglish ? "a container starts" : "启动一个容器")
      screen.type("s")
      #expect(Machine.wait { tour.inside("ip -br link show docker0").contains(" UP ") })
      let port = tour.port
      #expect(port.hasPrefix("veth") && screen.shows(port), "\(port)\n\(screen.text)")
      step(tour, ["Enter", "i"], isEnglish ? "border of the network namespace" : "网络命名空间 test1 的边界")
      let both = "ip a show dev \(port); nsenter --net=/run/netns/test1 ip a show dev eth0"
      #expect(tour.shows(outputOf: both), "\(screen.text)")
      step(tour, ["Enter", "c"], isEnglish ? "one cable" : "同一根网线")
      #expect(tour.shows(outputOf: both), "\(screen.text)")
      step(tour, ["Enter", "s"], "test2")
      for name in ["test1", "test2"] {
        let far = tour.inside("nsenter --net=/run/netns/\(name) cat /sys/class/net/eth0/iflink").dropLast()
        let near = tour.inside("ip -o link show | sed -n 's/^\(far): \\([^:]*\\):.*/\(far): \\1/p'").dropLast()
        #expect(!near.isEmpty && screen.shows("\(near) ═══"), "\(near)\n\(screen.text)")
      }
    }

    /// Step 6: what everybody learns from the ping.
    private func learn(_ tour: Guided, isEnglish: Bool) {
      step(tour, ["Enter"], isEnglish ? "knows 0 neighbours" : "邻居表有 0 条")
      tour.screen.type("p")
      // A state of a neighbour changes while one looks: what was learned does not.
      let learned =
        "bridge fdb show br docker0 | grep -v permanent; for n in test1 test2; do nsenter --net=/run/netns/$n ip neigh | sed 's/ [A-Z]*.$//'; done"
      #expect(
        Machine.wait(seconds: 20) {
          let wanted = tour.inside(learned).split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
          let text = tour.screen.text
          return wanted.count == 4 && wanted.allSatisfy { text.contains($0) }
        }, "\(tour.inside(learned))\n\(tour.screen.text)")
      for leg in 2...4 { step(tour, ["Enter"], isEnglish ? "Leg \(leg)" : "第 \(leg) 段") }
    }

    /// Step 7: what the reader expects, and what is.
    private func predict(_ tour: Guided, isEnglish: Bool) {
      step(tour, ["Enter", "n"], isEnglish ? "docker0 is down" : "网桥 docker0 未启用")
      #expect(tour.inside("ip -br link show docker0").contains("DOWN"))
      step(tour, ["w"], "bridge-down")
      step(tour, ["Enter"], "nomaster")
      #expect(Machine.wait { tour.inside("ip -br link show docker0").contains(" UP ") }, "mended")
      step(tour, ["y"], isEnglish ? "You said yes, but it does not" : "你预测能到达，其实不能")
      #expect(tour.inside("ip -o link show master docker0 | wc -l") == "1\n")
      step(tour, ["Enter"], "172.27.0.3")
      #expect(tour.inside("ip -o link show master docker0 | wc -l") == "2\n", "mended")
      step(tour, ["n"], isEnglish ? "not in the subnet" : "子网")
      step(tour, ["Enter"], isEnglish ? "the whole of it" : "全图")
    }

    /// Somebody changes the laboratory from another terminal: no step tells what is not so, and Enter puts it right.
    @Test(.enabled(if: ready, "needs tmux, procps, iproute2 and util-linux")) func aBrokenLaboratoryIsSaidAndMended() {
      let tour = Guided("--tour")
      let screen = tour.screen
      screen.type("Enter", "s")
      #expect(screen.shows("There it is"))
      screen.type("Enter", "i")
      #expect(screen.shows("border of the network namespace"))
      let port = tour.port
      for (command, flaw) in [
        ("ip link set docker0 down", "docker0 is switched off"), ("ip link del docker0", "docker0 is missing"),
        ("ip link del \(port)", "test1/eth0 is missing"), ("ip link set \(port) nomaster", "is no port of docker0"),
        ("nsenter --net=/run/netns/test1 ip addr flush dev eth0", "has not the address 172.17.0.2"),
        ("nsenter --net=/run/netns/test1 ip link set eth0 down", "test1/eth0 is switched off"),
        (
          "nsenter --net=/run/netns/test1 ip link set eth0 down; nsenter --net=/run/netns/test1 ip link set eth0 name eth5 netns lan",
          "test1/eth0 is missing"
        ),
        ("ip link del docker0; ip link add docker0 type veth peer name other", "docker0 is switched off"),
        ("ip netns add test2; ip link add vx type veth peer name eth0 netns test2", "test2 runs already"),
      ] {
        tour.inside(command)
        #expect(tour.says(flaw), "\(command)\n\(screen.text)")
        #expect(tour.says("Enter puts it right"), "\(command)\n\(screen.text)")
        screen.type("Enter")
        #expect(screen.shows("Above: what `ip a` prints"), "\(command)\n\(screen.text)")
        #expect(
          tour.shows(outputOf: "ip a show dev \(port); nsenter --net=/run/netns/test1 ip a show dev eth0"),
          "\(screen.text)")
      }
      // Back and forth, at other sizes, and away in the middle.
      screen.type("BSpace", "BSpace", "BSpace", "BSpace")
      #expect(screen.shows("step 1 of 7"), "\(screen.text)")
      #expect(tour.inside("ls /run/netns").split(separator: "\n") == ["lan"])
      for size in ["120 -y 40", "30 -y 9", "18 -y 4", "80 -y 24"] { screen.tmux("resize-window -t m -x \(size)") }
      #expect(tour.shows(outputOf: "ip a"), "\(screen.text)")
      screen.type("Enter", "Enter", "q")
      #expect(screen.shows("EXIT=0"))
      #expect(Machine.wait { tour.isGone } && tour.files.isEmpty)
    }

    /// Neither root nor iproute2 nor Docker: the tour needs none of them, and a lesson says what it needs.
    @Test(.enabled(if: Machine.can("setpriv"), "needs root and util-linux")) func nothingIsNeededForTheTour() {
      let bare = "env -i PATH=/nowhere setpriv --reuid=65534 --regid=65534 --clear-groups"
        .replacingOccurrences(of: "setpriv", with: "/usr/bin/setpriv")
      let story = Machine.bash("\(bare) \(Machine.program) demo --tour --plain", timeout: 120)
      guard !story.errors.contains("lets an ordinary user make no namespaces") else {
        return print("SKIPPED the tour as nobody: this system forbids it")
      }
      #expect(story.status == 0, "\(story.errors)")
      for word in [
        "step 1 of 7", "step 7 of 7", "NO-CARRIER", "docker0 is UP", "@if", "REACHABLE",
        "No reply comes: The bridge docker0 is down",
        "is in no bridge", "not in the subnet", "the whole of it",
      ] { #expect(story.output.contains(word), "\(word)\n\(story.output)") }
      let chinese = Machine.bash("\(bare) \(Machine.program) demo --plain --lang zh_CN", timeout: 120)
      #expect(
        chinese.status == 0 && chinese.output.contains("第 7 步，共 7 步") && chinese.output.contains("网桥 docker0 未启用"))
      let lesson = Guided("--lesson forward-drop", columns: 100, environment: "PATH=/nowhere")
      #expect(
        lesson.screen.shows("lacks `nft`, which the lesson needs: sudo apt-get install nftables"),
        "\(lesson.screen.text)")
      lesson.screen.type("q")
    }

    /// Each lesson is broken as it says, and its solution, typed into its shell, solves it as the kernel's probes say.
    @Test(.enabled(if: ready && Machine.can("nft", "sysctl"), "needs tmux, procps, iproute2, nftables and util-linux"))
    func everySolutionSolvesItsLesson() throws {
      let list = Machine.bash("\(Machine.program) demo --lesson list").output.split(separator: "\n")
      #expect(list.count == 20)
      for (number, name) in list.compactMap({ $0.split(separator: " ").first }).enumerated() {
        // In both languages by turns, and by turns in the shell that the lesson opens and in one from outside.
        let isEnglish = number % 2 == 0
        let lesson = Guided("--lesson \(name) --lang \(isEnglish ? "en" : "zh_CN")", columns: 120, rows: 40)
        let screen = lesson.screen
        #expect(screen.shows(isEnglish ? "H hint" : "H 提示"), "\(name)\n\(screen.text)")
        screen.type("H", "H", "H", "S")
        #expect(screen.shows(" # "), "\(name)\n\(screen.text)")
        let commands = screen.text.split(separator: "\n").filter { $0.hasPrefix(" # ") }.map { String($0.dropFirst(3)) }
        try #require(!commands.isEmpty)
        if number % 4 == 0 {
          screen.type("'$'")
          #expect(screen.shows(isEnglish ? "A shell in the laboratory" : "实验环境网络里的命令行"))
          for command in commands {
            screen.tmux("send-keys -t m -l \(Machine.quoted(command))")
            screen.type("Enter")
          }
          screen.type("exit", "Enter")
        } else {
          for command in commands { lesson.inside(command) }
        }
        #expect(screen.shows(isEnglish ? "solved, test1 reaches test2" : "已解决", seconds: 25), "\(name)\n\(screen.text)")
        screen.type("q")
        #expect(screen.shows("EXIT=0"), "\(name)\n\(screen.text)")
      }
    }

    /// At 80x24 nothing of a lesson is cut, in either language.
    @Test(.enabled(if: ready, "needs tmux, procps, iproute2 and util-linux")) func everyLessonFitsEightyColumns() {
      let list = Machine.bash("\(Machine.program) demo --lesson list").output.split(separator: "\n")
      for (number, name) in list.compactMap({ $0.split(separator: " ").first }).enumerated() {
        let isEnglish = number % 2 == 1
        let lesson = Guided("--lesson \(name) --lang \(isEnglish ? "en" : "zh_CN")")
        #expect(lesson.says(isEnglish ? "goal: test1 reaches test2" : "目标：test1 能到达 test2"), "\(lesson.screen.text)")
        for hint in 1...3 {
          lesson.screen.type("H")
          #expect(lesson.says(isEnglish ? "Hint \(hint) of 3." : "提示 \(hint)（共 3 条）"), "\(lesson.screen.text)")
        }
        lesson.screen.type("S")
        #expect(lesson.says(isEnglish ? "The solution stands above." : "答案在上面。"), "\(lesson.screen.text)")
        let text = lesson.screen.text
        #expect(text.contains("\n # "), "\(text)")
        #expect(!text.contains("make the window larger") && !text.contains("请放大窗口"), "\(text)")
        lesson.screen.type("q")
        #expect(lesson.screen.shows("EXIT=0"))
      }
    }
  }
}
