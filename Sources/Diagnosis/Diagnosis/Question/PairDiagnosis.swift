public import Conclusions
internal import Knowledge
internal import Netfilter
public import Paths
public import Questions
public import Topology
internal import Walk

/// Finds out why one end can't reach the other, without any input or output of its own: it says what it has to know, is
/// told, and says what it concludes.
///
/// ```swift
/// var diagnosis = PairDiagnosis(from: source, to: .endpoint(destination), options: options, in: snapshot)
/// while true {
///   let questions = diagnosis.questions
///   if questions.isEmpty { break }
///   for question in questions { diagnosis.take(answer(question), to: question) }  // in any order, or at once
/// }
/// print(diagnosis.explanation)
/// ```
///
/// The questions of one round do not depend on each other. Every one must be answered, with `.unread` where that is all
/// that can be said; `take` accepts them one by one. A round after the probes comes only when something failed, or was
/// wished for, so a healthy pair takes: tables, rules and routes; echo and nothing else; counters. Whoever
/// asks stops after `roundLimit` rounds (`DiagnosisRunner`). `explanation` may be asked at any time: it is the best that can be
/// said so far.
public struct PairDiagnosis: Sendable {
  /// The most rounds of questions.
  public static let roundLimit = 24

  /// Asks why `source` can, or can't, reach `destination`.
  public init(
    from source: Target, to destination: Target, options: DiagnosisOptions = DiagnosisOptions(), in snapshot: Snapshot
  ) {
    subject = Subject(source, destination, options, snapshot)
    round = Round(subject, answers)
  }

  let subject: Subject
  private var answers = Answers()
  /// What is known already, looked at once for each round.
  private(set) var round: Round

  /// What has to be found out next; empty when the explanation is final.
  public var questions: [Question] { round.questions.filter { answers[$0] == nil } }

  /// Takes the answer to one of the questions.
  public mutating func take(_ answer: Answer, to question: Question) {
    answers.take(answer, to: question, in: subject.snapshot)
    if questions.isEmpty { round = Round(subject, answers) }
  }

  /// What can be said so far; final when `questions` is empty.
  public var explanation: Explanation { round.explanation(isLast: false) }

  /// The last word, where nothing more is to be found out: what is not known by then stays so.
  public var conclusion: Explanation { round.explanation(isLast: true) }

  /// What was sent so far, a line each.
  var sent: [String] { round.walk.answers.sent(round.walk.name) }

  /// Whether the rules of a namespace were read: else nothing can be said to be missing among them.
  func knowsRules(of namespace: NamespaceID?) -> Bool { round.walk.knowsRules(of: namespace) }

  // MARK: Beyond the picture

  /// Whether it is about the way to the internet.
  var isWayOut: Bool { subject.isInternet }

  /// Where the request leaves the picture, as far as it does.
  var exit: PacketWalk.Arrival? { round.walk.arrival.flatMap { $0.isBeyond ? $0 : nil } }

  /// The gateway that it is handed to there; nil: none, as on a point-to-point link.
  var gateway: IPAddress? { exit.flatMap { $0.way?.nextHop == $0.packet.destination ? nil : $0.way?.nextHop } }

  /// What would explain that no answer comes, where none does.
  var suspicions: [Explanation.Finding] {
    round.walk.accusations.filter { $0.strength == .likely }.map(\.finding)
  }

  /// That the request is sent on rightly, and nothing is known of what becomes of it.
  var beyondView: Explanation.Finding? { Judge(round.walk, isLast: true).beyondView }

  /// A finding about a namespace.
  func finding(
    _ code: CauseCode, in namespace: NamespaceID?, _ claim: String, _ evidence: [Explanation.Evidence]
  ) -> Explanation.Finding { round.walk.finding(code, nil, in: namespace, claim, evidence) }
}
