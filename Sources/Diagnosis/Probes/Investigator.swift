public import Diagnosis
public import LinuxSystem

/// Carries out an inquiry on the event loop: finds the answers to its questions, round by round, until there are none.
///
/// ```swift
/// let investigator = Investigator(
///   inquiry, prober: Prober(world: world, tables: tables, loop: loop), loop: loop,
///   deliver: { draw($0) }, done: { print($0) })
/// investigator.start()
/// ```
public final class Investigator {
  private var inquiry: Inquiry
  private let prober: Prober
  private let loop: EventLoop
  private let deliver: (Explanation) -> Void
  private let done: (Explanation) -> Void
  private var rounds = 0
  /// Questions of this round that are still to be asked, and how many have no answer yet.
  private var pending: [Question] = []
  private var open = 0
  private var isStopped = false

  /// Makes an investigator; `deliver` gets what can be said after every round, `done` the final word, once.
  public init(
    _ inquiry: Inquiry, prober: Prober, loop: EventLoop, deliver: @escaping (Explanation) -> Void = { _ in },
    done: @escaping (Explanation) -> Void
  ) {
    self.inquiry = inquiry
    self.prober = prober
    self.loop = loop
    self.deliver = deliver
    self.done = done
  }

  /// Begins; the first answers come on the loop.
  public func start() { later { $0.beginRound() } }

  /// Ends every probe and every subprocess; nothing is delivered any more.
  public func stop() {
    isStopped = true
    prober.stop()
  }

  /// Calls in the loop's next round, so that keys and frames come in between.
  private func later(_ body: @escaping (Investigator) -> Void) {
    loop.schedule(afterMilliseconds: 0) { [weak self] in
      guard let self, !isStopped else { return }
      body(self)
    }
  }

  private func beginRound() {
    let questions = inquiry.questions
    // The limit is the inquiry's own; a second look costs nothing, and an endless investigation would.
    guard !questions.isEmpty, rounds < Inquiry.roundLimit else {
      isStopped = true
      prober.stop()
      return done(inquiry.explanation)
    }
    rounds += 1
    open = questions.count
    // Those that wait are to wait at the same time, so they are asked first.
    for question in questions where question.takesTime { ask(question) }
    pending = questions.filter { !$0.takesTime }
    if !pending.isEmpty { later { $0.askNext() } }
  }

  private func askNext() {
    guard !pending.isEmpty else { return }
    ask(pending.removeFirst())
    if !pending.isEmpty { later { $0.askNext() } }
  }

  private func ask(_ question: Question) {
    prober.ask(question) { [weak self] answer in
      guard let self, !isStopped else { return }
      inquiry.take(answer, to: question)
      open -= 1
      guard open == 0 else { return }
      deliver(inquiry.explanation)
      later { $0.beginRound() }
    }
  }
}

extension Question {
  /// Whether the answer takes longer than to read it from the kernel.
  fileprivate var takesTime: Bool {
    switch self {
    case .rules, .echo, .connect, .trace: true
    case .tables, .route, .counters, .neighbors, .listening: false
    }
  }
}
