internal import CLinux
internal import Glibc
public import SystemPackage

/// A shell that has the terminal for a while; everything else of the program's main thread waits for it.
public enum InteractiveShell {
  /// The user's shell (`SHELL`), where it is an absolute path, else `/bin/sh`.
  public static var path: String {
    let wanted = Standard.environment["SHELL"] ?? ""
    return wanted.hasPrefix("/") ? wanted : "/bin/sh"
  }

  /// Whether it would find a tool by its name (`PATH`).
  public static func finds(_ tool: String) -> Bool {
    let path = Standard.environment["PATH"] ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return path.split(separator: ":").contains { unsafe access("\($0)/\(tool)", X_OK) == 0 }
  }

  /// Runs it in the namespaces of the calling thread, and returns when it has ended.
  ///
  /// Throws where it can't be started (posix_spawn(3)).
  public static func run(_ path: String) throws(Errno) {
    let pid = unsafe nt_spawn_shell(path)
    if pid < 0 { throw Errno(rawValue: -pid) }
    Descendants.begun(pid)
    var status: CInt = 0
    while true {
      let ended = unsafe waitpid(pid, &status, WUNTRACED)
      if ended < 0, errno == EINTR { continue }
      // A shell that suspends itself has nobody who would continue it.
      guard ended == pid, status & 0xFF == 0x7F else { break }
      kill(pid, SIGCONT)
    }
    Descendants.ended(pid)
    // A shell with jobs has had the terminal for its own group.
    tcsetpgrp(0, getpgrp())
  }
}
