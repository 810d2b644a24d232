internal import Glibc
internal import LinuxSystem
internal import Topology

/// What engines that have no service leave in files: Podman, CRI-O, containerd and those on top of it. Nothing is changed by
/// reading. Any of the files may lie on a server that does not answer: this is for a thread that nobody waits for without end.
final class EngineFiles {
  private let root: String
  private let environment: [String: String]
  private let folder: TrustedFolder?
  private let witness: ProcessWitness
  private var caches: [String: FileCaches] = [:]
  /// The folders that change when a container comes or goes, as they were found last; absolute paths.
  private(set) var watched: Set<String> = []

  /// Makes a reader of the files below `root`, a folder that stands for `/`.
  init(root: String = "", environment: [String: String]) {
    self.root = root
    self.environment = environment
    folder = TrustedFolder(root.isEmpty ? "/" : root)
    witness = ProcessWitness(proc: root.isEmpty || !FileSystem.isFolder(root + "/proc") ? "/proc" : root + "/proc")
  }

  /// Reads everything once: what is root's and our own (nil), or what belongs to one user. Each report is told as soon as it
  /// is there; of places with nothing in them nothing is told.
  func read(of owner: UInt32?, _ tell: (EngineReport) -> Void) {
    watched = []
    if owner == nil {
      readContainerd(tell)
      readStorage(of: nil, tell)
    }
    guard let uid = owner ?? (geteuid() == 0 ? nil : UInt32(geteuid())), let account = account(uid) else { return }
    readStorage(of: account, tell)
  }

  private func account(_ uid: UInt32) -> UserFiles.Account? {
    // Without it nobody has a home that we know of.
    let passwd = (try? SmallFile.readRegular(root + "/etc/passwd", limit: ReadLimit.recordFile)) ?? []
    return UserFiles.accounts(passwd).first { $0.uid == uid }
  }

  // MARK: containerd

  private func readContainerd(_ tell: (EngineReport) -> Void) {
    guard let folder else { return }
    let cni = CNIFiles(folder)
    if !cni.networks.isEmpty {
      tell(report("/var/lib/cni", "cni", containers: [], networks: cni.networks, failure: nil))
    }
    note(CNIFiles.places)
    let names = NerdctlNames(folder)
    for place in BundleFiles.places {
      let bundles = BundleFiles(folder: folder, place: place, witness: witness)
      for (namespace, containers) in bundles.read(names: names, &caches[place, default: FileCaches()]) {
        let containers = containers.map { record in
          var record = record
          if record.networks.isEmpty { record.networks = cni.networks(of: record.id, in: namespace) }
          return record
        }
        tell(
          report(
            "/\(place) \(namespace)", "containerd", containers: containers, networks: cni.networks,
            failure: folder.failure))
      }
      caches[place]?.endReading()
      note(bundles.watched)
    }
  }

  // MARK: Podman and CRI-O

  private func readStorage(of account: UserFiles.Account?, _ tell: (EngineReport) -> Void) {
    guard let (files, path, places) = account.map(userStorage) ?? rootStorage() else { return }
    let reading = files.read(&caches[path, default: FileCaches()])
    caches[path]?.endReading()
    watched.formUnion(places)
    let owner = account.flatMap { $0.uid == UInt32(geteuid()) ? nil : $0.uid }
    if !reading.podman.isEmpty || files.failure != nil {
      tell(
        report(
          path, Engine.podman.runtime, owner, containers: reading.podman, networks: reading.networks,
          failure: files.failure))
    }
    guard account == nil, !reading.crio.isEmpty else { return }
    tell(report(path + " cri-o", "cri-o", containers: reading.crio, networks: [], failure: nil))
  }

  private typealias Storage = (files: PodmanFiles, path: String, watched: [String])

