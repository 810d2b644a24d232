internal import JSON
internal import LinuxSystem
internal import Netlink
internal import RTNetlink
internal import Readings
public import Topology

/// Laboratories that a real kernel told of: `Tests/Vectors/laboratory-*.jsonl`, which `Tests/EmulatedKernels/laboratory` wrote.
public enum Recorded {
  /// Why a recording is none.
  public struct Damage: Error {
    /// What is wrong with it.
    public var reason: String
  }

  /// Children of veths, and tunnels, in eight namespaces of Linux 6.12.
  public static func laboratory(file: String = #filePath) throws -> Snapshot {
    let folder = file.split(separator: "/").dropLast(2).joined(separator: "/")
    return try snapshot(String(decoding: SmallFile.read("/\(folder)/Vectors/laboratory-6.12.jsonl"), as: UTF8.self))
  }

  private static func snapshot(_ text: String) throws -> Snapshot {
    var records: [(id: NamespaceID, name: String, links: [LinkRecord])] = []
    // The first line tells of the kernel.
    for (number, line) in text.split(separator: "\n").dropFirst().enumerated() {
      var reader = JSONReader(String(line))
      let value = try reader.read()
      guard let name = value["name"]?.string else { throw Damage(reason: "a line without a name") }
      let id = NamespaceID(serial: UInt32(number))
      var links = try messages(value["links"]).map { bytes in
        LinkRecord(try unsafe LinkMessage(bytes.span.bytes), in: id)
      }
      for bytes in try messages(value["addresses"]) {
        let message = try unsafe AddressMessage(bytes.span.bytes)
        guard let address = LinkRecord.address(message) else { continue }
        for place in links.indices where links[place].link.id.index == message.index {
          links[place].addresses.append(address)
        }
      }
      records.append((id, name, links))
    }
    var snapshot = Snapshot(
      hostname: "edge01", namespaces: records.map { namespace($0.id, $0.name, $0.links, records) })
    snapshot.revision = 1
    return snapshot
  }

  private static func namespace(
    _ id: NamespaceID, _ name: String, _ links: [LinkRecord],
    _ records: [(id: NamespaceID, name: String, links: [LinkRecord])]
  ) -> Namespace {
    var namespace = Namespace(id: id, kind: id == .host ? .host : .named, name: name)
    namespace.links = links.map { record in
      var link = record.link
      link.addresses = record.addresses.sorted { !$0.local.isIPv6 && $1.local.isIPv6 }
      let below = lower(of: record, in: id, records)
      if link.isPair { link.peer = below.map { .link($0) } } else { link.lower = below }
      return link
    }
    return namespace
  }

  /// The link below one, or its other end. The host asked for all of them, so that the nsids are those of its table: the
  /// number of the namespace's line, and one that has no line is the host's own.
  private static func lower(
    of record: LinkRecord, in id: NamespaceID, _ records: [(id: NamespaceID, name: String, links: [LinkRecord])]
  ) -> LinkRef? {
    guard let index = record.lowerIndex, index > 0 else { return nil }
    let space = record.lowerNSID.map { nsid in
      (0..<Int32(records.count - 1)).contains(nsid) ? NamespaceID(serial: UInt32(nsid) + 1) : .host
    }
    return LinkRef(space ?? id, UInt32(index))
  }

  private static func messages(_ value: JSONValue?) throws -> [[UInt8]] {
    guard let list = value?.list else { throw Damage(reason: "no list of messages") }
    return try list.map { element in
      let digits = Array((element.string ?? "").utf8)
      return try stride(from: 0, to: digits.count - 1, by: 2).map { place in
        guard let byte = UInt8(String(decoding: digits[place..<(place + 2)], as: UTF8.self), radix: 16) else {
          throw Damage(reason: "no hexadecimal digits")
        }
        return byte
      }
    }
  }
}
