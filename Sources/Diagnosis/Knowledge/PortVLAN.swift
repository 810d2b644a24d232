package import Topology

extension [NetworkTables.PortVLAN] {
  /// The row that a VLAN stands in; nil: the port lets none of it through.
  package func row(of id: UInt16) -> NetworkTables.PortVLAN? { first { $0.first <= id && id <= $0.last } }

  /// Whether the port lets the VLAN through.
  package func contains(_ id: UInt16) -> Bool { row(of: id) != nil }
}
