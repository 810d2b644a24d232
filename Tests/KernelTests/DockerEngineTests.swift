import Foundation
import Testing

/// A real Docker engine in namespaces of its own, with test1 and test2; one for the whole run.
final class Engine: Sendable {
  static let shared = Engine()

  let folder: String
  /// Why it is not there; empty where it is.
  let failure: String
  /// What a command is put behind, to run where the engine runs.
  private let entrance: String
  /// Options of dockerd, but for where it lives.
  private let options: String

  /// One of several: it lives beside the first process of its namespaces, and can be ended and begun anew.
  init(_ name: String = "", options: String = "") {
    let isLasting = name.isEmpty
    let folder = "/tmp/nt-engine\(name)-\(getpid())"
    self.folder = folder
    self.options = options
    entrance = "nsenter -t $(cat \(folder)/first) --net --mount --pid "
    // dockerd closes the way through the host only where it opens it: what the machine does is not to count.
    let closed = "echo 0 > /proc/sys/net/ipv4/ip_forward; "
    // Who has ended is to be gone: a shell takes care of orphans, as the first process of a machine does.
    let engine =
      closed
      + (isLasting ? "exec " + Self.daemon(folder, options) : "exec bash -c 'while :; do sleep 1000 & wait; done'")
    let start =
      isLasting ? "" : "\(entrance)\(Self.daemon(folder, options)) >\(folder)/log 2>&1 & echo $! >\(folder)/daemon"
    let script = """
      set -e; mkdir -p \(folder)/image/bin
      cp /bin/busybox \(folder)/image/bin; for a in sh sleep ping; do ln -s busybox \(folder)/image/bin/$a; done
      \(Machine.privately) \(Machine.quoted(engine)) >\(folder)/log 2>&1 &
      for i in $(seq 100); do pgrep -P $! >\(folder)/first && break; sleep 0.05; done
      for i in $(seq 100); do \(entrance) test -d /run/netns && break; sleep 0.05; done
      \(start)
      for i in $(seq 300); do docker -H unix://\(folder)/S version >/dev/null 2>&1 && break; sleep 0.1; done
      tar -C \(folder)/image -c . | docker -H unix://\(folder)/S import - busybox >/dev/null
      """
    let containers = """

      for c in test1 test2; do docker -H unix://\(folder)/S run -d --name $c busybox sleep 100000 >/dev/null; done
      """
    let outcome = Machine.bash(script + (isLasting ? containers : ""), timeout: 120)
    failure = outcome.status == 0 ? "" : outcome.errors + Machine.bash("tail -5 \(folder)/log").output
    // The engine goes when the test run goes, however it ends.
    if isLasting { atexit { Engine.shared.remove() } }
  }

  private static func daemon(_ folder: String, _ options: String) -> String {
    "dockerd --data-root \(folder)/data --exec-root \(folder)/exec -p \(folder)/pid -H unix://\(folder)/S \(options)"
  }

  /// Begins dockerd anew, after it was ended.
  func startAgain() {
    Machine.bash("\(entrance)\(Self.daemon(folder, options)) >>\(folder)/log 2>&1 &")
  }

  func remove() {
    Machine.bash(
      """
      docker -H unix://\(folder)/S ps -aq | xargs -r docker -H unix://\(folder)/S rm -f
      P=$(cat \(folder)/first); kill $P; for i in $(seq 100); do kill -0 $P 2>/dev/null || break; sleep 0.1; done
      kill -9 $P 2>/dev/null; rm -rf \(folder)
      """)
  }

  /// Runs the engine's client.
  @discardableResult
  func docker(_ arguments: String) -> Outcome { Machine.bash("docker -H unix://\(folder)/S \(arguments)") }

  /// Runs a command where the engine runs.
  @discardableResult
  func inside(_ command: String) -> Outcome { Machine.bash(entrance + command) }

  /// Runs a script there.
  @discardableResult
  func insideScript(_ script: String) -> Outcome { inside("bash -c " + Machine.quoted(script)) }

  /// Where it listens.
  var address: String { "unix://\(folder)/S" }

  /// The command that calls the program there, for a terminal.
  var viewer: String { entrance + "\(Machine.program) --docker-host \(address)" }

  /// The program, as it is called there.
  func program(_ arguments: String) -> Outcome {
    inside("$NT \(arguments) --docker-host \(address)")
  }

