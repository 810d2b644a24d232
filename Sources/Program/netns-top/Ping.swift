import ArgumentParser
import Commands
import Paths

/// `netns-top ping`.
struct Ping: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ping",
    abstract: "Ping from inside one container to another.",
    discussion: """
      SOURCE and DESTINATION: a container's name or id prefix, a namespace's name, an address, or NAMESPACE/INTERFACE. \
      DESTINATION may also be any address, or a name that SOURCE's own name server knows.
      Exit status: 0 when there was a reply, 1 when there was none, 2 when the question could not be answered.
      """)

  @OptionGroup var common: CommonOptions
  @Argument var source: String
  @Argument var destination: String
  @Flag(name: .customShort("4"), help: "IPv4 only.") var ipv4 = false
  @Flag(name: .customShort("6"), help: "IPv6 only.") var ipv6 = false
  @Option(name: .shortAndLong, help: "How many requests.") var count = 4
  @Option(name: .customShort("i"), help: ArgumentHelp("Seconds between two requests.", valueName: "seconds"))
  var wait = 1.0
  @Option(help: ArgumentHelp("Bytes behind the ICMP header.", valueName: "bytes")) var size = 56
  @Option(help: "text or json.") var format = OutputFormat.text

  func validate() throws {
    if ipv4, ipv6 { throw ValidationError("-4 and -6 exclude each other") }
    guard (1...1_000_000).contains(count) else { throw ValidationError("--count \(count): give 1 to 1000000") }
    guard wait >= 0.01, wait <= 3600 else { throw ValidationError("-i \(wait): give 0.01 to 3600 seconds") }
    guard (0...65_000).contains(size) else { throw ValidationError("--size \(size): give 0 to 65000 bytes") }
  }

  func run() throws {
    try NetnsTop.perform(common) { invocation in
      try PingCommand(
        source: source, destination: destination, family: ipv4 ? .ipv4 : ipv6 ? .ipv6 : .any, count: count,
        intervalSeconds: wait, payload: size, json: format == .json
      ).run(invocation.sourceOptions())
    }
  }
}
