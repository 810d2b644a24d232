internal import Sentences
internal import Topology

/// A domain name: labels of any bytes, without the empty one at the end (RFC 1035, 3.1).
public struct DNSName: Hashable, Sendable, CustomStringConvertible {
  /// The labels as they came.
  public let labels: [[UInt8]]

  /// Why a text or a message holds no name.
  public enum Fault: Error, Hashable, Sendable {
    /// Nothing stands between two dots, or there is nothing at all.
    case emptyLabel
    /// A label has more than 63 bytes.
    case longLabel
    /// The name has more than 255 bytes with its lengths.
    case longName

    /// The reason, for people.
    public var reason: String {
      switch self {
      case .emptyLabel: Say.NameLookup.emptyLabel
      case .longLabel: Say.NameLookup.longLabel
      case .longName: Say.NameLookup.longName
      }
    }
  }

  /// The root.
  public static let root = DNSName(labels: [])

  init(labels: [[UInt8]]) { self.labels = labels }

  /// Makes a name of its text; one dot at its end is left out, and the text `.` is the root.
  public init(_ text: [UInt8]) throws(Fault) {
    guard text != [0x2E] else {
      labels = []
      return
    }
    let body = text.last == 0x2E ? text.dropLast() : text[...]
    let labels = body.split(separator: 0x2E, omittingEmptySubsequences: false).map(Array.init)
    guard labels.allSatisfy({ !$0.isEmpty }) else { throw .emptyLabel }
    guard labels.allSatisfy({ $0.count <= DNSName.labelLimit }) else { throw .longLabel }
    guard labels.reduce(1, { $0 + $1.count + 1 }) <= DNSName.limit else { throw .longName }
    self.labels = labels
  }

  /// RFC 1035, 2.3.4.
  static let labelLimit = 63
  static let limit = 255

  /// The name on the wire, uncompressed.
  var bytes: [UInt8] { labels.flatMap { [UInt8($0.count)] + $0 } + [0] }

  /// Whether it is the same name: case does not count (RFC 4343).
  public func isSame(as other: DNSName) -> Bool {
    labels.count == other.labels.count && zip(labels, other.labels).allSatisfy { $0.lowercased == $1.lowercased }
  }

  /// The text without a dot at its end, made safe; `.` for the root.
  public var description: String {
    labels.isEmpty ? "." : labels.map { SafeText.decode($0) }.joined(separator: ".")
  }
}
