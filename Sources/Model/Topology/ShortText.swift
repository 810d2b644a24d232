extension String {
  /// A short text of ASCII characters, written in place: a thousand containers have several thousand addresses.
  ///
  /// `write` may append `capacity` bytes; far more is a programming error and stops the program.
  init(capacity: Int, _ write: (inout OutputSpan<UInt8>) -> Void) {
    self = unsafe String(unsafeUninitializedCapacity: capacity) { room in
      var text = unsafe OutputSpan(buffer: room, initializedCount: 0)
      write(&text)
      return unsafe text.finalize(for: room)
    }
  }
}

extension OutputSpan<UInt8> {
  /// Appends a hexadecimal digit of a value below 16.
  mutating func append(digit value: UInt8) { append(value < 10 ? 0x30 + value : 0x57 + value) }
}
