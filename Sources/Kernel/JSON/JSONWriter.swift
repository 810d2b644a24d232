/// Writes JSON with the keys in the order in which they are given.
///
/// JSONEncoder takes a hundred milliseconds for a thousand containers, and loses the order. Half of such a report is
/// keys, and most of the rest is short numbers and names: the writer copies them into a buffer of its own, without an
/// array's checks.
///
/// A writer owns its buffer: nothing else writes into it, and the writer makes room before it puts a byte.
///
/// What takes any integer is inlinable: else every number that another room writes goes through its witness table.
@safe public struct JSONWriter: ~Copyable {
  private var room: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  private var needsComma = false

  /// Where full buffers go; nil: the buffer grows.
  private let sink: ((Span<UInt8>) -> Void)?

  /// Makes a writer with room for so many bytes. A writer that is full grows or, where it has a `sink`, hands the sink
  /// what it holds; `finish` hands over the rest.
  public init(reserving bytes: Int = 1024, sink: ((Span<UInt8>) -> Void)? = nil) {
    unsafe room = .allocate(capacity: max(64, bytes))
    self.sink = sink
  }

  deinit { unsafe room.deallocate() }

  /// The text so far, copied; what went to a sink is not in it.
  public var bytes: [UInt8] { unsafe Array(room[..<count]) }

  /// Hands the rest to the sink.
  public mutating func finish() {
    guard let sink else { return }
    let text = unsafe UnsafeBufferPointer(rebasing: room[..<count])
    sink(unsafe text.span)
    count = 0
  }

  /// Ends the line: the next element is the first of a text of its own.
  public mutating func endLine() {
    reserve(1)
    put(0x0A)
    needsComma = false
  }

  // MARK: Bytes

  /// Makes room for at least `more` bytes; only within it may be put.
  @inline(__always)
  private mutating func reserve(_ more: Int) {
    if unsafe count + more > room.count { grow(more) }
  }

  @inline(never)
  private mutating func grow(_ more: Int) {
    finish()
    if unsafe count + more <= room.count { return }
    let old = unsafe room
    unsafe room = .allocate(capacity: max(2 * old.count, count + more))
    _ = unsafe room.update(fromContentsOf: old[..<count])
    unsafe old.deallocate()
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    unsafe room[count] = byte
    count += 1
  }

  /// Begins an element: room for `more` bytes behind the comma that it may need.
  @inline(__always)
  private mutating func begin(_ more: Int) {
    reserve(more + 1)
    if needsComma { put(0x2C) }
  }

  private mutating func raw(_ text: StaticString) {
    let size = text.utf8CodeUnitCount
    begin(size)
    copy(text, size)
    needsComma = true
  }

  @inline(__always)
  private mutating func copy(_ text: StaticString, _ size: Int) {
    unsafe copy(UnsafeBufferPointer(start: text.utf8Start, count: size))
  }

  @inline(__always)
  private mutating func copy(_ text: UnsafeBufferPointer<UInt8>) {
    guard let to = unsafe room.baseAddress, let from = text.baseAddress else { return }
    unsafe (to + count).update(from: from, count: text.count)
    count += text.count
  }

  // MARK: Nesting

  /// `{ … }`.
  @inline(__always)
  public mutating func object(_ body: (inout JSONWriter) -> Void) {
    open(0x7B)
    body(&self)
    close(0x7D)
  }

  /// `[ … ]`.
  @inline(__always)
  public mutating func array(_ body: (inout JSONWriter) -> Void) {
    open(0x5B)
    body(&self)
    close(0x5D)
  }

  /// `"key": { … }`.
  @inline(__always)
  public mutating func object(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    object(body)
  }

  /// `"key": [ … ]`.
  @inline(__always)
  public mutating func array(_ key: StaticString, _ body: (inout JSONWriter) -> Void) {
    self.key(key)
    array(body)
  }

