internal import Questions
public import Topology

/// The addresses that hosts(5) gives to names, as glibc's service `files` understands them: lines that it leaves out are
/// left out here.
public struct HostsFile: Hashable, Sendable {
  /// A line.
  public struct Entry: Hashable, Sendable {
    /// The address in front.
    public var address: IPAddress
    /// The names, the canonical one first; any bytes.
    public var names: [[UInt8]]
  }

  /// The lines, in their order.
  public let entries: [Entry]

  /// Reads the bytes of the file; never fails.
  public init(_ bytes: [UInt8]) {
    entries = bytes.lines.compactMap { line in
      let words = line.prefix { $0 != 0x23 }.words
      guard words.count > 1, let address = IPAddress(String(decoding: words[0], as: UTF8.self)) else { return nil }
      return Entry(address: address, names: words.dropFirst().map(Array.init))
    }
  }

  /// What the file says of a name: each address once, and the canonical name of the first line that has it; nil where no
  /// line does. A dot at the name's end is part of it, and to musl case is.
  func find(
    _ name: [UInt8], _ families: ResolutionQuery.Families, _ libc: NameLookup.Libc = .glibc
  ) -> (addresses: [IPAddress], canonical: [UInt8])? {
    let wanted = name.lowercased
    func isMeant(_ other: [UInt8]) -> Bool { libc == .musl ? other == name : other.lowercased == wanted }
    var addresses: [IPAddress] = []
    var canonical: [UInt8]?
    for entry in entries where entry.names.contains(where: isMeant) {
      guard let address = Self.address(entry.address, families) else { continue }
      if !addresses.contains(address) { addresses.append(address) }
      canonical = canonical ?? entry.names[0]
    }
    return canonical.map { (addresses, $0) }
  }

  /// Who asks for IPv4 only gets ::1 as 127.0.0.1, and a mapped address as the one that it stands for.
  private static func address(_ address: IPAddress, _ families: ResolutionQuery.Families) -> IPAddress? {
    switch families {
    case .both: return address
    case .ipv6: return address.isIPv6 ? address : nil
    case .ipv4:
      if !address.isIPv6 { return address }
      if address.isLoopback { return IPAddress([127, 0, 0, 1]) }
      let bytes = address.bytes
      let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
      return bytes.starts(with: mapped) ? IPAddress(Array(bytes.suffix(4))) : nil
    }
  }
}
