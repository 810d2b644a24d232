package import Paths
package import Topology

extension Container {
  /// Whether a command of its engine's can be told that means this one and no other: root's engine may have one of the name of a
  /// user's, and what begins with a dash is an option.
  package var hasCommands: Bool { owner == nil && !name.hasPrefix("-") }

  /// Whether it is reached by that port of its host.
  package func publishes(_ port: ServicePort) -> Bool {
    ports.contains { Container.ports(of: $0, side: 0, port.transport)?.contains(port.number) ?? false }
  }

  /// Whether that port of its own is reached by one of its host.
  package func publishes(inside port: ServicePort) -> Bool {
    ports.contains { Container.ports(of: $0, side: 1, port.transport)?.contains(port.number) ?? false }
  }

  /// The ports on one side of `0.0.0.0:8000-8009→8000-8009/tcp`; nil where it is of another protocol.
  package static func ports(
    of text: String, side: Int, _ transport: TransportProtocol
  ) -> ClosedRange<UInt16>? {
    let sides = text.split(separator: "→")
    guard sides.count == 2, sides[1].hasSuffix("/\(transport.rawValue)"),
      let bounds = sides[side].split(separator: "/").first?.split(separator: ":").last?.split(separator: "-")
        .compactMap({ UInt16($0) }), let low = bounds.first, let high = bounds.last, low <= high
    else { return nil }
    return low...high
  }
}
