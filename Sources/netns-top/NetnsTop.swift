public import ArgumentParser
import LinuxSystem
import Namespaces
import Observer
import Session
import Topology

/// The command line.
@main
struct NetnsTop: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "netns-top",
    abstract: "A live diagram of bridges, veth pairs and the containers behind them.",
    discussion: """
      Walk with the arrow keys, inspect with Enter, ping between two containers with p.
      Where standard output is no terminal, the diagram is printed once, as `show` does.
      """,
    version: "0.1.0",
    subcommands: [View.self, Demo.self, Show.self, Ping.self, Events.self],
    defaultSubcommand: View.self)

  /// Runs a command and turns what it throws into one line and an exit status.
  static func perform(_ body: () throws -> Int32) throws {
    do {
      let status = try body()
      if status != 0 { throw ExitCode(status) }
    } catch let code as ExitCode {
      throw code
    } catch let failure as Printer.Failure {
      if !failure.description.isEmpty { complain(failure.description) }
      throw ExitCode(failure.status)
    } catch {
      complain("\(error)")
      throw ExitCode(2)
    }
  }

  private static func complain(_ text: String) {
    try? Standard.write(Array("netns-top: \(SafeText.clean(text))\n".utf8), to: 2)
  }
}

extension Printer.Style.Color: ExpressibleByArgument {}
extension Printer.Style.Glyphs: ExpressibleByArgument {}

/// Options that all commands share.
struct Common: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Container engine: unix:///path (default: DOCKER_HOST, else the usual sockets).", valueName: "uri"))
  var dockerHost: String?

  @Option(help: ArgumentHelp("Seconds between two samples of the counters.", valueName: "seconds"))
  var interval = 1.0

  @Option(help: "Colours: auto, always or never (NO_COLOR counts for auto).")
  var color = Printer.Style.Color.auto

  @Option(help: "Characters for lines and marks: auto, unicode or ascii.")
  var glyphs = Printer.Style.Glyphs.auto

  @Option(help: ArgumentHelp("Bytes of the buffer for events: small ones lose some.", visibility: .hidden))
  var eventBuffer: Int32 = 8 << 20

  func validate() throws {
    guard interval >= 0.1, interval <= 3600 else {
      throw ValidationError("--interval \(interval): give 0.1 to 3600 seconds")
    }
  }

  func world(census: Census.Sources = Census.Sources()) -> WorldOptions {
    WorldOptions(
      observer: Observer.Options(
        sources: census, hostname: SafeText.decode(Standard.hostname), receiveBuffer: eventBuffer),
      dockerHost: dockerHost,
      interval: interval)
  }

  func style(width: Int? = nil) -> Printer.Style { Printer.Style(color: color, glyphs: glyphs, width: width) }
}
