internal import Topology

/// What a runtime is told of a container, `config.json` of its bundle (OCI Runtime Specification, `config.md`), as far as names
/// and network namespaces are concerned.
struct BundleSpecification: Decodable {
  private struct NamespaceEntry: Decodable {
    let type: String
    let path: String?
    init(from decoder: any Decoder) {
      let object = LenientObject(decoder)
      type = object.text("type") ?? ""
      path = object.text("path").flatMap { $0.isEmpty ? nil : $0 }
    }
  }

  /// Those of the annotations that say what the container is called.
  private struct Annotations {
    private static let keys: [AnyKey] = [
      "io.kubernetes.cri.image-name", "io.kubernetes.cri-o.ImageName", "nerdctl/image",
      "io.kubernetes.cri.container-name", "io.kubernetes.container.name", "io.kubernetes.cri.sandbox-name",
      "io.kubernetes.pod.name", "io.kubernetes.cri.container-type", "io.kubernetes.cri-o.ContainerType",
      "io.kubernetes.cri.sandbox-namespace", "io.kubernetes.pod.namespace", "nerdctl/name", "nerdctl/networks",
      "nerdctl/ports", "com.docker.compose.project", "com.docker.compose.service",
    ]
    private var texts: [String: String] = [:]

    init(_ object: LenientObject) {
      for key in Self.keys { texts[key.stringValue] = object.longText(key, limit: 64 << 10) }
    }

    /// The first of the keys that holds text, as long as a name may be.
    func text(_ keys: String...) -> String? {
      keys.lazy.compactMap { texts[$0] }.first.map { String($0.unicodeScalars.prefix(ReadLimit.text)) }
    }

    /// The whole text of a key.
    func whole(_ key: String) -> String? { texts[key] }
  }

  let hostname: String
  let controlGroup: String
  private let annotations: Annotations
  private let hasNetwork: Bool
  private let networkPath: String?

  init(from decoder: any Decoder) {
    let object = LenientObject(decoder)
    hostname = object.text("hostname") ?? ""
    annotations = Annotations(object.object("annotations"))
    let linux = object.object("linux")
    controlGroup = linux.text("cgroupsPath") ?? ""
    let network = linux.list("namespaces", of: NamespaceEntry.self).first { $0.type == "network" }
    hasNetwork = network != nil
    networkPath = network?.path
  }

  /// Whose network namespace it lives in: without an entry its runtime's, by a path of /proc another container's.
  var networkMode: ContainerRecord.NetworkMode {
    guard hasNetwork else { return .host }
    guard let networkPath else { return .none }
    return networkPath.hasPrefix("/proc/") ? .container("") : .network("")
  }

  /// Whether CRI-O made it, which has its folders where Podman has them.
  var isOfCRIO: Bool {
    annotations.text("io.kubernetes.cri-o.ContainerType") != nil && annotations.text("io.kubernetes.pod.name") != nil
  }

  /// The container, by what its annotations say: those of containerd's CRI (`pkg/cri/annotations/annotations.go`), of CRI-O
  /// (`pkg/annotations`) and of nerdctl (`pkg/labels/labels.go`, which it gives to the runtime, too). One that has none of them has
  /// its id for a name, as `ctr` has.
  func record(id: String, isCRIO: Bool = false) -> ContainerRecord {
    var record = ContainerRecord(id: id, networkMode: networkMode)
    // CRI-O hands on whatever a pod's author writes: of its own annotations it has the last word, of others it has none.
    record.image =
      isCRIO
      ? annotations.text("io.kubernetes.cri-o.ImageName") ?? ""
      : annotations.text("io.kubernetes.cri.image-name", "nerdctl/image") ?? ""
    if let pod = pod(isCRIO: isCRIO) {
      record.pod = pod
      let name = annotations.text(isCRIO ? "io.kubernetes.container.name" : "io.kubernetes.cri.container-name")
      record.names = [pod.isInfra ? pod.name : name ?? pod.name]
    } else if let name = annotations.text("nerdctl/name"), !name.isEmpty {
      record.names = [name]
    } else if id.count != 64 {
      record.names = [id]
    }
    record.composeProject = annotations.text("com.docker.compose.project")
    record.composeService = annotations.text("com.docker.compose.service")
    record.networks = inner("nerdctl/networks", as: LenientList<String>.self)?.elements.sorted() ?? []
    record.ports = PublishedPort.texts(
      inner("nerdctl/ports", as: LenientList<NerdctlPort>.self)?.elements.map(\.port) ?? [])
    if case .network("") = record.networkMode { record.networkMode = .network(record.networks.first ?? "") }
    return record
  }

  private func pod(isCRIO: Bool) -> Pod? {
    let keys =
      isCRIO
      ? (
        name: "io.kubernetes.pod.name", group: "io.kubernetes.pod.namespace", type: "io.kubernetes.cri-o.ContainerType"
      )
      : (
        name: "io.kubernetes.cri.sandbox-name", group: "io.kubernetes.cri.sandbox-namespace",
        type: "io.kubernetes.cri.container-type"
      )
    guard let name = annotations.text(keys.name), !name.isEmpty else { return nil }
    return Pod(name: name, group: annotations.text(keys.group), isInfra: annotations.text(keys.type) == "sandbox")
  }

  /// JSON that is an annotation's text.
  private func inner<Value: Decodable>(_ key: String, as type: Value.Type) -> Value? {
    annotations.whole(key).flatMap { decodeJSON(type, bytes: $0.utf8) }
  }
}

/// A published port as nerdctl's label has it (`github.com/containerd/go-cni`, `PortMapping`).
private struct NerdctlPort: Decodable {
  let port: PublishedPort

  private struct NotPublished: Error {}

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    func number(_ key: AnyKey) -> Int? { object.number(key).flatMap { UInt16(exactly: $0) }.map(Int.init) }
    guard let inside = number("ContainerPort"), let outside = number("HostPort"), outside > 0 else {
      throw NotPublished()
    }
    port = PublishedPort(
      address: object.text("HostIP") ?? "", inside: inside, outside: outside,
      transport: object.text("Protocol")?.lowercased() ?? "tcp")
  }
}
