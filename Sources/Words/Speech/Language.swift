internal import Synchronization

/// A language that the program speaks.
public enum Language: String, Sendable, CaseIterable {
  /// English.
  case english = "en"
  /// Chinese in simplified characters.
  case chinese = "zh_CN"

  /// A language for everything that is said inside `withValue`, and only there: for tests, which speak both at a time.
  @TaskLocal public static var spoken: Language?

  private static let chosen = Atomic(0)

  /// The language that is spoken now, on every thread: what was chosen, English until then.
  ///
  /// Like C's locale it belongs to the process, not to a value: a sentence is made wherever its facts are, and a language
  /// handed down to each of those places would be a parameter of nearly every function of the house.
  public static var current: Language { spoken ?? allCases[chosen.load(ordering: .relaxed)] }

  /// Speaks this language from now on.
  public static func choose(_ language: Language) {
    chosen.store(allCases.firstIndex(of: language) ?? 0, ordering: .relaxed)
  }

  /// The language that a locale's name asks for (`zh_CN.UTF-8`, `zh-Hans`, `C`); nil: one that is not spoken here.
  public init?(locale: String) {
    let name = locale.split(whereSeparator: { ".@".contains($0) }).first.map { $0.lowercased() } ?? ""
    switch name.split(whereSeparator: { "_-".contains($0) }).first {
    case "zh": self = .chinese
    case "en", "c", "posix": self = .english
    default: return nil
    }
  }
}
