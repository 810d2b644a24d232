import ArgumentParser
import Canvas
import Chapters
import Commands
import JSON
import LinuxSystem
import Manual
import Reports
import Topology
import Usage

/// `netns-top help`: a command's help, a chapter of the manual, or a whole page of it.
///
/// The parser has a command of that name already, which it asks only where there is no other.
struct Help: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "help", abstract: Say.CommandWords.help, usage: "netns-top help [<options>] [<topic>]",
      discussion: Say.CommandWords.helpMore)
  }

  /// Lines that are wider are hard to read.
  private static let widest = 100

  @OptionGroup var common: CommonOptions
  @Option(help: ArgumentHelp(Say.Options.man, valueName: "section", visibility: .hidden)) var man: Int?
  @Argument(
    help: ArgumentHelp(Say.Options.topic, valueName: "topic"), completion: .list(NetnsTop.commandNames + Topic.words))
  var topic: String?

  func validate() throws {
    if let man {
      if ![1, 5].contains(man) { throw ValidationError(Say.Topics.noPage(man)) }
      if let word = topic { throw ValidationError(Say.Topics.pageAlone(SafeText.clean(word))) }
    }
    guard let word = topic else { return }
    if Topic.sections(of: word) != nil || Self.command(word) != nil { return }
    let nearest = Topic.nearest(to: word, among: NetnsTop.commandNames + Topic.words)
    throw ValidationError(
      nearest.map { Say.Topics.unknown(SafeText.clean(word), meant: $0) } ?? Say.Topics.unknown(SafeText.clean(word)))
  }

  func run() throws {
    try NetnsTop.perform(common) { invocation in
      try Output().emit(text(invocation.style).utf8)
      return 0
    }
  }

  private func text(_ style: TextStyle) throws -> String {
    if let man { return try Self.page(man) }
    let columns = min(Self.widest, HelpLayout.columns)
    guard let word = topic else {
      let overview = HelpLayout.message { NetnsTop.helpMessage(columns: $0) }
      return "\(overview)\n\n" + Topic.list(columns: columns).map { "\($0)\n" }.joined()
    }
    if let command = Self.command(word) {
      return HelpLayout.message { NetnsTop.helpMessage(for: command, columns: $0) } + "\n"
    }
    let page = TerminalPage(Topic.sections(of: word) ?? [], columns: columns)
    return page.text(style.theme, colors: style.colors)
  }

  private static func command(_ name: String) -> (any ParsableCommand.Type)? {
    NetnsTop.configuration.subcommands.first { $0.configuration.commandName == name }
  }

  /// A page of the manual, for packages: the same bytes whenever and wherever it is made.
  private static func page(_ number: Int) throws -> String {
    let page: ManualPage
    if number == 5 {
      page = .configuration
    } else {
      var reader = JSONReader(NetnsTop._dumpHelp())
      let usage = NetnsTop.configuration.subcommands.flatMap { command in
        NetnsTop.usageString(for: command).split(separator: "\n").map { line in
          String(line.drop { $0 == " " }).replacing("Usage: ", with: "")
        }
      }
      page = .program(CommandTable(try reader.read()), usage: usage)
    }
    // reproducible-builds.org: who makes a package says of which day it is.
    let seconds = Standard.environment["SOURCE_DATE_EPOCH"].flatMap { UInt32($0) }
    let day = seconds.map { Timestamp(milliseconds: Int64($0) * 1000).rfc3339.prefix { $0 != "T" } }
    return Roff(page, version: NetnsTop.configuration.version, date: day.map(String.init) ?? "").text
  }
}
