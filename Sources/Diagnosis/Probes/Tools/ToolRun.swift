internal import CLinux
internal import LinuxSystem
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// One run of a program inside a namespace: it has nothing to read, and what it prints is read on the event loop.
final class ToolRun {
  /// Bytes of output, and milliseconds, after which it is killed.
  struct Limits {
    // Rules take four times the room of their text: with these it stays below 64 MiB.
    var output = 12 << 20
    var time: Int64 = 5000
  }

  /// The reading end of what it prints.
  private final class Pipe {
    let descriptor: OwnedDescriptor
    var bytes: [UInt8] = []
    init(_ fd: CInt) { descriptor = OwnedDescriptor(adopting: fd) }
  }

  /// The most bytes of its standard error that are kept.
  private static let complaintLimit = 4096

  private let words: [String]
  private let limits: Limits
  private let loop: EventLoop
  private var pid: CInt = 0
  private var output: Pipe?
  private var errors: Pipe?
  private var timer: Int?
  /// Why it was killed, where it was.
  private var verdict: Unread?
  private var done: ((Result<[UInt8], Unread>) -> Void)?
  private var printed: [UInt8] = []
  private var complaint: [UInt8] = []

  /// A program by its name, and its arguments.
  init(_ words: [String], _ loop: EventLoop, limits: Limits = Limits()) {
    self.words = words
    self.limits = limits
    self.loop = loop
  }

  /// Starts it; `done` gets what it printed, or why that is not to be had, once, perhaps at once.
  func start(
    in namespace: NamespaceID, _ access: KernelAccess, path: ToolPath = ToolPath(),
    _ done: @escaping (Result<[UInt8], Unread>) -> Void
  ) {
    self.done = done
    let name = words.first ?? ""
    guard let file = path.find(name) else { return end(.failure(Unread(Say.Probing.noProgram, missing: name))) }
    do throws(Unread) {
      let arguments = ToolRun.block(words)
      let environment = ToolRun.block(["PATH=\(path.text)", "LC_ALL=C"])
      let lent = path.lentCapabilities
      // A child is born in the namespace of the thread that makes it.
      let started = try access.visit(namespace) { () -> (failure: CInt, pid: CInt, output: CInt, errors: CInt) in
        var child = nt_child()
        let failure = unsafe nt_spawn(
          file, arguments, arguments.count, environment, environment.count, lent, &child)
        return (failure, child.pid, child.output, child.errors)
      }
      guard started.failure == 0 else {
        throw Unread(Say.Probing.cannotStart(name, "\(Errno(rawValue: started.failure))"))
      }
      pid = started.pid
      Descendants.begun(pid)
      output = Pipe(started.output)
      errors = Pipe(started.errors)
    } catch { return end(.failure(error)) }
    timer = loop.schedule(afterMilliseconds: limits.time) { [weak self] in
      guard let self else { return }
      kill(Unread(Say.Probing.notEnded(name, milliseconds: Int(limits.time))))
    }
    watch(output) { [weak self] in self?.readOutput() }
    watch(errors) { [weak self] in self?.readErrors() }
  }

  /// Kills it and closes the pipes; `done` is not called. The loop buries the child when it is dead.
  func stop() {
    done = nil
    if pid != 0 { kill(Unread(Say.Probing.stopped)) }
  }

  private func watch(_ pipe: Pipe?, _ body: @escaping () -> Void) {
    guard let pipe else { return }
    do { try loop.watch(pipe.descriptor.rawValue, .readable, body) } catch { kill(Unread("epoll: \(error)")) }
  }

  private static func block(_ words: [String]) -> [CChar] {
    words.flatMap { $0.utf8.filter { $0 != 0 }.map(CChar.init(bitPattern:)) + [0] }
  }

  private func kill(_ reason: Unread) {
    guard verdict == nil else { return }
    verdict = reason
    nt_kill_child(pid)
    close(&output)
    close(&errors)
    reap()
  }

  private func close(_ pipe: inout Pipe?) {
    if let open = pipe { loop.unwatch(open.descriptor.rawValue) }
    pipe = nil
  }

  private func readOutput() {
    guard let output else { return }
    let isOpen = take(from: output, limit: limits.output + 1)
    if output.bytes.count > limits.output {
      return kill(Unread(Say.Probing.printedTooMuch(words.first ?? "", mebibytes: limits.output >> 20)))
    }
    if isOpen { return }
    printed = output.bytes
    close(&self.output)
    reapIfSilent()
  }

  private func readErrors() {
    guard let errors else { return }
    let isOpen = take(from: errors, limit: ToolRun.complaintLimit)
    if isOpen { return }
    complaint = errors.bytes
    close(&self.errors)
    reapIfSilent()
  }

  /// Reads what is there, keeps up to `limit` bytes of all, and tells whether more may come.
  private func take(from pipe: Pipe, limit: Int) -> Bool {
    var chunk = [UInt8](repeating: 0, count: 65_536)
    do {
      let count = try unsafe chunk.withUnsafeMutableBytes { raw in
        try unsafe FileDescriptor(rawValue: pipe.descriptor.rawValue).read(into: raw, retryOnInterrupt: true)
      }
      pipe.bytes += chunk[..<min(count, max(0, limit - pipe.bytes.count))]
      return count > 0
    } catch {
      return (error as? Errno) == .wouldBlock
    }
  }

  private func reapIfSilent() {
    if output == nil, errors == nil, verdict == nil { reap() }
  }

  /// Asks whether the child has ended, and where it has not, asks again a little later: a child that has closed its
  /// pipes, or was killed, is about to end.
  private func reap(after delay: Int64 = 1) {
    var (status, signal): (CInt, CInt) = (0, 0)
    guard unsafe nt_reap_child(pid, &status, &signal) == 1 else {
      loop.schedule(afterMilliseconds: delay) { self.reap(after: min(delay * 2, 1000)) }
      return
    }
    Descendants.ended(pid)
    pid = 0
    ToolRun.endStrays(loop)
    if let verdict { return end(.failure(verdict)) }
    if status == 0, signal == 0 { return end(.success(printed)) }
    let line = ToolRun.firstLine(complaint)
    let name = words.first ?? ""
    let fate =
      signal != 0 ? Say.Probing.killed(name, signal: Int(signal)) : Say.Probing.ended(name, status: Int(status))
    end(.failure(Unread(line ?? fate, missing: line.flatMap(ToolRun.missing))))
  }

  /// A tool that has become a daemon has ended, too.
  private static func endStrays(_ loop: EventLoop, after delay: Int64 = 1) {
    guard Descendants.endStrays() else { return }
    loop.schedule(afterMilliseconds: delay) { [weak loop] in
      if let loop { endStrays(loop, after: min(delay * 2, 1000)) }
    }
  }

  /// The first line that says something.
  static func firstLine(_ text: [UInt8]) -> String? {
    text.split(separator: UInt8(ascii: "\n")).first { $0.contains { $0 > 32 } }
      .map { String(decoding: $0.prefix(300), as: UTF8.self) }
  }

  /// The capability that a complaint speaks of: what the tools do here needs one only, in the user namespace that owns
  /// the network namespace.
  private static func missing(_ line: String) -> String? {
    let words = ["Operation not permitted", "Permission denied", "you must be root"]
    return words.contains { line.contains($0) } ? "CAP_NET_ADMIN" : nil
  }

  private func end(_ result: Result<[UInt8], Unread>) {
    if let timer { loop.cancel(timer) }
    timer = nil
    let done = done
    self.done = nil
    done?(result)
  }
}
