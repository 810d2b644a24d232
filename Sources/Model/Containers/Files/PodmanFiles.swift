internal import Labels
internal import Topology

/// Podman's own files, and CRI-O's beside them: those of root's, or of one user's.
final class PodmanFiles {
  /// A folder below another one.
  struct Place {
    let folder: TrustedFolder
    let prefix: String

    /// The path of something in it, for `folder`.
    func path(_ place: String) -> String { prefix.isEmpty ? place : prefix + "/" + place }
    func read(_ place: String, limit: Int) -> [UInt8]? { folder.read(path(place), limit: limit) }
    func names(in place: String) -> [String] { folder.names(in: path(place)) }
  }

  /// What is read of one storage.
  struct Reading {
    var podman: [ContainerRecord] = []
    var crio: [ContainerRecord] = []
    var networks: [NetworkRecord] = []
  }

  private let graph: Place
  /// Where they have what lasts until the machine is restarted; nil: it is not to be found.
  private let run: Place?
  private let networks: [Place]
  private let witness: ProcessWitness

  /// Makes a reader of `storage.conf`'s graphroot and runroot, and of the folders with networks.
  init(graph: Place, run: Place?, networks: [Place], witness: ProcessWitness) {
    self.graph = graph
    self.run = run
    self.networks = networks
    self.witness = witness
  }

  /// What could not be read.
  var failure: String? { graph.folder.failure ?? run?.folder.failure ?? networks.compactMap(\.folder.failure).first }

  /// Reads everything once.
  func read(_ caches: inout FileCaches) -> Reading {
    var reading = Reading()
    var known: Set<String> = []
    if let database = database(&caches) {
      for entry in database.entries {
        known.insert(entry.container.id)
        reading.podman.append(record(entry, database.pods))
      }
    }
    // Those of containers/storage (`drivers/`): a user may have folders of any name.
    let drivers = ["overlay", "vfs", "btrfs", "zfs", "aufs", "devicemapper"].map { $0 + "-containers" }
    for driver in drivers {
      guard let bytes = graph.read(driver + "/containers.json", limit: ReadLimit.stateFile) else { continue }
      let records = decodeJSON(LenientList<StorageRecord>.self, bytes: bytes)
      if records == nil { graph.folder.note(graph.path(driver + "/containers.json"), Say.EnginesFiles.noContainers) }
      let new = (records?.elements ?? []).filter { known.insert($0.id).inserted }
      add(Array(new.prefix(max(0, ReadLimit.records - known.count + new.count))), driver, to: &reading, &caches)
    }
    let backend = graph.read("defaultNetworkBackend", limit: 64).map { String(decoding: $0, as: UTF8.self) }
    reading.networks = readNetworks(isNetavark: backend?.hasPrefix("netavark") == true)
    return reading
  }

  // MARK: With its database

  private func database(_ caches: inout FileCaches) -> LibpodDatabase? {
    // Podman from 5 on has the second.
    database(
      "libpod/bolt_state.db", { BoltFile($0) }, beginning: \.metaLength, { $0.isUnchanged($1) },
      { LibpodDatabase($0, &caches.libpod) })
      ?? database(
        "db.sql", { SQLiteFile($0) }, beginning: { _ in SQLiteFile.headLength }, { $0.isUnchanged($1) },
        { LibpodDatabase($0, &caches.libpod) })
  }

  /// Reads a database that somebody may write meanwhile: a commit takes a few milliseconds, and what is in the middle of one is
  /// read again.
  private func database<File>(
    _ place: String, _ open: ([UInt8]) -> File?, beginning: (File) -> Int, _ isUnchanged: (File, [UInt8]) -> Bool,
    _ decode: (File) -> LibpodDatabase
  ) -> LibpodDatabase? {
    for _ in 0..<3 {
      guard let bytes = graph.read(place, limit: ReadLimit.stateFile) else { return nil }
      guard let file = open(bytes) else {
        graph.folder.note(graph.path(place), Say.EnginesFiles.noDatabase)
        return nil
      }
      guard let again = graph.folder.beginning(of: graph.path(place), length: beginning(file)), isUnchanged(file, again)
      else { continue }
      return decode(file)
    }
    return nil
  }

