internal import Keys
internal import Labels
internal import Topology

/// A line that is typed into.
enum TypedLine {
  /// The most characters of one: each of them is looked for again in everything there is.
  static let limit = 256

  /// What a key does to a line.
  enum Edit {
    case add(Unicode.Scalar)
    /// What is left of it.
    case cut(String)
    case keep, close, previous, next, nothing
  }

  static func edit(_ key: Key, _ line: String) -> Edit {
    switch key {
    case .character(let scalar): SafeText.isSafe(scalar) ? .add(scalar) : .nothing
    case .backspace: line.isEmpty ? .close : .cut(String(String.UnicodeScalarView(line.unicodeScalars.dropLast())))
    case .control("u"): .cut("")
    case .enter: .keep
    case .escape, .control("c"): .close
    case .up, .backTab: .previous
    // As in htop, whose key it is.
    case .down, .tab, .function(3): .next
    default: .nothing
    }
  }

  /// The line with more at its end, as far as there is room; nil, with a word about it, where there is none.
  static func append(_ more: String, to line: String, in state: inout State) -> String? {
    let room = limit - line.unicodeScalars.count
    if more.unicodeScalars.count > room { state.notify(Say.FindLine.isFull(limit)) }
    guard room > 0 else { return nil }
    return line + String(String.UnicodeScalarView(more.unicodeScalars.prefix(room)))
  }
}
