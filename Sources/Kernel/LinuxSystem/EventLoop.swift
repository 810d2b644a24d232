internal import CLinux
internal import Glibc
public import SystemPackage

/// One epoll and the deadlines: the heart of a thread.
///
/// Not `Sendable`: other threads reach it through a `Mailbox` or a `Noticeboard`.
public final class EventLoop {
  /// What a watcher waits for.
  public struct Interest: OptionSet, Sendable {
    /// The bits of `epoll_event.events` (epoll_ctl(2)).
    public let rawValue: UInt32
    /// Makes an interest of those bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// `EPOLLIN`.
    public static let readable = Interest(rawValue: 0x1)
    /// `EPOLLPRI`: what /proc/self/mountinfo raises when a mount comes or goes.
    public static let priority = Interest(rawValue: 0x2)
    /// `EPOLLOUT`: a connection is made, or has failed.
    public static let writable = Interest(rawValue: 0x4)
  }

  private let epoll: OwnedDescriptor
  private var watchers: [CInt: () -> Void] = [:]
  /// Descriptors whose call ends a round, so that its outcome is seen before anything else is done.
  private var urgent: Set<CInt> = []
  private var deadlines: [Int: (at: Int64, body: () -> Void)] = [:]
  private var nextToken = 1
  private var running = false

  /// Makes a loop; throws `Errno` of epoll_create1(2).
  public init() throws(Errno) {
    epoll = try OwnedDescriptor(result: epoll_create1(CInt(EPOLL_CLOEXEC)))
  }

  /// Calls `body` whenever the descriptor is ready. The caller keeps it open until `unwatch`.
  ///
  /// An urgent one comes before all others, and ends the round: keys should not wait for the rest of the world.
  /// Throws `Errno`: `permissionDenied` for regular files and /dev/null, which epoll does not take.
  public func watch(
    _ fd: CInt, _ interest: Interest = .readable, isUrgent: Bool = false, _ body: @escaping () -> Void
  ) throws(Errno) {
    var event = unsafe epoll_event()
    unsafe event.events = interest.rawValue
    unsafe event.data.fd = fd
    guard unsafe epoll_ctl(epoll.rawValue, EPOLL_CTL_ADD, fd, &event) == 0 else { throw Errno.current }
    watchers[fd] = body
    if isUrgent { urgent.insert(fd) }
  }

  /// Stops watching a descriptor; nothing happens for one that is not watched.
  public func unwatch(_ fd: CInt) {
    guard watchers.removeValue(forKey: fd) != nil else { return }
    urgent.remove(fd)
    epoll_ctl(epoll.rawValue, EPOLL_CTL_DEL, fd, nil)
  }

  /// Calls `body` once, at a moment of `SystemClock.monotonicNanoseconds`; the token cancels it.
  @discardableResult
  public func schedule(at deadline: Int64, _ body: @escaping () -> Void) -> Int {
    let token = nextToken
    nextToken += 1
    deadlines[token] = (deadline, body)
    return token
  }

  /// Calls `body` once, so many milliseconds from now.
  @discardableResult
  public func schedule(afterMilliseconds milliseconds: Int64, _ body: @escaping () -> Void) -> Int {
    schedule(at: SystemClock.monotonicNanoseconds + milliseconds * 1_000_000, body)
  }

  /// Takes a scheduled call back; nothing happens for one that was made already.
  public func cancel(_ token: Int) { deadlines[token] = nil }

  /// Ends `run` after the current round.
  public func stop() { running = false }

  /// Waits and calls until `stop`. `afterRound` runs after each round of calls, so that work is coalesced per round.
  public func run(afterRound: () -> Void = {}) {
    running = true
    while running {
      turn(maximumWait: nil)
      afterRound()
    }
  }

  /// Waits once, at most `maximumWait` milliseconds (nil: until something happens), and makes the calls that are due.
  public func turn(maximumWait: Int64?) {
    var events = unsafe [epoll_event](repeating: epoll_event(), count: 32)
    let count = unsafe epoll_wait(epoll.rawValue, &events, CInt(events.count), timeout(maximumWait))
    if count > 0 {
      let ready = (0..<Int(count)).map { unsafe events[$0].data.fd }
      let first = ready.filter(urgent.contains)
      // What is not looked at now is still ready in the next round.
      for fd in first.isEmpty ? ready : first { watchers[fd]?() }
      if !first.isEmpty { return }
    }
    let now = SystemClock.monotonicNanoseconds
    for (token, deadline) in deadlines.filter({ $0.value.at <= now }).sorted(by: { $0.value.at < $1.value.at })
    where deadlines[token] != nil {
      deadlines[token] = nil
      deadline.body()
    }
  }

  /// Milliseconds for epoll_wait(2), rounded up so that a deadline has passed when it returns.
  private func timeout(_ maximum: Int64?) -> CInt {
    guard let next = deadlines.values.map(\.at).min() else { return CInt(clamping: maximum ?? -1) }
    let wait = max(0, (next - SystemClock.monotonicNanoseconds + 999_999) / 1_000_000)
    return CInt(clamping: min(wait, maximum ?? wait))
  }
}
