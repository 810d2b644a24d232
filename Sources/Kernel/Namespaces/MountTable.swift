/// The nsfs mounts of /proc/self/mountinfo (proc_pid_mountinfo(5)): `ip netns`, Docker and Podman keep namespaces so.
public struct MountTable: Sendable {
  /// A network namespace that is mounted somewhere.
  public struct Entry: Hashable, Sendable {
    /// The inode of the nsfs file, from the root field `net:[4026532466]`.
    public var inode: UInt64
    /// The mount point's bytes.
    public var path: [UInt8]
  }

  /// The mounts in the order of the text; each pair of inode and path stands once.
  public private(set) var entries: [Entry] = []

  /// Reads the text of mountinfo; lines that are not of nsfs, or not of a network namespace, are passed over.
  public init(mountinfo bytes: [UInt8]) {
    var seen: Set<Entry> = []
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      let fields = line.split(separator: UInt8(ascii: " "))
      guard fields.count > 6, let dash = fields.firstIndex(where: { $0.elementsEqual("-".utf8) }),
        dash + 1 < fields.count, fields[dash + 1].elementsEqual("nsfs".utf8),
        let inode = Self.inode(ofLink: fields[3])
      else { continue }
      let entry = Entry(inode: inode, path: Self.unescape(fields[4]))
      if seen.insert(entry).inserted { entries.append(entry) }
    }
  }

  /// The number in `net:[4026532466]`; nil for anything else.
  public static func inode(ofLink text: some Sequence<UInt8>) -> UInt64? {
    let bytes = Array(text)
    guard bytes.starts(with: "net:[".utf8), bytes.last == UInt8(ascii: "]") else { return nil }
    return UInt64(String(decoding: bytes.dropFirst(5).dropLast(), as: UTF8.self))
  }

  /// The kernel writes blanks, newlines and backslashes in a path as `\ooo`.
  private static func unescape(_ field: some Collection<UInt8>) -> [UInt8] {
    let bytes = Array(field)
    guard bytes.contains(UInt8(ascii: "\\")) else { return bytes }
    var out: [UInt8] = []
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "\\"), position + 3 < bytes.count,
        let value = UInt8(String(decoding: bytes[(position + 1)...(position + 3)], as: UTF8.self), radix: 8)
      {
        out.append(value)
        position += 4
      } else {
        out.append(bytes[position])
        position += 1
      }
    }
    return out
  }
}
