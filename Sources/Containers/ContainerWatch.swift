internal import Dispatch
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Watches a container engine on a thread of its own: reads everything once, then whenever the engine's events say that
/// something changed. While nothing happens, nothing is asked and nothing wakes up.
///
///     let watch = ContainerWatch(endpoint: endpoint) { mailbox.post($0) }
///     watch.start()
public final class ContainerWatch: Sendable {
  private struct Running {
    let group: MultiThreadedEventLoopGroup
    let conversation: NIOLoopBoundBox<Conversation?>
    let loop: any EventLoop
  }

  private let endpoint: Endpoint
  private let timing: Timing
  private let deliver: @Sendable (Report) -> Void
  private let running = Mutex<Running?>(nil)

  /// Prepares a watch. `deliver` is called on the watch's own thread, with every report that differs from the one before;
  /// it must not wait for anything, nor call `stop`.
  public init(endpoint: Endpoint, timing: Timing = Timing(), deliver: @escaping @Sendable (Report) -> Void) {
    self.endpoint = endpoint
    self.timing = timing
    self.deliver = deliver
  }

  /// Starts the thread; nothing happens where it runs already. It lives until `stop`.
  public func start() {
    running.withLock { running in
      guard running == nil else { return }
      let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
      let loop = group.next()
      let box = NIOLoopBoundBox<Conversation?>.makeEmptyBox(valueType: Conversation.self, eventLoop: loop)
      loop.execute { [endpoint, timing, deliver] in
        let conversation = Conversation(loop: loop, endpoint: endpoint, timing: timing, deliver: deliver)
        box.value = conversation
        conversation.begin()
      }
      running = Running(group: group, conversation: box, loop: loop)
    }
  }

  /// Ends the thread, and returns when it has ended: nothing is delivered after that.
  public func stop() {
    guard
      let ending = running.withLock({ running in
        defer { running = nil }
        return running
      })
    else { return }
    let box = ending.conversation
    let ended = ending.loop.submit {
      box.value?.end()
      box.value = nil
    }
    try? ended.wait()
    ending.group.shutDown()
  }
}

/// Asks an engine once, for commands that print and end. Blocks, but never longer than `timeoutMilliseconds`.
public func fetchOnce(endpoint: Endpoint, timeoutMilliseconds: Int64 = 2_000) -> Report {
  let path = endpoint.path
  let guess = Reading.guess(path)
  if !endpoint.isExplicit, endpoint.existing == nil { return Report(endpoint: path, runtime: guess, status: .absent) }
  let limit = max(1, timeoutMilliseconds)
  let timing = Timing(connect: limit, response: limit)
  let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  let loop = group.next()
  let slot = Mutex<Report?>(nil)
  let done = DispatchSemaphore(value: 0)
  loop.flatSubmit {
    Reading.runtime(at: path, timing: timing, on: loop).flatMap { runtime in
      Reading.take(from: path, runtime: runtime, timing: timing, on: loop).map { (runtime, $0) }
    }
  }
  .whenComplete { result in
    slot.withLock { slot in
      switch result {
      case .success(let (runtime, reading)):
        let status = reading.trouble.map { Report.Status.unavailable(reason: $0.reason(at: path)) } ?? .connected
        slot = Report(
          endpoint: path, runtime: runtime, status: status, containers: reading.containers, networks: reading.networks)
      case .failure(let error):
        let trouble = error as? Trouble ?? Trouble("\(error)")
        slot = Report(endpoint: path, runtime: guess, status: .unavailable(reason: trouble.reason(at: path)))
      }
    }
    done.signal()
  }
  let isInTime = done.wait(timeout: .now() + .milliseconds(Int(clamping: limit))) == .success
  guard isInTime else {
    // A thread that is in the middle of something is not waited for.
    group.shutDown(waits: false)
    let late = Trouble("gave no answer within \(limit) ms").reason(at: path)
    return Report(endpoint: path, runtime: guess, status: .unavailable(reason: late))
  }
  group.shutDown()
  return slot.withLock { $0 } ?? Report(endpoint: path, runtime: guess)
}

extension MultiThreadedEventLoopGroup {
  /// Ends the thread, on a queue of our own: the first use of a global queue starts Dispatch's monitor, and that wakes
  /// up once a second for as long as the process lives.
  fileprivate func shutDown(waits: Bool = true) {
    let done = DispatchSemaphore(value: 0)
    shutdownGracefully(queue: DispatchQueue(label: "netns-top.containers")) { _ in done.signal() }
    if waits { done.wait() }
  }
}
