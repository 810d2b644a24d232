public import Netlink

/// A queueing discipline or a filter of a link (`struct tcmsg`, tc(8)).
public struct TrafficControlMessage: Hashable, Sendable {
  /// The ifindex of the link.
  public var index: UInt32
  /// Its own number (`tcm_handle`).
  public var handle: UInt32
  /// What it hangs on (`tcm_parent`): `root`, or a hook of clsact.
  public var parent: UInt32
  /// `TCA_KIND`: `clsact`, `netem`, `bpf`, `flower` …, as bytes.
  public var kind: [UInt8] = []

  /// `TCA_*`.
  private enum Attribute {
    static let kind: UInt16 = 1
  }

  /// Hooks of the qdiscs `clsact` and `ingress` (linux/pkt_sched.h).
  public enum Parent {
    /// `TC_H_INGRESS`, where both hang.
    public static let ingressRoot: UInt32 = 0xFFFF_FFF1
    /// `TC_H_MAJ(TC_H_CLSACT) | TC_H_MIN_INGRESS`.
    public static let ingress: UInt32 = 0xFFFF_FFF2
    /// `TC_H_MAJ(TC_H_CLSACT) | TC_H_MIN_EGRESS`.
    public static let egress: UInt32 = 0xFFFF_FFF3
    /// The handle of `ingress` and `clsact`.
    public static let handle: UInt32 = 0xFFFF_0000
  }

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= 20, let index = payload.u32(4), let handle = payload.u32(8), let parent = payload.u32(12)
    else { throw .short("tcmsg", payload.byteCount) }
    self.index = index
    self.handle = handle
    self.parent = parent
    try forEachAttribute(of: "tcmsg", in: payload, from: 20) { type, value in
      if type == Attribute.kind { kind = Array(value.array.prefix { $0 != 0 }) }
    }
  }

  /// `RTM_GETQDISC` dump: the queueing disciplines of all links.
  public static func disciplines() -> MessageBuilder {
    message(MessageType.getDiscipline, index: 0, parent: 0)
  }

  /// `RTM_GETTFILTER` dump: the filters of one link at one hook.
  public static func filters(index: UInt32, parent: UInt32) -> MessageBuilder {
    message(MessageType.getFilter, index: index, parent: parent)
  }

  private static func message(_ type: UInt16, index: UInt32, parent: UInt32) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: [.request, .dump])
    message.fixed(Family.unspecified, UInt8(0), UInt16(0), index, UInt32(0), parent, UInt32(0))
    return message
  }
}
