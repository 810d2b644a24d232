public import Topology

/// What resolv.conf(5) says, as glibc understands it; keywords begin their line, and what is not understood is left out.
public struct ResolverConfiguration: Hashable, Sendable {
  /// A name server.
  public struct Server: Hashable, Sendable {
    /// Its address.
    public var address: IPAddress
    /// The interface behind a `%`, by its name or number, of a link-local IPv6 address.
    public var zone: String?

    /// Makes a server.
    public init(address: IPAddress, zone: String? = nil) {
      self.address = address
      self.zone = zone
    }
  }

  /// The servers that are asked, in their order: at most three (`MAXNS`). Empty where the file names none: then 127.0.0.1
  /// is asked.
  public private(set) var servers: [Server] = []
  /// Servers that the file names behind those, and that nobody asks.
  public private(set) var ignoredServers: [Server] = []
  /// The domains of the last `search` or `domain`; nil: the file has neither, and the host's own domain is searched.
  public private(set) var search: [[UInt8]]?
  /// How many dots a name has to have to be tried as it is first.
  public private(set) var ndots = 1
  /// Seconds that an answer is waited for at first.
  public private(set) var timeout = 5
  /// How often the servers are gone through.
  public private(set) var attempts = 2
  /// Whether another server comes first each time. Not obeyed here: what is asked twice is asked in the same way.
  public private(set) var rotates = false
  /// Whether TCP is used from the start.
  public private(set) var usesTCP = false
  /// Whether queries say how large an answer may be (EDNS0, RFC 6891).
  public private(set) var usesEDNS = false
  /// Whether a name without a dot is never tried as it is.
  public private(set) var sparesTopLevel = false

  /// glibc's limits (resolv.h), and one of our own.
  private enum Limit {
    /// `MAXNS`.
    static let servers = 3
    /// `RES_MAXNDOTS`.
    static let ndots = 15
    /// `RES_MAXRETRANS`: seconds.
    static let timeout = 30
    /// `RES_MAXRETRY`.
    static let attempts = 5
    /// More domains than this are not looked at: each is a query.
    static let domains = 64
  }

  /// Reads the bytes of the file; never fails.
  public init(_ bytes: [UInt8]) {
    for line in bytes.lines {
      guard let first = line.first, first != 0x23, first != 0x3B else { continue }
      let words = line.split { $0 == 0x20 || $0 == 0x09 }
      // A keyword behind white space is none.
      guard first != 0x20, first != 0x09, words.count > 1 else { continue }
      let arguments = words.dropFirst()
      switch String(decoding: words[0], as: UTF8.self) {
      case "nameserver": add(words[1])
      case "domain": search = [Array(words[1])]
      case "search": search = arguments.prefix(Limit.domains).map(Array.init)
      case "options": for option in arguments { set(String(decoding: option, as: UTF8.self)) }
      default: break
      }
    }
  }

  private mutating func add(_ word: ArraySlice<UInt8>) {
    let text = String(decoding: word, as: UTF8.self)
    let server: Server
    if let address = IPAddress(lenient: text) {
      server = Server(address: address)
    } else {
      let parts = text.split(separator: "%", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts[0].contains(":"), let address = IPAddress(parts[0]) else { return }
      server = Server(address: address, zone: parts.count > 1 ? SafeText.clean(String(parts[1])) : nil)
    }
    if servers.count < Limit.servers { servers.append(server) } else { ignoredServers.append(server) }
  }

  private mutating func set(_ option: String) {
    func number(_ limit: Int) -> Int? {
      guard let colon = option.firstIndex(of: ":") else { return nil }
      // atoi(3): as many digits as there are.
      let digits = option[option.index(after: colon)...].utf8.prefix { (0x30...0x39).contains($0) }
      return min(limit, Int(String(decoding: digits, as: UTF8.self)) ?? (digits.isEmpty ? 0 : limit))
    }
    switch option.prefix(while: { $0 != ":" }) {
    case "ndots": ndots = number(Limit.ndots) ?? ndots
    case "timeout": timeout = number(Limit.timeout) ?? timeout
    case "attempts": attempts = number(Limit.attempts) ?? attempts
    case "rotate": rotates = true
    case "use-vc": usesTCP = true
    case "edns0": usesEDNS = true
    case "no-tld-query": sparesTopLevel = true
    default: break
    }
  }
}

extension IPAddress {
  /// Reads an IPv4 address as inet_aton(3) does: one to four numbers, each decimal, octal (`017`) or hexadecimal (`0xF`),
  /// of which the last fills what is left; nil for anything else.
  fileprivate init?(lenient text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return nil }
    var value: UInt64 = 0
    for (position, part) in parts.enumerated() {
      guard let number = Self.number(part) else { return nil }
      let isLast = position == parts.count - 1
      let bits = isLast ? 8 * (4 - position) : 8
      guard number < 1 << UInt64(bits) else { return nil }
      value = value << UInt64(bits) | number
    }
    self.init((0..<4).map { UInt8(truncatingIfNeeded: value >> UInt64(24 - $0 * 8)) })
  }

  private static func number(_ part: Substring) -> UInt64? {
    guard let first = part.utf8.first, (0x30...0x39).contains(first) else { return nil }
    if part.hasPrefix("0x") || part.hasPrefix("0X") { return hexadecimal(part.dropFirst(2)) }
    return part.hasPrefix("0") ? UInt64(part, radix: 8) : UInt64(part)
  }

  /// A sign is no digit, though Swift takes one.
  private static func hexadecimal(_ digits: Substring) -> UInt64? {
    digits.allSatisfy(\.isHexDigit) ? UInt64(digits, radix: 16) : nil
  }
}
