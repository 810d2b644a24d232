internal import LinuxSystem
internal import Session

/// What every command that goes on for a while stands on: the signals that end it, the live live and its loop.
final class CommandRun {
  let live: LiveSource
  /// Where it prints: a reader that is stuck does not keep it from ending when it is told to.
  private(set) var output = Output()
  /// The exit status that a signal asked for; nil while none came that asks for one.
  private(set) var status: Int32?
  private let signals: SignalSource
  private let interruptFails: Bool
  /// The status of the last signal, also where it ends the command as its own end does.
  private var lastSignal: Int32?
  private var failure: (any Error)?
  private var isEnded = false

  /// Takes over the signals that end a command, before any thread is born, and takes the first snapshot.
  ///
  /// With a wish every container engine is asked. Ctrl-C ends most commands as their own
  /// end does; with `interruptFails`, for those whose answer would be half an answer, the status is 128 + SIGINT.
  init(_ options: SourceOptions, wish: EngineWish? = nil, interruptFails: Bool = false) throws {
    Standard.ignoreBrokenPipes()
    self.interruptFails = interruptFails
    signals = try SignalSource([SignalSource.Number.interrupt, SignalSource.Number.terminate])
    live = try LiveSource(options, wish: wish)
    output = Output(
      signals: signals.descriptor, receive: { [unowned self] in receive() }, status: { [unowned self] in lastSignal })
    try live.loop.watch(signals.descriptor) { [unowned self] in receive() }
  }

  private func receive() {
    for arrival in signals.take() {
      lastSignal = 128 + arrival.number
      if interruptFails || arrival.number == SignalSource.Number.terminate { status = lastSignal }
      output.hurry()
      end()
    }
  }

  /// Ends the run, whether it has begun or not.
  func end() {
    isEnded = true
    live.loop.stop()
  }

  /// Does something on the loop; what it throws ends the run, and is thrown by `run`.
  func attempt(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      failure = error
      end()
    }
  }

  /// Runs the loop until `end` or a signal, ends all that was started, and throws what `attempt` caught.
  func run() throws {
    if !isEnded { live.loop.run() }
    live.stop()
    if let failure { throw failure }
  }
}
