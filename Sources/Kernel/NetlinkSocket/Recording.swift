internal import Labels
public import Netlink

/// A file that rtmon(8) wrote: netlink messages one after another, with a timestamp before what follows it.
public struct Recording: Sendable {
  /// `NLMSG_TSTAMP`: the type that rtmon gives to its own timestamps (lib/libnetlink.h of iproute2).
  static let timestamp: UInt16 = 15

  /// Why a recording can't be read to its end.
  public struct Damage: Error, Sendable, CustomStringConvertible {
    /// Where in the file, in bytes.
    public var offset: Int
    /// What is wrong there, in words.
    public var reason: String
    /// Offset and reason in one line.
    public var description: String { Say.System.damage(at: offset, reason) }
  }

  private let bytes: [UInt8]

  /// Makes a recording of the bytes of a file.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Hands over every message with the time that stands before it, in microseconds since 1970 (nil before the first).
  ///
  /// Throws `Damage` at the first message whose length can't be; those before it have been handed over.
  public func forEach(_ body: (Int64?, MessageHeader, RawSpan) -> Void) throws(Damage) {
    var time: Int64?
    var offset = 0
    let span = unsafe bytes.span.bytes
    while offset < bytes.count {
      guard bytes.count - offset >= MessageHeader.size, let length = span.u32(offset), let type = span.u16(offset + 4),
        let flags = span.u16(offset + 6), let sequence = span.u32(offset + 8), let port = span.u32(offset + 12)
      else { throw Damage(offset: offset, reason: Say.System.tooFewForHeader(bytes.count - offset)) }
      guard length >= MessageHeader.size, Int(length) <= bytes.count - offset else {
        throw Damage(
          offset: offset,
          reason: Say.System.messageTooLong(Int(length), left: bytes.count - offset))
      }
      let payload = span.extracting((offset + MessageHeader.size)..<(offset + Int(length)))
      if type == Self.timestamp, length == 24 {
        time = Int64(payload.u32(0) ?? 0) * 1_000_000 + Int64(payload.u32(4) ?? 0)
      } else {
        body(
          time,
          MessageHeader(
            length: length, type: type, flags: MessageFlags(rawValue: flags), sequence: sequence, port: port), payload)
      }
      offset += (Int(length) + 3) & ~3
    }
  }
}
