import Foundation
import Testing

/// Everything that works on the machine's one kernel: one test after the other, for a census of namespaces sees those of
/// all tests that run.
@Suite(.serialized) enum KernelTests {}

/// What a command printed and how it ended.
struct Outcome {
  var status: Int32
  var output: String
  var errors: String

  /// The output as a JSON object.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any], "\(errors)")
  }
}

/// The program that was built beside the tests, and the machine's tools.
enum Machine {
  /// The folder that the test bundle runs from: the program is built there, too.
  static let products = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    .path
  static let program = products + "/netns-top"

  /// Whether tests that need more than the build may be left out; `.ci/run` says no.
  static let mayDoWithout = ProcessInfo.processInfo.environment["NETNS_TOP_NO_SKIP"] == nil
  static let isRoot = getuid() == 0

  /// Whether a test can run here, or has to.
  static func can(_ tools: String..., root: Bool = true) -> Bool {
    if !mayDoWithout { return true }
    return (!root || isRoot) && tools.allSatisfy { tool in bash("command -v \(tool)").status == 0 }
  }

  /// Runs a script; `$NT` is the program. One that takes longer than `timeout` seconds is killed: its status is -1.
  ///
  /// By posix_spawn(3) and into files: whatever a script leaves running in the background (an engine, a terminal) must
  /// not keep the test waiting, neither by a pipe nor by Foundation's own socket to its children.
  @discardableResult
  static func bash(_ script: String, timeout: TimeInterval = 60) -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["out", "err"].map { folder.appendingPathComponent($0).path }
    var environment = ProcessInfo.processInfo.environment
    environment["NT"] = program
    environment["LC_ALL"] = "C.UTF-8"
    environment["DOCKER_HOST"] = nil
    // Not the settings of whoever runs the tests.
    environment["NO_COLOR"] = nil
    environment["XDG_CONFIG_HOME"] = "/nonexistent"
    let pid = spawn(["/bin/bash", "-c", closing + script], environment.map { "\($0)=\($1)" }, files)
    guard pid > 0 else { return Outcome(status: -1, output: "", errors: "posix_spawn failed") }
    var status: CInt = 0
    let deadline = Date().addingTimeInterval(timeout)
    while unsafe waitpid(pid, &status, WNOHANG) == 0 {
      if Date() > deadline {
        kill(pid, SIGKILL)
        unsafe waitpid(pid, &status, 0)
        break
      }
      usleep(3000)
    }
    let texts = files.map { String(decoding: FileManager.default.contents(atPath: $0) ?? Data(), as: UTF8.self) }
    let code = status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    return Outcome(status: code, output: texts[0], errors: texts[1])
  }

  /// What other tests have open just now is not a script's: an engine that it starts would hold it for as long as it runs,
  /// and whoever waits for the end of a pipe would wait for that.
  private static let closing = "for f in /proc/$$/fd/*; do f=${f##*/}; [ $f -lt 3 ] || exec {f}>&-; done; unset f\n"

  private static func spawn(_ arguments: [String], _ environment: [String], _ files: [String]) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (number, file) in files.enumerated() {
      unsafe posix_spawn_file_actions_addopen(&actions, CInt(number + 1), file, O_WRONLY | O_CREAT, 0o600)
    }
    // The test runs on a thread that blocks nearly every signal; its children must not.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var argv = unsafe arguments.map { unsafe strdup($0) } + [nil]
    var envp = unsafe environment.map { unsafe strdup($0) } + [nil]
    defer { unsafe (argv + envp).forEach { unsafe free($0) } }
    var pid: pid_t = 0
    return unsafe posix_spawn(&pid, "/bin/bash", &actions, &attributes, &argv, &envp) == 0 ? pid : -1
  }

  /// Begins a machine of one's own: network, mount and process namespaces, an empty `/run`, and none of the namespaces that
  /// others have mounted. Followed by what bash is to run there, as one word.
  static let privately =
    "unshare --net --mount --pid --fork --kill-child --mount-proc --propagation private bash -c '"
    + "awk \"/ - nsfs /{print \\$5}\" /proc/self/mountinfo | xargs -r umount -l; "
    + "mount -t tmpfs none /run; mkdir /run/netns; ip link set lo up; export NONE=unix:///run/none.sock; eval \"$0\"' "

  /// A text as one word of the shell's.
  static func quoted(_ text: String) -> String { "'" + text.replacingOccurrences(of: "'", with: "'\\''") + "'" }

  /// Runs a script in namespaces of its own: it sees nothing of what else goes on on the machine, and leaves nothing
  /// behind.
  static func inPrivateNamespaces(_ script: String, timeout: TimeInterval = 60) -> Outcome {
    bash("exec " + privately + quoted(script), timeout: timeout)
  }

  /// A shell function that runs the remedy of the cause in `$JSON`, as people would, and asks whether it helped:
  /// `REMEDY yes|no COMMAND`, and `ROUTER lost` where it took the host's way to its router. `try_remedy PROOF…`
  static let tryRemedy = #"""
    try_remedy() {
      local cause=$(printf '%s' "$JSON" | sed -n 's/.*"cause":{\(.*\)},"also":.*/\1/p') remedy helps=no router i
      remedy=$(printf '%s' "$cause" | sed -n 's/.*"remedy":"\([^"]*\)".*/\1/p')
      [ -n "$remedy" ] || return 0
      ping -n -c 1 -W 1 192.0.2.1 > /dev/null 2>&1 && router=yes
      eval "$remedy" > /dev/null 2>&1
      for i in $(seq 16); do "$@" > /dev/null 2>&1 && { helps=yes; break; }; sleep 0.2; done
      echo "REMEDY $helps $remedy"
      [ -z "$router" ] || ping -n -c 1 -W 1 192.0.2.1 > /dev/null 2>&1 || echo "ROUTER lost: $remedy"
    }

    """#

  /// Waits until a condition holds; false after so many seconds.
  static func wait(seconds: TimeInterval = 10, _ condition: () -> Bool) -> Bool {
    let deadline = Date().addingTimeInterval(seconds)
    while Date() < deadline {
      if condition() { return true }
      usleep(10_000)
    }
    return condition()
  }
}

/// A terminal of a known size: the program in a tmux server of its own.
final class Screen {
  private let name = "netns-top-test-\(UUID().uuidString.prefix(8))"

  /// Starts a command in a fresh server, after what runs in the same shell before it.
  init(_ command: String, columns: Int = 80, rows: Int = 24, term: String = "tmux-256color") {
    let quoted = command.replacingOccurrences(of: "'", with: "'\\''")
    Machine.bash(
      "tmux -u -L \(name) -f /dev/null new-session -d -s m -x \(columns) -y \(rows) "
        + "'export TERM=\(term) LC_ALL=C.UTF-8; \(quoted)'")
  }

  deinit { tmux("kill-server") }

  @discardableResult
  func tmux(_ arguments: String) -> Outcome { Machine.bash("tmux -L \(name) \(arguments)") }

  /// What stands on the screen.
  var text: String { tmux("capture-pane -p -t m").output }

  /// Types keys, as tmux names them.
  func type(_ keys: String...) {
    for key in keys { tmux("send-keys -t m \(key)") }
  }

  /// Waits until a text stands on the screen.
  func shows(_ wanted: String, seconds: TimeInterval = 15) -> Bool {
    Machine.wait(seconds: seconds) { text.contains(wanted) }
  }

  /// The process of that name among the descendants of the pane's shell.
  func pid(of program: String) -> Int32? {
    let shell = tmux("display -p -t m '#{pane_pid}'").output.trimmingCharacters(in: .whitespacesAndNewlines)
    let found = Machine.bash(
      """
      walk() { for c in $(pgrep -P $1); do [ "$(cat /proc/$c/comm)" = \(program) ] && echo $c; walk $c; done; }
      walk \(shell)
      """
    ).output
    return Int32(found.split(separator: "\n").first ?? "")
  }

  /// Alternate screen, cursor, keypad and mouse: "0 1 0 0" is how a shell wants it.
  var modes: String {
    tmux("display -p -t m '#{alternate_on} #{cursor_flag} #{keypad_cursor_flag} #{mouse_any_flag}'").output
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
