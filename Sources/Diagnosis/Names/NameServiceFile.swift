internal import Sentences

/// What there is of a file that says how names are resolved.
public enum NameServiceFile: Hashable, Sendable {
  /// Its bytes; `isCut`: there is more than is ever read of one.
  case text([UInt8], isCut: Bool)
  /// There is no such file.
  case absent
  /// It is there, and could not be read: why.
  case unread(String)

  /// The bytes; empty without any.
  var bytes: [UInt8] {
    if case .text(let bytes, _) = self { return bytes }
    return []
  }

  /// What is missing of it, with its name in front; nil: nothing.
  func complaint(_ name: String) -> String? {
    switch self {
    case .text(let bytes, isCut: true): Say.NameLookup.onlyFirst(bytes.count, of: name)
    case .unread(let reason): Say.NameLookup.unread(name, reason)
    case .text, .absent: nil
    }
  }
}

extension [UInt8] {
  /// The lines, without their ends. As in C a line ends at a NUL; the rest of it is nobody's.
  var lines: [ArraySlice<UInt8>] {
    split(separator: 0x0A).map { $0.prefix { $0 != 0 } }
  }
}

extension Collection<UInt8> {
  /// The words between white space, as isspace(3) has it in the C locale.
  var words: [SubSequence] { split { $0 == 0x20 || (0x09...0x0D).contains($0) } }

  /// The same with small letters, of ASCII only: that is how names are compared (RFC 4343).
  var lowercased: [UInt8] { map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } }
}
