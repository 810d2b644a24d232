/// Bytes as text (RFC 4648, 4).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".unicodeScalars)

  static func text(_ bytes: [UInt8]) -> String {
    var encoded = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let value = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for position in 0..<4 {
        if position <= group.count {
          encoded.unicodeScalars.append(alphabet[value >> (18 - 6 * position) & 63])
        } else {
          encoded.append("=")
        }
      }
    }
    return encoded
  }
}
