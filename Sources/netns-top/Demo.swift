import ArgumentParser
import Lab
import LinuxSystem
import Namespaces
import Observer
import Session

/// `netns-top demo`.
struct Demo: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The viewer over a private laboratory: no root, no Docker, nothing left behind.")

  @OptionGroup var common: Common
  @Option(help: ArgumentHelp("Which laboratory (see --list).", valueName: "name")) var scenario = "tutorial"
  @Flag(help: "List the laboratories.") var list = false
  @OptionGroup var looks: Looks

  func validate() throws {
    guard Blueprint.all.contains(where: { $0.name == scenario }) else {
      let names = Blueprint.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no scenario '\(scenario)'; there are: \(names)")
    }
  }

  func run() throws {
    try NetnsTop.perform(common, looks.add) { run in
      if list {
        for blueprint in Blueprint.all { print("\(blueprint.name)\t\(blueprint.summary)") }
        return 0
      }
      guard let blueprint = Blueprint.all.first(where: { $0.name == scenario }) else { return 64 }
      // Before anything else: only a process with one thread may leave for a user namespace of its own.
      try PrivateWorld.enter()
      let signals = try ViewerSession.takeSignals()
      let entry = try EntryThread()
      let lab = try Lab(entry: entry)
      try lab.build(blueprint)
      var options = try run.world(census: Census.Sources(processes: false, mountPrefix: "/run/netns/"))
      options.observer.warnsOfCapabilities = false
      options.asksEngine = false
      let networks = Dictionary(
        blueprint.bridges.map { ($0.name, $0.network) }, uniquingKeysWith: { first, _ in first })
      options.directory = ContainerDirectory(networks: ["demo": networks])
      let traffic = BackgroundTraffic(blueprint, lab: lab, entry: entry)
      return try View.view(options, run, signals: signals) { world in
        func pulse() {
          traffic.send(milliseconds: 500)
          world.loop.schedule(afterMilliseconds: 500) { pulse() }
        }
        pulse()
      }
    }
  }
}
