internal import Topology

/// A place where large packets vanish.
struct MTUBottleneck: Sendable {
  var sender: LinkRef
  /// The largest packet that the sender may send, in bytes.
  var size: UInt32
  var link: LinkRef
  var isReply: Bool
}
