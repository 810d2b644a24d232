import Canvas
import Fixtures
import Keys
import Settings
import Speech
import Testing

/// `[keys]` of the configuration file.
@Suite struct KeySectionTests {
  private func read(_ text: String) -> ConfigurationFile { ConfigurationFile(Array(text.utf8), name: "config") }
  private func keys(_ text: String) -> KeyTable { EffectiveSettings([read(text).layer]).keys }

  @Test func everyFormOfAKeyIsRead() {
    let table = keys(
      """
      theme = light
      [ keys ]   # and what they do
      ping = o, F5          # two of them
      why = "#", ",", "\\"", \\
      next-match = Ctrl-N, ^p
      zoom-in = =, +
      freeze = " ", 支
      first = pgup, HOME, Return, shift-tab
      busiest = none
      """)
    #expect(table.keys(of: .ping) == [.character("o"), .function(5)])
    #expect(table.keys(of: .why) == ["#", ",", "\"", "\\"].map { .character($0) })
    #expect(table.keys(of: .nextMatch) == [.control("n"), .control("p")])
    #expect(table.keys(of: .zoomIn) == [.character("="), .character("+")])
    #expect(table.keys(of: .freeze) == [.character(" "), .character("支")])
    #expect(table.keys(of: .first) == [.pageUp, .home, .enter, .backTab])
    #expect(table.keys(of: .busiest).isEmpty)
    // A terminal sends the same byte for both.
    #expect(keys("[keys]\nping = Ctrl-i, ^M, Ctrl-h").keys(of: .ping) == [.tab, .enter, .backspace])
  }

  @Test func aKeyIsTakenFromWhoHadIt() {
    let table = keys("[keys]\nping = w, /\n")
    #expect(table.command(for: .character("w")) == .ping && table.command(for: .character("p")) == nil)
    #expect(table.keys(of: .why).isEmpty && table.keys(of: .find) == [.function(3)])
    let swapped = keys("[keys]\nping = w\nwhy = p\n")
    #expect(swapped.keys(of: .why) == [.character("p")] && swapped.keys(of: .ping) == [.character("w")])
    // What means something on one page only means that there, whatever else it is bound to.
    let family = keys("[keys]\nfreeze = 4\nnext-theme = t")
    #expect(family.command(for: .character("4")) == .freeze)
    #expect(family.command(for: .character("4"), isPinging: true) == .ipv4)
    #expect(family.command(for: .character("t"), isExplaining: true) == .trace)
    #expect(family.keys(of: .bridge4).isEmpty)
  }

  @Test func nobodyIsLockedIn() {
    let table = keys("[keys]\nback = none\nquit = none\nhelp = Esc\nfreeze = Ctrl-c\ninterrupt = none\n")
    #expect(table.keys(of: .back) == [.escape] && table.keys(of: .interrupt) == [.control("c")])
    #expect(table.command(for: .control("c")) == .interrupt && table.command(for: .escape) == .back)
    #expect(keys("[keys]\nback = Backspace").keys(of: .back) == [.backspace, .escape])
  }

  @Test(arguments: [
    ("[keyz]\nping = o", "config:1: unknown section [keyz]: not read; did you mean [keys]?"),
    ("[colours]\nping = o", "config:1: unknown section [colours]: not read"),
    ("[keys]\npnig = o", "config:2: keys have no command 'pnig'; did you mean ping?"),
    ("[keys]\nfrobnicate = o", "config:2: keys have no command 'frobnicate'; see netns-top --print-config"),
    ("[keys]\nping = Spcae", "config:2: ping: there is no key 'Spcae'; did you mean Space?"),
    ("[keys]\nping = Ctrl+l", "config:2: ping: there is no key 'Ctrl+l'; did you mean Ctrl-l?"),
    ("[keys]\nping = F25", "config:2: ping: there is no key 'F25'; did you mean F2?"),
    ("[keys]\nping = hello", "config:2: ping: there is no key 'hello'; see netns-top --print-config"),
    ("[keys]\nping = none, o", "config:2: ping: write none, or keys with commas between them: p, Space, \"#\""),
    (
      "[keys]\nping = #",
      "config:2: ping: write none, or keys with commas between them: p, Space, \"#\""
    ),
    ("[keys]\nping = ,", "config:2: ping: write none, or keys with commas between them: p, Space, \"#\""),
    ("[keys]\nping = \"o", "config:2: ping: write none, or keys with commas between them: p, Space, \"#\""),
    ("[keys]\nping = o p", "config:2: ping: write none, or keys with commas between them: p, Space, \"#\""),
    ("[keys]\nping = o\nwhy = o", "config:3: o is ping's in line 2, too; this one counts"),
    ("[keys]\nping = o\nping = u", "config:3: ping is set in line 2, too; this one counts"),
    ("[keys]\nping = Esc", "config:2: ping: Esc stays with back"),
    ("[keys]\nping = ^c", "config:2: ping: Ctrl-c stays with interrupt"),
    ("[keys]\nback = none", "config:2: back: Esc stays with it: nobody is to be locked in"),
    ("[keys]\ninterrupt = x", "config:2: interrupt keeps its key, Ctrl-c"),
    ("[keys]\ntrace = x", "config:2: trace keeps its key, t"),
    ("[keys]\ninterval = 2", "config:2: interval is a setting: it belongs above [keys]"),
    ("[keys]\nno-mouse = yes", "config:2: no-mouse is a setting: it belongs above [keys]"),
    ("[keys]\ntheme = dark", "config:2: theme is a setting: it belongs above [keys]"),
    ("ping = o", "config:1: ping is a command of keys: it belongs below [keys]"),
    ("[keys", "config:1: '[keys' is no setting; write: key = value"),
    ("[keys]\nping", "config:2: 'ping' is no setting; write: key = value"),
  ]) func whatCannotBeUsedIsSaidInOneLine(text: String, complaint: String) {
    #expect(read(text).complaints == [complaint])
  }