  private mutating func open(_ bracket: UInt8) {
    begin(1)
    put(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    reserve(1)
    put(bracket)
    needsComma = true
  }

  // MARK: Fields

  /// `"key": "text"`.
  public mutating func field(_ key: StaticString, _ text: String) {
    self.key(key)
    value(text)
  }

  /// `"key": 17`.
  @inlinable
  public mutating func field(_ key: StaticString, _ number: some BinaryInteger) {
    self.key(key)
    value(number)
  }

  /// `"key": 0.061`; a number that is not finite is written as null.
  public mutating func field(_ key: StaticString, _ number: Double) {
    self.key(key)
    guard number.isFinite else { return null() }
    let text = "\(number)"
    reserve(text.utf8.count)
    for byte in text.utf8 { put(byte) }
    needsComma = true
  }

  /// `"key": true`.
  public mutating func field(_ key: StaticString, _ flag: Bool) {
    self.key(key)
    value(flag)
  }

  /// `"key": ["a", "b"]`.
  public mutating func field(_ key: StaticString, _ texts: [String]) {
    array(key) { json in
      for text in texts { json.value(text) }
    }
  }

  /// `"key":`, copied as it stands in the program.
  @usableFromInline
  mutating func key(_ key: StaticString) {
    let size = key.utf8CodeUnitCount
    begin(size + 3)
    put(0x22)
    copy(key, size)
    put(0x22)
    put(0x3A)
    needsComma = false
  }

  /// `"key":`, to be followed by a value, an object or an array; for keys that come from somewhere.
  public mutating func key(_ key: String) {
    value(key)
    reserve(1)
    put(0x3A)
    needsComma = false
  }

  // MARK: Values

  /// A string as an element.
  public mutating func value(_ text: String) {
    let text = text.utf8Span.span
    begin(text.count + 2 + 8)
    put(0x22)
    let start = count
    unsafe text.withUnsafeBufferPointer { unsafe copy($0) }
    if !isPlain(from: start) {
      count = start
      escape(text)
    }
    // What was escaped has left room for this.
    put(0x22)
    needsComma = true
  }

  /// Whether no byte from `start` on is a control character, a quote or a backslash. It looks at eight bytes at a time,
  /// for nearly every name is plain. It needs room for eight bytes behind the last one, and fills them with a plain
  /// letter.
  ///
  /// A byte is less than n where its highest bit was clear and subtracting n sets it. The borrow can raise a false
  /// alarm in the byte above a true one, which does not matter.
  @inline(__always)
  private func isPlain(from start: Int) -> Bool {
    let ones: UInt64 = 0x0101_0101_0101_0101
    func less(_ word: UInt64, _ limit: UInt64) -> UInt64 { (word &- ones &* limit) & ~word }
    let raw = unsafe UnsafeMutableRawBufferPointer(room)
    unsafe raw.storeBytes(of: ones &* 0x61, toByteOffset: count, as: UInt64.self)
    var alarm: UInt64 = 0
    for offset in stride(from: start, to: count, by: 8) {
      let word = unsafe raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      alarm |= less(word, 0x20) | less(word ^ ones &* 0x22, 1) | less(word ^ ones &* 0x5C, 1)
      alarm |= less(word ^ ones &* 0x7F, 1)
    }
    return alarm & ones << 7 == 0
  }

  @inline(never)
  private mutating func escape(_ text: Span<UInt8>) {
    reserve(6 * text.count + 1)
    func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
    for position in text.indices {
      let byte = text[position]
      if byte == 0x22 || byte == 0x5C {
        put(0x5C)
        put(byte)
      } else if byte < 0x20 || byte == 0x7F {
        for byte in [0x5C, 0x75, 0x30, 0x30, digit(byte >> 4), digit(byte & 15)] { put(byte) }
      } else {
        put(byte)
      }
    }
  }

  /// A number as an element.
  @inlinable
  public mutating func value(_ number: some BinaryInteger) {
    write(isNegative: number < 0, UInt64(number.magnitude))
  }

  @usableFromInline
  mutating func write(isNegative: Bool, _ magnitude: UInt64) {
    begin(21)
    needsComma = true
    if isNegative { put(0x2D) }
    // Most counters are.
    if magnitude < 10 { return put(0x30 + UInt8(truncatingIfNeeded: magnitude)) }
    var digits = 1
    var rest = magnitude
    while rest > 9 {
      rest /= 10
      digits += 1
    }
    rest = magnitude
    for position in stride(from: count + digits - 1, through: count, by: -1) {
      unsafe room[position] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    }
    count += digits
  }

  /// A flag as an element.
  public mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

  /// `null` as an element.
  public mutating func null() { raw("null") }
}
