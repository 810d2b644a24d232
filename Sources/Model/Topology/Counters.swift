/// Counters of a link (`struct rtnl_link_stats64`): totals since the link was made.
public struct Counters: Hashable, Sendable {
  /// Bytes received and sent.
  public var rxBytes: UInt64, txBytes: UInt64
  /// Packets received and sent.
  public var rxPackets: UInt64, txPackets: UInt64
  /// Bad packets received, and packets that could not be sent.
  public var rxErrors: UInt64, txErrors: UInt64
  /// Packets that were received or were to be sent, and were dropped (out of buffers, for example).
  public var rxDropped: UInt64, txDropped: UInt64

  /// Makes counters; all are zero unless given.
  public init(
    rxBytes: UInt64 = 0, txBytes: UInt64 = 0, rxPackets: UInt64 = 0, txPackets: UInt64 = 0, rxErrors: UInt64 = 0,
    txErrors: UInt64 = 0, rxDropped: UInt64 = 0, txDropped: UInt64 = 0
  ) {
    (self.rxBytes, self.txBytes, self.rxPackets, self.txPackets) = (rxBytes, txBytes, rxPackets, txPackets)
    (self.rxErrors, self.txErrors, self.rxDropped, self.txDropped) = (rxErrors, txErrors, rxDropped, txDropped)
  }

  /// The same counters as the other end of a cable counts them: what one end sends, the other receives.
  public var swapped: Counters {
    Counters(
      rxBytes: txBytes, txBytes: rxBytes, rxPackets: txPackets, txPackets: rxPackets, rxErrors: txErrors,
      txErrors: rxErrors, rxDropped: txDropped, txDropped: rxDropped)
  }
}
