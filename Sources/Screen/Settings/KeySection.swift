internal import Keys
internal import Usage

/// What the section `[keys]` of a configuration file says so far: `COMMAND = KEY, KEY`, or `none`.
struct KeySection {
  /// All keys of each command that it has a line for.
  private(set) var keys: [Command: [Key]] = [:]
  /// Where that line is.
  private var lines: [Command: Int] = [:]

  /// Takes a line; returns what is wrong with it. What is wrong is not taken, but for what was said before: there the
  /// later line counts.
  mutating func take(_ name: String, _ value: Substring, line: Int) -> String? {
    guard let command = Command(rawValue: name) else { return Self.unknown(name) }
    if command.isFixed { return Say.SettingWords.fixed(name, key: Self.cap(command)) }
    let own: [Key]
    switch Self.keys(value, of: command) {
    case .success(let keys): own = keys
    case .failure(let complaint): return complaint.text
    }
    var complaint = lines[command].map { Say.SettingWords.setTwice(name, line: $0) }
    for key in own {
      guard let other = keys.first(where: { $0.key != command && $0.value.contains(key) })?.key else { continue }
      keys[other]?.removeAll { $0 == key }
      complaint = complaint ?? Say.SettingWords.boundTwice(key.name, to: other.rawValue, line: lines[other] ?? 0)
    }
    keys[command] = own
    lines[command] = line
    return complaint
  }

  private struct Complaint: Error { let text: String }

  private static func unknown(_ name: String) -> String {
    if Setting.named(name) != nil { return Say.SettingWords.aboveKeys(name) }
    let short = ConfigurationFile.short(name)
    return Command.nearest(to: name).map { Say.SettingWords.unknownCommand(short, meant: $0) }
      ?? Say.SettingWords.unknownCommand(short)
  }

  private static func cap(_ command: Command) -> String {
    KeyTable.standard.keys(of: command).map(\.name).joined(separator: ", ")
  }

  /// The keys of a line, each once.
  private static func keys(_ value: Substring, of command: Command) -> Result<[Key], Complaint> {
    let words = words(value)
    guard let words, words.count == 1 || !words.contains("none") else {
      return .failure(Complaint(text: Say.SettingWords.badKeys(command.rawValue)))
    }
    if words == ["none"] {
      // Whoever has opened something has to find out of it.
      return command == .back ? .failure(Complaint(text: Say.SettingWords.escStays)) : .success([])
    }
    var keys: [Key] = []
    for word in words {
      guard let key = Key(word) else { return .failure(Complaint(text: unknownKey(word, of: command))) }
      if let holder = KeyTable.holder(of: key), holder != command {
        return .failure(Complaint(text: Say.SettingWords.held(key.name, by: holder.rawValue, command.rawValue)))
      }
      if !keys.contains(key) { keys.append(key) }
    }
    return .success(keys)
  }

  private static func unknownKey(_ word: String, of command: Command) -> String {
    let short = ConfigurationFile.short(word)
    return Key.nearest(to: word).map { Say.SettingWords.noKey(short, of: command.rawValue, meant: $0) }
      ?? Say.SettingWords.noKey(short, of: command.rawValue)
  }

  /// What stands between the commas, without quotes and without the comment behind it; nil where a quote is not closed,
  /// or nothing stands where a key should.
  ///
  /// In quotes a comma, a `#` and a blank are characters like others. Without them `#` begins a comment, as elsewhere,
  /// where a blank or nothing stands before it.
  private static func words(_ value: Substring) -> [String]? {
    var rest = value.unicodeScalars[...]
    var words: [String] = []
    while true {
      rest = rest.drop(while: ConfigurationFile.isBlank)
      if rest.first == "\"" {
        guard let (text, behind) = ConfigurationFile.unquoted(rest) else { return nil }
        words.append(text)
        rest = behind
      } else {
        let word = rest.prefix { $0 != "," && !ConfigurationFile.isBlank($0) }
        guard let first = word.first, first != "#" else { return nil }
        words.append(String(word))
        rest = rest.dropFirst(word.count)
      }
      rest = rest.drop(while: ConfigurationFile.isBlank)
      guard let next = rest.popFirst(), next != "#" else { return words }
      if next != "," { return nil }
    }
  }
}

extension KeyTable {
  /// The section `[keys]` with all that is bound, a comment for each line of the help page; read back it gives the same.
  var configuration: String {
    var out = "[keys]\n# \(Say.SettingWords.keys)\n# \(Say.SettingWords.keyNames)\n"
    for (help, commands) in groups {
      out += "\n# \(help)\n"
      for command in commands {
        let keys = keys(of: command).map { Self.written($0) }
        out += "\(command.rawValue) = \(keys.isEmpty ? "none" : keys.joined(separator: ", "))\n"
      }
    }
    return out
  }

  /// A key as the section needs it.
  private static func written(_ key: Key) -> String {
    switch key {
    case .character(" "): key.name
    case .character(let scalar):
      scalar == "," || scalar == "#" || scalar == "\"" ? ConfigurationFile.quoted(key.name) : key.name
    default: key.name
    }
  }
}
