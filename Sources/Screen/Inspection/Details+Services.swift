internal import Canvas
internal import Labels
internal import Topology

/// What can be reached in a namespace: what its containers publish, and what listens.
extension Details {
  private static let limit = 12

  func published(in id: NamespaceID) -> [Line] {
    let containers = snapshot.namespaces[id]?.containers.filter { !$0.ports.isEmpty } ?? []
    if containers.isEmpty { return [] }
    let isAmbiguous = (snapshot.namespaces[id]?.containers.count ?? 0) > 1
    let texts = containers.flatMap { container in
      container.ports.map { port in port + (isAmbiguous ? "  \(container.title)" : "") }
    }
    return [.blank, .heading(Say.Inspect.Heading.published)] + cut(texts.map { .text($0, .text) })
  }

  /// Sockets that several processes share, or that a program has several of, are one line.
  func listening(_ listeners: [Listener]) -> [Line] {
    var lines: [Line] = []
    var seen: Set<String> = []
    let sorted = listeners.sorted {
      ($0.transport == .udp ? 1 : 0, $0.port, $0.text) < ($1.transport == .udp ? 1 : 0, $1.port, $1.text)
    }
    for listener in sorted {
      let text = listener.text + (listener.transport == .udp ? "/udp" : "") + "  \(listener.program ?? "")"
      if !listener.isFull, !seen.insert(text).inserted { continue }
      lines.append(
        listener.isFull
          ? .text(Say.Inspect.queueFull(text, waiting: Int(listener.waiting)), .fault)
          : .text(text, listener.isLocal ? .dim : .text))
    }
    if lines.isEmpty { lines.append(.text(Say.Inspect.nothing, .dim)) }
    return [.blank, .heading(Say.Inspect.Heading.listens)] + cut(lines)
  }

  /// The first of them; of hundreds nobody reads the others.
  private func cut(_ lines: [Line]) -> [Line] {
    if lines.count <= Self.limit { return lines }
    return lines.prefix(Self.limit) + [.text(Say.Inspect.more(lines.count - Self.limit), .dim)]
  }
}
