/// What Podman writes down of a container when it is made (`ContainerConfig`, `libpod/container_config.go`).
struct LibpodContainer: Decodable {
  let id: String
  let name: String
  /// The pod's id.
  let pod: String?
  let image: String
  let composeProject: String?
  let composeService: String?
  let ports: [PublishedPort]
  /// Whether it gets a network namespace of its own, which an engine's networks are attached to.
  let hasOwnNamespace: Bool
  /// The container whose network namespace it shares.
  let sharesWith: String?
  /// The networks that it is attached to, with its aliases there, where they are not kept beside it.
  let networks: [String: [String]]
  private let specification: BundleSpecification?

  private struct MissingID: Error {}

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    guard let id = object.text("id"), !id.isEmpty else { throw MissingID() }
    self.id = id
    name = object.text("name") ?? ""
    pod = object.text("pod").flatMap { $0.isEmpty ? nil : $0 }
    image = object.text("rootfsImageName", "RawImageName") ?? ""
    let labels = object.object("labels")
    composeProject = labels.text("com.docker.compose.project", "io.podman.compose.project")
    composeService = labels.text("com.docker.compose.service", "io.podman.compose.service")
    ports = LibpodPort.published(object.list("newPortMappings", of: LibpodPort.self))
    hasOwnNamespace = object.flag("createNetNS")
    sharesWith = object.text("netNsCtr").flatMap { $0.isEmpty ? nil : $0 }
    let attachments = object.object("newNetworks")
    networks = Dictionary(
      attachments.keys.map { name in
        (name, attachments.decoded(AnyKey(stringValue: name), as: LibpodAttachment.self)?.aliases ?? [])
      }, uniquingKeysWith: { first, _ in first })
    specification = object.decoded("spec", as: BundleSpecification.self)
  }

  /// Whose network namespace it lives in; `networks` are those that it is attached to.
  func networkMode(_ networks: [String]) -> ContainerRecord.NetworkMode {
    if let sharesWith { return .container(sharesWith) }
    if hasOwnNamespace { return .network(networks.first ?? "") }
    return specification?.networkMode ?? .network("")
  }
}

/// A range of published ports (`PortMapping`, containers/common `libnetwork/types/network.go`).
private struct LibpodPort: Decodable {
  let address: String
  let inside: Int
  let outside: Int
  let count: Int
  let transports: [String]

  private struct NotPublished: Error {}

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    (inside, outside) = (object.number("container_port") ?? 0, object.number("host_port") ?? 0)
    // A file may hold any number.
    guard (1...65535).contains(inside), (1...65535).contains(outside) else { throw NotPublished() }
    count = min(max(1, object.number("range") ?? 1), 65536 - max(inside, outside))
    address = object.text("host_ip") ?? ""
    // SCTP and UDP may be listed with TCP.
    transports = (object.text("protocol") ?? "tcp").split(separator: ",").prefix(3).map(String.init)
  }

  /// Every port of those ranges, `ReadLimit.elements` at most: few bytes can name billions.
  static func published(_ ranges: [LibpodPort]) -> [PublishedPort] {
    let all = ranges.lazy.flatMap { range in
      range.transports.lazy.flatMap { transport in
        (0..<range.count).lazy.map { step in
          PublishedPort(
            address: range.address, inside: range.inside + step, outside: range.outside + step, transport: transport)
        }
      }
    }
    return Array(all.prefix(ReadLimit.elements))
  }
}

/// What Podman writes down of a container as it runs (`ContainerState`, `libpod/container.go`).
struct LibpodState: Decodable {
  /// As `podman ps` says it (`libpod/define/containerstate.go`).
  let state: String
  /// Its first process; nil while there is none.
  let pid: Int32?

  private static let words = [
    "unknown", "created", "initialized", "running", "stopped", "paused", "exited", "removing", "stopping",
  ]