  private func record(_ entry: LibpodDatabase.Entry, _ pods: [String: LibpodPod]) -> ContainerRecord {
    let container = entry.container
    let networks = entry.networks.keys.sorted()
    var record = ContainerRecord(
      id: container.id, names: container.name.isEmpty ? [] : [container.name], image: container.image,
      composeProject: container.composeProject, composeService: container.composeService,
      networkMode: container.networkMode(networks), networks: networks)
    record.aliases = entry.networks
    if let id = container.pod, let pod = pods[id] {
      record.pod = Pod(name: pod.name, isInfra: pod.infraContainer == container.id)
    }
    // A pod's ports are those of the container that holds its namespaces.
    if container.sharesWith == nil { record.ports = PublishedPort.texts(container.ports) }
    record.process = entry.state?.pid.flatMap { witness.process($0, of: container.id) }
    record.state = entry.state?.state ?? "created"
    // What it says of before the machine was restarted, or of another /proc.
    if record.state == "running" || record.state == "paused", record.process == nil { record.state = "exited" }
    return record
  }

  // MARK: Without one

  private func add(_ records: [StorageRecord], _ driver: String, to reading: inout Reading, _ caches: inout FileCaches)
  {
    var found: [(record: ContainerRecord, pod: String?, hostname: String)] = []
    for stored in records {
      let place = "\(driver)/\(stored.id)/userdata/config.json"
      guard let bytes = run?.read(place, limit: ReadLimit.recordFile) ?? graph.read(place, limit: ReadLimit.recordFile),
        let bundle = caches.bundles.value(of: bytes, { decodeJSON(BundleSpecification.self, bytes: bytes) })
      else { continue }
      var record = bundle.record(id: stored.id, isCRIO: bundle.isOfCRIO)
      if record.image.isEmpty { record.image = stored.image }
      let pid = run?.read("\(driver)/\(stored.id)/userdata/pidfile", limit: 32).flatMap(Self.number)
      record.process = pid.flatMap { witness.process($0, of: stored.id) }
      record.state = record.process == nil ? "exited" : "running"
      if bundle.isOfCRIO {
        reading.crio.append(record)
      } else {
        if !stored.name.isEmpty { record.names = [stored.name] }
        found.append((record, bundle.podmanPod, bundle.hostname))
      }
    }
    // Without a database that can be read the host name of the container that holds a pod's
    // namespaces is the pod's name, unless somebody gave it another one.
    var pods: [String: String] = [:]
    for (record, pod, hostname) in found {
      if let pod, record.name == pod.prefix(12) + "-infra", !hostname.isEmpty { pods[pod] = hostname }
    }
    reading.podman += found.map { record, pod, _ in
      var record = record
      record.pod = pod.flatMap { pods[$0] }.map { Pod(name: $0, isInfra: record.name.hasSuffix("-infra")) }
      return record
    }
  }

  static func number(_ bytes: [UInt8]) -> Int32? {
    Int32(String(decoding: bytes.prefix { (0x30...0x39).contains($0) }, as: UTF8.self))
  }

  // MARK: Networks

  private func readNetworks(isNetavark: Bool) -> [NetworkRecord] {
    var records: [NetworkRecord] = []
    for place in networks {
      for name in place.names(in: "") {
        if name.hasSuffix(".json"), let bytes = place.read(name, limit: ReadLimit.recordFile),
          let record = decodeJSON(NetworkRecord.self, bytes: bytes)
        {
          records.append(record)
        } else if name.hasSuffix(".conflist"), !isNetavark, let bytes = place.read(name, limit: ReadLimit.recordFile),
          let network = decodeJSON(CNINetwork.self, bytes: bytes), !network.name.isEmpty
        {
          records.append(network.record(named: network.name))
        }
      }
    }
    // The default network has no file until somebody changes it (containers.conf(5), `default_network`); it is there once
    // there is a container.
    if isNetavark, !records.contains(where: { $0.name == "podman" }) {
      records.append(NetworkRecord(id: "podman", name: "podman", bridge: "podman0"))
    }
    return records
  }
}

/// What was decoded in the reading before.
struct FileCaches {
  var libpod = DecodedOnce<LibpodContainer>()
  var bundles = DecodedOnce<BundleSpecification>()

  /// Ends a reading.
  mutating func endReading() {
    libpod.endReading()
    bundles.endReading()
  }
}
