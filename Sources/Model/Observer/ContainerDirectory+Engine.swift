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
    var word = Word(endpoint: report.endpoint, owner: report.owner)
    for network in report.networks {
      let name = SafeText.clean(network.name)
      if let bridge = network.bridge {
        word.networks[bridge] = name
        var traits: NetworkTraits = network.isInternal ? .isInternal : []
        if !network.isMasqueraded { traits.insert(.unmasqueraded) }
        if !traits.isEmpty { word.traits[bridge] = traits }
      }
      word.records.append(
        ContainerNetwork(
          name: name, driver: SafeText.clean(network.driver), runtime: SafeText.clean(report.runtime),
          bridge: network.bridge.map(SafeText.clean), parent: network.parent.map(SafeText.clean),
          subnets: network.subnets.map(SafeText.clean), vnis: network.vnis, isInternal: network.isInternal))
      if let parent = network.parent { word.parents[parent] = name }
      if network.driver == "overlay" { word.overlays[network.id] = name }
    }
    let bridges = Dictionary(grouping: report.networks, by: \.name).compactMapValues { networks in
      // Docker lets two networks have one name: which of them is meant is not said.
      networks.count == 1 ? networks[0].bridge : nil
    }
    for record in report.containers {
      let own = Set(record.networks.compactMap { bridges[$0] })
      if !own.isEmpty { word.bridges[record.id] = own }
      word.containers[record.id] = Self.container(record, of: report)
      if let process = record.process, word.processes[process.pid] == nil {
        word.processes[process.pid] = FirstProcess(process: process, container: record.id)
      }
      switch record.networkMode {
      case .container: word.guests.insert(record.id)
      case .host: word.hostGuests.insert(record.id)
      case .none, .network: break
      }
    }
    self.init(word)
  }

  private static func container(_ record: ContainerRecord, of report: EngineReport) -> Container {
    var container = Container(
      id: SafeText.clean(record.id), name: SafeText.clean(record.name), runtime: SafeText.clean(report.runtime),
      image: SafeText.clean(record.image), state: SafeText.clean(record.state),
      composeProject: record.composeProject.map(SafeText.clean),
      composeService: record.composeService.map(SafeText.clean), ports: record.ports.map(SafeText.clean))
    container.swarmService = record.swarmService.map(SafeText.clean)
    container.attachments = record.networks.map { network in
      Container.Attachment(
        network: SafeText.clean(network),
        // Docker makes one of the id's beginning; nobody types it for a name.
        aliases: (record.aliases[network] ?? []).filter { !record.id.hasPrefix($0) }.map(SafeText.clean))
    }
    for (alias, other) in record.links { container.links[SafeText.clean(alias)] = SafeText.clean(other) }
    container.pod = record.pod.map { pod in
      Pod(name: SafeText.clean(pod.name), group: pod.group.map(SafeText.clean), isInfra: pod.isInfra)
    }
    if case .unavailable = report.status { container.isRemembered = true }
    return container
  }
}
