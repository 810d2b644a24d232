internal import CLinux
internal import LinuxSystem
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// An entry of an echo socket's error queue (`struct sock_extended_err`, ip(7)).
struct EchoError {
  /// Who reported it, where somebody did.
  var reporter: IPAddress?
  var errno: Errno
  /// Whether an ICMP message brought it, and not this host's own stack.
  var isMessage: Bool
  var type: UInt8
  var code: UInt8
  /// The next link's MTU in bytes, of a packet too large.
  var mtu: UInt32?
  let isIPv6: Bool

  /// `SO_EE_ORIGIN_ICMP` (linux/errqueue.h).
  private static let originICMP: Int32 = 2
  /// `SO_EE_ORIGIN_ICMP6` (linux/errqueue.h).
  private static let originICMP6: Int32 = 3

  /// `ICMP_DEST_UNREACH` (RFC 792).
  private static let destinationUnreachable: UInt8 = 3
  /// `ICMP_FRAG_NEEDED` (RFC 792), a code of `destinationUnreachable`.
  private static let fragmentationNeeded: UInt8 = 4
  /// `ICMPV6_PKT_TOOBIG` (RFC 4443).
  private static let packetTooBig: UInt8 = 2

  /// Reads what the kernel told.
  init(_ info: nt_echo_reply, reporter: IPAddress?, isIPv6: Bool) {
    self.reporter = reporter
    self.isIPv6 = isIPv6
    errno = Errno(rawValue: info.error)
    isMessage = info.origin == Self.originICMP || info.origin == Self.originICMP6
    type = UInt8(truncatingIfNeeded: info.icmp_type)
    code = UInt8(truncatingIfNeeded: info.icmp_code)
    let isTooLarge =
      isIPv6 ? type == Self.packetTooBig : type == Self.destinationUnreachable && code == Self.fragmentationNeeded
    let tellsMTU = isMessage ? isTooLarge : errno == .messageTooLong
    mtu = tellsMTU && info.information > 0 ? info.information : nil
  }

  /// The same in the words of an explanation.
  var report: ICMPError { ICMPError(reporter: reporter, type: type, code: code, mtu: mtu) }

  /// The error in words: what ICMP said (RFC 792, RFC 4443), else what the kernel says.
  var reason: String {
    if reporter != nil {
      switch (isIPv6, type, code) {
      case (false, 3, 0), (true, 1, 0): return Say.ProbePing.networkUnreachable
      case (false, 3, 1), (true, 1, 3): return Say.ProbePing.nobodyAnswers
      case (false, 3, 13), (false, 3, 9), (false, 3, 10), (true, 1, 1): return Say.ProbePing.prohibited
      case (false, 3, 3), (true, 1, 4): return Say.ProbePing.refusedByFirewall
      case (false, 3, 4), (true, 2, _): return Say.ProbePing.tooLarge
      case (false, 11, _), (true, 3, _): return Say.ProbePing.hopsExceeded
      default: break
      }
    }
    return "\(errno)"
  }
}
