internal import CLinux
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// The processes that this one has started, and what those leave behind: a tool that becomes a daemon would outlive us,
/// with our privileges, in a namespace that is none of its own.
public enum Descendants {
  private struct State {
    var isAdopting = false
    var hasHadChildren = false
    /// Those that somebody waits for.
    var children: Set<CInt> = []
  }

  private static let state = Mutex(State())
  /// How often, a millisecond apart, `endAll` looks whether what it killed is gone.
  private static let patience = 500

  /// From now on what has lost its parent among our descendants is our child (`PR_SET_CHILD_SUBREAPER`, prctl(2)).
  ///
  /// For a program that starts no children but by `begun`: any other is taken for one that was left behind.
  public static func adopt() {
    guard nt_adopt_orphans() == 0 else { return }
    state.withLock { $0.isAdopting = true }
  }

  /// A child was started whose end somebody waits for.
  public static func begun(_ pid: CInt) {
    state.withLock {
      $0.hasHadChildren = true
      $0.children.insert(pid)
    }
  }

  /// It was waited for.
  public static func ended(_ pid: CInt) { state.withLock { _ = $0.children.remove(pid) } }

  /// Kills what children that have ended left behind. Returns whether some of it is still there, or was until now: then
  /// there may be more, and this is to be called again.
  public static func endStrays() -> Bool { end(sparingChildren: true) }

  /// Kills all that is left, as the last thing that the program does.
  public static func endAll() {
    for _ in 0..<patience where end(sparingChildren: false) { usleep(1000) }
  }

  private static func end(sparingChildren: Bool) -> Bool {
    let now = state.withLock { $0 }
    guard now.isAdopting, now.hasHadChildren else { return false }
    var found = false
    for pid in offspring() where !sparingChildren || !now.children.contains(pid) {
      // Whoever it is, only a child of ours can be waited for: /proc may be that of another PID namespace.
      switch waitpid(pid, nil, WNOHANG) {
      case 0:
        found = true
        kill(pid, SIGKILL)
      case pid: found = true
      default: continue
      }
    }
    return found
  }

  /// The numbers of our children, by /proc.
  private static func offspring() -> [CInt] {
    func number(_ text: some Sequence<UInt8>) -> CInt? { CInt(String(decoding: Array(text), as: UTF8.self)) }
    // Without /proc there is nothing to be found.
    guard let threads = try? SmallFile.names(in: "/proc/self/task") else { return [] }
    var found: [CInt] = []
    for thread in threads {
      let path = Array("/proc/self/task/".utf8) + thread + Array("/children".utf8)
      do {
        found += try SmallFile.read(path: path).split(separator: UInt8(ascii: " ")).compactMap(number)
      } catch {
        // A thread that has just ended; or a kernel without CONFIG_PROC_CHILDREN, where every process is looked at.
        if thread == threads.first { return byParent(number) }
      }
    }
    return found
  }

  private static func byParent(_ number: (ArraySlice<UInt8>) -> CInt?) -> [CInt] {
    // As above.
    let names = (try? SmallFile.names(in: "/proc")) ?? []
    return names.compactMap { name in
      guard let pid = number(name[...]) else { return nil }
      // A process that has ended meanwhile is nobody's child.
      let text = (try? SmallFile.read(path: Array("/proc/".utf8) + name + Array("/stat".utf8))) ?? []
      guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
      // Behind the name come the state and the parent (proc_pid_stat(5)).
      let fields = text[text.index(after: end)...].split(separator: UInt8(ascii: " "))
      return fields.count > 1 && number(fields[1]) == getpid() ? pid : nil
    }
  }
}
