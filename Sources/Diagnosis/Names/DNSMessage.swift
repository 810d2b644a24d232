public import Topology

/// A message of the DNS (RFC 1035, 4): what is asked for addresses, and what comes back.
public struct DNSMessage: Hashable, Sendable {
  /// What is asked for.
  public enum QueryType: UInt16, Hashable, Sendable {
    /// `T_A`: an IPv4 address.
    case a = 1
    /// `T_NS`: a name server.
    case ns = 2
    /// `T_AAAA`: an IPv6 address (RFC 3596).
    case aaaa = 28

    /// The type as it is written.
    public var text: String {
      switch self {
      case .a: "A"
      case .ns: "NS"
      case .aaaa: "AAAA"
      }
    }
  }

  /// A record of the answer that says where a name leads.
  public struct Record: Hashable, Sendable {
    /// What it says.
    public enum Content: Hashable, Sendable {
      /// `A` or `AAAA`.
      case address(IPAddress)
      /// `CNAME`.
      case alias(DNSName)
    }
    /// Whose it is.
    public var owner: DNSName
    /// What it says.
    public var content: Content
  }

  /// Why bytes are no message.
  public enum Fault: Error, Hashable, Sendable {
    /// They end too early.
    case short
    /// A name leads forwards or in a circle, or is too long.
    case name
    /// There is not one question.
    case question
    /// An address is not as long as its type says.
    case address
  }

  /// The answer's code (RCODE).
  public enum Code: Hashable, Sendable {
    /// `NOERROR`.
    case none
    /// `FORMERR`.
    case format
    /// `SERVFAIL`.
    case server
    /// `NXDOMAIN`.
    case name
    /// `NOTIMP`.
    case unimplemented
    /// `REFUSED`.
    case refused
    /// Any other.
    case other(UInt8)

    init(_ number: UInt8) {
      let known: [Code] = [.none, .format, .server, .name, .unimplemented, .refused]
      self = Int(number) < known.count ? known[Int(number)] : .other(number)
    }

    /// The code as dig(1) prints it.
    public var text: String {
      switch self {
      case .none: "NOERROR"
      case .format: "FORMERR"
      case .server: "SERVFAIL"
      case .name: "NXDOMAIN"
      case .unimplemented: "NOTIMP"
      case .refused: "REFUSED"
      case .other(let number): "RCODE \(number)"
      }
    }
  }

  /// Tells answers apart.
  public var id: UInt16
  /// Whether it is an answer (QR).
  public var isResponse: Bool
  /// Whether it was cut (TC).
  public var isTruncated: Bool
  /// Whether the server is the name's own (AA).
  public var isAuthoritative: Bool
  /// Whether the server would ask others (RA).
  public var offersRecursion: Bool
  /// What became of the question.
  public var code: Code
  /// What was asked.
  public var name: DNSName
  /// `TYPE` of the question, and its `CLASS`.
  public var type: UInt16
  /// 1: the Internet.
  public var questionClass: UInt16
  /// Addresses and aliases of the answer, at most `recordLimit`, in their order.
  public private(set) var records: [Record] = []
  /// How many records the answer says that it has.
  public var answerCount: Int
  /// Addresses and aliases that are not kept: there are too many.
  public private(set) var omitted = 0
  /// How many records of the additional section it says that it has.
  public var additionalCount: Int

  /// The most records that are kept.
  public static let recordLimit = 64

  /// Types and classes of records that are told apart.
  private enum Number {
    /// `T_CNAME`.
    static let alias: UInt16 = 5
    /// `T_OPT`.
    static let option: UInt16 = 41
    /// `C_IN`.
    static let internet: UInt16 = 1
  }

  /// The bits of the second word of the header.
  private enum Flag {
    static let response: UInt16 = 0x8000
    static let authoritative: UInt16 = 0x0400
    static let truncated: UInt16 = 0x0200
    static let wantsRecursion: UInt16 = 0x0100
    static let offersRecursion: UInt16 = 0x0080
    /// RCODE.
    static let code: UInt16 = 0x000F
  }

  /// A question for a name, with recursion wanted. With EDNS it says that it takes 1,232 bytes (RFC 6891).
  public static func query(id: UInt16, name: DNSName, type: QueryType, usesEDNS: Bool = false) -> [UInt8] {
    var words: [UInt16] = [id, Flag.wantsRecursion, 1, 0, 0, usesEDNS ? 1 : 0]
    var bytes = words.flatMap(\.wire) + name.bytes
    bytes += type.rawValue.wire + Number.internet.wire
    guard usesEDNS else { return bytes }
    // The root, OPT, the size, no extended code, no flags, no data.
    words = [Number.option, 1232, 0, 0, 0]
    return bytes + [0] + words.flatMap(\.wire)
  }