  /// Something of `docker inspect`.
  func inspect(_ container: String, _ format: String) -> String {
    docker("inspect -f '\(format)' \(container)").output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

extension KernelTests {
  @Suite(.serialized, .enabled(if: Machine.can("dockerd", "docker", "ip", "tmux"), "needs root, Docker's engine, tmux"))
  struct DockerEngineTests {
    private let engine = Engine.shared

    private func namespaces() throws -> [[String: Any]] {
      try #require(engine.failure.isEmpty, "\(engine.failure)")
      let json = try engine.program("show --format json").json()
      return try #require(json["namespaces"] as? [[String: Any]])
    }

    @Test func everyContainerIsAsDockerAndTheKernelTellIt() throws {
      let all = try namespaces()
      let host = try #require(all.first?["interfaces"] as? [[String: Any]])
      for name in ["test1", "test2"] {
        let namespace = try #require(all.first { $0["name"] as? String == name })
        #expect(namespace["kind"] as? String == "container")
        let container = try #require((namespace["containers"] as? [[String: Any]])?.first)
        #expect(container["id"] as? String == engine.inspect(name, "{{.Id}}"))
        #expect(container["image"] as? String == "busybox")
        #expect(container["runtime"] as? String == "docker")
        let pid = engine.inspect(name, "{{.State.Pid}}")
        #expect("\(container["pid"] ?? "")" == pid)
        let text = engine.inside("nsenter -t \(pid) -n ip -j -d addr show dev eth0").output
        let theirs = try #require((try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])?.first)
        let ours = try #require(
          (namespace["interfaces"] as? [[String: Any]])?.first { $0["ifname"] as? String == "eth0" })
        for key in ["ifindex", "mtu", "operstate", "address"] {
          #expect("\(ours[key] ?? "-")" == "\(theirs[key] ?? "")")
        }
        #expect(ours["flags"] as? [String] == theirs["flags"] as? [String])
        let address = try #require((ours["addr_info"] as? [[String: Any]])?.first)
        #expect(address["local"] as? String == engine.inspect(name, "{{.NetworkSettings.IPAddress}}"))
        #expect(ours["address"] as? String == engine.inspect(name, "{{.NetworkSettings.MacAddress}}"))
        // Both ends of the cable, by number and by name.
        let peer = try #require(ours["peer"] as? [String: Any])
        let near = try #require(host.first { $0["ifindex"] as? Int == theirs["link_index"] as? Int })
        #expect(peer["ifname"] as? String == near["ifname"] as? String)
        #expect((near["peer"] as? [String: Any])?["cookie"] as? Int == namespace["cookie"] as? Int)
        #expect(near["master"] as? String == "docker0")
      }
      #expect(host.first { $0["ifname"] as? String == "docker0" }?["network"] as? String == "bridge")
    }

    @Test func pingIsCountedInBothContainers() throws {
      _ = try namespaces()
      func echoes(_ container: String) -> (received: Int, replies: Int) {
        let pid = engine.inspect(container, "{{.State.Pid}}")
        let rows = engine.inside("grep ^Icmp: /proc/\(pid)/net/snmp").output.split(separator: "\n")
          .map { $0.split(separator: " ").map(String.init) }
        guard rows.count == 2 else { return (-1, -1) }
        func value(_ name: String) -> Int { rows[0].firstIndex(of: name).flatMap { Int(rows[1][$0]) } ?? -1 }
        return (value("InEchos"), value("InEchoReps"))
      }
      let (source, target) = (echoes("test1"), echoes("test2"))
      let id = engine.inspect("test1", "{{.Id}}").prefix(6)
      let outcome = engine.program("ping \(id) test2 -c 3 -i 0.1")
      #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
      #expect(outcome.output.contains("3 sent, 3 received, loss 0 %"))
      #expect(echoes("test1").replies == source.replies + 3)
      #expect(echoes("test2").received == target.received + 3)
    }

    @Test func theViewerFollowsTheEngineAndLetsGo() throws {
      _ = try namespaces()
      let before = engine.inside("ip -j netns list-id").output
      let screen = Screen(engine.viewer + "; sleep 100", columns: 120, rows: 40)
      #expect(screen.shows("test2"), "\(screen.text)")
      engine.docker("run -d --name third busybox sleep 1000")
      #expect(screen.shows("third"), "\(screen.text)")
      engine.docker("network create shop")
      #expect(screen.shows("shop"), "\(screen.text)")
      engine.docker("network connect shop third")
      #expect(screen.shows("2 networks"), "\(screen.text)")
      screen.type("/", "test1", "Enter", "Escape", "p", "/", "third", "Enter", "g")
      engine.docker("rm -f third")
      #expect(Machine.wait(seconds: 20) { !screen.text.contains("third") }, "\(screen.text)")
      engine.docker("network rm shop")
      #expect(Machine.wait { !screen.text.contains("shop") }, "\(screen.text)")
      #expect(Machine.wait { engine.inside("ip -j netns list-id").output == before })
      let viewer = try #require(screen.pid(of: "netns-top"))
      #expect(!Machine.bash("ls -l /proc/\(viewer)/fd").output.contains("net:["))
      screen.type("q")
    }

    @Test func aShellIsToldTheNamesOfTheEngineThatTheLineNames() throws {
      _ = try namespaces()
      let question = "SAP_SHELL=bash $NT ---completion ping -- positional@1 3 2 netns-top ping test1 te"
      let asked = engine.inside("env \(question) --docker-host \(engine.address)")
      #expect(asked.status == 0 && asked.output.split(separator: "\n").contains("test2"), "\(asked)")
      #expect(engine.inside("env \(question)").output.isEmpty)
    }

    @Test func aStoppedContainerIsNamed() throws {
      _ = try namespaces()
      engine.docker("run -d --name done busybox sleep 0")
      #expect(Machine.wait { engine.inspect("done", "{{.State.Running}}") == "false" })
      let outcome = engine.program("ping test1 done")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("the container done is not running (exited)"), "\(outcome.errors)")
      engine.docker("rm done")
      let shown = engine.program("show test2 --width 90")
      #expect(shown.output.contains("test2") && !shown.output.contains("test1"))
    }
  }
}
