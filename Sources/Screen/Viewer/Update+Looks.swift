internal import Canvas
internal import Labels

extension State {
  /// Goes on to the next theme of all; from that for an unknown ground to the light one, which the dark ones differ from most.
  mutating func turnTheme() -> [Effect] {
    let all = Theme.all
    return use(all[((all.firstIndex(of: looks.theme) ?? 0) + 1) % all.count])
  }

  /// The terminal says now what its ground is: who has chosen nothing else gets the theme for it.
  mutating func suit(_ theme: Theme) -> [Effect] {
    let isChosen = looks.theme != looks.suited
    looks.suited = theme
    guard !isChosen, looks.theme != theme else { return [] }
    looks.theme = theme
    return [.use(theme)]
  }

  /// Draws in a theme from now on. The choice is not kept: the program never writes its settings.
  mutating func use(_ theme: Theme) -> [Effect] {
    guard looks.hasColors else {
      notify(Say.Notice.noColors)
      return []
    }
    looks.theme = theme
    notify(Say.Notice.theme(theme.name, theme.summary))
    return [.use(theme)]
  }
}
