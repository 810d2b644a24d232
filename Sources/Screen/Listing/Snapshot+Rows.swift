package import Diagram
package import Topology

extension Snapshot {
  /// A bridge with some of what hangs on it, and nothing else.
  package func part(bridge: LinkRef, rows: some Collection<RosterRow>) -> Snapshot {
    let ids = Set(rows.map(\.namespace)).union([bridge.namespace])
    let kept = Set(rows.flatMap(\.ends)).union([bridge])
    var part = self
    part.namespaces = NamespaceMap(
      namespaces.values.filter { ids.contains($0.id) }.map { namespace in
        var namespace = namespace
        namespace.links.removeAll { !kept.contains($0.id) }
        return namespace
      })
    return part
  }

  /// What is meant by a name: something that is called so, else what begins so, else what has it somewhere.
  package func element(named text: String) -> Element? {
    let (needle, wanted) = (Needle(text), text.lowercased())
    var best: (rank: Int, element: Element)?
    func consider(_ words: [Word], _ element: Element) {
      for word in words where needle.meets(word) {
        let text = word.text.lowercased()
        let rank = text == wanted ? 0 : text.hasPrefix(wanted) ? 1 : 2
        if rank < best?.rank ?? .max { best = (rank, element) }
      }
    }
    for namespace in namespaces.values {
      if namespace.id != .host { consider(words(of: namespace), .namespace(namespace.id)) }
      for link in namespace.shownLinks { consider(words(of: link), .link(link.id)) }
    }
    return best?.element
  }
}
