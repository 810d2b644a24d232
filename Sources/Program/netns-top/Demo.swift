import ArgumentParser
import Canvas
import Commands
import Guides
import Lab
import LinuxSystem
import Namespaces
import Observer
import Questions
import Reports
import Session
import Story
import Topology
import Usage

/// `netns-top demo`.
struct Demo: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "demo",
      abstract: Say.CommandWords.demo,
      discussion: Say.CommandWords.demoMore)
  }

  @OptionGroup var common: CommonOptions
  @Argument(help: ArgumentHelp(Say.Options.scenario, valueName: "name"), completion: .list(Self.scenarios))
  var name: String?
  @Option(help: ArgumentHelp(Say.Options.sameScenario, valueName: "name"), completion: .list(Self.scenarios))
  var scenario: String?
  @Flag(help: ArgumentHelp(Say.Options.list)) var list = false
  @Flag(help: ArgumentHelp(Say.Options.explain)) var explain = false
  @Option(help: ArgumentHelp(Say.Options.explainFormat, valueName: "format")) var format = OutputFormat.text
  @Flag(help: ArgumentHelp(Say.Options.tour)) var tour = false
  @Option(
    help: ArgumentHelp(Say.Options.lesson, valueName: "name"),
    completion: .list(["list"] + LessonName.allCases.map(\.rawValue)))
  var lesson: String?
  @Flag(help: ArgumentHelp(Say.Options.plain)) var plain = false
  @OptionGroup var looks: ScreenOptions

  private static var scenarios: [String] { Blueprint.all.map(\.name) }

  private var chosen: String { name ?? scenario ?? "tutorial" }

  func validate() throws {
    try validateGuide()
    if let name, let scenario, name != scenario {
      throw ValidationError(Say.Failure.twoScenarios(name, scenario))
    }
    let scenario = chosen
    guard let blueprint = Blueprint.all.first(where: { $0.name == scenario }) else {
      throw ValidationError(
        Say.Failure.noScenario(SafeText.clean(scenario), all: Self.scenarios.joined(separator: ", ")))
    }
    if explain, !blueprint.hosts.contains(where: { $0.name == "test2" }) {
      throw ValidationError(Say.Failure.noPair(in: scenario))
    }
  }

  func run() throws {
    try NetnsTop.perform(common, json: explain && format == .json, looks.add) { invocation in
      if list || lesson == "list" {
        try Output().emit((lesson == nil ? Self.scenarioList : Self.lessonList).utf8)
        return 0
      }
      if let lesson, !Standard.isTerminal(1) { throw CommandFailure(Say.Lessons.needsTerminal(lesson)) }
      guard let blueprint = isTour ? .tour : Blueprint.all.first(where: { $0.name == lesson ?? chosen }) else {
        return 64
      }
      // Before anything else: only a process with one thread may leave for a user namespace of its own.
      try PrivateNamespaces.enter()
      let prints = explain || plain || isTour && !Standard.isTerminal(1)
      let signals = prints ? nil : try ViewerSession.takeSignals()
      let entry = try EntryThread()
      let lab = try Laboratory(entry: entry)
      try lab.build(blueprint)
      let options = try sourceOptions(of: blueprint, invocation)
      let laboratory = GuidedLaboratory(lab: lab, blueprint: blueprint)
      guard let signals else { return try printed(options, invocation, laboratory) }
      let guide: (any Guide)? = isTour ? GuidedTour() : lessonGuide()
      let traffic = guide == nil ? BackgroundTraffic(blueprint, lab: lab, entry: entry) : nil
      return try View.view(options, invocation, signals: signals, guide: guide, obey: laboratory.obey(_:)) { source in
        func pulse() {
          traffic?.send(milliseconds: 500)
          source.loop.schedule(afterMilliseconds: 500) { pulse() }
        }
        if traffic != nil { pulse() }
      }
    }
  }

  private static var scenarioList: String {
    let width = Blueprint.all.map(\.name.count).max() ?? 0
    return Blueprint.all.map { blueprint in
      let gap = String(repeating: " ", count: width + 2 - blueprint.name.count)
      return "\(blueprint.name)\(gap)\(blueprint.summary)\n"
    }.joined()
  }

  private func sourceOptions(of blueprint: Blueprint, _ invocation: Invocation) throws -> SourceOptions {
    var options = try invocation.sourceOptions(census: Census.Sources(processes: false, mountPrefix: "/run/netns/"))
    options.observer.warnsOfCapabilities = false
    options.asksEngine = false
    let networks = Dictionary(
      blueprint.bridges.map { ($0.name, $0.network) }, uniquingKeysWith: { first, _ in first })
    options.directory = ContainerDirectory(ContainerDirectory.Word(endpoint: "demo", networks: networks))
    return options
  }

  /// What goes to a pipe: the story, or the explanation.
  private func printed(
    _ options: SourceOptions, _ invocation: Invocation, _ laboratory: GuidedLaboratory
  ) throws -> Int32 {
    if isTour {
      return try TourTranscript(
        GuidedTour(isPlain: true), options, isASCII: invocation.style.glyphSet == .ascii, obey: laboratory.obey(_:)
      ).print()
    }
    return try ExplainCommand(
      source: "test1", destination: "test2", options: DiagnosisOptions(), json: format == .json,
      style: invocation.style
    ).run(options)
  }
}
