internal import Keys
internal import Topology
internal import Usage

/// The configuration file: `key = value`, a line each, with the names of the long options; `#` begins a comment. Behind
/// them, below `[keys]`, keys are bound (`KeySection`).
///
/// A value with spaces at its ends, with `#` or with control characters stands in double quotes, where `\"`, `\\`,
/// `\n`, `\t` and `\xNN` are known. The program never writes the file.
public struct ConfigurationFile: Sendable {
  /// What the file says.
  public private(set) var layer = SettingsLayer()
  /// What in it can't be used, one line each: `file:line: what`. None of it is a failure.
  public private(set) var complaints: [String] = []
  /// Whether there is such a file.
  public private(set) var isThere = true

  /// Larger ones are not read.
  public static let limit = 64 << 10
  private static let complaintLimit = 8
  private let name: String
  private var unsaid = 0
  private var section = Section.settings
  private var keys = KeySection()

  private enum Section {
    case settings, keys
    /// One that is not known: what stands in it is not read.
    case unknown
  }

  /// Reads the bytes of a file called `name` (as complaints call it).
  public init(_ bytes: [UInt8], name: String) {
    self.name = name
    guard bytes.count <= Self.limit else {
      complaints = [Say.SettingWords.tooLarge(name, kibibytes: Self.limit >> 10)]
      return
    }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      complaints = [Say.SettingWords.noText(name)]
      return
    }
    var seen: [String: Int] = [:]
    for (index, line) in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      read(Substring(line), number: index + 1, &seen)
    }
    layer.keys = keys.keys
    if unsaid > 0 { complaints.append(Say.SettingWords.more(name, unsaid)) }
  }

  /// No file: it says nothing, and that is nothing wrong.
  public init(missing name: String) {
    self.name = name
    isThere = false
  }

  /// A file that is there and can't be read: it says nothing.
  public init(unreadable name: String, because reason: String) {
    self.name = name
    complaints = [Say.SettingWords.unreadable(name, because: reason)]
  }

  private mutating func complain(_ number: Int, _ text: String) {
    // It quotes the file, and goes to the terminal.
    let line = SafeText.clean("\(name):\(number): \(text)")
    if complaints.count < Self.complaintLimit { complaints.append(line) } else { unsaid += 1 }
  }

  private mutating func read(_ line: Substring, number: Int, _ seen: inout [String: Int]) {
    var line = line
    if number == 1, line.unicodeScalars.first == "\u{FEFF}" { line.unicodeScalars.removeFirst() }
    let trimmed = Self.trimmed(line)
    if trimmed.isEmpty || trimmed.unicodeScalars.first == "#" { return }
    if trimmed.unicodeScalars.first == "[", open(trimmed, number: number) { return }
    if section == .unknown { return }
    guard let sign = trimmed.unicodeScalars.firstIndex(of: "=") else {
      return complain(number, Say.SettingWords.noSetting(Self.short(trimmed)))
    }
    let key = String(Self.trimmed(trimmed[..<sign]))
    let text = Self.trimmed(trimmed[trimmed.unicodeScalars.index(after: sign)...])
    if section == .keys {
      if let complaint = keys.take(key, text, line: number) { complain(number, complaint) }
    } else {
      set(key, text, number: number, &seen)
    }
  }

  /// Begins a section; false: the line is no head of one.
  private mutating func open(_ line: Substring, number: Int) -> Bool {
    let scalars = line.unicodeScalars
    guard let end = scalars.firstIndex(of: "]") else { return false }
    let behind = Self.trimmed(line[scalars.index(after: end)...])
    guard behind.isEmpty || behind.unicodeScalars.first == "#" else { return false }
    let name = String(Self.trimmed(line[scalars.index(after: scalars.startIndex)..<end]))
    section = name == Self.keySection ? .keys : .unknown
    if section == .unknown {
      let meant = Spelling.nearest(to: name, among: [Self.keySection])
      complain(number, Say.SettingWords.unknownSection(Self.short(name), meant: meant))
    }
    return true
  }

  private static let keySection = "keys"

  private mutating func set(_ key: String, _ text: Substring, number: Int, _ seen: inout [String: Int]) {
    guard let value = Self.value(text) else {
      return complain(number, Say.SettingWords.badQuotes(Self.short(key)))
    }
    guard let setting = Setting.named(key) else { return complain(number, Self.unknown(key)) }
    let plain = setting.name
    // `no-mouse = yes` is `mouse = no`, as on the command line.
    guard setting.take(plain == key ? value : Self.negated(value), &layer) else {
      return complain(number, Say.SettingWords.badValue(Self.short(value), of: key, form: setting.form()))
    }
    if let first = seen.updateValue(number, forKey: plain) {
      complain(number, Say.SettingWords.setTwice(plain, line: first))
    }
  }

  private static func unknown(_ key: String) -> String {
    if Command(rawValue: key) != nil { return Say.SettingWords.belowKeys(key) }
    return Setting.nearest(to: key).map { Say.SettingWords.unknown(short(key), meant: $0) }
      ?? Say.SettingWords.unknown(short(key))
  }

  private static func negated(_ value: String) -> String {
    switch value {
    case "yes", "true", "on": "no"
    case "no", "false", "off": "yes"
    default: value
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !isBlank($0) }), let last = scalars.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return Substring(scalars[first...last])
  }

  /// Blanks of the format itself; those of Unicode are characters like others.
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" || scalar == "\r" }

  static func short(_ text: some StringProtocol) -> String {
    text.count <= 40 ? String(text) : text.prefix(39) + "…"
  }

  /// The value without its quotes and without the comment behind it; nil where the quotes are wrong.
  private static func value(_ text: Substring) -> String? {
    guard text.unicodeScalars.first == "\"" else {
      let scalars = text.unicodeScalars
      let comment = scalars.indices.first { place in
        scalars[place] == "#" && (place == scalars.startIndex || isBlank(scalars[scalars.index(before: place)]))
      }
      return String(trimmed(Substring(scalars[..<(comment ?? scalars.endIndex)])))
    }
    guard let (value, rest) = unquoted(text.unicodeScalars) else { return nil }
    let behind = trimmed(Substring(rest))
    return behind.isEmpty || behind.unicodeScalars.first == "#" ? value : nil
  }

  /// What stands in the quotes that a text begins with, and the text behind them; nil where they are wrong.
  static func unquoted(_ text: Substring.UnicodeScalarView) -> (value: String, rest: Substring.UnicodeScalarView)? {
    var out = String.UnicodeScalarView()
    var rest = text.dropFirst()
    while let scalar = rest.popFirst() {
      if scalar == "\"" { return (String(out), rest) }
      guard scalar == "\\" else {
        out.append(scalar)
        continue
      }
      switch rest.popFirst() {
      case "\"": out.append("\"")
      case "\\": out.append("\\")
      case "n": out.append("\n")
      case "t": out.append("\t")
      case "x":
        let digits = String(String.UnicodeScalarView(rest.prefix(2)))
        guard digits.utf8.count == 2, let code = UInt8(digits, radix: 16), code < 128 else { return nil }
        rest = rest.dropFirst(2)
        out.append(Unicode.Scalar(code))
      default: return nil
      }
    }
    return nil
  }

  /// A value as the file needs it: in quotes where it would be read otherwise.
  static func written(_ value: String) -> String {
    let isPlain = value.unicodeScalars.allSatisfy { $0.value > 32 && $0.value != 127 && $0 != "\"" && $0 != "#" }
    return isPlain && !value.isEmpty ? value : quoted(value)
  }

  static func quoted(_ value: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\": out.append(contentsOf: ["\\", scalar])
      case "\n": out.append(contentsOf: ["\\", "n"])
      case "\t": out.append(contentsOf: ["\\", "t"])
      case _ where scalar.value < 32 || scalar.value == 127:
        let digits = String(scalar.value, radix: 16)
        out.append(contentsOf: ("\\x" + (digits.count == 1 ? "0" : "") + digits).unicodeScalars)
      default: out.append(scalar)
      }
    }
    return "\"" + String(out) + "\""
  }
}

extension EffectiveSettings {
  /// A whole configuration file with these settings, a comment for each; read back it gives the same settings.
  public var configuration: String {
    var out = "# \(Say.SettingWords.head)\n"
    for setting in Setting.all {
      out += "\n# \(setting.comment())\n# \(Say.SettingWords.values(setting.form()))\n"
      out += "\(setting.name) = \(ConfigurationFile.written(setting.text(self)))\n"
    }
    return out + "\n" + keys.configuration
  }
}

/// Where the configuration file is: `$XDG_CONFIG_HOME/netns-top/config`, else below `~/.config`; nil where there is no
/// home. A relative XDG_CONFIG_HOME does not count (XDG Base Directory Specification).
public func configurationPath(environment: [String: String]) -> String? {
  if let base = environment["XDG_CONFIG_HOME"], base.hasPrefix("/") { return base + "/netns-top/config" }
  guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
  return home + "/.config/netns-top/config"
}
