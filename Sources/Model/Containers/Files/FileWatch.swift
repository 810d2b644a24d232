internal import Glibc
internal import LinuxSystem
internal import Synchronization
public import SystemPackage

/// Watches the files that engines leave, on a thread of its own: reads them once, then whenever a folder of theirs changes,
/// and when somebody asks. While nothing happens, nothing is read and nothing wakes up.
///
/// One for root's and our own engines, and one for each user's: what a user has may keep its thread for ever (FUSE).
///
///     let watch = try FileWatch(owner: nil, environment: environment) { mailbox.post($0) }
///     watch.ask()
public final class FileWatch: Sendable {
  private struct State {
    var isRunning = false
    var isEnding = false
  }

  /// Milliseconds after a question at which the files are read: a namespace is there before its runtime has written down
  /// whose it is.
  private static let looks: [Int64] = [0, 120, 500]
  /// Milliseconds from a change to the readings that it causes, so that a burst of them costs one; the second is for what is
  /// written below a folder that has just been made.
  private static let settling: [Int64] = [40, 400]

  private let owner: UInt32?
  private let root: String
  private let environment: [String: String]
  private let deliver: @Sendable (EngineReport) -> Void
  private let state = Mutex(State())
  private let bell: Noticeboard<Bool>

  /// Prepares a watch of one user's engines; nil: of root's, and of our own. `deliver` is called on the watch's own thread, with every report that differs from the one before;
  /// it must not wait for anything. Throws `Errno` where there are no descriptors left.
  public convenience init(
    owner: UInt32?, environment: [String: String], deliver: @escaping @Sendable (EngineReport) -> Void
  ) throws(Errno) {
    try self.init(owner: owner, root: "", environment: environment, deliver: deliver)
  }

  /// The same below a folder that stands for `/`.
  init(
    owner: UInt32?, root: String, environment: [String: String], deliver: @escaping @Sendable (EngineReport) -> Void
  ) throws(Errno) {
    self.owner = owner
    self.root = root
    self.environment = environment
    self.deliver = deliver
    bell = try Noticeboard(blank: false)
  }

  /// Those users who have an account with a home, in rising order: nobody else has files of an engine's.
  public static func accounts(among users: Set<UInt32>) -> [UInt32] {
    // Without it nobody has a home that we know of.
    let passwd = (try? SmallFile.readRegular("/etc/passwd", limit: ReadLimit.recordFile)) ?? []
    return Set(UserFiles.accounts(passwd).map(\.uid)).intersection(users).sorted()
  }

  /// Has everything read; the first question starts the thread. Throws `Errno` where there is none to be had.
  public func ask() throws(Errno) {
    try state.withLock { state throws(Errno) in
      guard !state.isRunning else { return }
      _ = try Promise<Bool>.begin { [self] in
        run()
        return true
      }
      state.isRunning = true
    }
    bell.change { $0 = true }
  }

  /// Ends the watch: nothing is delivered after that. A thread that hangs in a file system is not waited for.
  public func stop() {
    state.withLock { $0.isEnding = true }
    bell.change { $0 = true }
  }

  // MARK: On its thread

  private func run() {
    let files = EngineFiles(root: root, environment: environment)
    let changes = FolderChanges(owner: owner)
    var last: [String: EngineReport] = [:]
    /// When the files are to be read, milliseconds of the monotonic clock.
    var due: [Int64] = []
    while true {
      let timeout = due.min().map { Int32(clamping: max(0, $0 - Self.now)) } ?? -1
      let (isAsked, isChanged) = wait(changes, timeout)
      if state.withLock({ $0.isEnding }) { return }
      let now = Self.now
      if isAsked { due = Self.looks.map { now + $0 } }
      if isChanged {
        for wait in Self.settling where !due.contains(where: { $0 <= now + wait && $0 > now + wait / 2 }) {
          due.append(now + wait)
        }
      }
      guard due.contains(where: { $0 <= now }) else { continue }
      due.removeAll { $0 <= now }
      read(files, &last)
      changes.watch(files.watched.map { root + $0 })
      // A storm of changes takes a fifth of a processor at most.
      let rest = Self.now + (Self.now - now) * 4
      due = due.map { max($0, rest) }
    }
  }

  private func read(_ files: EngineFiles, _ last: inout [String: EngineReport]) {
    var seen: Set<String> = []
    files.read(of: owner) { report in
      seen.insert(report.endpoint)
      guard last[report.endpoint] != report else { return }
      last[report.endpoint] = report
      tell(report)
    }
    // A place with nothing in it any more.
    for (path, old) in last where !seen.contains(path) {
      var report = EngineReport(endpoint: path, owner: old.owner, runtime: old.runtime, status: .absent)
      report.isFromFiles = true
      last[path] = nil
      tell(report)
    }
  }

  private func tell(_ report: EngineReport) {
    state.withLock { if !$0.isEnding { deliver(report) } }
  }

  private func wait(_ changes: FolderChanges, _ timeout: Int32) -> (isAsked: Bool, isChanged: Bool) {
    var waits = [
      pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: changes.descriptor, events: Int16(POLLIN), revents: 0),
    ]
    // Interrupted or timed out: nothing has come.
    guard unsafe poll(&waits, nfds_t(waits.count), timeout) > 0 else { return (false, false) }
    let isAsked = waits[0].revents != 0 && bell.take()
    return (isAsked, waits[1].revents != 0 && changes.take())
  }

  private static var now: Int64 { SystemClock.monotonicNanoseconds / 1_000_000 }
}

/// Which folders are changed (inotify(7)).
final class FolderChanges {
  private static let mask =
    UInt32(IN_CREATE | IN_DELETE | IN_MOVED_TO | IN_MOVED_FROM | IN_CLOSE_WRITE | IN_MODIFY) | UInt32(IN_ONLYDIR)

  /// What is readable when one has changed; -1 where the kernel has no room for a watch: then it does not tell.
  let descriptor: CInt
  private var watches: [String: CInt] = [:]

  private let owner: UInt32?

  /// Watches nothing yet; with `owner` only folders that are that user's, and that no link leads to.
  init(owner: UInt32? = nil) {
    self.owner = owner
    descriptor = inotify_init1(CInt(IN_CLOEXEC) | CInt(IN_NONBLOCK))
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Watches these folders, and no others. Those that are not there are not watched: one above them is.
  func watch(_ paths: [String]) {
    guard descriptor >= 0 else { return }
    for (path, watch) in watches where !paths.contains(path) {
      inotify_rm_watch(descriptor, watch)
      watches[path] = nil
    }
    for path in paths {
      // What a link leads to is not his, whoever made it: such a folder is read when somebody asks, and not watched.
      guard let folder = try? RootedFile.folder(path, owner: owner) else { continue }
      // The same number where it is watched already, and a new one where it is another folder by now.
      let watch = unsafe inotify_add_watch(descriptor, "/proc/self/fd/\(folder.rawValue)", Self.mask)
      watches[path] = watch >= 0 ? watch : nil
    }
  }

  /// Takes what has come; false where that was nothing.
  func take() -> Bool {
    var buffer = [UInt8](repeating: 0, count: 4096)
    var isChanged = false
    while unsafe read(descriptor, &buffer, buffer.count) > 0 { isChanged = true }
    return isChanged
  }
}
