internal import Topology

/// A line that is typed into.
package enum TypedLine {
  /// The most characters of one: each of them is looked for again in everything there is.
  package static let limit = 256

  /// What a key does to a line.
  package enum Edit {
    case add(Unicode.Scalar)
    /// What is left of it.
    case cut(String)
    case keep, close, previous, next, nothing
  }

  package static func edit(_ key: Key, _ line: String) -> Edit {
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

  /// The line with as much more at its end as there is room for; nil: there is none.
  package static func append(_ more: String, to line: String) -> String? {
    let room = limit - line.unicodeScalars.count
    return room > 0 ? line + String(String.UnicodeScalarView(more.unicodeScalars.prefix(room))) : nil
  }
}
