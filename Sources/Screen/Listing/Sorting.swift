public import Diagram
internal import Labels
public import Topology

/// The order of rows, and of the slots within a band.
public struct Sorting: Sendable, Hashable {
  /// What it goes by.
  public enum Key: String, Sendable, CaseIterable { case port, name, address, traffic }

  /// What the rows go by; at first the order of the ports.
  public private(set) var key = Key.port
  /// Whether the order is turned round.
  public var isInverted = false

  /// Makes the order of the ports.
  public init() {}

  /// Makes the order by a key.
  public init(by key: Key, isInverted: Bool = false) {
    self.key = key
    self.isInverted = isInverted
  }

  /// Whether it is the order that everything has by itself.
  public var isNatural: Bool { key == .port && !isInverted }

  /// From what to what it goes, with an arrow between them: `A→Z`; of traffic the most comes first.
  public func direction(_ arrow: Unicode.Scalar) -> String {
    let (first, last) = key == .name ? ("A", "Z") : key == .traffic ? ("9", "0") : ("0", "9")
    return isInverted ? "\(last)\(arrow)\(first)" : "\(first)\(arrow)\(last)"
  }

  /// Goes by the next key.
  public mutating func advance() {
    let all = Key.allCases
    key = all[((all.firstIndex(of: key) ?? 0) + 1) % all.count]
  }

  /// Where every element comes, taken now: nothing jumps when the traffic changes.
  public func ranks(_ rows: [RosterRow], _ snapshot: Snapshot, _ traffic: Traffic) -> [Element: Int] {
    if isNatural { return [:] }
    var ranks: [Element: Int] = [:]
    for (place, row) in sorted(rows, snapshot, traffic).enumerated() {
      // On the diagram a box stands for all rows of a container, and a tooth for both ends of its cable.
      for element in [row.element, .namespace(row.namespace)] + row.ends.map({ Element.link($0) })
      where ranks[element] == nil && element != .namespace(.host) { ranks[element] = place }
    }
    return ranks
  }

  private func sorted(_ rows: [RosterRow], _ snapshot: Snapshot, _ traffic: Traffic) -> [RosterRow] {
    let indexed = rows.enumerated()
    let order: [RosterRow]
    switch key {
    case .port: order = rows
    case .name:
      let names = rows.map { NaturalOrder.key(snapshot.name(of: $0)) }
      order = indexed.sorted { (names[$0.offset], $0.offset) < (names[$1.offset], $1.offset) }.map(\.element)
    case .address:
      let addresses = rows.map { row in row.link.flatMap { snapshot.link($0)?.primaryAddress?.local } }
      order = indexed.sorted { a, b in
        switch (addresses[a.offset], addresses[b.offset]) {
        case (let left?, let right?): left == right ? a.offset < b.offset : left < right
        case (nil, nil): a.offset < b.offset
        case (let left, nil): left != nil
        case (nil, _): false
        }
      }.map(\.element)
    case .traffic:
      let rates = rows.map { traffic.total(of: $0) }
      order = indexed.sorted { a, b in
        rates[a.offset] == rates[b.offset] ? a.offset < b.offset : rates[a.offset] > rates[b.offset]
      }.map(\.element)
    }
    return isInverted ? order.reversed() : order
  }
}

/// Names as people order them: `wkr-9` before `wkr-10`, capitals as small letters.
enum NaturalOrder {
  static func key(_ name: String) -> String {
    var out = ""
    var digits = ""
    func flush() {
      guard !digits.isEmpty else { return }
      out += String(repeating: "0", count: max(0, 12 - digits.count)) + digits
      digits = ""
    }
    for character in name.lowercased() {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else {
        flush()
        out.append(character)
      }
    }
    flush()
    return out
  }
}

extension Snapshot {
  /// Whose an interface is; a link of the host goes by its own name.
  public func name(of row: RosterRow) -> String {
    row.namespace == .host ? row.link.flatMap { link($0)?.title } ?? "" : namespaces[row.namespace]?.name ?? ""
  }

  /// What is wrong with an interface, and which one it is: `web eth0: the port is disabled`; only its name where nothing is.
  public func reason(of row: RosterRow) -> String {
    let device = row.namespace == .host ? nil : row.link.flatMap { link($0)?.name }
    let whose = [name(of: row), device ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    return trouble(of: row).map { Say.Listed.reason(whose, $0.text) } ?? whose
  }
}

extension Traffic {
  /// Bytes per second in both directions; the near end of a cable is the one that is always counted.
  public func total(of row: RosterRow) -> Double {
    guard let rates = rates(of: row) else { return 0 }
    return rates.rx + rates.tx
  }

  /// Bytes per second in both directions on the average of the last minute, or of as much of it as was measured.
  public func minute(of row: RosterRow) -> Double { rates(of: row)?.average ?? 0 }

  /// The rates of a row as its own end counts them.
  public func rates(of row: RosterRow) -> Rates? {
    if let link = row.link, let rates = self[link] { return rates }
    guard let near = row.near, var rates = self[near] else { return nil }
    (rates.rx, rates.tx) = (rates.tx, rates.rx)
    return rates
  }
}

extension Sorting.Key {
  /// What people call it.
  package var label: String {
    switch self {
    case .port: Say.ListPage.port
    case .name: Say.ListPage.name
    case .address: Say.ListPage.address
    case .traffic: Say.ListPage.traffic
    }
  }
}
