internal import GenericNetlink
internal import Netlink
internal import NetlinkSocket
internal import Questions
internal import SystemPackage
internal import Topology

/// The peers of a WireGuard link, by its family of generic netlink.
enum WireGuardReading {
  /// Reads them inside the link's namespace.
  static func read(_ link: LinkRef, _ access: KernelAccess) throws(Unread) -> WireGuardDevice {
    let result = try access.visit(link.namespace) {
      Result { () throws(RequestError) in try ask(link.index) }
    }
    switch result {
    case .success(let message): return device(message)
    case .failure(let error):
      throw Unread("WG_CMD_GET_DEVICE: \(error)", missing: error.errno == .notPermitted ? "CAP_NET_ADMIN" : nil)
    }
  }

  /// Allowed addresses that are read; a namespace's own root may add as many as it likes.
  private static let prefixLimit = 16_384

  private static func ask(_ index: UInt32) throws(RequestError) -> WireGuardMessage {
    let channel = try RequestChannel(family: GenericFamily.netlinkFamily)
    var family: UInt16 = 0
    try channel.perform(GenericFamily.lookup(WireGuardMessage.family), operation: "CTRL_CMD_GETFAMILY") {
      header, payload throws(DecodeError) in
      if header.type == GenericFamily.controller { family = try GenericFamily.number(payload) }
    }
    var device: WireGuardMessage?
    var count = 0
    try channel.perform(WireGuardMessage.get(index: index, family: family), operation: "WG_CMD_GET_DEVICE") {
      header, payload throws(DecodeError) in
      guard header.type == family, count <= prefixLimit else { return }
      let part = try WireGuardMessage(payload)
      count += part.peers.reduce(0) { $0 + max(1, $1.allowed.count) }
      if device == nil { device = part } else { device?.append(part) }
    } restart: {
      (device, count) = (nil, 0)
    }
    if count > prefixLimit { throw .system(operation: "WG_CMD_GET_DEVICE", .argListTooLong) }
    guard let device else { throw .unanswered(operation: "WG_CMD_GET_DEVICE") }
    return device
  }

  private static func device(_ message: WireGuardMessage) -> WireGuardDevice {
    WireGuardDevice(
      publicKey: message.publicKey, port: message.listenPort, mark: message.mark,
      peers: message.peers.map { peer in
        WireGuardDevice.Peer(
          publicKey: peer.publicKey, presharedKeyMark: peer.presharedKeyMark, endpoint: IPAddress(peer.endpoint),
          endpointPort: peer.endpointPort, hadHandshake: peer.lastHandshake != 0,
          allowed: peer.allowed.compactMap { prefix in
            IPAddress(prefix.address).map { WireGuardDevice.Prefix($0, prefix.length) }
          })
      })
  }
}
