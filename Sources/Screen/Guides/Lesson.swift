internal import Canvas
package import Conclusions
package import Keys
package import Story
package import Topology

/// A broken laboratory that the reader mends: a question, hints, a solution, and the kernel's word that it is mended.
package struct Lesson: Guide {
  private let name: LessonName
  /// How a shell outside gets into the laboratory.
  private let wayIn: String
  /// What the reader's hands need and this machine lacks: the tool, and what installs it.
  private let missing: [(tool: String, package: String)]
  /// The family of the host's rules for what is forwarded (`LessonPlaces.filterFamily`).
  private let filterFamily: String
  private var facts = TourFacts(Snapshot())
  /// How many hints have been asked for.
  private var hints = 0
  private var showsSolution = false
  /// What the kernel's probes said last.
  private var verdict: Explanation.Verdict?
  private var isSolved = false
  /// Seconds until it is asked again.
  private var wait = 0

  /// Seconds between two diagnoses: not every cure is told by an event (rules, sysctls, neighbours).
  private static let pace = 3
  /// Between two that only look whether it is still so.
  private static let slowPace = 10

  package init(
    _ name: LessonName, wayIn: String, filterFamily: String, missing: [(tool: String, package: String)]
  ) {
    (self.name, self.wayIn, self.filterFamily, self.missing) = (name, wayIn, filterFamily, missing)
  }

  package mutating func begin() -> [GuideEffect] { ask() }

  private mutating func ask() -> [GuideEffect] {
    wait = isSolved ? Self.slowPace : Self.pace
    return [.explain(from: TourFacts.containers[0], to: TourFacts.containers[1])]
  }

  package mutating func press(_ key: Key) -> [GuideEffect]? {
    switch key {
    case .character("H") where hints < Say.Lesson.hintCount:
      hints += 1
      showsSolution = false
      return []
    case .character("S") where !showsSolution:
      showsSolution = true
      return []
    case .character("$"): return [.openShell]
    case .backspace where showsSolution:
      showsSolution = false
      return []
    case .backspace where hints > 0:
      hints -= 1
      return []
    default: return nil
    }
  }

  package mutating func see(_ snapshot: Snapshot) -> [GuideEffect] {
    facts = TourFacts(snapshot)
    // Something has changed: it is looked at once things have come to rest.
    wait = min(wait, 1)
    return []
  }

  package mutating func take(_ tables: NetworkTables, of id: NamespaceID) -> [GuideEffect] { [] }
  package mutating func take(_ news: PingNews) {}

  package mutating func take(_ explanation: Explanation) -> [GuideEffect] {
    verdict = explanation.verdict
    // A way that is only half a way is none: `degraded` is what some of the lessons are about.
    isSolved = explanation.verdict == .reachable
    wait = isSolved ? Self.slowPace : Self.pace
    return []
  }

  package mutating func tick() -> [GuideEffect] {
    wait -= 1
    return wait <= 0 ? ask() : []
  }

  package var isSettled: Bool { verdict != nil }
  package var awaitsAct: Bool { !isSolved }
  package var isOver: Bool { isSolved }

  // MARK: What is said

  private var number: Int { (LessonName.allCases.firstIndex(of: name) ?? 0) + 1 }

  package var caption: Caption {
    let place = Say.Lessons.title(name.rawValue, number, of: LessonName.allCases.count)
    if isSolved {
      let next = LessonName.allCases.dropFirst(number).first
      return Caption(
        title: Say.Lessons.solved, text: Say.Lesson.explanation(name),
        keys: [("q", next.map { Say.Lessons.quitFor($0.rawValue) } ?? Say.GuideKeys.quit)], isGood: true)
    }
    var keys: [(cap: String, label: String)] = []
    if hints < Say.Lesson.hintCount { keys.append(("H", Say.GuideKeys.hint)) }
    if !showsSolution { keys.append(("S", Say.GuideKeys.solution)) }
    keys.append(("$", Say.GuideKeys.shell))
    if showsSolution || hints > 0 { keys.append(("⌫", Say.GuideKeys.back)) }
    return Caption(title: place, text: text, keys: keys)
  }

  private var text: String {
    if let lost { return Say.Lessons.lost(lost) }
    if showsSolution { return Say.Lessons.runIt }
    if hints == 0 { return Say.Lesson.question(name) }
    return Say.Lessons.hint(hints, of: Say.Lesson.hintCount, Say.Lesson.hint(name, hints - 1))
  }

  /// A container that somebody has taken away: then there is nothing to be mended.
  private var lost: String? {
    guard verdict != nil else { return nil }
    return TourFacts.containers.first { facts.end($0) == nil }
  }

  private var solution: [String] {
    name.solution(
      LessonPlaces(
        port1: facts.first?.port?.name ?? "", port2: facts.second?.port?.name ?? "", mac2: facts.second?.mac ?? "",
        filterFamily: filterFamily))
  }

  package var exhibit: Exhibit? {
    var lines: [Exhibit.Line] = [
      [Exhibit.Span(Say.Lessons.goal, .dim)],
      [Exhibit.Span(Say.Lessons.wayIn + "  ", .dim), Exhibit.Span(wayIn)],
    ]
    for lack in missing {
      lines.append([Exhibit.Span(Say.Lessons.lacks(lack.tool, lack.package), .warning)])
    }
    if showsSolution {
      // Whole, however long: it is to be typed.
      lines += solution.map { [Exhibit.Span("# ", .dim), Exhibit.Span($0, .strong)] }
    }
    return Exhibit(lines)
  }
}
