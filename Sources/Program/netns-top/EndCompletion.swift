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
  /// The words before it.
  private let earlier: [String]
  /// What has been typed of it.
  private let text: String
  /// Of that, what the shell takes for words of their own and leaves as it is.
  private let kept: Int

  init(_ role: Role, _ words: [String], index: Int, prefix: String) {
    self.role = role
    var first = min(index, words.count)
    var text = prefix
    // bash breaks words at colons, and asks for what stands behind the last one.
    if CompletionShell.requesting == .bash {
      if text == ":" { (text, first) = ("", first + 1) }
      while first >= 2, first <= words.count, words[first - 1] == ":" {
        text = words[first - 2] + ":" + text
        first -= 2
      }
    }
    earlier = Array(words.prefix(first))
    self.text = text
    kept =
      text.count
      - (text.contains(":")
        ? text.split(separator: ":", omittingEmptySubsequences: false).last?.count ?? 0 : text.count)
  }

  /// The whole words, or what bash takes for them.
  var answers: [String] {
    guard let names = Self.look() else { return [] }
    let isBash = CompletionShell.requesting == .bash
    return Self.plain(found(in: names)).map { isBash ? String($0.dropFirst(kept)) : $0 }
  }

  private func found(in names: EndNames) -> [String] {
    let others: [String]
    switch role {
    case .source: others = []
    case .destination: others = ["internet"]
    case .conversation:
      let hasSource = earlier.dropFirst(2).contains { names.names.contains($0) || $0.hasPrefix("outside") }
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

  /// What there is, where the settings say; nil where they can't be read.
  private static func look() -> EndNames? {
    // A shell is told nothing of a file that has something wrong.
    guard let file = try? Configuration.read(Standard.environment) else { return nil }
    let settings = EffectiveSettings([file.layer, SettingsLayer(environment: Standard.environment)])
    let engine = EngineChoice(host: Privilege.current == .lent ? nil : settings.dockerHost, source: "docker-host")
    return EndNames(
      SourceOptions(
        observer: TopologyObserver.Options(hostname: SafeText.decode(Standard.hostname)), engine: engine))
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