  /// Reads a message; whatever the bytes are, it comes back in a time that grows with their count only.
  public init(_ bytes: [UInt8]) throws(Fault) {
    var reader = DNSReader(bytes)
    id = try reader.word()
    let flags = try reader.word()
    isResponse = flags & Flag.response != 0
    isAuthoritative = flags & Flag.authoritative != 0
    isTruncated = flags & Flag.truncated != 0
    offersRecursion = flags & Flag.offersRecursion != 0
    code = Code(UInt8(flags & Flag.code))
    let questions = try reader.word()
    answerCount = Int(try reader.word())
    _ = try reader.word()  // authority
    additionalCount = Int(try reader.word())
    guard questions == 1 else { throw .question }
    name = try reader.name()
    type = try reader.word()
    questionClass = try reader.word()
    for _ in 0..<answerCount {
      do { try readRecord(&reader) } catch {
        // A message that was cut ends anywhere; what was read of it is not used.
        if isTruncated { return }
        throw error
      }
    }
  }

  private mutating func readRecord(_ reader: inout DNSReader) throws(Fault) {
    let start = reader.offset
    try reader.skipName()
    let type = try reader.word()
    let recordClass = try reader.word()
    try reader.skip(4)  // TTL
    let length = Int(try reader.word())
    let data = reader.offset
    try reader.skip(length)
    let isAddress = type == QueryType.a.rawValue || type == QueryType.aaaa.rawValue
    guard recordClass == Number.internet, isAddress || type == Number.alias else { return }
    guard records.count < Self.recordLimit else {
      omitted += 1
      return
    }
    let owner = try reader.name(at: start)
    if type == Number.alias {
      records.append(Record(owner: owner, content: .alias(try reader.name(at: data))))
      return
    }
    guard length == (type == QueryType.a.rawValue ? 4 : 16), let address = IPAddress(reader.bytes(at: data, length))
    else { throw .address }
    records.append(Record(owner: owner, content: .address(address)))
  }

  /// Whether it answers that question. That it came from the server is for the socket to see to.
  public func answers(id: UInt16, name: DNSName, type: QueryType) -> Bool {
    isResponse && self.id == id && self.type == type.rawValue && questionClass == Number.internet
      && self.name.isSame(as: name)
  }

  /// The addresses that the question's name leads to, each once, and the name at the end of its aliases. The records are
  /// gone through once, as glibc does: what belongs to another name, or to one that comes later, is nobody's.
  public var result: (addresses: [IPAddress], canonical: DNSName) {
    var expected = name
    var addresses: [IPAddress] = []
    for record in records where record.owner.isSame(as: expected) {
      switch record.content {
      case .alias(let target): expected = target
      case .address(let address):
        let isWanted = address.isIPv6 == (type == QueryType.aaaa.rawValue)
        if isWanted, !addresses.contains(address) { addresses.append(address) }
      }
    }
    return (addresses, expected)
  }
}

extension UInt16 {
  /// The two bytes in network order.
  fileprivate var wire: [UInt8] { [UInt8(self >> 8), UInt8(truncatingIfNeeded: self)] }
}

/// Goes through a message from its beginning to its end; whatever lies outside is an error.
private struct DNSReader {
  private let all: [UInt8]
  private(set) var offset = 0

  init(_ bytes: [UInt8]) { all = bytes }

  mutating func word() throws(DNSMessage.Fault) -> UInt16 {
    guard all.count - offset >= 2 else { throw .short }
    defer { offset += 2 }
    return UInt16(all[offset]) << 8 | UInt16(all[offset + 1])
  }

  mutating func skip(_ count: Int) throws(DNSMessage.Fault) {
    guard all.count - offset >= count else { throw .short }
    offset += count
  }

  func bytes(at place: Int, _ count: Int) -> [UInt8] { Array(all[place..<(place + count)]) }

  /// The top two bits of a length: a pointer follows (RFC 1035, 4.1.4).
  private static let pointer: UInt8 = 0xC0

  /// Goes over a name without reading it.
  mutating func skipName() throws(DNSMessage.Fault) {
    while true {
      guard offset < all.count else { throw .short }
      let length = all[offset]
      switch length & Self.pointer {
      case Self.pointer: return try skip(2)
      case 0:
        try skip(1 + Int(length))
        if length == 0 { return }
      default: throw .name
      }
    }
  }

  mutating func name() throws(DNSMessage.Fault) -> DNSName {
    let start = offset
    try skipName()
    return try name(at: start)
  }

  /// The name that begins somewhere. Each pointer has to lead further back than the one before, so there is no circle.
  func name(at start: Int) throws(DNSMessage.Fault) -> DNSName {
    var labels: [[UInt8]] = []
    var size = 1
    var place = start
    var lowest = start
    while true {
      guard place < all.count else { throw .short }
      let length = Int(all[place])
      if all[place] & Self.pointer == Self.pointer {
        guard place + 1 < all.count else { throw .short }
        let target = (length & 0x3F) << 8 | Int(all[place + 1])
        guard target < lowest else { throw .name }
        lowest = target
        place = target
        continue
      }
      guard length <= DNSName.labelLimit else { throw .name }
      if length == 0 { return DNSName(labels: labels) }
      size += length + 1
      guard size <= DNSName.limit else { throw .name }
      guard place + length < all.count else { throw .short }
      labels.append(Array(all[(place + 1)...(place + length)]))
      place += length + 1
    }
  }
}
