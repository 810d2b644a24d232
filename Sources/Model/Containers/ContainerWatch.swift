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
    let conversation: NIOLoopBoundBox<EngineConversation?>
    let loop: any EventLoop
  }

  private let endpoint: EngineEndpoint
  private let timing: EngineTiming
  private let deliver: @Sendable (EngineReport) -> Void
  private let running = Mutex<Running?>(nil)

  /// Prepares a watch. `deliver` is called on the watch's own thread, with every report that differs from the one before;
  /// it must not wait for anything, nor call `stop`.
  public init(
    endpoint: EngineEndpoint, timing: EngineTiming = EngineTiming(), deliver: @escaping @Sendable (EngineReport) -> Void
  ) {
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
      let box = NIOLoopBoundBox<EngineConversation?>.makeEmptyBox(valueType: EngineConversation.self, eventLoop: loop)
      loop.execute { [endpoint, timing, deliver] in
        let conversation = EngineConversation(loop: loop, endpoint: endpoint, timing: timing, deliver: deliver)
        box.value = conversation
        conversation.begin()
      }
      running = Running(group: group, conversation: box, loop: loop)
    }
  }

  /// Says whether there are containers that nobody has named, to be called whenever there are others: an engine is asked about
  /// new ones at once, also one that did not answer and would else be asked again only later.
  public func want(names isWanted: Bool) {
    running.withLock { running in
      guard let running else { return }
      let box = running.conversation
      running.loop.execute { box.value?.want(isWanted) }
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
    let done = DispatchSemaphore(value: 0)
    ended.whenComplete { _ in done.signal() }
    // A loop that hangs in somebody's /proc is not waited for.
    ending.group.shutDown(waits: done.wait(timeout: .now() + .seconds(1)) == .success)
  }
}

extension MultiThreadedEventLoopGroup {
  /// Ends the thread, on a queue of our own: the first use of a global queue starts Dispatch's monitor, and that wakes
  /// up once a second for as long as the process lives.
  func shutDown(waits: Bool = true) {
    let done = DispatchSemaphore(value: 0)
    shutdownGracefully(queue: DispatchQueue(label: "netns-top.containers")) { _ in done.signal() }
    if waits { done.wait() }
  }
}
