public import Containers
internal import Topology

extension ContainerDirectory {
  /// What a container engine said, with every text made safe.
  public init(_ report: EngineReport) {
    // One that has never answered says nothing.
    let isSilent = report.trouble != nil && report.containers.isEmpty && report.networks.isEmpty
    self.init(networks: isSilent ? [:] : [report.endpoint: Self.bridges(of: report)])
    for record in report.containers {
      containers[record.id] = Container(
        id: SafeText.clean(record.id), name: SafeText.clean(record.name), runtime: SafeText.clean(report.runtime),
        image: SafeText.clean(record.image), state: SafeText.clean(record.state),
        composeProject: record.composeProject.map(SafeText.clean),
        composeService: record.composeService.map(SafeText.clean), ports: record.ports.map(SafeText.clean))
      engines[record.id] = report.endpoint
      switch record.networkMode {
      case .container: guests.insert(record.id)
      case .host: hostGuests.insert(record.id)
      case .none, .network: break
      }
    }
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
