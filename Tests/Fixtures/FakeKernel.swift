public import Netlink
public import NetlinkSocket
internal import RTNetlink
public import SystemPackage

/// A kernel that is a script: it answers requests from a small model, and as a test wants it, with every fault that a real
/// one shows too seldom to be waited for.
public final class FakeKernel: NetlinkTransport {
  /// One thing that the socket gives.
  public enum Delivery {
    /// A datagram; what is longer than the receiver's buffer arrives cut.
    case datagram([UInt8], sender: UInt32 = 0, nsid: Int32? = nil)
    /// recvmsg(2) fails.
    case failure(Errno)
  }

  /// A link of the model.
  public struct Link {
    /// The ifindex.
    public var index: Int32
    /// The name.
    public var name: String
    /// The kind; empty: none.
    public var kind: String
    /// Ifindex and nsid (nil: the same namespace) of the other end.
    public var peer: (index: Int32, nsid: Int32?)?
    /// IPv4 addresses, 4 bytes each.
    public var addresses: [[UInt8]]
    /// The ifindex of its bridge.
    public var master: UInt32?
    /// Bytes that make its message longer, as a name that is not one (`IFLA_IFALIAS`).
    public var padding = 0

    /// Makes a link that is up.
    public init(
      _ index: Int32, _ name: String, kind: String = "", peer: (index: Int32, nsid: Int32?)? = nil,
      addresses: [[UInt8]] = [], master: UInt32? = nil
    ) {
      self.index = index
      self.name = name
      self.kind = kind
      self.peer = peer
      self.addresses = addresses
      self.master = master
    }
  }

  /// A request as it came.
  public struct Request {
    /// Its header.
    public var header: MessageHeader
    /// The namespace that it is about (`IFLA_TARGET_NETNSID` and the like); nil: our own.
    public var nsid: Int32?
    /// The ifindex that it is about; 0: all.
    public var index: Int32
    /// The operation: `RTM_GETLINK` …
    public var name: String { MessageType.name(of: header.type) }
    /// Whether a whole table is asked for.
    public var isDump: Bool { header.flags.isSuperset(of: .dump) }
  }

  /// The links by namespace (nil: our own). What is not in it is refused as the kernel does.
  public var links: [Int32?: [Link]] = [:]
  /// What a test wants in place of an answer; nil: the model's own.
  public var fault: (Request, FakeKernel) -> [Delivery]? = { _, _ in nil }
  /// Every request so far.
  public private(set) var requests: [Request] = []

  /// What waits to be received.
  public private(set) var queue: [Delivery] = []
  /// The port id of whoever asks.
  public let port: UInt32 = 4711
  /// There is nothing to watch.
  public var descriptor: Int32 { -1 }
  /// The cookie of our own namespace.
  public var namespaceCookie: UInt64? { 1 }

  /// Makes a kernel without links.
  public init() {}

  /// Puts something into the socket that nobody asked for: an event, a loss.
  public func post(_ delivery: Delivery) { queue.append(delivery) }

  /// Forgets the requests so far.
  public func forgetRequests() { requests = [] }

  // MARK: The socket

  /// Takes a request, and puts its answer into the socket.
  public func send(_ bytes: [UInt8]) throws(Errno) {
    let span = unsafe bytes.span.bytes
    do {
      try forEachMessage(in: span) { header, payload in
        let request = Self.request(header, payload)
        requests.append(request)
        queue += fault(request, self) ?? answer(request)
      }
    } catch { throw .invalidArgument }
  }

  /// Gives what waits, in order; `wouldBlock` where nothing does.
  public func receive(into buffer: inout [UInt8]) throws(Errno) -> Datagram {
    guard !queue.isEmpty else { throw .wouldBlock }
    switch queue.removeFirst() {
    case .failure(let errno): throw errno
    case .datagram(let bytes, let sender, let nsid):
      let count = min(bytes.count, buffer.count)
      buffer.replaceSubrange(0..<count, with: bytes[..<count])
      return Datagram(length: bytes.count, sender: sender, nsid: nsid, isTruncated: bytes.count > buffer.count)
    }
  }

  // MARK: Answers

  private static func request(_ header: MessageHeader, _ payload: RawSpan) -> Request {
    var request = Request(header: header, nsid: nil, index: 0)
    // Where the fixed header ends, which attribute names the namespace, and where the ifindex stands.
    let shapes: [UInt16: (size: Int, target: UInt16, index: Int?)] = [
      MessageType.getLink: (16, LinkAttribute.targetNamespaceID, 4),
      MessageType.getAddress: (8, AddressMessage.Attribute.targetNamespaceID, 4),
      MessageType.getNamespaceID: (4, NamespaceIDMessage.Attribute.nsid, nil),
    ]
    guard let shape = shapes[header.type] else { return request }
    if let place = shape.index { request.index = payload.i32(place) ?? 0 }
    // A request of ours is well formed.
    try? forEachAttribute(of: "request", in: payload, from: shape.size) { type, value in
      if type == shape.target { request.nsid = value.i32() }
    }
    return request
  }

