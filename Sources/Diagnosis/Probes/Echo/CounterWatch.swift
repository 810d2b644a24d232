internal import Paths
internal import Topology

/// Where on its way the counters of the links saw an echo.
struct CounterWatch {
  /// Which of a link's counters an echo passing forward raises.
  private enum Side { case rx, tx }

  private let hops: [Hop]
  private let sides: [Side?]
  /// What the counters said before the echo left; empty until they are known.
  var before: [LinkRef: Counters] = [:]
  /// The echo's size on the wire, in bytes.
  private let echoSize: UInt64

  /// Makes a watch over the links of a way.
  init(_ hops: [Hop], isIPv6: Bool, payload: Int, snapshot: Snapshot) {
    self.hops = hops
    sides = hops.indices.map { index in
      guard let link = snapshot.link(hops[index].link), !link.isBridge else { return nil }
      if index > 0, link.peerLink == hops[index - 1].link { return .rx }
      if index + 1 < hops.count, link.peerLink == hops[index + 1].link { return .tx }
      return nil
    }
    echoSize = UInt64(14 + (isIPv6 ? 40 : 20) + 8 + payload)
  }

  /// The links whose counters tell of the echo.
  var links: [LinkRef] { hops.indices.compactMap { sides[$0] == nil ? nil : hops[$0].link } }

  /// What the counters of one link tell.
  private enum Verdict { case seen, notSeen, unknown }

  /// The hop at which the echo was seen last, by what the counters say `now`; nil where other traffic, or counters that
  /// can't be read, leave it open.
  func lastSeen(_ now: [LinkRef: Counters]) -> Int? {
    var last: Int?
    for index in hops.indices {
      guard let side = sides[index] else { continue }
      guard let old = before[hops[index].link], let new = now[hops[index].link] else { return nil }
      let packets = side == .rx ? new.rxPackets &- old.rxPackets : new.txPackets &- old.txPackets
      let bytes = side == .rx ? new.rxBytes &- old.rxBytes : new.txBytes &- old.txBytes
      switch verdict(packets: packets, bytes: bytes) {
      case .seen: last = index
      case .notSeen: return last ?? index
      case .unknown: return nil
      }
    }
    return nil
  }

  /// Whether so many bytes in so many packets have an echo among them, or can't have one.
  ///
  /// Beside echoes (of an overlapping probe, too) there is what hosts say by themselves: address resolution, and at
  /// most one router solicitation and one report of multicast groups in the time that a probe takes.
  private func verdict(packets: UInt64, bytes: UInt64) -> Verdict {
    guard packets > 0 else { return .notSeen }
    guard packets <= 16 else { return .unknown }
    var (canHave, canLack) = (false, false)
    for solicitations in 0...min(1, packets) {
      for reports in 0...min(1, packets - solicitations) {
        let rest = packets - solicitations - reports
        for resolutions in 0...rest {
          for neighbors in 0...(rest - resolutions) {
            let echoes = rest - resolutions - neighbors
            let sum = solicitations * 70 + reports * 90 + resolutions * 42 + neighbors * 86 + echoes * echoSize
            guard sum == bytes else { continue }
            if echoes > 0 { canHave = true } else { canLack = true }
          }
        }
      }
    }
    return canHave == canLack ? .unknown : canHave ? .seen : .notSeen
  }
}
