public import Conclusions
public import Diagnosis
public import LinuxSystem
internal import Questions

/// Carries out a diagnosis on the event loop: finds the answers to its questions, round by round, until there are none.
///
/// ```swift
/// let runner = DiagnosisRunner(
///   diagnosis, answerer: Answerer(access: access, tables: tables, loop: loop), loop: loop,
///   deliver: { draw($0) }, done: { print($0) })
/// runner.start()
/// ```
public final class DiagnosisRunner {
  private var diagnosis: ConversationDiagnosis
  private let answerer: Answerer
  private let loop: EventLoop
  private let deliver: (Explanation) -> Void
  private let done: (Explanation) -> Void
  private var rounds = 0
  /// Questions of this round that are still to be asked, and how many have no answer yet.
  private var pending: [Question] = []
  private var open = 0
  /// The answers of this round.
  private var answers: [(question: Question, answer: Answer)] = []
  /// Where what follows from them comes from; nil where there are no descriptors left.
  private let mailbox: Mailbox<Conclusion>?
  private var isWatching = false
  private var isStopped = false

  /// What follows from a round's answers. It is worked out on a thread of its own: rules by the ten thousand take a
  /// second to be understood, and keys do not wait for that.
  private struct Conclusion: Sendable {
    let diagnosis: ConversationDiagnosis
    let explanation: Explanation

    init(_ diagnosis: ConversationDiagnosis, _ answers: [(question: Question, answer: Answer)]) {
      var diagnosis = diagnosis
      for (question, answer) in answers { diagnosis.take(answer, to: question) }
      self.diagnosis = diagnosis
      explanation = diagnosis.explanation
    }
  }

  /// Makes a runner; `deliver` gets what can be said after every round, `done` the final word, once.
  public init(
    _ diagnosis: ConversationDiagnosis, answerer: Answerer, loop: EventLoop,
    deliver: @escaping (Explanation) -> Void = { _ in },
    done: @escaping (Explanation) -> Void
  ) {
    self.diagnosis = diagnosis
    self.answerer = answerer
    self.loop = loop
    self.deliver = deliver
    self.done = done
    mailbox = try? Mailbox()  // Without one everything is worked out on the loop.
  }

  /// Begins; the first answers come on the loop.
  public func start() {
    if let mailbox {
      // One that can't be watched would be waited for in vain, and nothing is posted to it then.
      isWatching = (try? loop.watch(mailbox.descriptor) { [weak self] in self?.takeConclusions() }) != nil
    }
    later { $0.beginRound() }
  }

  /// Ends every probe and every subprocess; nothing is delivered any more.
  public func stop() {
    isStopped = true
    if let mailbox, isWatching { loop.unwatch(mailbox.descriptor) }
    isWatching = false
    answerer.stop()
  }

  /// Calls in the loop's next round, so that keys and frames come in between.
  private func later(_ body: @escaping (DiagnosisRunner) -> Void) {
    loop.schedule(afterMilliseconds: 0) { [weak self] in
      guard let self, !isStopped else { return }
      body(self)
    }
  }

  private func beginRound() {
    let questions = diagnosis.questions
    // The diagnosis keeps the limit itself; a second look costs nothing, and rounds without end would.
    guard !questions.isEmpty, rounds < ConversationDiagnosis.roundLimit else {
      stop()
      return done(diagnosis.conclusion)
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
    answerer.ask(question) { [weak self] answer in
      guard let self, !isStopped else { return }
      answers.append((question, answer))
      open -= 1
      if open == 0 { conclude() }
    }
  }

  private func conclude() {
    let (diagnosis, answers) = (diagnosis, answers)
    self.answers = []
    if let mailbox, isWatching,
      // Without a thread it is worked out here.
      (try? Promise<Void>.begin { mailbox.post(Conclusion(diagnosis, answers)) }) != nil
    {
      return
    }
    take(Conclusion(diagnosis, answers))
  }

  private func takeConclusions() {
    for conclusion in mailbox?.take() ?? [] where !isStopped { take(conclusion) }
  }

  private func take(_ conclusion: Conclusion) {
    diagnosis = conclusion.diagnosis
    deliver(conclusion.explanation)
    later { $0.beginRound() }
  }
}

extension Question {
  /// Whether the answer takes longer than to read it from the kernel.
  fileprivate var takesTime: Bool {
    switch self {
    case .rules, .echo, .connect, .resolution, .datagram, .connections, .trace: true
    case .tables, .route, .counters, .neighbors, .listening, .queues, .attachments, .wireGuard: false
    }
  }
}
