import ArgumentParser
import Commands
import Paths
import Questions
import Settings

/// `netns-top explain`.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Why can one container reach another, or why not?",
    usage: """
      netns-top explain [<options>] <source> <destination>
      netns-top explain [<options>] <source> <source> … <destination>
      netns-top explain [<options>] --from-all <destination>
      """,
    discussion: """
      SOURCE and DESTINATION: a container's name or id prefix, a namespace's name, an address, or NAMESPACE/INTERFACE. \
      DESTINATION may also be what one would type into an application: db:5432, 10.0.0.3:53/udp, [fd00::3]:443, a URL, \
      a name that SOURCE's own name server knows, or `internet` for the way out. With the SOURCE `outside`, \
      outside@ADDRESS or outside/INTERFACE nothing is sent: the answer is worked out.
      Sends three echo requests from inside SOURCE, follows the packet through cables, bridges, routes and firewalls \
      there and back, and names the first thing that stops it, with the evidence and a command that mends it. The \
      command is printed, never run; nothing is changed.
      Exit status: 0 reachable, 1 not reachable, 2 the question could not be answered.
      """)

  @OptionGroup var common: CommonOptions
  @Argument(
    help: ArgumentHelp("SOURCE and DESTINATION; of more than two the last is the destination.", valueName: "end"))
  var ends: [String] = []
  @Flag(help: "Ask from everybody who has an address: a table of who can reach it, with each cause once.")
  var fromAll = false
  @Flag(name: .customShort("4"), help: "IPv4 only.") var ipv4 = false
  @Flag(name: .customShort("6"), help: "IPv6 only.") var ipv6 = false
  @Option(
    help: ArgumentHelp("A port to try, N or N/udp; then the verdict is about that port.", valueName: "n"),
    transform: { text in
      guard let port = ServicePort(text) else {
        throw ValidationError("--port \(text): give 1 to 65535, with /udp behind it for UDP")
      }
      return port
    })
  var port: ServicePort?
  @Option(help: ArgumentHelp("Bytes of data in the echo, sent unfragmented: finds MTU holes.", valueName: "bytes"))
  var size: Int?
  @Flag(help: "Let the kernel trace the probe through nftables: a table of our own, for a moment.") var trace = false
  @Flag(help: "Say what was sent: echo requests, connections, datagrams, queries of names.") var verbose = false
  @Option(help: ArgumentHelp("Columns of the text: 40 to 400 (default: the terminal's).", valueName: "columns"))
  var width: Int?
  @Option(help: "text or json.") var format = OutputFormat.text

  func validate() throws {
    if fromAll, ends.count != 1 { throw ValidationError("--from-all takes one argument, the destination") }
    if !fromAll, ends.count < 2 { throw ValidationError("explain wants a SOURCE and a DESTINATION") }
    if ipv4, ipv6 { throw ValidationError("-4 and -6 exclude each other") }
    if let size, !(0...65_000).contains(size) { throw ValidationError("--size \(size): give 0 to 65000 bytes") }
    if let width, !EffectiveSettings.widths.contains(width) {
      throw ValidationError("--width \(width): give 40 to 400 columns")
    }
  }

  func run() throws {
    try NetnsTop.perform(common, { if let width { $0.width = width } }) { invocation in
      let options = DiagnosisOptions(
        family: ipv4 ? .ipv4 : ipv6 ? .ipv6 : .any, port: port, size: size, usesTrace: trace)
      if ends.count == 2 {
        return try ExplainCommand(
          source: ends[0], destination: ends[1], options: options, json: format == .json, style: invocation.style,
          isVerbose: verbose
        ).run(invocation.sourceOptions())
      }
      return try ReachCommand(
        sources: Array(ends.dropLast()), destination: ends[ends.count - 1], options: options, json: format == .json,
        style: invocation.style
      ).run(invocation.sourceOptions())
    }
  }
}
