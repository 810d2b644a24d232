internal import CLinux
internal import Glibc
internal import Synchronization
public import SystemPackage

/// Whose rights the program has, and what of that its user may decide.
public enum Privilege: Sendable {
  /// Its user's own: he may decide anything. Root of a user namespace has no others.
  case own
  /// Root's, of the machine: what others may write says nothing.
  case root
  /// More than its user's, by a file capability or a set-user-ID bit (`AT_SECURE`, getauxval(3)): the environment is not
  /// the user's to give, and files that he names are opened with his rights.
  case lent

  private static let hasRenounced = Mutex(false)

  /// That of this process.
  public static var current: Privilege {
    let first = first
    return first == .lent && hasRenounced.withLock { $0 } ? .own : first
  }

  /// Gives lent rights up for good; does nothing without any. Only while there is one thread: each has rights of its own.
  /// Throws `Errno` of capset(2).
  public static func renounce() throws(Errno) {
    guard current == .lent else { return }
    guard nt_renounce_lent_rights() == 0 else { throw Errno.current }
    hasRenounced.withLock { $0 = true }
  }

  /// The calling thread's effective capabilities (capget(2)): a mask of 1 << number.
  public static var capabilities: UInt64 { nt_effective_capabilities() }

  /// Whether the user is called root, of whatever user namespace and with whatever rights.
  public static var isCalledRoot: Bool { geteuid() == 0 }

  /// What it was when the program began.
  private static let first: Privilege = {
    if nt_is_secure() != 0 { return .lent }
    guard geteuid() == 0 else { return .own }
    // user_namespaces(7): only the first user namespace has every uid, each as itself. Without /proc it is taken for that.
    let map = (try? SmallFile.read("/proc/self/uid_map")) ?? Array("0 0 4294967295".utf8)
    let numbers = map.split { $0 == 32 || $0 == 10 }.map { String(decoding: $0, as: UTF8.self) }
    return numbers == ["0", "0", "4294967295"] ? .root : .own
  }()

  /// What a user may say of himself where the rest of the environment is not his to give.
  private static let harmless = ["TERM", "COLORTERM", "NO_COLOR", "LANG", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "TZ"]

  /// Forgets what of the environment is not the user's to give, before anybody else reads it: to be called first.
  ///
  /// ncurses reads terminal descriptions from `TERMINFO`, `TERMINFO_DIRS` and below `HOME`; it knows set-user-ID programs,
  /// and older ones know nothing of capabilities (ncurses(3X)).
  public static func cleanEnvironment() {
    let environment = Standard.environment
    switch current {
    case .own: return
    case .lent:
      nt_clear_environment()
      for name in harmless { if let value = environment[name] { unsafe setenv(name, value, 1) } }
    case .root:
      for name in ["TERMINFO", "TERMINFO_DIRS"] {
        let paths = (environment[name] ?? "").split(separator: ":").map(String.init)
        if !paths.allSatisfy(isRoots) { unsafe unsetenv(name) }
      }
      if let home = environment["HOME"], !isRoots(home) { unsafe unsetenv("HOME") }
    }
  }

  /// Whether nobody but root can say what is at a path: neither the file, nor a directory on the way, nor where a link on
  /// the way leads is another's. False where nothing is there.
  public static func isRoots(_ path: String) -> Bool { isSafe(path, for: [0]) }

  /// Opens a file for appending, with no more rights than the user has, and makes it for him alone where it is not there.
  /// Throws `Errno` of open(2): `tooManySymbolicLinks` for a link on a way that others can change, `permissionDenied` for
  /// another's file there.
  public static func openLog(_ path: String) throws(Errno) -> OwnedDescriptor {
    let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let isOurs = isSafe(folder, for: [0, getuid()])
    let fd = try OwnedDescriptor(result: unsafe nt_open_as_user(path, flags, 0o600, isOurs ? 1 : 0))
    if isOurs { return fd }
    var status = stat()
    guard unsafe fstat(fd.rawValue, &status) == 0 else { throw Errno.current }
    // What another has put there is his to read, and a second name of a file may be in any place.
    guard status.st_uid == getuid(), status.st_nlink == 1 else { throw .permissionDenied }
    return fd
  }

  /// Opens a file that the user has named for reading, with no more rights than he has; throws `Errno` of open(2).
  public static func open(_ path: String) throws(Errno) -> OwnedDescriptor {
    try OwnedDescriptor(result: unsafe nt_open_as_user(path, O_RDONLY | O_CLOEXEC, 0, 1))
  }

  private static func isSafe(_ path: String, for owners: Set<uid_t>) -> Bool {
    // A relative path hangs on the working directory, which was somebody's choice.
    guard let real = unsafe realpath(path, nil) else { return false }
    defer { unsafe free(real) }
    let ways = [path.hasPrefix("/") ? path : nil, unsafe String(cString: real)].compactMap { $0 }
    return ways.allSatisfy { way in
      let names = way.split(separator: "/")
      var prefix = "/"
      var isOpen = false
      for index in 0...names.count {
        if index > 0 { prefix += (prefix == "/" ? "" : "/") + names[index - 1] }
        var status = stat()
        guard unsafe lstat(prefix, &status) == 0, owners.contains(status.st_uid) else { return false }
        // A link's own mode says nothing; in a directory that others can write, whoever made it, none is followed.
        if status.st_mode & S_IFMT == S_IFLNK {
          if isOpen { return false }
          continue
        }
        isOpen = status.st_mode & S_IWOTH != 0 || status.st_mode & S_IWGRP != 0 && status.st_gid != 0
        // On the way: in a sticky directory nobody moves what is another's (inode(7)).
        if isOpen, index == names.count || status.st_mode & S_ISVTX == 0 { return false }
      }
      return true
    }
  }

  /// Whether a path is a socket of whoever this program runs as: what listens there is no other user.
  public static func isOwnSocket(_ path: String) -> Bool {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return false }
    return status.st_mode & S_IFMT == S_IFSOCK && status.st_uid == geteuid()
  }
}
