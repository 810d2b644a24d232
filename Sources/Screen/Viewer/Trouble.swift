internal import Topology

extension Snapshot {
  /// Why a row is not as it should be, in a few words; nil where nothing is wrong.
  ///
  /// A bridge without a carrier is an idle one, and a device of the host that nobody uses is no trouble either.
  func trouble(of row: RosterRow) -> String? {
    guard let link = row.link.flatMap({ self.link($0) }) else { return nil }
    if link.isBridge { return link.state == .down ? "switched off" : nil }
    let near = row.near.flatMap { self.link($0) }
    let port = near ?? (link.master == nil ? nil : link)
    if row.near != nil || link.isPair || link.master != nil {
      if link.state == .down { return "\(link.name) is switched off" }
      if let near, near.state == .down { return "no carrier: \(near.name) is switched off" }
      if row.state == .noCarrier { return "no carrier" }
    }
    if let state = port?.port?.state, state != .forwarding { return "the port is \(state.name)" }
    if let failed = link.addresses.first(where: { $0.flags.contains(.dadFailed) }) {
      return "\(failed.local) is somebody else's too (dadfailed)"
    }
    return nil
  }
}
