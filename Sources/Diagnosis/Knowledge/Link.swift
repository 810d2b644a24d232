package import Topology

extension Link {
  /// Whether that is one of its addresses.
  package func has(_ address: IPAddress) -> Bool { addresses.contains { $0.local == address } }

  /// The text of a fact of its kind, as an address; nil where it is none, or any.
  package func address(_ keys: String...) -> IPAddress? {
    for key in keys { if case .text(let text)? = fact(key), let address = IPAddress(text) { return address } }
    return nil
  }

  /// The number of a fact of its kind; nil where it is none.
  package func number(_ key: String) -> UInt64? { if case .number(let number)? = fact(key) { number } else { nil } }

  /// Whether the bridge has several spanning trees (`BR_BOOLOPT_MST_ENABLE`): then a port's VLANs have states, and the
  /// port's own does not count (`br_handle_frame`, `should_deliver`).
  package var hasSeveralTrees: Bool { fact("mst_enabled") == .number(1) || fact("mst_enabled") == .flag(true) }

  /// The number of a VRF's table (`IFLA_VRF_TABLE`).
  package var vrfTable: UInt64? { if case .number(let table)? = fact("table") { table } else { nil } }
}
