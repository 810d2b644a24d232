internal import Diagram
internal import Labels
internal import Topology

extension State {
  /// `y`: the address of what is selected, else its name.
  mutating func copy() -> [Effect] {
    let text = selectedLink?.primaryAddress?.local.description ?? selectedLink?.name ?? ""
    return text.isEmpty ? [] : copy(text)
  }

  /// `x`: the command that leads into the selected namespace.
  mutating func copyEntry() -> [Effect] {
    guard let namespace = selection.flatMap({ snapshot.namespaces[$0.namespace] }) else { return [] }
    if namespace.id == .host {
      notify(Say.Notice.hostNeedsNoWay)
      return []
    }
    guard let way = WayIn(namespace) else {
      notify(Say.Notice.noWay(into: namespace.name))
      return []
    }
    return copy(way.entry)
  }

  /// `c`: the command that listens on the selected interface, from inside its namespace.
  mutating func copyCapture() -> [Effect] {
    guard let link = selectedLink, let namespace = snapshot.namespaces[link.id.namespace] else {
      notify(Say.Notice.nothingToCapture)
      return []
    }
    guard WayIn.canBeTyped(link.name) else {
      notify(Say.Notice.untypable)
      return []
    }
    let command = ["tcpdump", "-ni", link.name]
    if namespace.id == .host { return copy(WayIn.line(command)) }
    guard let way = WayIn(namespace) else {
      notify(Say.Notice.noWay(into: namespace.name))
      return []
    }
    return copy(way.running(command))
  }

  mutating func copy(_ text: String) -> [Effect] {
    // A terminal does not say whether it took it.
    notify(Say.Notice.copied(text))
    return [.copy(text)]
  }
}
