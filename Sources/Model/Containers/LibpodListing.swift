internal import Topology

/// An element of Podman's own list of containers (`GET /libpod/containers/json`, `ListContainer` of `pkg/domain/entities`).
struct LibpodListing: Decodable, Sendable {
  let id: String
  private let pod: Pod?
  private let networks: [String]
  private let process: Int32?

  private struct MissingID: Error {}

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    guard let id = object.text("Id"), !id.isEmpty else { throw MissingID() }
    self.id = id
    let name = object.text("PodName") ?? ""
    pod = name.isEmpty ? nil : Pod(name: name, isInfra: object.flag("IsInfra"))
    networks = object.list("Networks", of: String.self)
    process = object.number("Pid").flatMap { Int32(exactly: $0) }
  }

  /// Fills in what Docker's list has no room for, and what Podman leaves out of it: the networks of a member of a pod are
  /// those of the pod, and who is on the host's network is known by his process only.
  func complete(_ record: inout ContainerRecord) {
    record.pod = pod
    // A pod's ports are those of the container that holds its namespaces.
    if let pod, !pod.isInfra {
      record.ports = []
      record.networkMode = .container("")
    }
    guard let process, process > 0 else { return }
    record.process = ProcessWitness().process(process, of: id)
    if record.process?.isHere == true { record.networkMode = .host }
  }
}
