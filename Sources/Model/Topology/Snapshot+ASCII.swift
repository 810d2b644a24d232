// Where the terminal writes nothing but ASCII, names are spelt before anything is placed: each byte of another character
// takes four columns as `\xNN`, and a picture that was laid out for the name itself would cut it.

extension Snapshot {
  /// The model with every character of its names that is no ASCII spelt `\xNN`. Complexity: O(n) in its links.
  public func inASCII() -> Snapshot {
    var out = self
    out.hostname = SafeText.ascii(hostname)
    for id in namespaces.ids {
      guard let namespace = namespaces[id] else { continue }
      out.namespaces[id] = namespace.inASCII()
    }
    for index in networks.indices { out.networks[index].name = SafeText.ascii(networks[index].name) }
    for index in warnings.indices { out.warnings[index].text = SafeText.ascii(warnings[index].text) }
    return out
  }
}

extension Namespace {
  fileprivate func inASCII() -> Namespace {
    var out = self
    out.name = SafeText.ascii(name)
    out.paths = paths.map(SafeText.ascii)
    for index in processes.indices { out.processes[index].name = SafeText.ascii(processes[index].name) }
    for (index, container) in containers.enumerated() {
      out.containers[index].name = SafeText.ascii(container.name)
      if let pod = container.pod {
        out.containers[index].pod = Pod(
          name: SafeText.ascii(pod.name), group: pod.group.map(SafeText.ascii), isInfra: pod.isInfra)
      }
      out.containers[index].image = SafeText.ascii(container.image)
      out.containers[index].composeProject = container.composeProject.map(SafeText.ascii)
      out.containers[index].composeService = container.composeService.map(SafeText.ascii)
      out.containers[index].swarmService = container.swarmService.map(SafeText.ascii)
      out.containers[index].attachments = container.attachments.map { attachment in
        Container.Attachment(
          network: SafeText.ascii(attachment.network), aliases: attachment.aliases.map(SafeText.ascii))
      }
      out.containers[index].links = Dictionary(
        container.links.map { (SafeText.ascii($0.key), SafeText.ascii($0.value)) },
        uniquingKeysWith: { first, _ in first })
      out.containers[index].ports = container.ports.map { SafeText.ascii($0.replacing("→", with: ">")) }
    }
    for (index, link) in links.enumerated() {
      // To set one of these copies what all of them stand in.
      if SafeText.ascii(link.name) != link.name { out.links[index].name = SafeText.ascii(link.name) }
      if let network = link.network, SafeText.ascii(network) != network {
        out.links[index].network = SafeText.ascii(network)
      }
      if let network = link.lostNetwork, SafeText.ascii(network) != network {
        out.links[index].lostNetwork = SafeText.ascii(network)
      }
      let others = link.alternativeNames.map(SafeText.ascii)
      if others != link.alternativeNames { out.links[index].alternativeNames = others }
      if SafeText.ascii(link.alias) != link.alias { out.links[index].alias = SafeText.ascii(link.alias) }
    }
    return out
  }
}
