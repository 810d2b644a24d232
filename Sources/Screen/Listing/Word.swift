internal import Labels
public import Topology

/// Something that a namespace or an interface can be found by.
public struct Word: Sendable, Hashable {
  /// What it is, which decides how much of it has to be typed.
  public enum Kind: Sendable, Hashable {
    case name, address, hardwareAddress, image, path, id, inode, kind, state

    /// What people call it.
    public var label: String {
      switch self {
      case .name: Say.Listed.Found.name
      case .address: Say.Listed.Found.address
      case .hardwareAddress: Say.Listed.Found.hardwareAddress
      case .image: Say.Listed.Found.image
      case .path: Say.Listed.Found.path
      case .id: Say.Listed.Found.id
      case .inode: Say.Listed.Found.inode
      case .kind: Say.Listed.Found.kind
      case .state: Say.Listed.Found.state
      }
    }
  }

  /// What it is.
  public let kind: Kind
  /// As people read it.
  public let text: String
  /// The end of the cable whose word it is; nil: it is the namespace's, or the bridge's that the cable leads to.
  public let link: LinkRef?

  init(_ kind: Kind, _ text: String, of link: LinkRef? = nil) {
    self.kind = kind
    self.text = text
    self.link = link
  }
}

/// A text that somebody looks for, whatever its case.
///
/// Names, addresses and the like are met by any part of them. Numbers that machines make up hold every short text
/// somewhere: a MAC is meant by who types a colon or four digits of whole bytes (`02:42`, `02-42`, `0242ac`), a container's id and a
/// namespace's inode by who types four digits of their beginning.
public struct Needle: Sendable, Hashable {
  private let text: String
  /// The same with colons, where it may be a MAC as Windows or a switch writes it.
  private let hardwareAddress: String
  private let isHexadecimal: Bool

  /// Makes one of what was typed.
  public init(_ text: String) {
    self.text = text.lowercased()
    hardwareAddress = Self.withColons(self.text)
    let digits = hardwareAddress.utf8.filter { $0 != UInt8(ascii: ":") }
    let least = digits.count == hardwareAddress.utf8.count ? 4 : 2
    isHexadecimal = digits.count >= least && digits.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
  }

  /// `02-42-ac` and `0242.ac11` with colons as Linux writes a MAC, as far as it is typed; any other text as it is.
  private static func withColons(_ text: String) -> String {
    func parts(_ separator: Character, digits: Int) -> [Substring]? {
      let parts = text.split(separator: separator, omittingEmptySubsequences: false)
      let isMeant =
        parts.count > 1 && parts.dropLast().allSatisfy { $0.count == digits } && parts[parts.count - 1].count <= digits
        && parts.joined().allSatisfy(\.isHexDigit)
      return isMeant ? parts : nil
    }
    if let bytes = parts("-", digits: 2) { return bytes.joined(separator: ":") }
    guard let words = parts(".", digits: 4) else { return text }
    return words.flatMap { $0.count > 2 ? [$0.prefix(2), $0.dropFirst(2)] : [$0] }.joined(separator: ":")
  }

  /// Whether a word is met.
  public func meets(_ word: Word) -> Bool {
    switch word.kind {
    case .hardwareAddress:
      guard isHexadecimal else { return false }
      if hardwareAddress.utf8.contains(UInt8(ascii: ":")) { return word.text.contains(hardwareAddress) }
      let bytes = word.text.split(separator: ":")
      return bytes.indices.contains { bytes[$0...].joined().hasPrefix(hardwareAddress) }
    case .id, .inode: return isHexadecimal && word.text.lowercased().hasPrefix(text)
    case .name, .address, .image, .path, .kind, .state: return word.text.lowercased().contains(text)
    }
  }

  /// What is said where nothing is met.
  public var missing: String {
    isHexadecimal && hardwareAddress.utf8.contains(UInt8(ascii: ":"))
      ? Say.Listed.noHardwareAddress : Say.Listed.noMatch(text)
  }

  /// How well a word is met, the lower the better: 0 by the whole of it, 1 by its beginning, 2 otherwise. Of addresses and
  /// numbers none is met better than another.
  public func rank(of word: Word?) -> Int {
    guard let word, word.kind == .name else { return 2 }
    let name = word.text.lowercased()
    return name == text ? 0 : name.hasPrefix(text) ? 1 : 2
  }

  /// The word that something is found by: a name where one is met, else the first; nil: none is.
  public func found(in words: [Word]) -> Word? {
    let met = words.filter(meets)
    return met.first { $0.kind == .name } ?? met.first
  }
}

extension Snapshot {
  /// What a namespace can be found by.
  public func words(of namespace: Namespace) -> [Word] {
    var words = [Word(.name, namespace.name)] + namespace.paths.map { Word(.path, $0) }
    if let inode = namespace.inode { words.append(Word(.inode, String(inode))) }
    for container in namespace.containers {
      words += [Word(.name, container.name), Word(.id, container.id), Word(.image, container.image)]
      words += (container.innerNames + [container.composeProject].compactMap(\.self)).map { Word(.name, $0) }
    }
    return words
  }

  /// What an interface can be found by.
  public func words(of link: Link) -> [Word] {
    let names = [link.name, link.title] + link.alternativeNames
    // `down` may be typed whatever language it is shown in.
    let states = link.state.word == link.state.name ? [link.state.word] : [link.state.word, link.state.name]
    return names.map { Word(.name, $0, of: link.id) }
      + link.addresses.map { Word(.address, $0.text, of: link.id) }
      + [
        Word(.hardwareAddress, link.hardwareAddressText, of: link.id), Word(.kind, link.kind, of: link.id),
      ]
      + states.map { Word(.state, $0, of: link.id) }
  }

  /// What a row can be found by: both ends of the cable, whose it is, and the bridge.
  public func words(of row: RosterRow) -> [Word] {
    var words = row.ends.compactMap { link($0) }.flatMap(words)
    if row.namespace != .host || row.link == nil, let namespace = namespaces[row.namespace] {
      words += self.words(of: namespace)
    }
    if let bridge = row.bridge.flatMap({ link($0) }) {
      words += [Word(.name, bridge.title), Word(.name, bridge.name)]
    }
    return words
  }
}
