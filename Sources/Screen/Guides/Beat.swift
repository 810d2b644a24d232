/// The beats of the tour, in order: a step has one or several.
enum Beat: Int, CaseIterable, Sendable {
  case host, first, inside, cable, second, ping, flood, answer, echo, whatIfBridge, whatIfUnplugged, whatIfAddress, end

  /// The step of the story, from 1; the end is none.
  var step: Int {
    switch self {
    case .host: 1
    case .first: 2
    case .inside: 3
    case .cable: 4
    case .second: 5
    case .ping, .flood, .answer, .echo: 6
    case .whatIfBridge, .whatIfUnplugged, .whatIfAddress, .end: 7
    }
  }

  static let steps = 7

  /// The containers that run when the beat begins.
  var containers: [String] {
    switch self {
    case .host, .first: []
    case .inside, .cable, .second: [TourFacts.containers[0]]
    default: TourFacts.containers
    }
  }

  /// The containers that run once its act is done.
  var containersAfter: [String] {
    switch self {
    case .first: [TourFacts.containers[0]]
    case .second: TourFacts.containers
    default: containers
    }
  }

  /// Whether the reader is asked what will happen, and then something is broken.
  var isQuestion: Bool { self == .whatIfBridge || self == .whatIfUnplugged || self == .whatIfAddress }

  /// Whether the reader has something to do before it goes on.
  var hasAct: Bool {
    switch self {
    case .host, .flood, .answer, .echo, .end: false
    default: true
    }
  }

  /// Whether the ping runs in it, and what is learned is shown.
  var showsLearning: Bool { self == .ping || self == .flood || self == .answer || self == .echo }
}
