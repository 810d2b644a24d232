import ArgumentParser
import Commands
import Containers
import LinuxSystem
import Observer
import Session
import Settings
import Topology

extension CompletionKind {
  /// What the ends of a conversation may be called, as far as the kernel and the engines know them now.
  static func ends(_ role: EndCompletion.Role) -> CompletionKind {
    .custom { words, index, prefix in EndCompletion(role, words, index: index, prefix: prefix).answers }
  }
}

/// What a shell is told that completes the name of an end.
struct EndCompletion {
  /// Which end it is.
  enum Role: Sendable {
    /// Somebody in the picture.
    case source
    /// Whoever may be reached.
    case destination
    /// The first is a source, the last a destination.
    case conversation
    /// Two, with a comma between them.
    case pair
  }

  private let role: Role
  /// The words of the command line.
  private let words: [String]
  /// How many of them stand before it.
  private let earlier: Int
  /// What has been typed of it.
  private let text: String

  init(_ role: Role, _ words: [String], index: Int, prefix: String) {
    self.role = role
    self.words = words
    earlier = max(0, min(index, words.count))
    // The parser takes the line's last word for the one that is completed, which it is not where others follow.
    text = index >= 0 && index < words.count - 1 ? words[index] : prefix
  }

  /// The whole words, or what bash takes for them.
  var answers: [String] {
    guard let names = look() else { return [] }
    // bash takes what stands behind the last colon for a word of its own, and leaves the rest as it is.
    let kept = CompletionShell.requesting == .bash ? text.lastIndex(of: ":").map { text[...$0].count } ?? 0 : 0
    return Self.plain(found(in: names)).map { String($0.dropFirst(kept)) }
  }

  private func found(in names: EndNames) -> [String] {
    let others: [String]
    switch role {
    case .source: others = []
    case .destination: others = ["internet"]
    case .conversation:
      let hasSource = words.prefix(earlier).dropFirst(2).contains {
        names.names.contains($0) || $0.hasPrefix("outside")
      }
      others = hasSource ? ["internet"] : ["outside"]
    case .pair: return pairs(names)
    }
    return names.completions(of: text) + others.filter { $0.hasPrefix(text) }
  }

  /// The first of two; behind its comma the second. Where only one can be meant, its whole pairs: no blank comes between.
  private func pairs(_ names: EndNames) -> [String] {
    var source = text
    var begun = ""
    if let comma = text.firstIndex(of: ",") {
      (source, begun) = (String(text[..<comma]), String(text[text.index(after: comma)...]))
    } else {
      let sources = names.completions(of: text)
      guard sources.count == 1 else { return sources.map { $0 + "," } }
      source = sources[0]
    }
    let destinations = names.completions(of: begun) + ["internet"].filter { $0.hasPrefix(begun) }
    return destinations.filter { $0 != source }.map { "\(source),\($0)" }
  }

  /// What there is, where the line or the settings say; nil where these can't be read.
  private func look() -> EndNames? {
    // A shell is told nothing of a file that has something wrong.
    guard let file = try? Configuration.read(Standard.environment) else { return nil }
    let settings = EffectiveSettings([file.layer, SettingsLayer(environment: Standard.environment)])
    var engine = EngineChoice(source: "docker-host")
    if Privilege.current != .lent {
      engine.context = value(of: "--context")
      engine.host = engine.context == nil ? value(of: "--docker-host") ?? settings.dockerHost : nil
    }
    return EndNames(
      SourceOptions(
        observer: TopologyObserver.Options(hostname: SafeText.decode(Standard.hostname)), engine: engine))
  }

  /// What the line says of an option, before the word or behind it.
  private func value(of option: String) -> String? {
    for (number, word) in words.enumerated() {
      if word == option, number + 1 < words.count, number + 1 != earlier { return words[number + 1] }
      if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
    }
    return nil
  }

  /// Those that a shell takes as they are: bash expands what it is told, so a name must not hold anything that means something to it.
  static func plain(_ names: [String]) -> [String] {
    let marks = "._-/:@+,".unicodeScalars
    let isZsh = CompletionShell.requesting == .zsh
    return names.filter { name in
      !name.isEmpty && !name.hasPrefix("-")
        && name.unicodeScalars.allSatisfy { scalar in
          if scalar.isASCII {
            return marks.contains(scalar) || Character(scalar).isLetter || Character(scalar).isNumber
          }
          return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
      // zsh takes what stands behind a colon for a description.
    }.map { isZsh ? $0.replacing(":", with: "\\:") : $0 }
  }
}
