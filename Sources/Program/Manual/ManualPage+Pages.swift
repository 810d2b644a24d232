internal import Chapters

/// The two pages.
extension ManualPage {
  /// `netns-top(1)`. `usage` has the lines that say how each command is typed.
  package static func program(_ table: CommandTable, usage: [String]) -> ManualPage {
    let about = [
      Say.Overview.what, Say.Overview.withoutCommand, Say.Overview.touchesNothing, Say.Overview.completion,
    ]
    let common = ManualSection(
      Say.Heading.options, [.paragraph(Say.Overview.commonOptions), .definitions(table.common.map(entry))])
    let chapters = [
      Chapter.keys, Chapter.targets, Chapter.exitStatus, Chapter.environment, Chapter.files,
      Chapter.capabilities, Chapter.signals, Chapter.examples, Chapter.causes, Chapter.limits,
    ]
    return ManualPage(
      name: "netns-top", number: 1, summary: Say.Heading.program,
      sections: [
        ManualSection(Say.Heading.synopsis, [.literal(usage)]),
        ManualSection(Say.Heading.description, about.map { .paragraph($0) }),
        ManualSection(Say.Heading.commands, table.commands.flatMap(blocks)), common,
      ] + chapters + [seeAlso(["netns-top-config(5)", "ip(8)", "bridge(8)", "ip-netns(8)", "nsenter(1)", "veth(4)"])])
  }

  /// `netns-top-config(5)`.
  package static var configuration: ManualPage {
    ManualPage(
      name: "netns-top-config", number: 5, summary: Say.Heading.configuration,
      sections: Chapter.configuration + [seeAlso(["netns-top(1)"])])
  }

  private static func blocks(of command: CommandTable.Entry) -> [ManualBlock] {
    let paragraphs = [command.summary] + command.discussion.split(separator: "\n").map(String.init)
    let options: [ManualBlock] = command.options.isEmpty ? [] : [.definitions(command.options.map(entry))]
    return [.heading("netns-top \(command.name)")] + paragraphs.map { .paragraph($0) } + options
  }

  private static func entry(_ option: CommandTable.Option) -> ManualEntry {
    ManualEntry(
      option.term, Say.Heading.sentences([option.summary] + (option.initial.map { [Say.Heading.initial($0)] } ?? [])))
  }

  private static func seeAlso(_ pages: [String]) -> ManualSection {
    ManualSection(Say.Heading.seeAlso, [.paragraph(pages.map { "`\($0)`" }.joined(separator: ", "))])
  }
}
