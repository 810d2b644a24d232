package import Topology

/// A place where large packets vanish.
package struct MTUBottleneck: Sendable {
  package var sender: LinkRef
  /// The largest packet that the sender may send, in bytes.
  package var size: UInt32
  package var link: LinkRef
  package var isReply: Bool

  package init(sender: LinkRef, size: UInt32, link: LinkRef, isReply: Bool) {
    self.sender = sender
    self.size = size
    self.link = link
    self.isReply = isReply
  }
}
