public import Containers
internal import Topology

extension ContainerDirectory {
  /// What a container engine said, with every text made safe.
  public init(_ report: Report) {
    self.init()
    for record in report.containers {
      containers[record.id] = Container(
        id: SafeText.clean(record.id), name: SafeText.clean(record.name), runtime: SafeText.clean(report.runtime),
        image: SafeText.clean(record.image), state: SafeText.clean(record.state),
        composeProject: record.composeProject.map(SafeText.clean),
        composeService: record.composeService.map(SafeText.clean), ports: record.ports.map(SafeText.clean))
      if case .container = record.networkMode { guests.insert(record.id) }
    }
    for network in report.networks {
      if let bridge = network.bridge { networks[bridge] = SafeText.clean(network.name) }
    }
  }
}
