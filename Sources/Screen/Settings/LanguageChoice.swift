public import Speech

/// Which language a person is spoken to in.
public enum LanguageChoice: Sendable, Hashable {
  /// The one that the locale asks for.
  case auto
  /// That one, whatever the locale is like.
  case fixed(Language)

  /// The choice of a name: `auto`, or the name of a locale, such as `zh_CN` or `zh-Hans`. Nil where its language is not
  /// spoken here.
  public init?(_ name: String) {
    if name == "auto" {
      self = .auto
    } else if let language = Language(locale: name) {
      self = .fixed(language)
    } else {
      return nil
    }
  }

  /// What the last `--lang` of a command line says; nil where there is none that can be used.
  ///
  /// The texts of help are made before the arguments are parsed, so this is read first of all.
  public init?(arguments: [String]) {
    let options = arguments.prefix { $0 != "--" }
    var name: Substring?
    for (argument, next) in zip(options, options.dropFirst() + [""]) {
      if argument == "--lang" { name = Substring(next) }
      if argument.hasPrefix("--lang=") { name = argument.dropFirst("--lang=".count) }
    }
    guard let name, let choice = LanguageChoice(String(name)) else { return nil }
    self = choice
  }

  /// What `--lang` takes; the first is the default.
  public static let names = ["auto"] + Language.allCases.map(\.rawValue)

  /// The choice as it is written.
  public var name: String {
    switch self {
    case .auto: "auto"
    case .fixed(let language): language.rawValue
    }
  }

  /// The language in such an environment.
  public func language(in environment: [String: String]) -> Language {
    switch self {
    case .auto: Self.language(of: environment)
    case .fixed(let language): language
    }
  }

  /// The language of the locale, as gettext(3) finds it. English where the locale can't write anything else, and where it
  /// asks for a language that is not spoken here.
  private static func language(of environment: [String: String]) -> Language {
    func first(_ names: String...) -> String? {
      names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }
    // ncurses draws blanks for what the locale's characters are not.
    let characters = (first("LC_ALL", "LC_CTYPE", "LANG") ?? "").lowercased()
    guard characters.contains("utf-8") || characters.contains("utf8") else { return .english }
    let locale = first("LC_ALL", "LC_MESSAGES", "LANG") ?? "C"
    // C.UTF-8 is C with other characters.
    if ["C", "POSIX"].contains(locale.prefix { $0 != "." }) { return .english }
    let wishes = (environment["LANGUAGE"] ?? "").split(separator: ":").map(String.init) + [locale]
    return wishes.lazy.compactMap(Language.init(locale:)).first ?? .english
  }
}
