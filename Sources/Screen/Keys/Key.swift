internal import Topology

/// A key as the viewer knows it, whatever terminal it came from.
public enum Key: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// A letter typed with Ctrl, in lower case.
  case control(Unicode.Scalar)
  case up, down, left, right, enter, escape, tab, backTab, backspace, home, end, pageUp, pageDown
  /// F1 and so on, by its number.
  case function(Int)
}

/// Keys as the configuration file writes them: a character is its own name, the others have one.
extension Key {
  /// The key of a name; nil where there is none. Case counts in characters, in names it does not.
  public init?(_ name: String) {
    let scalars = name.unicodeScalars
    if scalars.count == 1, let scalar = scalars.first {
      // What never reaches the screen can't be a cap either.
      guard SafeText.isSafe(scalar) else { return nil }
      self = .character(scalar)
    } else if let key = Self.named[name.lowercased()] ?? Self.control(name.lowercased()) {
      self = key
    } else {
      return nil
    }
  }

  /// The name, as `init(_:)` takes it.
  public var name: String {
    switch self {
    case .character(" "): "Space"
    case .character(let scalar): String(Character(scalar))
    case .control(let letter): "Ctrl-\(letter)"
    case .function(let number): "F\(number)"
    default: Self.names.first { $0.key == self }?.name ?? ""
    }
  }

  /// What is written on the key's cap, as short as can be.
  package var cap: String {
    switch self {
    case .control(let letter): "^\(letter.properties.uppercaseMapping)"
    case .backspace: "Bksp"
    case .backTab: "S-Tab"
    default: name
    }
  }

  /// The name that was probably meant.
  public static func nearest(to name: String) -> String? {
    let letters = "abcdefghijklmnopqrstuvwxyz".map { "Ctrl-\($0)" }
    return Spelling.nearest(to: name, among: names.map(\.name) + (1...functions).map { "F\($0)" } + letters)
  }

  private static let functions = 24
  /// Those that were more than a character, in the order that they are told in; of two for one key the first is its name.
  private static let names: [(name: String, key: Key)] = [
    ("Space", .character(" ")), ("Tab", .tab), ("Shift-Tab", .backTab), ("Enter", .enter), ("Esc", .escape),
    ("Backspace", .backspace), ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("Home", .home),
    ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ("Return", .enter), ("Escape", .escape), ("PageUp", .pageUp), ("PageDown", .pageDown), ("BackTab", .backTab),
  ]
  private static let named: [String: Key] = {
    var keys: [String: Key] = [:]
    for (name, key) in names { keys[name.lowercased()] = key }
    for number in 1...functions { keys["f\(number)"] = .function(number) }
    return keys
  }()

  /// `ctrl-l` and `^l`. Some are other keys to a terminal, which sends the same byte for both.
  private static func control(_ name: String) -> Key? {
    let rest = name.hasPrefix("ctrl-") ? name.dropFirst(5) : name.hasPrefix("^") ? name.dropFirst(1) : ""
    guard rest.unicodeScalars.count == 1, let letter = rest.unicodeScalars.first else { return nil }
    switch letter {
    case "h": return .backspace
    case "i": return .tab
    case "j", "m": return .enter
    case "[": return .escape
    case "a"..."z": return .control(letter)
    default: return nil
    }
  }
}
