internal import FoundationEssentials

/// Reads JSON that lies in a file. Text that is not UTF-8 is repaired first; nil for what is no JSON.
func decodeJSON<Value: Decodable>(_ type: Value.Type, bytes: some Collection<UInt8>) -> Value? {
  // Whoever asks has another word for it, or none.
  try? JSONDecoder().decode(type, from: Data(String(decoding: bytes, as: UTF8.self).utf8))
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
