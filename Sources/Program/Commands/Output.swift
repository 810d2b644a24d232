internal import LinuxSystem
internal import Reports
internal import SystemPackage
internal import Topology

/// What ended a command early: one line for people, and the exit status that goes with it.
public struct CommandFailure: Error, CustomStringConvertible {
  /// The line; empty where there is nothing to say.
  public var description: String
  /// The exit status.
  public var status: Int32

  /// Makes a failure.
  public init(_ description: String, status: Int32 = 2) {
    self.description = description
    self.status = status
  }
}

/// Standard output, whose reader may go at any time, and standard error.
enum Output {
  /// Writes; a reader that has gone ends the program quietly.
  static func emit(_ text: some Sequence<UInt8>) throws(CommandFailure) { try emit(Array(text).span) }

  /// Writes a snapshot as JSON, as it is made: its reader need not wait for the end.
  static func emit(_ report: SnapshotJSON, of namespaces: Set<NamespaceID>?) throws {
    var failure: CommandFailure?
    report.write(of: namespaces) { text in
      if failure != nil { return }
      do throws(CommandFailure) { try emit(text) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private static func emit(_ text: Span<UInt8>) throws(CommandFailure) {
    do {
      try Standard.write(text)
    } catch {
      if error == .brokenPipe { throw CommandFailure("", status: 0) }
      throw CommandFailure("writing to standard output: \(error)")
    }
  }

  /// Says on standard error what the model lacks.
  static func warn(_ warnings: [Warning]) {
    for warning in warnings {
      // A complaint that can't be written has nobody to be told to.
      try? Standard.write(Array("netns-top: \(warning.text)\n".utf8), to: 2)
    }
  }
}
