internal import Dispatch
internal import LinuxSystem
internal import Synchronization

/// One reading of the files that engines leave, for commands that print and end: on a thread of its own, so that a file
/// server that does not answer keeps nobody.
public final class FileQuery: Sendable {
  private let reports = Mutex<[EngineReport]>([])
  private let done = DispatchSemaphore(value: 0)
  private let deadline: DispatchTime

  /// Begins to read what root's engines leave, and our own (nil), or those of one user, whose namespaces were seen. The time
  /// counts from now on.
  public init(owner: UInt32?, environment: [String: String], timeoutMilliseconds: Int) {
    deadline = .now() + .milliseconds(timeoutMilliseconds)
    do {
      _ = try Promise<Bool>.begin { [self] in
        EngineFiles(environment: environment).read(of: owner) { report in reports.withLock { $0.append(report) } }
        done.signal()
        return true
      }
    } catch {
      // Without a thread there are no names by files.
      done.signal()
    }
  }

  /// What was read; waits for all of it, but not longer than the time that was given. To be called once.
  public func wait() -> [EngineReport] {
    // What has come by then counts.
    _ = done.wait(timeout: deadline)
    return reports.withLock { $0 }
  }
}
