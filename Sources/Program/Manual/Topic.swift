internal import Chapters
internal import Conclusions
internal import Topology

/// A chapter that `help` prints by its name.
package enum Topic: String, Sendable, CaseIterable {
  case keys, targets
  case exitStatus = "exit-status"
  case environment, files, capabilities, signals, examples, causes, config, limits

  /// What it is about, in a line.
  package var summary: String {
    switch self {
    case .keys: Say.Topics.keys
    case .targets: Say.Topics.targets
    case .exitStatus: Say.Topics.exitStatus
    case .environment: Say.Topics.environment
    case .files: Say.Topics.files
    case .capabilities: Say.Topics.capabilities
    case .signals: Say.Topics.signals
    case .examples: Say.Topics.examples
    case .causes: Say.Topics.causes
    case .config: Say.Topics.config
    case .limits: Say.Topics.limits
    }
  }

  /// What is printed.
  package var sections: [ManualSection] {
    switch self {
    case .keys: [Chapter.keys]
    case .targets: [Chapter.targets]
    case .exitStatus: [Chapter.exitStatus]
    case .environment: [Chapter.environment]
    case .files: [Chapter.files]
    case .capabilities: [Chapter.capabilities]
    case .signals: [Chapter.signals]
    case .examples: [Chapter.examples]
    case .causes: [Chapter.causes]
    case .config: Chapter.configuration
    case .limits: [Chapter.limits]
    }
  }

  /// What there is under a word: a chapter, or what a cause's code means. Nil where there is nothing.
  package static func sections(of word: String) -> [ManualSection]? {
    if let topic = Topic(rawValue: word) { return topic.sections }
    guard let code = CauseCode(rawValue: word) else { return nil }
    return [ManualSection(code.rawValue, [.paragraph(code.meaning)])]
  }

  /// Every word behind `help` but commands.
  package static var words: [String] { allCases.map(\.rawValue) + CauseCode.allCases.map(\.rawValue) }

  /// The word that was probably meant: at most three letters away, and fewer than half of it.
  package static func nearest(to word: String, among words: [String]) -> String? {
    Spelling.nearest(to: word, among: words, reach: min(3, word.utf8.count / 2))
  }

  /// The chapters, a line each, for the end of the overview.
  package static func list(columns: Int) -> [String] {
    let section = ManualSection(
      Say.Topics.heading,
      [.definitions(allCases.map { ManualEntry($0.rawValue, $0.summary) }), .paragraph(Say.Topics.more)])
    return TerminalPage([section], columns: columns).rows.map(\.text)
  }
}