  init(from decoder: any Decoder) {
    let object = LenientObject(decoder)
    let number = object.number("state") ?? 0
    state = Self.words.indices.contains(number) ? Self.words[number] : "unknown"
    pid = object.number("pid").flatMap { Int32(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil }
  }
}

/// What Podman writes down of a pod (`podState`, `libpod/pod.go`).
private struct LibpodPodState: Decodable {
  let infraContainer: String?
  init(from decoder: any Decoder) {
    infraContainer = LenientObject(decoder).text("infraContainerID", "InfraContainerID")
  }
}

/// What Podman writes down of an attachment (`PerNetworkOptions`, containers/common `libnetwork/types/network.go`).
private struct LibpodAttachment: Decodable {
  let aliases: [String]
  init(from decoder: any Decoder) { aliases = LenientObject(decoder).list("aliases", of: String.self) }
}

/// A pod's name, and the container that holds its namespaces.
struct LibpodPod: Hashable {
  var name: String
  var infraContainer: String?
}

/// Podman's own state as it lies in a database of bbolt (`libpod/boltdb_state_internal.go`): every container and pod.
struct LibpodDatabase {
  /// A container with what lies beside its configuration.
  struct Entry {
    var container: LibpodContainer
    var state: LibpodState?
    /// The networks that it is attached to, and what it is called there besides its name.
    var networks: [String: [String]] = [:]
  }

  private(set) var entries: [Entry] = []
  /// By the pod's id.
  private(set) var pods: [String: LibpodPod] = [:]

  /// Takes over what was read.
  init(entries: [Entry], pods: [String: LibpodPod]) {
    self.entries = entries
    self.pods = pods
  }

  /// Reads a database.
  init(_ file: BoltFile, _ cache: inout DecodedOnce<LibpodContainer>) {
    let containers = file.bucket("ctr", of: file.root).map { file.entries(of: $0) } ?? []
    for (_, entry) in containers {
      guard case .bucket(let bucket) = entry, let found = Self.entry(file, bucket, &cache) else { continue }
      entries.append(found)
    }
    let pods = file.bucket("pod", of: file.root).map { file.entries(of: $0) } ?? []
    for (key, entry) in pods {
      guard case .bucket(let bucket) = entry else { continue }
      var pod = LibpodPod(name: "")
      for (key, entry) in file.entries(of: bucket) {
        guard case .value(let range) = entry else { continue }
        switch String(decoding: file.bytes[key], as: UTF8.self) {
        case "config": pod.name = decodeJSON(Named.self, bytes: file.value(range) ?? [])?.name ?? ""
        case "state":
          pod.infraContainer = decodeJSON(LibpodPodState.self, bytes: file.value(range) ?? [])?.infraContainer
        default: break
        }
      }
      if !pod.name.isEmpty { self.pods[String(decoding: file.bytes[key], as: UTF8.self)] = pod }
    }
  }

  private struct Named: Decodable {
    let name: String
    init(from decoder: any Decoder) { name = LenientObject(decoder).text("name") ?? "" }
  }

  private static func entry(
    _ file: BoltFile, _ bucket: BoltFile.Bucket, _ cache: inout DecodedOnce<LibpodContainer>
  ) -> Entry? {
    var container: LibpodContainer?
    var state: LibpodState?
    var networks: [String: [String]] = [:]
    for (key, entry) in file.entries(of: bucket) {
      switch (String(decoding: file.bytes[key], as: UTF8.self), entry) {
      case ("config", .value(let range)):
        guard let bytes = file.value(range) else { return nil }
        container = cache.value(of: bytes) { decodeJSON(LibpodContainer.self, bytes: bytes) }
      case ("state", .value(let range)): state = decodeJSON(LibpodState.self, bytes: file.value(range) ?? [])
      case ("networks", .bucket(let inner)):
        for (key, entry) in file.entries(of: inner).prefix(ReadLimit.elements) {
          guard case .value(let range) = entry else { continue }
          networks[String(decoding: file.bytes[key.prefix(ReadLimit.text)], as: UTF8.self)] =
            decodeJSON(LibpodAttachment.self, bytes: file.value(range) ?? [])?.aliases ?? []
        }
      default: break
      }
    }
    return container.map { Entry(container: $0, state: state, networks: networks) }
  }
}
