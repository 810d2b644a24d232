internal import LinuxSystem
internal import Paths
internal import Reports
internal import Session
internal import SystemPackage
internal import Topology
internal import Usage

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

  /// The value, or a failure of a command that says why a name leads nowhere, and what keeps names from being known.
  static func unwrap<Value>(
    _ command: String, _ result: Result<Value, ResolutionError>, _ options: SourceOptions, _ snapshot: Snapshot
  ) throws -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let error):
      let reasons = error.isUnknown ? options.reasons(snapshot) : []
      throw CommandFailure(Say.Failure.all(["\(command): \(error)"] + reasons))
    }
  }
}

/// Standard output, whose reader may go at any time, or stop to read, and standard error.
///
///     try Output().emit(text.utf8)
public struct Output {
  private let outlets: [CInt: Outlet]
  private let status: () -> Int32?

  /// Makes an output of which nobody is to be told anything: a signal ends the program, as it does by itself.
  public init() {
    outlets = [:]
    status = { nil }
  }

  /// Makes the output of a run that has taken signals over: `receive` takes those that come while a reader is stuck, and
  /// gives the exit status for them.
  init(signals: CInt, receive: @escaping () -> Void, status: @escaping () -> Int32?) {
    self.status = status
    outlets = Dictionary(
      uniqueKeysWithValues: [1, 2].map { ($0, Outlet($0, interrupter: signals, interrupted: receive)) })
  }

  /// From now on no reader is waited for who is stuck.
  func hurry() { for outlet in outlets.values { outlet.hurry() } }

  /// Writes to standard output; a reader that has gone ends the program quietly.
  public func emit(_ text: some Sequence<UInt8>) throws(CommandFailure) { try emit(Array(text).span) }

  /// Writes a snapshot as JSON, as it is made: its reader need not wait for the end.
  func emit(_ report: SnapshotJSON, of namespaces: Set<NamespaceID>?) throws {
    var failure: CommandFailure?
    report.write(of: namespaces) { text in
      if failure != nil { return }
      do throws(CommandFailure) { try emit(text) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private func emit(_ text: Span<UInt8>) throws(CommandFailure) {
    do { try write(text, to: 1) } catch {
      if error == .brokenPipe { throw CommandFailure("", status: 0) }
      if error == .canceled { throw CommandFailure("", status: status() ?? 2) }
      throw CommandFailure(Say.Failure.output("\(error)"))
    }
  }

  private func write(_ text: Span<UInt8>, to descriptor: CInt) throws(Errno) {
    if let outlet = outlets[descriptor] { return try outlet.write(text) }
    try Standard.write(text, to: descriptor)
  }

  /// Says on standard error what the model lacks.
  func warn(_ warnings: [Warning]) {
    for warning in warnings { warn(warning.text) }
  }

  /// Says a line on standard error.
  func warn(_ text: String) {
    // A complaint that can't be written has nobody to be told to.
    try? write(Array("netns-top: \(text)\n".utf8).span, to: 2)
  }
}
