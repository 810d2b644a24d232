/// The bytes of a bbolt database, which Podman up to 4 keeps its state in: buckets of keys and values, the values bytes or
/// buckets again (go.etcd.io/bbolt: `page.go`, `bucket.go`, `db.go`).
///
/// Its pages are copied when they are written, and none that the newest meta page leads to is touched: who has read the file
/// without a change of its meta pages has read one state of it.
struct BoltFile {
  /// What a key leads to.
  enum Entry {
    case value(Range<Int>)
    case bucket(Bucket)
  }

  /// A bucket: a tree of pages, or one page that lies inside of its value.
  enum Bucket {
    case page(UInt64)
    case inline(Int)
  }

  /// Of a page, of an element of a branch or a leaf, of a bucket's head; bytes.
  private static let (pageHead, element, bucketHead) = (16, 16, 16)
  private static let (branch, leaf) = (UInt16(1), UInt16(2))
  /// Of an element of a leaf: its value is a bucket.
  private static let bucketFlag: UInt64 = 1
  /// No database has a deeper tree: each page of one has two children at least.
  private static let deepest = 32

  /// What may still be taken of it: a page can be part of any number of buckets, and a value of any number of keys.
  private final class Rest {
    var entries = ReadLimit.entries
    var bytes: Int
    init(bytes: Int) { self.bytes = bytes }
  }

  let bytes: [UInt8]
  private let rest: Rest
  private let pageSize: Int
  /// The bucket that has all others.
  let root: Bucket

  /// Takes the file's bytes; nil where they are no such database.
  init?(_ bytes: [UInt8]) {
    self.bytes = bytes
    rest = Rest(bytes: 2 * bytes.count)
    var newest: (transaction: UInt64, root: UInt64, pageSize: Int)?
    // The second meta page lies behind the first: as far as that says, or where a page has the usual size.
    var places = [0, 4096]
    if let size = Self.number(bytes, Self.pageHead + 8, 4).flatMap({ Int(exactly: $0) }) { places.append(size) }
    for place in places {
      let meta = place + Self.pageHead
      guard Self.number(bytes, meta, 4) == 0xED0C_DAED, Self.number(bytes, meta + 4, 4) == 2,
        let size = Self.number(bytes, meta + 8, 4), (512...65536).contains(size),
        let root = Self.number(bytes, meta + 16, 8), let transaction = Self.number(bytes, meta + 48, 8)
      else { continue }
      if newest.map({ $0.transaction < transaction }) ?? true { newest = (transaction, root, Int(size)) }
    }
    guard let newest else { return nil }
    pageSize = newest.pageSize
    root = .page(newest.root)
  }

  /// Whether another reading of the file's first two pages says that nothing was written meanwhile.
  func isUnchanged(_ metaPages: [UInt8]) -> Bool { bytes.starts(with: metaPages) }

  /// Bytes that hold both meta pages.
  var metaLength: Int { min(bytes.count, 2 * pageSize) }

  /// Everything in a bucket, in the order of the keys, `ReadLimit.records` entries at most.
  func entries(of bucket: Bucket) -> [(key: Range<Int>, entry: Entry)] {
    var found: [(key: Range<Int>, entry: Entry)] = []
    var visited = 0
    switch bucket {
    case .inline(let place): walk(place, 0, &visited, &found)
    case .page(let number): walk(place(of: number), 0, &visited, &found)
    }
    return found
  }

  /// The bytes of a value; nil where more of them were taken than the file has twice.
  func value(_ range: Range<Int>) -> ArraySlice<UInt8>? {
    rest.bytes -= range.count
    return rest.bytes >= 0 ? bytes[range] : nil
  }

  /// What a key of a bucket leads to; nil where there is none.
  func entry(_ key: String, of bucket: Bucket) -> Entry? {
    entries(of: bucket).first { bytes[$0.key].elementsEqual(key.utf8) }?.entry
  }

  /// The bucket under a key; nil where there is none.
  func bucket(_ key: String, of bucket: Bucket) -> Bucket? {
    if case .bucket(let found)? = entry(key, of: bucket) { found } else { nil }
  }

  private func place(of page: UInt64) -> Int? {
    guard page < UInt64(bytes.count / pageSize) else { return nil }
    return Int(page) * pageSize
  }

  private func walk(
    _ page: Int?, _ depth: Int, _ visited: inout Int, _ found: inout [(key: Range<Int>, entry: Entry)]
  ) {
    visited += 1
    guard let page, depth < Self.deepest, visited <= bytes.count / 512, let flags = Self.number(bytes, page + 8, 2),
      let count = Self.number(bytes, page + 10, 2)
    else { return }
    for index in 0..<Int(count) where found.count < ReadLimit.records && rest.entries > 0 {
      let element = page + Self.pageHead + index * Self.element
      if UInt16(flags) & Self.branch != 0 {
        guard let child = Self.number(bytes, element + 8, 8) else { return }
        walk(place(of: child), depth + 1, &visited, &found)
      } else if UInt16(flags) & Self.leaf != 0 {
        guard let entry = leafEntry(element) else { return }
        rest.entries -= 1
        found.append(entry)
      }
    }
  }

  private func leafEntry(_ element: Int) -> (key: Range<Int>, entry: Entry)? {
    guard let flags = Self.number(bytes, element, 4), let offset = Self.number(bytes, element + 4, 4),
      let keyLength = Self.number(bytes, element + 8, 4), keyLength <= ReadLimit.text,
      let length = Self.number(bytes, element + 12, 4)
    else { return nil }
    let key = element + Int(offset)
    let value = key + Int(keyLength)
    guard value + Int(length) <= bytes.count else { return nil }
    guard flags & Self.bucketFlag != 0 else { return (key..<value, .value(value..<value + Int(length))) }
    guard let root = Self.number(bytes, value, 8) else { return nil }
    return (key..<value, .bucket(root == 0 ? .inline(value + Self.bucketHead) : .page(root)))
  }

  /// A number in little-endian order, as it lies there on every machine that Podman is built for but s390x.
  private static func number(_ bytes: [UInt8], _ place: Int, _ length: Int) -> UInt64? {
    guard place >= 0, place <= bytes.count - length else { return nil }
    var value: UInt64 = 0
    for index in (0..<length).reversed() { value = value << 8 | UInt64(bytes[place + index]) }
    return value
  }
}
