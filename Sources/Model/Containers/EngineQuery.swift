internal import Dispatch
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Topology

/// One question to a container engine, for commands that print and end: asked at once, on a thread of its own, so that the
/// kernel can be read meanwhile.
///
///     let query = EngineQuery(endpoint: endpoint, timeoutMilliseconds: 1000)
///     … read …
///     let report = query.wait()
public final class EngineQuery: Sendable {
  private let endpoint: EngineEndpoint
  private let limit: Int64
  private let deadline: DispatchTime
  private let slot = Mutex<EngineReport?>(nil)
  private let done = DispatchSemaphore(value: 0)
  /// Nil where there was nobody to ask.
  private let group: MultiThreadedEventLoopGroup?

  /// Asks. The time counts from now on.
  public init(endpoint: EngineEndpoint, timeoutMilliseconds: Int64) {
    self.endpoint = endpoint
    limit = max(1, timeoutMilliseconds)
    deadline = .now() + .milliseconds(Int(clamping: limit))
    let path = endpoint.path
    if FileSystem.isMissing(path) {
      group = nil
      slot.withLock { $0 = endpoint.isExplicit ? unavailable(EngineTrouble.missing) : report(.absent) }
      return
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    self.group = group
    let loop = group.next()
    let timing = EngineTiming(connect: limit, response: limit)
    loop.flatSubmit {
      EngineReading.runtime(at: path, timing: timing, on: loop).flatMap { runtime in
        EngineReading.take(from: path, runtime: runtime, timing: timing, on: loop).map { (runtime, $0) }
      }
    }
    .whenComplete { [self] result in
      slot.withLock { slot in
        switch result {
        case .success(let (runtime, reading)):
          let status =
            reading.trouble.map { EngineReport.Status.unavailable(reason: $0.reason(at: path)) } ?? .connected
          slot = EngineReport(
            endpoint: path, owner: endpoint.owner, runtime: runtime, status: status, containers: reading.containers,
            networks: reading.networks, omission: reading.omission?.reason(at: path))
        case .failure(let error): slot = unavailable(error as? EngineTrouble ?? EngineTrouble("\(error)"))
        }
      }
      done.signal()
    }
  }

  private func report(_ status: EngineReport.Status) -> EngineReport {
    EngineReport(
      endpoint: endpoint.path, owner: endpoint.owner, runtime: Engine.guess(from: endpoint.path).runtime, status: status
    )
  }

  private func unavailable(_ trouble: EngineTrouble) -> EngineReport {
    report(.unavailable(reason: trouble.reason(at: endpoint.path)))
  }

  /// The answer; waits for it, but not longer than the time that was given. To be called once.
  public func wait() -> EngineReport {
    guard let group else { return slot.withLock { $0 } ?? report(.absent) }
    guard done.wait(timeout: deadline) == .success else {
      // A thread that is in the middle of something is not waited for.
      group.shutDown(waits: false)
      return unavailable(EngineTrouble("gave no answer within \(limit) ms"))
    }
    group.shutDown()
    return slot.withLock { $0 } ?? report(.absent)
  }
}