  @Test func theLaterOfTwoCounts() {
    let table = keys("[keys]\nping = o, u\nwhy = o\nping = p, v\n")
    #expect(table.keys(of: .why) == [.character("o")] && table.keys(of: .ping) == [.character("p"), .character("v")])
    #expect(keys("[keys]\nping = o, u\nwhy = o\n").keys(of: .ping) == [.character("u")])
    #expect(keys("[keyz]\nping = o\n[keys]\nwhy = o").keys(of: .why) == [.character("o")])
  }

  @Test func namesAreTakenAsTheyAreWritten() {
    for command in Command.allCases {
      let name = command.rawValue
      #expect(Command(rawValue: name) == command && name.allSatisfy { $0.isLowercase || $0 == "-" || $0.isNumber })
      for key in KeyTable.standard.keys(of: command) { #expect(Key(key.name) == key, "\(key)") }
    }
    #expect(Key("") == nil && Key("\u{7F}") == nil && Key("\u{202E}") == nil && Key("é") == .character("é"))
  }

  /// What `--print-config` writes, read and written again, in both languages.
  @Test(arguments: Language.allCases) func whatIsPrintedIsReadBackTheSame(language: Language) {
    var generator = SeededGenerator(seed: 21)
    let odd = "#,=\"\\[]:;'支é\u{301}\u{A0}😀 ^%-+nN".unicodeScalars.map { Key.character($0) }
    let others: [Key] =
      [
        .up, .down, .left, .right, .enter, .tab, .backTab, .backspace, .home, .end, .pageUp, .pageDown, .control("l"),
        .control("z"), .control("a"), .function(1), .function(12), .function(24), .escape, .control("c"),
      ] + (0x21...0x7E).compactMap { Unicode.Scalar($0).map { .character($0) } }
    Language.$spoken.withValue(language) {
      for _ in 0..<300 {
        var changes: [Command: [Key]] = [:]
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
          guard let command = Command.allCases.randomElement(using: &generator) else { continue }
          changes[command] = (0..<Int.random(in: 0...4, using: &generator)).compactMap { _ in
            (Bool.random(using: &generator) ? odd : others).randomElement(using: &generator)
          }
        }
        var settings = EffectiveSettings()
        settings.theme = ThemeChoice.names.randomElement(using: &generator) ?? "auto"
        settings.keys = KeyTable.standard.binding(changes)
        let printed = settings.configuration
        let file = read(printed)
        #expect(file.complaints.isEmpty, "\(file.complaints)")
        // A layer below that says otherwise: what is printed is complete.
        var other = SettingsLayer()
        other.keys = [.ping: [.character("支")], .quit: [], .left: [.function(9)]]
        let again = EffectiveSettings([file.layer, other])
        #expect(again == settings, "\(printed)")
        #expect(Array(again.configuration.utf8) == Array(printed.utf8))
        // A key asks for one thing.
        let bound = Command.allCases.filter { !$0.isFixed }.flatMap { settings.keys.keys(of: $0) }
        #expect(Set(bound).count == bound.count && bound.contains(.escape) && !bound.contains(.control("c")))
      }
    }
  }

  @Test func whatALayerSaysStandsOverAnother() {
    let (below, above) = (read("theme = light\n[keys]\nping = o, u\nback = Backspace"), read("[keys]\nwhy = o"))
    let merged = EffectiveSettings([above.layer.over(below.layer)])
    #expect(merged == EffectiveSettings([above.layer, below.layer]))
    #expect(merged.theme == "light" && merged.keys.keys(of: .ping) == [.character("u")])
  }

  @Test func noBytesAreTooOdd() {
    var generator = SeededGenerator(seed: 22)
    let bits = [
      "[keys]", "\n", "ping", "theme", "=", ",", "\"", "\\", "#", " ", "none", "Esc", "^c", "\u{301}", "支", "\r", "[",
      "]",
    ]
    for _ in 0..<5000 {
      let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        bits[Int.random(in: 0..<bits.count, using: &generator)]
      }
      let file = read("[keys]\n" + text.joined())
      #expect(file.complaints.allSatisfy { $0.hasPrefix("config") && !$0.contains("\n") })
      let table = EffectiveSettings([file.layer]).keys
      #expect(table.command(for: .control("c")) == .interrupt && table.command(for: .escape) == .back)
    }
  }
}
