internal import JSON

/// Reads JSON that lies in a file. Text that is not UTF-8 is repaired first; nil for what is no JSON.
func decodeJSON<Value: Decodable>(_ type: Value.Type, bytes: some Collection<UInt8>) -> Value? {
  var reader = JSONReader(bytes)
  // Whoever asks has another word for it, or none.
  return try? reader.read().decoded(as: type)
}

/// What was decoded last, by the bytes that it was decoded from: of a thousand records one has changed.
struct DecodedOnce<Value> {
  private var known: [Int: Value?] = [:]
  private var next: [Int: Value?] = [:]

  /// Makes an empty one.
  init() {}

  /// The value of those bytes, decoded if they are new.
  mutating func value(of bytes: some Collection<UInt8>, _ decode: () -> Value?) -> Value? {
    var hasher = Hasher()
    unsafe Array(bytes).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    let key = hasher.finalize()
    // What several places of one file name is decoded once.
    let value = next[key] ?? known[key] ?? decode()
    next[key] = value
    return value
  }

  /// Ends a reading: what it had no use for is forgotten.
  mutating func endReading() {
    known = next
    next = [:]
  }
}

/// The bytes of a text in base64 with padding (RFC 4648, section 4), as Go writes byte slices into JSON; nil for what is none.
func base64Decoded(_ text: String) -> [UInt8]? {
  let digits = Array(text.utf8)
  let padding = digits.reversed().prefix { $0 == UInt8(ascii: "=") }.count
  guard digits.count % 4 == 0, padding <= 2 else { return nil }
  var out: [UInt8] = []
  out.reserveCapacity(digits.count / 4 * 3)
  var (bits, count): (UInt32, Int) = (0, 0)
  for digit in digits.dropLast(padding) {
    let value: UInt8
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): value = digit - UInt8(ascii: "A")
    case UInt8(ascii: "a")...UInt8(ascii: "z"): value = digit - UInt8(ascii: "a") + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0") + 52
    case UInt8(ascii: "+"): value = 62
    case UInt8(ascii: "/"): value = 63
    default: return nil
    }
    bits = bits << 6 | UInt32(value)
    count += 6
    if count >= 8 {
      count -= 8
      out.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
    }
  }
  return out
}
