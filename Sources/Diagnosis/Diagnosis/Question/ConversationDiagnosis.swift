public import Conclusions
internal import Knowledge
public import Paths
public import Questions
internal import Sentences
public import Topology
internal import Walk

/// Finds out why a conversation works or not, as a person asks for it: the name first, as the sender's programs would
/// resolve it, then each of its addresses; and the way out to the internet.
///
/// It is used as a `PairDiagnosis` is, which it leaves the packets to. Where the name can't be resolved because nobody
/// answers, the name server is explained like any destination.
public struct ConversationDiagnosis: Sendable {
  /// What is asked for now.
  private enum Stage: Sendable {
    case naming(ResolutionQuery)
    /// The addresses of the destination.
    case asking
    /// Why the name server does not answer.
    case resolver
    /// Whether the gateway of the way out answers.
    case gateway
    /// Whether it at least tells its hardware address, to the namespace that sends to it.
    case neighbors(NamespaceID)
    case done
  }

  /// More addresses of a name are not tried.
  private static let addressLimit = 4
  /// The most rounds of questions.
  public static let roundLimit = 3 * PairDiagnosis.roundLimit

  let source: Target
  let options: DiagnosisOptions
  let snapshot: Snapshot
  /// As it was typed, where it is a name.
  let name: String?
  private var stage: Stage
  private(set) var resolution: Resolution?
  /// The destination's addresses, in the order in which a program would try them.
  private(set) var pairs: [PairDiagnosis] = []
  private(set) var resolver: PairDiagnosis?
  private(set) var gateway: PairDiagnosis?
  private(set) var gatewayNeighbors: [Neighbor]?

  /// Asks why `source` can, or can't, reach `destination`.
  public init(
    from source: Target, to destination: Target, options: DiagnosisOptions = DiagnosisOptions(), in snapshot: Snapshot
  ) {
    self.source = source
    self.options = options
    self.snapshot = snapshot
    if case .name(let name) = destination, case .endpoint(let from) = source {
      self.name = name
      stage = .naming(ResolutionQuery(name, asked: from, options.family, in: snapshot))
      return
    }
    name = nil
    stage = .asking
    pairs = [PairDiagnosis(from: source, to: destination, options: options, in: snapshot)]
    advance()
  }

  /// What has to be found out next; empty when the explanation is final.
  public var questions: [Question] {
    switch stage {
    case .naming(let query): [.resolution(query)]
    case .asking: pairs.flatMap(\.questions).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    case .resolver: resolver?.questions ?? []
    case .gateway: gateway?.questions ?? []
    case .neighbors(let namespace): [.neighbors(namespace)]
    case .done: []
    }
  }

  /// Takes the answer to one of the questions.
  public mutating func take(_ answer: Answer, to question: Question) {
    switch stage {
    case .naming:
      resolution =
        switch answer {
        case .resolution(let found): found
        case .unread(let why): Resolution(name: name ?? "", outcome: .noServer(why.reason))
        default: Resolution(name: name ?? "", outcome: .noServer(Say.Question.noAnswer))
        }
    case .asking:
      for index in pairs.indices where pairs[index].questions.contains(question) {
        pairs[index].take(answer, to: question)
      }
    case .resolver: resolver?.take(answer, to: question)
    case .gateway: gateway?.take(answer, to: question)
    case .neighbors: if case .neighbors(let rows) = answer { gatewayNeighbors = rows } else { gatewayNeighbors = [] }
    case .done: return
    }
    advance()
  }

  /// What can be said so far; final when `questions` is empty.
  public var explanation: Explanation { conclude(isLast: false) }

  /// The last word, where nothing more is to be found out.
  public var conclusion: Explanation { conclude(isLast: true) }

  // MARK: From stage to stage

  private mutating func advance() {
    switch stage {
    case .naming: if let resolution { begin(resolution) }
    case .asking where pairs.allSatisfy(\.questions.isEmpty):
      guard let pair = pairs.first, pair.isWayOut, pair.explanation.verdict == .reachable, let address = pair.gateway
      else { return stage = .done }
      var echo = options
      echo.port = nil
      stage = .gateway
      gateway = PairDiagnosis(from: source, to: target(address), options: echo, in: snapshot)
      advance()
    case .resolver where resolver?.questions.isEmpty != false: stage = .done
    case .gateway where gateway?.questions.isEmpty != false:
      // One that answers no ping may be well all the same.
      guard gateway?.explanation.verdict == .unreachable, let last = pairs.first?.exit?.namespace else {
        return stage = .done
      }
      stage = .neighbors(last)
    case .neighbors: if gatewayNeighbors != nil { stage = .done }
    default: break
    }
  }

  private mutating func begin(_ resolution: Resolution) {
    let addresses = resolution.usable(by: source, options.family, in: snapshot)
    if !addresses.isEmpty {
      pairs = addresses.prefix(Self.addressLimit).map {
        PairDiagnosis(from: source, to: target($0), options: options, in: snapshot)
      }
      stage = .asking
      return advance()
    }
    guard case .noAnswer(let silences) = resolution.outcome, let server = silences.first?.server else {
      return stage = .done
    }
    var question = options
    question.family = .any
    question.size = nil
    question.port = ServicePort(53, .udp)
    resolver = PairDiagnosis(from: source, to: target(server), options: question, in: snapshot)
    stage = .resolver
    advance()
  }

  private func target(_ address: IPAddress) -> Target {
    if case .success(let found) = Target.destination(address.description, from: source, in: snapshot) {
      return found.target
    }
    return .outside(address)
  }
}
