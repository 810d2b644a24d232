/// The bytes of an SQLite database, which Podman from 5 on keeps its state in, as far as the rows of its tables are concerned (sqlite.org,
/// "Database File Format"). It is changed in place: who has read it without a change of its counter has read one state of it.
struct SQLiteFile {
  /// A column's value: text as its bytes, whole numbers; others are not looked at.
  enum Value: Hashable {
    case text([UInt8])
    case number(Int64)
    case other

    /// The text; nil for anything else.
    var string: String? { if case .text(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil } }
  }

  /// Of the file's head, of a leaf's, of a branch's; bytes.
  private static let (fileHead, leafHead, branchHead) = (100, 8, 12)
  /// Pages of a table's tree (`b-tree page types`).
  private static let (branch, leaf) = (UInt64(5), UInt64(13))
  private static let deepest = 32

  private let bytes: [UInt8]
  private let pageSize: Int
  /// Bytes of a page without those that are kept for extensions.
  private let usable: Int

  /// Takes the file's bytes; nil where they are no such database, or one with text in UTF-16.
  init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: "SQLite format 3\0".utf8), bytes.count >= 512, let size = Self.number(bytes, 16, 2),
      let encoding = Self.number(bytes, 56, 4), encoding <= 1
    else { return nil }
    pageSize = size == 1 ? 65536 : Int(size)
    usable = pageSize - Int(bytes[20])
    guard (512...65536).contains(pageSize), usable >= 480 else { return nil }
    self.bytes = bytes
  }

  /// Bytes that hold the counter of changes.
  static let headLength = fileHead

  /// Whether another reading of the file's head says that nothing was written meanwhile.
  func isUnchanged(_ head: [UInt8]) -> Bool { bytes.starts(with: head) }

  /// The rows of a table, `ReadLimit.records` of them at most; none where there is no such table.
  func rows(of table: String) -> [[Value]] {
    let schema = read(1)
    guard let row = schema.first(where: { $0.count >= 4 && $0[0].string == "table" && $0[1].string == table }),
      case .number(let root) = row[3]
    else { return [] }
    return read(UInt64(clamping: root))
  }

  private func read(_ root: UInt64) -> [[Value]] {
    var rows: [[Value]] = []
    // A page can be part of any number of others, and a row's end of any number of rows.
    var rest = (pages: bytes.count / 512, bytes: 2 * bytes.count)
    walk(root, 0, &rest, &rows)
    return rows
  }

  private func walk(_ page: UInt64, _ depth: Int, _ rest: inout (pages: Int, bytes: Int), _ rows: inout [[Value]]) {
    rest.pages -= 1
    guard depth < Self.deepest, rest.pages >= 0, page > 0, page <= UInt64(bytes.count / pageSize) else { return }
    let base = Int(page - 1) * pageSize
    let head = base + (page == 1 ? Self.fileHead : 0)
    guard let kind = Self.number(bytes, head, 1), let count = Self.number(bytes, head + 3, 2) else { return }
    let cells = head + (kind == Self.branch ? Self.branchHead : Self.leafHead)
    for index in 0..<Int(count) where rows.count < ReadLimit.records {
      guard let offset = Self.number(bytes, cells + 2 * index, 2) else { return }
      if kind == Self.branch {
        guard let child = Self.number(bytes, base + Int(offset), 4) else { return }
        walk(child, depth + 1, &rest, &rows)
      } else if kind == Self.leaf {
        guard let payload = payload(base + Int(offset), &rest) else { return }
        rows.append(Self.values(payload))
      }
    }
    if kind == Self.branch, let last = Self.number(bytes, head + 8, 4) { walk(last, depth + 1, &rest, &rows) }
  }

  /// A row's bytes: what does not fit into its page is on a chain of others.
  private func payload(_ cell: Int, _ rest: inout (pages: Int, bytes: Int)) -> [UInt8]? {
    var place = cell
    guard let size = Self.varint(bytes, &place), Self.varint(bytes, &place) != nil, size <= UInt64(ReadLimit.recordFile)
    else { return nil }
    let length = Int(size)
    rest.bytes -= length
    guard rest.bytes >= 0 else { return nil }
    let most = usable - 35
    let least = (usable - 12) * 32 / 255 - 23
    let kept = least + (length - least) % (usable - 4)
    let local = length <= most ? length : kept <= most ? kept : least
    guard local >= 0, place + local <= bytes.count else { return nil }
    var payload = Array(bytes[place..<place + local])
    var next = length > local ? Self.number(bytes, place + local, 4) : nil
    while let page = next, payload.count < length {
      guard page > 0, page <= UInt64(bytes.count / pageSize) else { return nil }
      let base = Int(page - 1) * pageSize
      payload += bytes[base + 4..<base + 4 + min(usable - 4, length - payload.count)]
      next = Self.number(bytes, base, 4)
    }
    return payload.count == length ? payload : nil
  }

  /// The columns of a row ("Record Format").
  private static func values(_ payload: [UInt8]) -> [Value] {
    var place = 0
    guard let head = varint(payload, &place), head <= UInt64(payload.count) else { return [] }
    var body = Int(head)
    var values: [Value] = []
    while place < Int(head), values.count < ReadLimit.elements, let type = varint(payload, &place) {
      let length = type >= 12 ? Int(clamping: (type - 12) / 2) : [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][Int(type)]
      guard length <= payload.count - body else { break }
      if type >= 13, type % 2 == 1 {
        values.append(.text(Array(payload[body..<body + length])))
      } else if type >= 1, type <= 6, let number = number(payload, body, length) {
        // Of two's complement, as long as it is: those that are looked at are small and not negative.
        values.append(.number(Int64(truncatingIfNeeded: number)))
      } else {
        values.append(type == 8 ? .number(0) : type == 9 ? .number(1) : .other)
      }
      body += length
    }
    return values
  }

  /// A number of one to nine bytes, the highest seven bits first.
  private static func varint(_ bytes: [UInt8], _ place: inout Int) -> UInt64? {
    var value: UInt64 = 0
    for index in 0..<9 {
      guard bytes.indices.contains(place) else { return nil }
      let byte = bytes[place]
      place += 1
      if index == 8 { return value << 8 | UInt64(byte) }
      value = value << 7 | UInt64(byte & 0x7F)
      if byte < 0x80 { return value }
    }
    return value
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ length: Int) -> UInt64? {
    guard place >= 0, place <= bytes.count - length else { return nil }
    return bytes[place..<place + length].reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension LibpodDatabase {
  /// Reads a database of SQLite (`libpod/sqlite_state_internal.go`): a table each for what a container is made of and how it is, and
  /// for pods.
  init(_ file: SQLiteFile, _ cache: inout DecodedOnce<LibpodContainer>) {
    var states: [String: LibpodState] = [:]
    for row in file.rows(of: "ContainerState") where row.count >= 4 {
      guard let id = row[0].string, case .text(let json) = row[3] else { continue }
      states[id] = decodeJSON(LibpodState.self, bytes: json)
    }
    var entries: [Entry] = []
    for row in file.rows(of: "ContainerConfig") where row.count >= 4 {
      guard case .text(let json) = row[3],
        let container = cache.value(of: json, { decodeJSON(LibpodContainer.self, bytes: json) })
      else { continue }
      entries.append(Entry(container: container, state: states[container.id], networks: container.networks))
    }
    var pods: [String: LibpodPod] = [:]
    for row in file.rows(of: "PodConfig") where row.count >= 2 {
      if let id = row[0].string, let name = row[1].string, !name.isEmpty { pods[id] = LibpodPod(name: name) }
    }
    for row in file.rows(of: "PodState") where row.count >= 2 {
      if let id = row[0].string { pods[id]?.infraContainer = row[1].string }
    }
    self.init(entries: entries, pods: pods)
  }
}
