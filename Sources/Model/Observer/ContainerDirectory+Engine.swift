public import Containers
internal import Topology

extension ContainerDirectory {
  /// What a container engine said, with every text made safe.
  public init(_ report: EngineReport) {
    // One that has never answered says nothing.
    if report.trouble != nil, report.containers.isEmpty, report.networks.isEmpty {
      self.init()
      return
    }
    var word = Word(endpoint: report.endpoint, owner: report.owner, networks: Self.bridges(of: report))
    for record in report.containers {
      word.containers[record.id] = Container(
        id: SafeText.clean(record.id), name: SafeText.clean(record.name), runtime: SafeText.clean(report.runtime),
        image: SafeText.clean(record.image), state: SafeText.clean(record.state),
        composeProject: record.composeProject.map(SafeText.clean),
        composeService: record.composeService.map(SafeText.clean), ports: record.ports.map(SafeText.clean))
      switch record.networkMode {
      case .container: word.guests.insert(record.id)
      case .host: word.hostGuests.insert(record.id)
      case .none, .network: break
      }
    }
    self.init(word)
  }

  /// Bridge interface → network.
  private static func bridges(of report: EngineReport) -> [String: String] {
    var bridges: [String: String] = [:]
    for network in report.networks {
      if let bridge = network.bridge { bridges[bridge] = SafeText.clean(network.name) }
    }
    return bridges
  }
}
