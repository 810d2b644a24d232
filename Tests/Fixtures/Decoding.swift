internal import NFNetlink
internal import Netlink
internal import NetlinkSocket
internal import RTNetlink
internal import Readings
internal import Reports

/// Everything that bytes from outside go through, at once: for fuzzing.
public enum Decoding {
  /// Takes the bytes as a datagram and as a recording, through codec, ledger and report.
  ///
  /// Nothing is returned: what matters is that it comes back, and reads nothing outside `bytes`.
  public static func run(_ bytes: [UInt8]) {
    let datagram = unsafe bytes.span.bytes
    try? forEachMessage(in: datagram) { header, payload in
      _ = decodeError(header, payload, operation: "fuzz")
      _ = try? StatsMessage(payload)
      _ = try? NamespaceIDMessage(payload)
      _ = try? LinkMessage(payload)
    }
    _ = try? TraceEvent(bytes: Array(bytes.dropFirst(16)))
    var ledger = EventLedger()
    try? Recording(bytes).forEach { time, header, payload in
      guard let event = ledger.replay(header, payload, at: time) else { return }
      let report = EventReport(event, at: nil)
      _ = report.json
      _ = report.text()
    }
  }

  /// The messages of a recording, one by one, as bytes.
  public static func messages(_ recording: [UInt8]) -> [[UInt8]] {
    var messages: [[UInt8]] = []
    var offset = 0
    while offset + 16 <= recording.count {
      let length = Int(recording[offset]) | Int(recording[offset + 1]) << 8 | Int(recording[offset + 2]) << 16
      guard length >= 16, offset + length <= recording.count else { break }
      messages.append(Array(recording[offset..<(offset + length)]))
      offset += (length + 3) & ~3
    }
    return messages
  }

  /// A message with a few bytes, lengths or types changed, cut or doubled.
  public static func mutated(_ message: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = message
    for _ in 0..<Int.random(in: 1...4, using: &random) where bytes.count > 20 {
      let place = Int.random(in: 16..<bytes.count, using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes[place] = [0, 1, 3, 4, 5, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
      case 2: bytes[place & ~3] = UInt8.random(in: 0...40, using: &random)  // mostly an attribute's length
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.insert(contentsOf: bytes[(place & ~3)...].prefix(64), at: place & ~3)
      default: bytes[4] = UInt8.random(in: 14...100, using: &random)  // another type of message
      }
    }
    // The message's own length is right, so that the mutation reaches what lies within.
    if Int.random(in: 0..<8, using: &random) > 0, bytes.count >= 4 {
      for shift in 0..<4 { bytes[shift] = UInt8(truncatingIfNeeded: bytes.count >> (shift * 8)) }
    }
    return bytes
  }
}