  /// The model's own answer.
  public func answer(_ request: Request) -> [Delivery] {
    switch request.header.type {
    case MessageType.getLink:
      guard let all = links[request.nsid] else { return [refusal(request, .invalidArgument)] }
      if request.isDump { return dump(request, all.map { linkMessage($0, request) }) }
      guard let link = all.first(where: { $0.index == request.index }) else {
        return [refusal(request, .operationNotSupportedByDevice)]
      }
      return [.datagram(linkMessage(link, request).bytes)]
    case MessageType.getAddress:
      guard let all = links[request.nsid] else { return [refusal(request, .invalidArgument)] }
      let wanted = all.filter { request.index == 0 || $0.index == request.index }
      return dump(request, wanted.flatMap { addressMessages($0, request) })
    case MessageType.getNamespaceID:
      if request.isDump {
        return dump(request, links.keys.compactMap(\.self).sorted().map { namespaceMessage($0, request) })
      }
      // By descriptor (nobody has an id by this) or by number.
      guard let nsid = request.nsid else { return [.datagram(namespaceMessage(-1, request).bytes)] }
      return links[nsid] == nil
        ? [refusal(request, .noSuchFileOrDirectory)] : [.datagram(namespaceMessage(nsid, request).bytes)]
    default: return [refusal(request, .notSupported)]
    }
  }

  /// A dump: its rows in one datagram, its end in another; marked as interrupted where that is wanted.
  public func dump(_ request: Request, _ rows: [MessageBuilder], isInterrupted: Bool = false) -> [Delivery] {
    var end = reply(ControlType.done, isInterrupted ? [.multi, .dumpInterrupted] : [.multi], request)
    end.fixed(Int32(0))
    return (rows.isEmpty ? [] : [.datagram(rows.flatMap(\.bytes))]) + [.datagram(end.bytes)]
  }

  /// A refusal with that errno (`NLMSG_ERROR`).
  public func refusal(_ request: Request, _ errno: Errno) -> Delivery {
    var message = reply(ControlType.error, [.capped], request)
    message.fixed(
      -errno.rawValue, request.header.length, request.header.type, request.header.flags.rawValue,
      request.header.sequence, request.header.port)
    return .datagram(message.bytes)
  }

  /// The answer of the model, with the sequence number of an older request.
  public func late(_ request: Request) -> [Delivery] {
    var old = request
    old.header.sequence &-= 1
    return answer(old)
  }

  private func reply(_ type: UInt16, _ flags: MessageFlags, _ request: Request) -> MessageBuilder {
    var message = MessageBuilder(type: type, flags: flags)
    message.address(sequence: request.header.sequence, port: port)
    return message
  }

  /// A link as `RTM_NEWLINK` tells it.
  public func linkMessage(_ link: Link, _ request: Request) -> MessageBuilder {
    let flags: MessageFlags = request.isDump ? [.multi] : []
    var message = reply(MessageType.newLink, flags, request)
    fill(&message, link)
    return message
  }

  private func fill(_ message: inout MessageBuilder, _ link: Link) {
    // IFF_UP, IFF_RUNNING, IFF_LOWER_UP
    message.linkHeader(index: link.index, flags: 0x1_0041)
    message.attribute(LinkAttribute.name, string: link.name)
    message.attribute(LinkAttribute.mtu, UInt32(1500))
    message.attribute(LinkAttribute.operState, UInt8(6))
    if link.padding > 0 { message.attribute(LinkAttribute.alias, string: String(repeating: "x", count: link.padding)) }
    if let peer = link.peer {
      message.attribute(LinkAttribute.link, peer.index)
      if let nsid = peer.nsid { message.attribute(LinkAttribute.linkNamespaceID, nsid) }
    }
    if let master = link.master { message.attribute(LinkAttribute.master, master) }
    if !link.kind.isEmpty {
      message.nested(LinkAttribute.linkInfo) { $0.attribute(LinkAttribute.Info.kind, string: link.kind) }
    }
  }

  private func addressMessages(_ link: Link, _ request: Request) -> [MessageBuilder] {
    let prefixLength: UInt8 = 24
    return link.addresses.map { bytes in
      var message = reply(MessageType.newAddress, [.multi], request)
      // struct ifaddrmsg: family, prefix length, flags, scope, ifindex
      message.fixed(Family.inet, prefixLength, UInt8(0), UInt8(0), UInt32(bitPattern: link.index))
      message.attribute(AddressMessage.Attribute.address, bytes)
      message.attribute(AddressMessage.Attribute.local, bytes)
      return message
    }
  }

  private func namespaceMessage(_ nsid: Int32, _ request: Request) -> MessageBuilder {
    var message = reply(MessageType.newNamespaceID, request.isDump ? [.multi] : [], request)
    message.fixed(UInt32(0))
    message.attribute(NamespaceIDMessage.Attribute.nsid, nsid)
    return message
  }

  /// An event about a link: `RTM_NEWLINK` or, where it went, `RTM_DELLINK`.
  public func event(of link: Link, isRemoval: Bool = false, nsid: Int32? = nil) -> Delivery {
    var message = MessageBuilder(type: isRemoval ? MessageType.delLink : MessageType.newLink, flags: [])
    fill(&message, link)
    return .datagram(message.bytes, nsid: nsid)
  }
}
