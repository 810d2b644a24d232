import Canvas
import Fixtures
import Settings
import Testing

@Suite struct ConfigurationFileTests {
  private func read(_ text: String) -> ConfigurationFile { ConfigurationFile(Array(text.utf8), name: "config") }

  @Test func everySettingIsRead() {
    let file = read(
      """
      \u{FEFF}# a comment
      theme = light   # and one behind
        color=never\r
      glyphs = ascii
      no-mouse = yes
      reduce-motion = on

      interval = 2.5
      width = 132
      docker-host = "unix:///run/a # b.sock"
      log-file = ~/x.log
      """)
    #expect(file.complaints.isEmpty, "\(file.complaints)")
    let settings = EffectiveSettings([file.layer])
    #expect(settings.theme == "light" && settings.color == .never && settings.glyphs == .ascii)
    #expect(!settings.mouse && settings.reduceMotion && settings.interval == 2.5 && settings.width == 132)
    #expect(settings.dockerHost == "unix:///run/a # b.sock" && settings.logFile == "~/x.log")
  }

  @Test(arguments: [
    ("them = dark", "config:1: unknown setting 'them'; did you mean theme?"),
    ("\n\nfrobnicate = 1", "config:3: unknown setting 'frobnicate'; see netns-top --print-config"),
    ("theme = solarized", "config:1: theme: 'solarized' can't be used; give auto, dark, light, mono, colorblind"),
    ("interval = nan", "config:1: interval: 'nan' can't be used; give 0.1 to 3600"),
    ("interval = 0", "config:1: interval: '0' can't be used; give 0.1 to 3600"),
    ("width = 39", "config:1: width: '39' can't be used; give auto, or 40 to 400"),
    ("mouse = perhaps", "config:1: mouse: 'perhaps' can't be used; give yes, no"),
    ("log-file = x", "config:1: log-file: 'x' can't be used; give none, or a path that begins with / or ~/"),
    ("docker-host =", "config:1: docker-host: '' can't be used; give auto, or unix:///path"),
    ("hello", "config:1: 'hello' is no setting; write: key = value"),
    ("log-file = \"/x", "config:1: log-file: the quotes are not closed, or hold an unknown \\ escape"),
    ("color = never\ncolor = always", "config:2: color is set in line 1, too; this one counts"),
    ("a\0b", "config: not a text in UTF-8: not read"),
  ]) func whatCannotBeUsedIsSaidInOneLine(text: String, complaint: String) {
    #expect(read(text).complaints == [complaint])
  }

  @Test func whatIsNoTextIsNotRead() {
    #expect(ConfigurationFile([0x74, 0xFF], name: "f").complaints == ["f: not a text in UTF-8: not read"])
    let huge = ConfigurationFile([UInt8](repeating: 0x23, count: 70_000), name: "f")
    #expect(huge.complaints == ["f: larger than 64 KiB: not read"])
    #expect(read(String(repeating: "x = 1\n", count: 50)).complaints.last == "config: and 42 more")
    #expect(read("").complaints.isEmpty)
  }

  @Test func theGoodLinesCountBesideBadOnes() {
    let file = read("theme = nope\ncolor = always\nxyzzy\ninterval = 7")
    #expect(file.complaints.count == 2)
    #expect(EffectiveSettings([file.layer]).interval == 7 && EffectiveSettings([file.layer]).color == .always)
  }

