internal import Canvas
internal import Keys
public import Reports
public import Settings
internal import SystemPackage
internal import Terminal
internal import Usage
internal import Viewer

/// What reading the configuration again has brought.
public struct Rereading: Sendable {
  /// The settings that are in force now.
  public var settings: EffectiveSettings
  /// Whether other words are spoken now than before.
  public var speaksOtherwise: Bool
  /// What has changed and can't be taken over while the program runs, by the names of the settings.
  public var fromNextStart: [String]
  /// What is said of it, in one line.
  public var notice: String

  /// Makes the outcome of one reading.
  public init(settings: EffectiveSettings, speaksOtherwise: Bool, fromNextStart: [String], notice: String) {
    self.settings = settings
    self.speaksOtherwise = speaksOtherwise
    self.fromNextStart = fromNextStart
    self.notice = notice
  }
}

extension EffectiveSettings {
  /// The theme that is wanted.
  var themeChoice: ThemeChoice { ThemeChoice(theme) ?? .auto }

  /// How text for standard output is to look.
  public var style: TextStyle { TextStyle(color: color, theme: themeChoice, glyphs: glyphs, width: width) }
}

extension ViewerSession {
  /// Reads the configuration again and takes over what has changed in it, and nothing else: who has turned to another
  /// theme by a key keeps that until the file says another one.
  func reread() {
    let old = settings
    let news = read(old)
    settings = news.settings
    var (late, failure) = (news.fromNextStart, String?.none)
    if !takeLooks(old) { late.append("glyphs") }
    if settings.mouse != old.mouse { terminal.takeMouse(settings.mouse) }
    state.reducesMotion = settings.reduceMotion
    state.keys = settings.keys
    if settings.interval != old.interval { sample() }
    do {
      // The same file, too: it may have been moved away, and another one is wanted in its place.
      try diagnostics.goOn(in: settings.logFile)
    } catch {
      failure = Say.SettingWords.logFile(settings.logFile ?? "", "\(error)")
      settings.logFile = old.logFile
    }
    // What is placed was measured in other words, or other characters.
    if news.speaksOtherwise || settings.glyphs != old.glyphs { perform(.resize(terminal.size)) }
    let rest = late.isEmpty ? [] : [Say.SettingWords.fromNextStart(late.joined(separator: ", "))]
    // What the reader has to know first: the line may be cut.
    perform(.notice(Say.Failure.all((failure.map { [$0] } ?? []) + rest + [news.notice])))
  }

  /// Colours and characters; false: characters are wanted that can't be had.
  private func takeLooks(_ old: EffectiveSettings) -> Bool {
    if settings.color != old.color { terminal.use(settings.color) }
    if settings.theme != old.theme {
      let isAuto = settings.themeChoice == .auto
      if isAuto { terminal.askGround() }
      state.looks.theme = isAuto ? state.looks.suited : settings.themeChoice.theme(on: nil)
      terminal.use(state.looks.theme)
    }
    state.looks = Looks(
      theme: state.looks.theme, suited: state.looks.suited, hasColors: terminal.colors > .mono)
    let isWritten = settings.glyphs == old.glyphs || terminal.use(settings.glyphs)
    state.glyphs = terminal.glyphs
    return isWritten
  }
}
