/// Checked, unaligned loads: netlink aligns to 4 bytes only, so 64-bit values are at odd places.
extension RawSpan {
  /// The byte at an offset; nil past the end.
  @inlinable
  public func u8(_ offset: Int = 0) -> UInt8? { load(offset) }
  /// A 16-bit value in host order; nil past the end.
  @inlinable
  public func u16(_ offset: Int = 0) -> UInt16? { load(offset) }
  /// A 32-bit value in host order; nil past the end.
  @inlinable
  public func u32(_ offset: Int = 0) -> UInt32? { load(offset) }
  /// A signed 32-bit value in host order; nil past the end.
  @inlinable
  public func i32(_ offset: Int = 0) -> Int32? { load(offset) }
  /// A 64-bit value in host order; nil past the end.
  @inlinable
  public func u64(_ offset: Int = 0) -> UInt64? { load(offset) }

  /// The bytes up to the first NUL, or all of them: the kernel ends strings with NUL, libraries don't always.
  public var string: [UInt8] {
    unsafe withUnsafeBytes { raw in
      unsafe Array(raw.prefix { $0 != 0 })
    }
  }

  /// All bytes.
  public var array: [UInt8] { unsafe withUnsafeBytes { raw in unsafe Array(raw) } }

  @inlinable
  func load<T: FixedWidthInteger & BitwiseCopyable>(_ offset: Int) -> T? {
    guard offset >= 0, offset <= byteCount, byteCount - offset >= MemoryLayout<T>.size else { return nil }
    return unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: T.self)
  }
}
