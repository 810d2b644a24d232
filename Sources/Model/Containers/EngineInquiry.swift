internal import Dispatch
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// One question to a container engine, for commands that print and end: asked at once, on a thread of its own, so that the
/// kernel can be read meanwhile.
///
///     let inquiry = EngineInquiry(endpoint: endpoint, timeoutMilliseconds: 1000)
///     … read …
///     let report = inquiry.wait()
public final class EngineInquiry: Sendable {
  private let endpoint: Endpoint
  private let limit: Int64
  private let deadline: DispatchTime
  private let slot = Mutex<Report?>(nil)
  private let done = DispatchSemaphore(value: 0)
  /// Nil where there was nobody to ask.
  private let group: MultiThreadedEventLoopGroup?

  /// Asks. The time counts from now on.
  public init(endpoint: Endpoint, timeoutMilliseconds: Int64) {
    self.endpoint = endpoint
    limit = max(1, timeoutMilliseconds)
    deadline = .now() + .milliseconds(Int(clamping: limit))
    let path = endpoint.path
    if FileSystem.isMissing(path) {
      group = nil
      slot.withLock { $0 = endpoint.isExplicit ? unavailable(Trouble.missing) : report(.absent) }
      return
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    self.group = group
    let loop = group.next()
    let timing = Timing(connect: limit, response: limit)
    loop.flatSubmit {
      Reading.runtime(at: path, timing: timing, on: loop).flatMap { runtime in
        Reading.take(from: path, runtime: runtime, timing: timing, on: loop).map { (runtime, $0) }
      }
    }
    .whenComplete { [self] result in
      slot.withLock { slot in
        switch result {
        case .success(let (runtime, reading)):
          let status = reading.trouble.map { Report.Status.unavailable(reason: $0.reason(at: path)) } ?? .connected
          slot = Report(
            endpoint: path, runtime: runtime, status: status, containers: reading.containers,
            networks: reading.networks)
        case .failure(let error): slot = unavailable(error as? Trouble ?? Trouble("\(error)"))
        }
      }
      done.signal()
    }
  }

  private func report(_ status: Report.Status) -> Report {
    Report(endpoint: endpoint.path, runtime: Reading.guess(endpoint.path), status: status)
  }

  private func unavailable(_ trouble: Trouble) -> Report {
    report(.unavailable(reason: trouble.reason(at: endpoint.path)))
  }

  /// The answer; waits for it, but not longer than the time that was given. To be called once.
  public func wait() -> Report {
    guard let group else { return slot.withLock { $0 } ?? report(.absent) }
    guard done.wait(timeout: deadline) == .success else {
      // A thread that is in the middle of something is not waited for.
      group.shutDown(waits: false)
      return unavailable(Trouble("gave no answer within \(limit) ms"))
    }
    group.shutDown()
    return slot.withLock { $0 } ?? report(.absent)
  }
}
