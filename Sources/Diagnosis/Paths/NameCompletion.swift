public import Topology

/// What a text that somebody types for one end of a conversation may become.
public struct NameCompletion: Sendable {
  private let names: [String]

  /// Takes the names of a snapshot, and others that mean something where it is asked.
  public init(in snapshot: Snapshot, others: [String]) {
    names =
      snapshot.namespaces.values.flatMap { namespace in
        namespace.id == .host
          ? ["host"] : [namespace.name] + namespace.containers.flatMap { [$0.name] + $0.innerNames }
      } + others
  }

  /// All names.
  public var all: Set<String> { Set(names) }

  /// The names that begin so, or where none does those that have it somewhere; a port behind it stays.
  public func names(for text: String) -> [String] {
    let (head, tail) = Self.parts(text)
    guard !head.isEmpty, !text.contains("/"), tail.dropFirst().allSatisfy({ $0 != ":" }) else { return [] }
    let beginning = names.filter { $0.hasPrefix(head) }
    return Set(beginning.isEmpty ? names.filter { $0.contains(head) } : beginning).sorted().map { $0 + tail }
  }

  /// The text with as much more as all that it may become have in common.
  public func completed(_ text: String) -> String {
    let (head, tail) = Self.parts(text)
    let names = names(for: text).map { String($0.dropLast(tail.count)) }
    guard let first = names.first else { return text }
    let common = names.dropFirst().reduce(first) { common, name in
      String(zip(common, name).prefix { $0 == $1 }.map(\.0))
    }
    // Of several that only have it somewhere nothing is told by how they begin.
    return common.hasPrefix(head) || names.count == 1 ? common + tail : text
  }

  /// The name, and from the colon on what is behind it.
  private static func parts(_ text: String) -> (head: String, tail: String) {
    guard let colon = text.firstIndex(of: ":") else { return (text, "") }
    return (String(text[..<colon]), String(text[colon...]))
  }
}
