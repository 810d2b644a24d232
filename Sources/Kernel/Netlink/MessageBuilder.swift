/// Builds one netlink message, padding and lengths included.
public struct MessageBuilder: Sendable {
  /// The message so far; the length in its header is always right.
  public private(set) var bytes: [UInt8]
  /// The flags of its header.
  public let flags: MessageFlags

  /// Starts a message; sequence and port are set by the socket that sends it.
  public init(type: UInt16, flags: MessageFlags) {
    self.flags = flags
    bytes = []
    // Most requests are so short.
    bytes.reserveCapacity(64)
    for _ in 0..<MessageHeader.size { bytes.append(0) }
    set(type, at: 4)
    set(flags.rawValue, at: 6)
    finish()
  }

  /// Appends the fields of a fixed header in host order.
  @inlinable
  public mutating func fixed<each Field: FixedWidthInteger>(_ fields: repeat each Field) {
    repeat append(each fields)
    finish()
  }

  /// Appends an attribute of any bytes.
  public mutating func attribute(_ type: UInt16, _ payload: [UInt8]) {
    append(UInt16(truncatingIfNeeded: payload.count + 4))
    append(type)
    bytes += payload
    finish()
  }

  /// Appends an attribute of one integer in host order.
  @inlinable
  public mutating func attribute<T: FixedWidthInteger>(_ type: UInt16, _ value: T) {
    append(UInt16(MemoryLayout<T>.size + 4))
    append(type)
    append(value)
    finish()
  }

  /// Appends a string with its NUL.
  public mutating func attribute(_ type: UInt16, string: String) {
    attribute(type, Array(string.utf8) + [0])
  }

  /// Appends an attribute that holds what `body` appends.
  public mutating func nested(_ type: UInt16, _ body: (inout MessageBuilder) -> Void) {
    let start = bytes.count
    append(UInt16(0))
    append(type)
    body(&self)
    finish()
    set(UInt16(truncatingIfNeeded: bytes.count - start), at: start)
  }

  /// Sets what ties the answers to this request.
  public mutating func address(sequence: UInt32, port: UInt32) {
    set(sequence, at: 8)
    set(port, at: 12)
  }

  @usableFromInline
  mutating func finish() {
    while bytes.count % 4 != 0 { bytes.append(0) }
    set(UInt32(bytes.count), at: 0)
  }

  /// The bytes of a value in host order.
  @inlinable
  mutating func append<T: FixedWidthInteger>(_ value: T) {
    unsafe withUnsafeBytes(of: value) { unsafe append($0) }
  }

  @usableFromInline
  mutating func append(_ raw: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: raw) }

  private mutating func set<T: FixedWidthInteger>(_ value: T, at offset: Int) {
    unsafe withUnsafeBytes(of: value) { new in
      for position in 0..<MemoryLayout<T>.size { bytes[offset + position] = unsafe new[position] }
    }
  }
}
