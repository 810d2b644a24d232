internal import Topology

/// The bundles that containerd's runtimes leave for as long as a container runs: `NAMESPACE/ID` in the state folder of
/// `io.containerd.runtime.v2.task` (containerd `runtime/v2/bundle.go`).
///
/// Over its socket containerd speaks gRPC; what a container is called it tells its runtime, too.
final class BundleFiles {
  /// Where containerd has its state: its own, k3s's and RKE2's, k0s's, MicroK8s's.
  static let places = [
    "run/containerd", "run/k3s/containerd", "run/k0s/containerd", "var/snap/microk8s/common/run/containerd",
  ]
  private static let tasks = "io.containerd.runtime.v2.task"

  private let folder: TrustedFolder
  private let place: String
  private let witness: ProcessWitness

  /// Makes a reader of one containerd's state, the path from `folder`.
  init(folder: TrustedFolder, place: String, witness: ProcessWitness) {
    self.folder = folder
    self.place = place
    self.witness = witness
  }

  /// The containers of each of its namespaces. Docker's are left out: it has names of its own for them.
  func read(names: NerdctlNames, _ caches: inout FileCaches) -> [(namespace: String, containers: [ContainerRecord])] {
    folder.names(in: "\(place)/\(Self.tasks)").filter { $0 != "moby" }.map { namespace in
      let bundles = "\(place)/\(Self.tasks)/\(namespace)"
      let containers = folder.names(in: bundles).compactMap { id -> ContainerRecord? in
        guard let bytes = folder.read("\(bundles)/\(id)/config.json", limit: ReadLimit.recordFile),
          let bundle = caches.bundles.value(of: bytes, { decodeJSON(BundleSpecification.self, bytes: bytes) })
        else { return nil }
        var record = bundle.record(id: id)
        if record.names.isEmpty, let name = names[namespace, id] { record.names = [name] }
        let pid = folder.read("\(bundles)/\(id)/init.pid", limit: 32).flatMap(PodmanFiles.number)
        record.process = pid.flatMap { witness.process($0, of: id) }
        record.state = "running"
        return record
      }
      return (namespace, containers)
    }
  }

  /// The folders that change when a container comes or goes, from `folder`.
  var watched: [String] {
    let tasks = "\(place)/\(Self.tasks)"
    return [place, tasks] + folder.names(in: tasks).map { "\(tasks)/\($0)" }
  }
}

/// The names that nerdctl has given, by the file `names/NAMESPACE/NAME` that holds an id (nerdctl `pkg/namestore`).
struct NerdctlNames {
  private var names: [String: [String: String]] = [:]

  /// Reads those of every data store below `var/lib/nerdctl`: there is one for each containerd.
  init(_ folder: TrustedFolder) {
    let base = "var/lib/nerdctl"
    for store in folder.names(in: base) {
      for namespace in folder.names(in: "\(base)/\(store)/names") {
        let place = "\(base)/\(store)/names/\(namespace)"
        for name in folder.names(in: place) {
          guard let id = folder.read("\(place)/\(name)", limit: 256) else { continue }
          names[namespace, default: [:]][String(decoding: id, as: UTF8.self)] = name
        }
      }
    }
  }

  /// The name of a container in one of containerd's namespaces.
  subscript(namespace: String, id: String) -> String? { names[namespace]?[id] }
}
