internal import LinuxSystem
internal import Names
internal import Questions
internal import Sentences
internal import Synchronization
internal import SystemPackage
internal import Topology

/// Where the files are that say how the programs of a namespace resolve names, and what is in them.
struct NameFiles: Hashable, Sendable {
  /// A process of the namespace; its root is the root.
  var process: Int32?
  /// The inode of the namespace that the process has to be in; nil: not known.
  var inode: UInt64?
  /// The name below /etc/netns, where there is no process.
  var mountName: String?

  /// The most bytes of a file that are read.
  static let limit = 64 << 10

  /// Reads them; where a container has mounted a file system of its own (FUSE), that can take any time.
  func read() -> NameLookup.Files {
    do throws(Errno) {
      guard let process else { return try ofMachine() }
      let root = try RootedFile.root(ofProcess: process, in: inode)
      func file(_ path: String) -> NameServiceFile { Self.read(path, root) }
      return NameLookup.Files(
        hosts: file("/etc/hosts"), resolver: file("/etc/resolv.conf"), services: file("/etc/nsswitch.conf"),
        libc: Self.libc(of: process, root))
    } catch {
      let reason =
        switch error {
        case .noSuchFileOrDirectory, .noSuchProcess: Say.Lookup.processIsGone(Int(process ?? 0))
        case .permissionDenied, .notPermitted:
          Say.Lookup.cannotReadRoot(Int(process ?? 0), "\(error)")
        default: "\(error)"
        }
      return .unread(reason)
    }
  }

  /// The machine's own, and those of `ip netns exec`, which stand in their place one by one (ip-netns(8)).
  private func ofMachine() throws(Errno) -> NameLookup.Files {
    let root = try RootedFile.root("/")
    // The name is one of a mount point: it can be anything.
    let name = mountName.flatMap { $0.isEmpty || $0.contains("/") || $0 == "." || $0 == ".." ? nil : $0 }
    func file(_ file: String) -> NameServiceFile {
      if let name {
        let special = Self.read("/etc/netns/\(name)/\(file)", root)
        if special != .absent { return special }
      }
      return Self.read("/etc/\(file)", root)
    }
    return NameLookup.Files(
      hosts: file("hosts"), resolver: file("resolv.conf"), services: file("nsswitch.conf"))
  }

  /// The library that the process has in its memory; where it has none (a program that is linked statically), the one
  /// that its files are for.
  private static func libc(of process: Int32, _ root: borrowing OwnedDescriptor) -> NameLookup.Libc {
    // What can't be read says nothing.
    let maps = (try? SmallFile.read("/proc/\(process)/maps", limit: limit)) ?? []
    let text = String(decoding: maps, as: UTF8.self)
    if text.contains("/ld-musl-") { return .musl }
    if text.contains("/libc.so.6") || text.contains("/ld-linux") { return .glibc }
    // Every musl has the rest of its name after its machine's.
    func isThere(_ path: String) -> Bool {
      if case .absent = read(path, root, limit: 0) { false } else { true }
    }
    let machines = ["x86_64", "aarch64", "armhf", "armv7", "i386", "riscv64", "powerpc64le", "s390x", "loongarch64"]
    guard machines.contains(where: { isThere("/lib/ld-musl-\($0).so.1") }) else { return .glibc }
    // A machine of glibc can have musl as well, for its compilers.
    return isThere("/etc/alpine-release")
      || !isThere("/lib64/ld-linux-x86-64.so.2") && !isThere("/lib/ld-linux-aarch64.so.1")
      ? .musl : .glibc
  }

  private static func read(
    _ path: String, _ root: borrowing OwnedDescriptor, limit: Int = limit
  ) -> NameServiceFile {
    do throws(RootedFile.Failure) {
      let (bytes, isCut) = try RootedFile.read(path, below: root, limit: limit)
      return .text(bytes, isCut: isCut)
    } catch {
      switch error {
      case .absent: return .absent
      case .notRegular(let kind): return .unread(Say.Lookup.isNotRead(kind))
      case .foreign: return .unread(Say.Lookup.isForeign)
      case .errno(.improperLink), .errno(.tooManySymbolicLinkLevels):
        return .unread(Say.Lookup.linkNotFollowed)
      case .errno(let errno): return .unread("\(errno)")
      }
    }
  }
}

extension NameLookup.Files {
  /// None of them can be read, for one reason.
  static func unread(_ reason: String) -> NameLookup.Files {
    NameLookup.Files(hosts: .unread(reason), resolver: .unread(reason), services: .unread(reason))
  }
}

/// The reading of such files on a thread of its own, which is given up where it takes too long.
final class NameReading {
  /// Milliseconds that a reading may take.
  static let patience: Int64 = 1000
  /// Threads that were given up and still hang: one at most for the same files, and so many in all.
  private static let hangingLimit = 8
  private static let hanging = Mutex<Set<NameFiles>>([])

  private enum State: Sendable { case running, finished, abandoned }

  /// Whose turn it is to say how a reading ended.
  private final class Ticket: Sendable {
    private let state = Mutex(State.running)

    /// Changes a running one; what it was.
    func end(_ new: State) -> State {
      state.withLock { state in
        defer { if state == .running { state = new } }
        return state
      }
    }
  }

  private let loop: EventLoop
  private var mailbox: Mailbox<NameLookup.Files>?
  private var timer: Int?

  init(_ loop: EventLoop) { self.loop = loop }

  /// Begins; `done` is called once, perhaps before this returns, and never after `stop`. `body` is what reads, and is
  /// another for tests.
  func start(
    _ files: NameFiles, reading body: @escaping @Sendable (NameFiles) -> NameLookup.Files = { $0.read() },
    _ done: @escaping (NameLookup.Files) -> Void
  ) {
    let doesHang = Self.hanging.withLock { $0.contains(files) || $0.count >= Self.hangingLimit }
    guard !doesHang else { return done(.unread(Say.Lookup.fileSystemHangs)) }
    do throws(Errno) {
      let mailbox = try Mailbox<NameLookup.Files>()
      let ticket = Ticket()
      // Nobody waits for the promise: what is posted counts.
      _ = try Promise<Void>.begin {
        mailbox.post(body(files))
        if ticket.end(.finished) == .abandoned { Self.hanging.withLock { _ = $0.remove(files) } }
      }
      self.mailbox = mailbox
      try loop.watch(mailbox.descriptor) { [weak self] in
        guard let self, let found = mailbox.take().first else { return }
        stop()
        done(found)
      }
      timer = loop.schedule(afterMilliseconds: Self.patience) { [weak self] in
        guard let self else { return }
        stop()
        Self.hanging.withLock { hanging in if ticket.end(.abandoned) == .running { hanging.insert(files) } }
        done(.unread(Say.Lookup.fileSystemSilent(milliseconds: Int(Self.patience))))
      }
    } catch { done(.unread(Say.Lookup.noThread("\(error)"))) }
  }

  /// Waits no more; a thread that hangs goes on hanging.
  func stop() {
    if let mailbox { loop.unwatch(mailbox.descriptor) }
    mailbox = nil
    if let timer { loop.cancel(timer) }
    timer = nil
  }
}
