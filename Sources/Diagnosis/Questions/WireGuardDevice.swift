internal import Sentences
public import Topology

/// What a WireGuard link knows of itself and of its peers (wg(8)); no secret is in it.
public struct WireGuardDevice: Hashable, Sendable {
  /// 32 bytes (Curve25519); empty where it has no key yet.
  public var publicKey: [UInt8]
  /// The UDP port that it listens on; 0: none.
  public var port: UInt16
  /// The mark of the packets that it sends (`WGDEVICE_A_FWMARK`); 0: none.
  public var mark: UInt32
  /// In the kernel's order.
  public var peers: [Peer]

  /// The other end of a tunnel.
  public struct Peer: Hashable, Sendable {
    /// 32 bytes.
    public var publicKey: [UInt8]
    /// The same number for the same preshared key; nil: it has none.
    public var presharedKeyMark: Int?
    /// Where it is, as far as is known: configured, or heard from.
    public var endpoint: IPAddress?
    /// The UDP port there.
    public var endpointPort: UInt16
    /// Whether keys were ever exchanged.
    public var hadHandshake: Bool
    /// What is sent to it, and what it may send from (`allowed-ips`).
    public var allowed: [Prefix]

    /// Makes a peer.
    public init(
      publicKey: [UInt8], presharedKeyMark: Int? = nil, endpoint: IPAddress? = nil, endpointPort: UInt16 = 0,
      hadHandshake: Bool = false, allowed: [Prefix] = []
    ) {
      self.publicKey = publicKey
      self.presharedKeyMark = presharedKeyMark
      self.endpoint = endpoint
      self.endpointPort = endpointPort
      self.hadHandshake = hadHandshake
      self.allowed = allowed
    }

    /// `10.8.0.2/32, 10.9.0.0/24`, or `(none)`, as wg(8) has it.
    public var allowedText: String {
      if allowed.isEmpty { return "(none)" }
      let list = allowed.prefix(8).map { "\($0.address)/\($0.length)" }.joined(separator: ", ")
      return allowed.count > 8 ? Say.Question.andMore(list, allowed.count - 8) : list
    }
  }

  /// Addresses with their first bits in common.
  public struct Prefix: Hashable, Sendable {
    /// Any of them.
    public var address: IPAddress
    /// How many bits.
    public var length: UInt8

    /// Makes a prefix.
    public init(_ address: IPAddress, _ length: UInt8) {
      self.address = address
      self.length = length
    }
  }

  /// Makes a device.
  public init(publicKey: [UInt8], port: UInt16, mark: UInt32 = 0, peers: [Peer] = []) {
    self.publicKey = publicKey
    self.port = port
    self.mark = mark
    self.peers = peers
  }

  /// The peer that an address belongs to: the one with the longest prefix that holds it (`wg_allowedips_lookup_dst`).
  public func peer(of address: IPAddress) -> Peer? {
    var best: (length: UInt8, peer: Peer)?
    for peer in peers {
      for prefix in peer.allowed
      where prefix.address.isIPv6 == address.isIPv6
        && prefix.address.shares(prefix: Int(prefix.length), with: address)
      {
        if best.map({ prefix.length > $0.length }) ?? true { best = (prefix.length, peer) }
      }
    }
    return best?.peer
  }
}
