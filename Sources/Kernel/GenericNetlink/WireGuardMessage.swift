public import Netlink

/// A WireGuard device, or a part of one, as `WG_CMD_GET_DEVICE` describes it (linux/wireguard.h).
///
/// The private key is not decoded, and of a preshared one only what tells whether two are the same.
public struct WireGuardMessage: Hashable, Sendable {
  /// 32 bytes; empty where the device has no key yet.
  public var publicKey: [UInt8] = []
  /// The UDP port that it listens on; 0: none.
  public var listenPort: UInt16 = 0
  /// The mark of the packets that it sends; 0: none.
  public var mark: UInt32 = 0
  /// A peer with many addresses goes on in the next message, under the same key.
  public var peers: [Peer] = []

  /// The other end of a tunnel.
  public struct Peer: Hashable, Sendable {
    /// 32 bytes.
    public var publicKey: [UInt8] = []
    /// A number that is the same for the same key, in this process; nil: the peer has no preshared key.
    public var presharedKeyMark: Int?
    /// Where it is: 4 or 16 bytes in network order; empty where that is not known.
    public var endpoint: [UInt8] = []
    /// The port there.
    public var endpointPort: UInt16 = 0
    /// Seconds since 1970 of the last handshake; 0: there was none.
    public var lastHandshake: Int64 = 0
    /// The addresses that it may send from, and that are sent to it.
    public var allowed: [Prefix] = []
  }

  /// Addresses with their first bits in common.
  public struct Prefix: Hashable, Sendable {
    /// 4 or 16 bytes, in network order.
    public var address: [UInt8]
    /// How many bits.
    public var length: UInt8
  }

  /// The name of the family.
  public static let family = "wireguard"

  private enum Attribute {
    /// `WGDEVICE_A_IFINDEX`, in a request.
    static let index: UInt16 = 1
    /// `WGDEVICE_A_PUBLIC_KEY`.
    static let publicKey: UInt16 = 4
    /// `WGDEVICE_A_LISTEN_PORT`: 16 bits.
    static let listenPort: UInt16 = 6
    /// `WGDEVICE_A_FWMARK`: 32 bits.
    static let mark: UInt16 = 7
    /// `WGDEVICE_A_PEERS`: nested, one attribute of number 0 each.
    static let peers: UInt16 = 8
  }

  /// `WGPEER_A_*`.
  private enum PeerAttribute {
    static let publicKey: UInt16 = 1
    static let presharedKey: UInt16 = 2
    /// `struct sockaddr_in` or `sockaddr_in6`.
    static let endpoint: UInt16 = 4
    /// `struct __kernel_timespec`.
    static let lastHandshake: UInt16 = 6
    static let allowed: UInt16 = 9
  }

  /// `WGALLOWEDIP_A_*`.
  private enum AllowedAttribute {
    static let address: UInt16 = 2
    /// `WGALLOWEDIP_A_CIDR_MASK`: 8 bits.
    static let length: UInt16 = 3
  }

  /// Decodes the payload of a message.
  public init(_ payload: RawSpan) throws(DecodeError) {
    guard payload.byteCount >= GenericFamily.headerSize else { throw .short("genlmsghdr", payload.byteCount) }
    try forEachAttribute(of: "genlmsghdr", in: payload, from: GenericFamily.headerSize) {
      type, value throws(DecodeError) in
      switch type {
      case Attribute.publicKey: publicKey = value.array
      case Attribute.listenPort: listenPort = value.u16() ?? 0
      case Attribute.mark: mark = value.u32() ?? 0
      case Attribute.peers:
        try forEachAttribute(of: "WGDEVICE_A_PEERS", in: value) { _, peer throws(DecodeError) in
          peers.append(try Peer(peer))
        }
      default: break
      }
    }
  }

  /// Takes over what the next message of the same answer tells.
  public mutating func append(_ next: WireGuardMessage) {
    for peer in next.peers {
      if let last = peers.indices.last, peers[last].publicKey == peer.publicKey {
        peers[last].allowed += peer.allowed
      } else {
        peers.append(peer)
      }
    }
  }

  /// A dump of the device of that index; `family` is the family's number. Only who may administer the namespace gets an
  /// answer (`CAP_NET_ADMIN`).
  public static func get(index: UInt32, family: UInt16) -> MessageBuilder {
    // WG_CMD_GET_DEVICE
    var message = GenericFamily.request(type: family, command: 0, flags: [.request, .dump])
    message.attribute(Attribute.index, index)
    return message
  }
}

extension WireGuardMessage.Peer {
  fileprivate init(_ data: RawSpan) throws(DecodeError) {
    self.init()
    try forEachAttribute(of: "WGDEVICE_A_PEERS", in: data) { type, value throws(DecodeError) in
      switch type {
      case WireGuardMessage.PeerAttribute.publicKey: publicKey = value.array
      case WireGuardMessage.PeerAttribute.presharedKey:
        let key = value.array
        // A key of zeros is none (`wg_noise_handshake_init`); a hasher's seed is another in each process.
        if key.contains(where: { $0 != 0 }) { presharedKeyMark = key.hashValue }
      case WireGuardMessage.PeerAttribute.endpoint: (endpoint, endpointPort) = Self.endpoint(value)
      case WireGuardMessage.PeerAttribute.lastHandshake:
        lastHandshake = value.u64().map { Int64(bitPattern: $0) } ?? 0
      case WireGuardMessage.PeerAttribute.allowed:
        try forEachAttribute(of: "WGPEER_A_ALLOWEDIPS", in: value) { _, entry throws(DecodeError) in
          if let prefix = try Self.prefix(entry) { allowed.append(prefix) }
        }
      default: break
      }
    }
  }

  /// The address and the port of a `struct sockaddr_in` (16 bytes) or `sockaddr_in6` (28 bytes).
  private static func endpoint(_ data: RawSpan) -> ([UInt8], UInt16) {
    let port = data.u16(2).map { UInt16(bigEndian: $0) } ?? 0
    switch data.u16(0) {
    case 2 where data.byteCount >= 8: return ((4..<8).compactMap { data.u8($0) }, port)
    case 10 where data.byteCount >= 24: return ((8..<24).compactMap { data.u8($0) }, port)
    default: return ([], 0)
    }
  }

  private static func prefix(_ data: RawSpan) throws(DecodeError) -> WireGuardMessage.Prefix? {
    var address: [UInt8]?
    var length: UInt8?
    try forEachAttribute(of: "WGPEER_A_ALLOWEDIPS", in: data) { type, value in
      switch type {
      case WireGuardMessage.AllowedAttribute.address: address = value.array
      case WireGuardMessage.AllowedAttribute.length: length = value.u8()
      default: break
      }
    }
    guard let address, let length, address.count == 4 || address.count == 16 else { return nil }
    return WireGuardMessage.Prefix(address: address, length: length)
  }
}
