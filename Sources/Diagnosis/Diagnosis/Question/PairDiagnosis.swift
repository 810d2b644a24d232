public import Conclusions
internal import Netfilter
public import Paths
public import Questions
public import Topology

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
  /// What is wanted.
  public struct Options: Hashable, Sendable {
    /// The address family, where one is wanted.
    public var family: AddressFamily
    /// A TCP port to try; then the verdict is about that port.
    public var port: UInt16?
    /// Bytes of data in the echo (as `ping -s`), sent with DF; nil: 56, without.
    public var size: Int?
    /// Whether the kernel's rule trace may be used, which puts a table of ours into the namespaces for a moment.
    public var usesTrace: Bool
    /// How many echo requests are sent.
    public var count: Int
    /// Milliseconds between two of them.
    public var interval: Int

    /// Makes options.
    public init(
      family: AddressFamily = .any, port: UInt16? = nil, size: Int? = nil, usesTrace: Bool = false, count: Int = 3,
      interval: Int = 200
    ) {
      self.family = family
      self.port = port
      self.size = size
      self.usesTrace = usesTrace
      self.count = count
      self.interval = interval
    }
  }

  /// Where the packet is to go, or why it can't be told.
  public enum Target: Hashable, Sendable {
    /// A namespace of the model, with an interface or an address where one was named.
    case endpoint(Endpoint)
    /// An address that no namespace of the model has, somewhere behind an uplink; or several have it.
    case outside(IPAddress)
    /// A container that is not running.
    case stopped(Container)

    /// As `Endpoint.resolve`, but also takes a stopped container, and an address that is not on this machine.
    /// Whoever sends can be only one.
    public static func resolve(
      _ text: String, in snapshot: Snapshot, asSource: Bool = false
    ) -> Result<Target, ResolutionError> {
      switch Endpoint.resolve(text, in: snapshot) {
      case .success(let endpoint): return .success(.endpoint(endpoint))
      case .failure(let error):
        // One that several have: the packet decides which is meant.
        if !asSource, let address = IPAddress(text), !address.isLoopback,
          snapshot.namespaces.values.contains(where: { $0.links.contains { $0.has(address) } })
        {
          return .success(.outside(address))
        }
        let stopped = snapshot.stoppedContainers.filter { $0.name == text }
        let prefixed =
          text.count >= 2 ? snapshot.stoppedContainers.filter { $0.id.hasPrefix(text) } : []
        if let container = stopped.first ?? prefixed.first, (stopped.isEmpty ? prefixed : stopped).count == 1 {
          return .success(.stopped(container))
        }
        if let address = IPAddress(text), !address.isLoopback,
          !snapshot.namespaces.values.contains(where: { $0.links.contains { $0.has(address) } })
        {
          return .success(.outside(address))
        }
        return .failure(error)
      }
    }
  }

  /// The most rounds of questions.
  public static let roundLimit = 24

  /// Asks why `source` can, or can't, reach `destination`.
  public init(from source: Target, to destination: Target, options: Options = Options(), in snapshot: Snapshot) {
    subject = Subject(source, destination, options, snapshot)
    round = Round(subject, answers)
  }

  let subject: Subject
  private var answers = Answers()
  /// What is known already, looked at once for each round.
  private var round: Round

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
}

extension Link {
  /// Whether that is one of its addresses.
  func has(_ address: IPAddress) -> Bool { addresses.contains { $0.local == address } }
}
