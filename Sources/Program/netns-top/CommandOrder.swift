/// Where the options stand that all commands have.
enum CommandOrder {
  /// Those that have a value.
  private static let options: Set<String> = [
    "--docker-host", "--context", "--interval", "--color", "--theme", "--glyphs", "--lang", "--log-file",
  ]

  private static let flags: Set<String> = [
    "--print-config", "--mouse", "--no-mouse", "--reduce-motion", "--no-reduce-motion", "-h", "--help",
  ]

  /// Whether an option is among the words that not all commands have.
  static func hasForeignOption(_ words: some Sequence<String>) -> Bool {
    words.contains { word in
      let name = String(word.prefix { $0 != "=" })
      return word.hasPrefix("--") && word != "--" && !options.contains(name) && !flags.contains(name)
    }
  }

  /// The words of a command line with the command first, as the parser wants it: `--lang en show` is `show --lang en`. As they
  /// are, where no command stands behind such options.
  static func commandFirst(_ words: [String]) -> [String] {
    var place = 0
    while place < words.count {
      let name = words[place].prefix { $0 != "=" }
      if options.contains(words[place]) {
        place += 2
      } else if flags.contains(words[place]) || options.contains(String(name)) {
        place += 1
      } else {
        break
      }
    }
    guard place > 0, place < words.count, NetnsTop.commandNames.contains(words[place]) else { return words }
    return [words[place]] + words[..<place] + words[(place + 1)...]
  }
}
