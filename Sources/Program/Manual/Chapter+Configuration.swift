internal import Chapters
internal import Keys
internal import Settings

/// The configuration file: what may stand in it is what its reader knows.
extension Chapter {
  /// All sections of the page about it.
  static var configuration: [ManualSection] {
    [
      ManualSection(Say.Heading.description, [.paragraph(Say.FilePage.what)]),
      ManualSection(
        Say.Heading.place,
        [.paragraph(Say.FilePage.user), .paragraph(Say.FilePage.root), .paragraph(Say.FilePage.lent)]),
      ManualSection(
        Say.Heading.syntax,
        [
          .paragraph(Say.FilePage.lines), .paragraph(Say.FilePage.quotes), .paragraph(Say.FilePage.flags),
          .paragraph(Say.FilePage.complaints), .paragraph(Say.FilePage.reread),
        ]),
      ManualSection(Say.Heading.settings, [.definitions(settings)]),
      ManualSection(Say.Heading.keySection, [.paragraph(Say.FilePage.keys), .definitions(commands)]),
      ManualSection(Say.Heading.precedence, [.paragraph(Say.FilePage.order)]),
      ManualSection(Say.Heading.example, [.literal(example)]),
    ]
  }

  private static var settings: [ManualEntry] {
    let initial = EffectiveSettings()
    return Setting.all.map { setting in
      ManualEntry(
        setting.name,
        Say.Heading.sentences([
          setting.comment(), Say.Heading.values(setting.form()), Say.Heading.initial(setting.text(initial)),
        ]))
    }
  }

  private static var commands: [ManualEntry] {
    let table = KeyTable.standard
    return table.groups.map { help, commands in
      let keys = commands.flatMap { table.keys(of: $0) }.map(\.name)
      return ManualEntry(
        commands.map(\.rawValue).joined(separator: ", "),
        Say.Heading.sentences([help, Say.Heading.initial(keys.joined(separator: " "))]))
    }
  }

  private static let example = [
    "# ~/.config/netns-top/config", "theme = light", "mouse = no", "interval = 2",
    "log-file = \"/var/log/netns top.log\"   # quoted: a blank is in it", "", "[keys]", "quit = q, X", "freeze = none",
  ]
}
