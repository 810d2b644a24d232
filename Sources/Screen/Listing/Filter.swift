internal import Labels
public import Topology

/// What the user wants to see of all: terms that must all hold.
///
/// A term is a word that occurs somewhere (`wkr-1`), or one after a key (`bridge:frontend`); `!` before it turns it
/// round, and `"` keep blanks together.
public struct Filter: Sendable, Hashable {
  /// What a word may be looked for in.
  public enum Key: String, CaseIterable, Sendable {
    case name, ns, ip, mac, veth, dev, bridge, image, kind, state
  }

  /// A word, and where it is looked for.
  public struct Term: Sendable, Hashable {
    var key: Key?
    var value: String
    var isNegated = false
  }

  /// What has to hold.
  public private(set) var terms: [Term] = []
  /// A key that is none, with those that are; its term counts for nothing.
  public private(set) var problem: String?

  /// Makes one that lets everything through.
  public init() {}

  /// Reads what was typed; a term without a value, half typed, counts for nothing.
  public init(_ text: String) {
    for word in Filter.split(text) {
      var rest = word[...]
      let isNegated = rest.first == "!"
      if isNegated { rest = rest.dropFirst() }
      var key: Key?
      if let colon = rest.firstIndex(of: ":") {
        let head = rest[..<colon].lowercased()
        // An address of IPv6 and a MAC have colons as well, and nothing but hexadecimal digits before the first one.
        if let found = Key(rawValue: head) {
          key = found
          rest = rest[rest.index(after: colon)...]
        } else if !head.allSatisfy(\.isHexDigit) {
          problem = Say.Listed.noFilterKey(head, keys: Key.allCases.map(\.rawValue))
          continue
        }
      }
      if !rest.isEmpty { terms.append(Term(key: key, value: rest.lowercased(), isNegated: isNegated)) }
    }
  }

  private static func split(_ text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var isQuoted = false
    for character in text {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == " ", !isQuoted {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  /// Whether every term holds for what is known of something that is not there any more: a line of words.
  public func accepts(words line: String) -> Bool {
    let line = line.lowercased()
    return terms.allSatisfy { term in
      let isName = term.key.map { [.name, .ns, .veth, .dev, .bridge].contains($0) } ?? true
      return (isName && line.contains(term.value)) != term.isNegated
    }
  }

  /// Whether every term holds for a row.
  public func accepts(_ row: RosterRow, in snapshot: Snapshot) -> Bool {
    terms.allSatisfy { $0.holds(for: row, in: snapshot) != $0.isNegated }
  }
}

extension Filter.Term {
  func holds(for row: RosterRow, in snapshot: Snapshot) -> Bool {
    func contains(_ texts: [String]) -> Bool { texts.contains { $0.lowercased().contains(value) } }
    let namespace = snapshot.namespaces[row.namespace]
    let ends = row.ends.compactMap { snapshot.link($0) }
    switch key {
    case nil: return Needle(value).found(in: snapshot.words(of: row)) != nil
    case .name:
      return contains([namespace?.name ?? ""] + (namespace?.containers.flatMap { [$0.name] + $0.innerNames } ?? []))
    case .ns:
      return contains([namespace?.name ?? ""] + (namespace?.paths ?? []) + [namespace?.inode.map(String.init) ?? ""])
    case .image: return contains(namespace?.containers.map(\.image) ?? [])
    case .mac: return contains(ends.map(\.hardwareAddressText))
    case .veth: return contains(ends.filter { $0.isPair }.map(\.name))
    case .dev: return contains(ends.flatMap { [$0.name] + $0.alternativeNames })
    case .kind: return contains(ends.flatMap { [$0.kind.isEmpty ? "device" : $0.kind] })
    case .bridge:
      let own = ends.filter(\.isBridge)
      return contains(
        (own + [row.bridge.flatMap { snapshot.link($0) }].compactMap(\.self)).flatMap { [$0.title, $0.name] })
    case .ip: return ends.contains { $0.addresses.contains(where: isMet) }
    case .state: return isMet(by: row.state)
    }
  }

  /// `172.17` is anywhere in the address, `172.17.0.0/16` is its subnet.
  private func isMet(by address: InterfaceAddress) -> Bool {
    if address.text.contains(value) { return true }
    let parts = value.split(separator: "/")
    guard parts.count == 2, let subnet = IPAddress(parts[0]), let length = Int(parts[1]), length >= 0 else {
      return false
    }
    return subnet.shares(prefix: length, with: address.local)
  }

  /// `down` is everything that is not up, as people say it; `off` and `no-carrier` tell the two apart.
  private func isMet(by state: LinkState?) -> Bool {
    let wanted = value.filter { $0.isLetter }
    switch state {
    case .up: return "up".hasPrefix(wanted)
    case .noCarrier: return "down".hasPrefix(wanted) || "nocarrier".hasPrefix(wanted)
    case .down: return "down".hasPrefix(wanted) || "off".hasPrefix(wanted)
    case nil: return "none".hasPrefix(wanted)
    }
  }
}
