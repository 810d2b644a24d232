/// An element of `containers.json`, which containers/storage keeps for Podman and CRI-O (`store.go`, `containers.go`).
struct StorageRecord: Decodable {
  let id: String
  let name: String
  let image: String

  private struct MissingID: Error {}

  /// What the engine has the storage keep for it, JSON as text (`storage/runtime.go` of both).
  private struct Metadata: Decodable {
    let image: String?
    init(from decoder: any Decoder) { image = LenientObject(decoder).text("image-name") }
  }

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    guard let id = object.text("id"), Self.isPlain(id) else { throw MissingID() }
    self.id = id
    name = object.list("names", of: String.self).first.map { String($0.unicodeScalars.prefix(ReadLimit.text)) } ?? ""
    image =
      object.longText("metadata", limit: 64 << 10).flatMap { decodeJSON(Metadata.self, bytes: $0.utf8) }?.image ?? ""
  }

  /// Whether a text may be part of a path.
  static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 255 && !text.hasPrefix(".")
      && !text.utf8.contains { $0 == UInt8(ascii: "/") || $0 == 0 }
  }
}

extension BundleSpecification {
  /// The id of the pod of Podman's that the path of the control group names (`libpod_parent/POD/libpod-ID`,
  /// `machine-libpod_pod_POD.slice:libpod:ID`); nil where it names none.
  var podmanPod: String? {
    let digits = controlGroup.split { !$0.isHexDigit }.filter { $0.utf8.count == 64 }
    guard digits.count == 2 || controlGroup.contains("libpod_pod_") else { return nil }
    return digits.first.map(String.init)
  }
}