  private func rootStorage() -> Storage? {
    guard let folder else { return nil }
    // Without one the places are the usual ones.
    let settings =
      folder.read("etc/containers/storage.conf", limit: ReadLimit.recordFile)
      ?? folder.read("usr/share/containers/storage.conf", limit: ReadLimit.recordFile) ?? []
    let graph = UserFiles.setting("graphroot", in: settings) ?? "/var/lib/containers/storage"
    let run = UserFiles.setting("runroot", in: settings) ?? "/run/containers/storage"
    guard graph.hasPrefix("/"), run.hasPrefix("/"), FileSystem.isFolder(root + graph) else { return nil }
    func place(_ path: String) -> PodmanFiles.Place {
      PodmanFiles.Place(folder: folder, prefix: String(path.dropFirst()))
    }
    let networks = ["/etc/containers/networks", "/etc/cni/net.d"]
    let files = PodmanFiles(
      graph: place(graph), run: place(run), networks: networks.map(place), witness: witness)
    return (files, graph, watches(graph: graph, run: run, networks: networks))
  }

  private func userStorage(_ account: UserFiles.Account) -> Storage? {
    guard let home = TrustedFolder(root + account.home, owner: account.uid) else { return nil }
    let isOwn = account.uid == UInt32(geteuid())
    func below(_ variable: String, _ usual: String) -> String {
      let set = isOwn ? environment[variable].flatMap { $0.hasPrefix("/") ? $0 : nil } : nil
      return set ?? account.home + "/" + usual
    }
    let data = below("XDG_DATA_HOME", ".local/share") + "/containers/storage"
    let configuration = below("XDG_CONFIG_HOME", ".config")
    func place(_ path: String) -> PodmanFiles.Place? {
      if path.hasPrefix(account.home + "/") {
        return PodmanFiles.Place(folder: home, prefix: String(path.dropFirst(account.home.count + 1)))
      }
      // Behind a process there are other roots than ours.
      if path.hasPrefix("/proc/") { return nil }
      return TrustedFolder(root + path, owner: account.uid).map { PodmanFiles.Place(folder: $0, prefix: "") }
    }
    let graphs = [graphSetting(place(configuration + "/containers"), account), data].compactMap { $0 }
    guard let graph = graphs.first, let storage = place(graph) else { return nil }
    let runtime = (isOwn ? environment["XDG_RUNTIME_DIR"] : nil) ?? "/run/user/\(account.uid)"
    let networks = [graph + "/networks", configuration + "/cni/net.d"]
    let files = PodmanFiles(
      graph: storage, run: place(runtime + "/containers"), networks: networks.compactMap(place), witness: witness)
    return (files, graph, watches(graph: graph, run: runtime + "/containers", networks: networks))
  }

  /// What storage.conf(5) says of where a user's containers are: his own, else the machine's.
  private func graphSetting(_ own: PodmanFiles.Place?, _ account: UserFiles.Account) -> String? {
    let mine = own?.read("storage.conf", limit: ReadLimit.recordFile).flatMap { UserFiles.setting("graphroot", in: $0) }
    let all = folder?.read("etc/containers/storage.conf", limit: ReadLimit.recordFile)
      .flatMap { UserFiles.setting("rootless_storage_path", in: $0) }
    return (mine ?? all).flatMap { UserFiles.expanded($0, account: account) }
  }

  private func watches(graph: String, run: String, networks: [String]) -> [String] {
    [graph, graph + "/libpod", graph + "/overlay-containers", graph + "/vfs-containers", run + "/overlay-containers"]
      + networks
  }

  // MARK: What is told

  private func note(_ places: [String]) { watched.formUnion(places.map { "/" + $0 }) }

  private func report(
    _ path: String, _ runtime: String, _ owner: UInt32? = nil, containers: [ContainerRecord], networks: [NetworkRecord],
    failure: String?
  ) -> EngineReport {
    var report = EngineReport(
      endpoint: path, owner: owner, runtime: runtime, containers: containers.sorted { $0.id < $1.id },
      networks: networks.sorted { $0.id < $1.id }, omission: failure)
    report.isFromFiles = true
    return report
  }
}
