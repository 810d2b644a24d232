import Topology

extension Ruleset {
  /// Whether a base chain at ingress or egress does not say which devices it belongs to.
  public var lacksDevices: Bool {
    tables.contains { table in
      table.chains.contains { chain in
        guard let base = chain.base else { return false }
        return (base.hook == .ingress || base.hook == .egress) && base.devices == nil
      }
    }
  }

  /// Takes the devices from what `nft list chains` prints: `device "va"`, `devices = { va, vb }`.
  public mutating func addDevices(nftChains text: String) {
    var place: (family: String, table: String, chain: String) = ("", "", "")
    for line in text.split(separator: "\n") {
      let words = line.split(whereSeparator: \.isWhitespace).map(String.init)
      switch words.first {
      case "table" where words.count >= 3: (place.family, place.table) = (words[1], words[2])
      case "chain" where words.count >= 2: place.chain = words[1]
      case "type":
        guard let names = Ruleset.devices(in: String(line)) else { continue }
        for table in tables.indices
        where tables[table].family.rawValue == place.family && tables[table].name == place.table {
          for chain in tables[table].chains.indices where tables[table].chains[chain].name == place.chain {
            tables[table].chains[chain].base?.devices = names
          }
        }
      default: continue
      }
    }
  }

  private static func devices(in line: String) -> [String]? {
    func cleaned(_ text: some StringProtocol) -> String {
      SafeText.clean(String(text.filter { $0 != "\"" && $0 != " " }))
    }
    if let open = line.range(of: "devices = {"), let close = line[open.upperBound...].firstIndex(of: "}") {
      return line[open.upperBound..<close].split(separator: ",").map(cleaned)
    }
    guard let single = line.range(of: " device ") else { return nil }
    return [cleaned(line[single.upperBound...].prefix { $0 != " " && $0 != ";" })]
  }
}

extension String {
  /// Where a text stands in this one.
  fileprivate func range(of wanted: String) -> Range<String.Index>? { ranges(of: wanted).first }
}
