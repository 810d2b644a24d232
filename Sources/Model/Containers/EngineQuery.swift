internal import Dispatch
internal import Labels
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import Topology

/// One question to a container engine, for commands that print and end: asked at once, on a thread of its own, so that the
/// kernel can be read meanwhile.
///
///     let query = EngineQuery(endpoint: endpoint, timeoutMilliseconds: 5000)
///     … read …
///     let report = query.report(within: 1000) ?? query.end()
public final class EngineQuery: Sendable {
  /// Who is asked.
  public let endpoint: EngineEndpoint
  private let began = DispatchTime.now()
  private let slot = Mutex<EngineReport?>(nil)
  private let done = DispatchSemaphore(value: 0)
  /// Nil where there was nobody to ask.
  private let group: MultiThreadedEventLoopGroup?

  /// Asks. After so many milliseconds from now on the engine is given up.
  public init(endpoint: EngineEndpoint, timeoutMilliseconds: Int64) {
    self.endpoint = endpoint
    let path = endpoint.path
    if FileSystem.isMissing(path) {
      group = nil
      slot.withLock { $0 = endpoint.isExplicit ? unavailable(EngineTrouble.missing) : report(.absent) }
      return
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
    self.group = group
    let loop = group.next()
    let limit = max(1, timeoutMilliseconds)
    let timing = EngineTiming(connect: limit, response: limit)
    loop.flatSubmit {
      EngineReading.runtime(at: path, timing: timing, on: loop).flatMap { runtime in
        EngineReading.take(from: path, runtime: runtime, timing: timing, on: loop).map { (runtime, $0) }
      }
    }
    .whenComplete { [self] result in
      slot.withLock { slot in
        switch result {
        case .success(let (runtime, reading)): slot = report(reading, runtime)
        case .failure(let error): slot = unavailable(error as? EngineTrouble ?? EngineTrouble("\(error)"))
        }
      }
      done.signal()
    }
  }

  private func report(_ reading: EngineReading, _ runtime: String) -> EngineReport {
    let path = endpoint.path
    return EngineReport(
      endpoint: path, owner: endpoint.owner, runtime: runtime,
      status: reading.trouble.map { [endpoint] in .unavailable(reason: $0.reason(at: endpoint.place)) } ?? .connected,
      containers: reading.containers, networks: reading.networks, omission: reading.omission?.reason(at: endpoint.place)
    )
  }

  private func report(_ status: EngineReport.Status) -> EngineReport {
    EngineReport(
      endpoint: endpoint.path, owner: endpoint.owner, runtime: Engine.guess(from: endpoint.path).runtime, status: status
    )
  }

  private func unavailable(_ trouble: EngineTrouble) -> EngineReport {
    report(.unavailable(reason: trouble.reason(at: endpoint.place)))
  }

  /// The answer; waits until so many milliseconds after the question at most. Nil: there is none yet.
  public func report(within milliseconds: Int64) -> EngineReport? {
    if let known = slot.withLock({ $0 }) { return known }
    let deadline = began + .milliseconds(Int(clamping: milliseconds))
    guard done.wait(timeout: deadline) == .success else { return nil }
    return slot.withLock { $0 }
  }

  /// Asks what an engine tells of one container at a time only, for who has answered already: the aliases of those of the
  /// report on some networks (nil: on any), as far as they come within so many milliseconds.
  public func addAliases(
    to report: inout EngineReport, on networks: Set<String>?, within milliseconds: Int64
  ) {
    guard let group, case .connected = report.status else { return }
    let inspections = Inspections()
    let missing = inspections.missing(in: report.containers).filter { record in
      networks.map { !$0.isDisjoint(with: record.networks) } ?? true
    }
    guard !missing.isEmpty else { return }
    let timing = EngineTiming(connect: milliseconds, response: milliseconds)
    let (path, loop) = (endpoint.path, group.next())
    let answers = Mutex<[String: ContainerInspection]>([:])
    let answered = DispatchSemaphore(value: 0)
    loop.flatSubmit { Inspections.ask(about: missing, at: path, timing: timing, on: loop) }
      .whenSuccess { found in
        answers.withLock { $0 = found }
        answered.signal()
      }
    // What is not there then is missing: the command does not stand or fall with it.
    guard answered.wait(timeout: .now() + .milliseconds(Int(clamping: milliseconds))) == .success else { return }
    var known = Inspections()
    known.learn(answers.withLock { $0 }, about: missing)
    known.fill(&report.containers)
  }

  /// Ends the thread. The answer, or that none came in so many milliseconds. To be called once.
  @discardableResult
  public func end() -> EngineReport {
    let waited = (DispatchTime.now().uptimeNanoseconds - began.uptimeNanoseconds) / 1_000_000
    guard let answer = slot.withLock({ $0 }) else {
      // A thread that is in the middle of something is not waited for.
      group?.shutDown(waits: false)
      let time = waited < 1000 ? "\(waited) ms" : "\(waited / 1000) s"
      return unavailable(EngineTrouble(Say.Engines.noAnswer(within: time)))
    }
    group?.shutDown()
    return answer
  }
}