  @Test func whatIsPrintedIsReadBackTheSame() {
    var generator = SeededGenerator(seed: 11)
    let odd = [
      "/a b", "/tmp/#x", "/q\"uo\\te", "/line\nbreak\t", "/bell\u{7}", "/支付", "/nel\u{85}", "/nbsp\u{A0}", "/ends ",
      "/a\u{2028}b", "/e\u{301}",
    ]
    for round in 0..<400 {
      var settings = EffectiveSettings()
      settings.theme = ThemeChoice.names.randomElement(using: &generator) ?? "auto"
      settings.color = ColorChoice.allCases.randomElement(using: &generator) ?? .auto
      settings.glyphs = GlyphChoice.allCases.randomElement(using: &generator) ?? .auto
      settings.mouse = Bool.random(using: &generator)
      settings.reduceMotion = Bool.random(using: &generator)
      settings.interval =
        round % 3 == 0
        ? Double(Int.random(in: 1...3600, using: &generator)) : Double.random(in: 0.1...3600, using: &generator)
      settings.width = Bool.random(using: &generator) ? nil : Int.random(in: 40...400, using: &generator)
      settings.dockerHost =
        Bool.random(using: &generator) ? nil : odd.randomElement(using: &generator).map { "unix://\($0)" }
      settings.logFile = Bool.random(using: &generator) ? nil : odd.randomElement(using: &generator)
      let file = read(settings.configuration)
      #expect(file.complaints.isEmpty, "\(file.complaints)")
      // A layer above that says otherwise: what is printed is complete.
      var other = SettingsLayer()
      other.dockerHost = "unix:///other"
      other.logFile = "/other"
      other.width = 77
      other.mouse = !settings.mouse
      #expect(EffectiveSettings([file.layer, other]) == settings, "\(settings.configuration)")
    }
  }

  @Test func noBytesAreTooOdd() {
    var generator = SeededGenerator(seed: 12)
    let bits = ["theme", "=", "\"", "\\x", "#", "\n", " ", "mouse", "yes", "\r", "\u{85}", "支", "no-"]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        bits[Int.random(in: 0..<bits.count, using: &generator)]
      }
      let file = read(text.joined())
      #expect(file.complaints.allSatisfy { $0.hasPrefix("config") && !$0.contains("\n") })
    }
  }
}

@Suite struct PrecedenceTests {
  @Test func commandLineThenFileThenEnvironmentThenDefault() {
    let environment = SettingsLayer(environment: ["NO_COLOR": "1", "DOCKER_HOST": "unix:///env"])
    #expect(
      EffectiveSettings([environment]).color == .never && EffectiveSettings([environment]).dockerHost == "unix:///env")
    var file = SettingsLayer()
    file.color = .always
    file.dockerHost = .some(nil)
    file.theme = "light"
    #expect(EffectiveSettings([file, environment]).color == .always)
    #expect(EffectiveSettings([file, environment]).dockerHost == nil)
    var line = SettingsLayer()
    line.theme = "mono"
    line.color = .auto
    #expect(EffectiveSettings([line, file, environment]).theme == "mono")
    #expect(EffectiveSettings([line, file, environment]).color == .auto)
    #expect(EffectiveSettings([SettingsLayer(), SettingsLayer(), SettingsLayer()]) == EffectiveSettings())
    #expect(
      EffectiveSettings([SettingsLayer(environment: ["NO_COLOR": "", "DOCKER_HOST": ""])]) == EffectiveSettings())
  }

  @Test(
    arguments: [
      (["XDG_CONFIG_HOME": "/x", "HOME": "/h"], "/x/netns-top/config"), (["HOME": "/h"], "/h/.config/netns-top/config"),
      (["XDG_CONFIG_HOME": "rel", "HOME": "/h"], "/h/.config/netns-top/config"), (["XDG_CONFIG_HOME": ""], nil),
      ([:], nil),
    ] as [([String: String], String?)]) func theFileIsWhereXDGSays(environment: [String: String], path: String?)
  {
    #expect(configurationPath(environment: environment) == path)
  }

  /// A configuration file with bytes changed, cut and doubled: every line is taken, or complained of.
  @Test(arguments: [UInt64(1), 2, 3]) func anyFileIsReadOrComplainedOf(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let whole = Array(EffectiveSettings([]).configuration.utf8)
    let words = [
      "1e999", "nan", "-0", "99999999999999999999", "= =", "\u{0}", "\u{1B}[2J", "width = 400.5\n", "interval =",
    ]
    for _ in 0..<1_000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) where bytes.count > 8 {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes.insert(contentsOf: Array((words.randomElement(using: &random) ?? "").utf8), at: place)
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 9))
        default: bytes = Array(bytes[..<place])
        }
      }
      let file = ConfigurationFile(bytes, name: "config")
      let settings = EffectiveSettings([file.layer])
      #expect(EffectiveSettings.intervals.contains(settings.interval))
      #expect(settings.width.map { EffectiveSettings.widths.contains($0) } ?? true)
      for complaint in file.complaints {
        #expect(complaint.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }, "\(complaint)")
      }
    }
  }
}
