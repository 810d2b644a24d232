internal import Diagnosis
internal import LinuxSystem
internal import SystemPackage
public import Topology

/// The TCP sockets that listen in a namespace, as /proc/net/tcp and /proc/net/tcp6 list them (proc(5)).
public struct ListeningPorts: Hashable, Sendable {
  /// A socket that listens.
  public struct Socket: Hashable, Sendable {
    /// All zeros: every address.
    public var address: IPAddress
    /// The TCP port.
    public var port: UInt16
  }

  /// The sockets in state `TCP_LISTEN`, in the order of the text.
  public private(set) var sockets: [Socket] = []

  /// Reads the text of either file; lines that can't be read are passed over.
  ///
  /// Sockets that listen come first in the file, so that a text that was cut has lost none of them, unless there are
  /// thousands.
  public init(_ text: [UInt8]) {
    for line in text.split(separator: UInt8(ascii: "\n")) {
      let words = line.split(separator: UInt8(ascii: " "))
      // sl, local address, remote address, state; 0A is TCP_LISTEN.
      guard words.count > 3, words[3].elementsEqual("0A".utf8), let socket = Socket(words[1]) else { continue }
      sockets.append(socket)
    }
  }

  /// The ports on which a connection to that address would be taken, each once, ascending.
  ///
  /// A socket of IPv6 that listens on every address counts for IPv4, too: that it may be for IPv6 alone
  /// (`IPV6_V6ONLY`) is not told here.
  public func ports(for address: IPAddress) -> [UInt16] {
    let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
    let fitting = sockets.filter { socket in
      if socket.address == address { return true }
      if socket.address.bytes.allSatisfy({ $0 == 0 }) { return socket.address.isIPv6 || !address.isIPv6 }
      return !address.isIPv6 && socket.address.isIPv6 && socket.address.bytes == mapped + address.bytes
    }
    return Set(fitting.map(\.port)).sorted()
  }

  /// Reads both files inside the namespace.
  static func read(in namespace: NamespaceID, _ access: KernelAccess) throws(Unread) -> ListeningPorts {
    let texts = try access.visit(namespace) {
      ["tcp", "tcp6"].map { name in
        Result { () throws(Errno) in try SmallFile.read("/proc/thread-self/net/\(name)", limit: 1 << 20) }
      }
    }
    var all: [UInt8] = []
    var failure: Errno?
    for text in texts {
      switch text {
      case .success(let bytes): all += bytes
      case .failure(.noSuchFileOrDirectory): break  // a kernel without IPv6
      case .failure(let errno): failure = errno
      }
    }
    if all.isEmpty, let failure { throw Unread("/proc/net/tcp: \(failure)") }
    return ListeningPorts(all)
  }
}

extension ListeningPorts.Socket {
  /// Reads `0100007F:1F90`: 32-bit words in hexadecimal, each in the order of this machine, and a port.
  init?(_ text: ArraySlice<UInt8>) {
    let halves = text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard halves.count == 2, halves[0].count == 8 || halves[0].count == 32, halves[1].count == 4,
      let port = Self.number(halves[1]).map({ UInt16(truncatingIfNeeded: $0) })
    else { return nil }
    var bytes: [UInt8] = []
    for start in stride(from: halves[0].startIndex, to: halves[0].endIndex, by: 8) {
      guard let word = Self.number(halves[0][start..<(start + 8)]) else { return nil }
      let ordered = UInt32(bigEndian: word)
      for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(truncatingIfNeeded: ordered >> shift)) }
    }
    guard let address = IPAddress(bytes) else { return nil }
    self.init(address: address, port: port)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> UInt32? {
    // A sign would be taken for part of a number.
    guard let first = digits.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-") else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
