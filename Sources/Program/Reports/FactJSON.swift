internal import JSON
internal import Topology

/// Facts as iproute2 prints them: by their keys, links by their names.
struct FactJSON {
  let snapshot: Snapshot

  /// The name of a link, `if7` for one that is not in the picture.
  func name(_ ref: LinkRef) -> String { snapshot.namespaces.linkName(ref) ?? "if\(ref.index)" }

  /// Writes facts as an object under a key.
  func write(_ facts: [LinkFact], as key: StaticString, _ json: inout JSONWriter) {
    json.object(key) { json in write(facts.span, &json) }
  }

  /// Writes facts into the object that is open.
  func write(_ facts: Span<LinkFact>, _ json: inout JSONWriter) {
    for position in facts.indices {
      json.key(facts[position].key)
      write(facts[position].value, &json)
    }
  }

  /// Writes one value.
  func write(_ value: LinkFact.Value, _ json: inout JSONWriter) {
    switch value {
    case .number(let number): json.value(number)
    case .signed(let number): json.value(number)
    case .flag(let flag): json.value(flag)
    case .text(let text): json.value(text)
    case .nothing: json.null()
    case .link(let ref): json.value(name(ref))
    case .list(let values): json.array { json in for value in values { write(value, &json) } }
    case .object(let facts): json.object { json in write(facts.span, &json) }
    }
  }

  /// Writes rows that belong to links: an object for each link, its rows in an array of that name.
  func write(_ rows: [LinkRef: [[LinkFact]]], as key: StaticString, inside: StaticString, _ json: inout JSONWriter) {
    if rows.isEmpty { return }
    json.array(key) { json in
      for (link, rows) in rows.sorted(by: { $0.key < $1.key }) {
        json.object { json in
          json.field("ifname", name(link))
          json.array(inside) { json in
            for row in rows { json.object { json in write(row.span, &json) } }
          }
        }
      }
    }
  }
}
