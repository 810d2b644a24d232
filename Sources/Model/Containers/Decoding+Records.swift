/// A record without an id is of no use.
private struct MissingID: Error {}

extension ContainerRecord: Decodable {
  /// Reads an element of `GET /containers/json`; throws where it has no id.
  public init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    guard let id = object.text("Id", "ID"), !id.isEmpty else { throw MissingID() }
    let labels = object.object("Labels")
    let attached = object.object("NetworkSettings").object("Networks")
    self.init(
      id: id,
      names: Self.plainNames(object.list("Names", of: String.self)),
      image: object.text("Image") ?? "",
      state: object.text("State") ?? "",
      status: object.text("Status") ?? "",
      composeProject: labels.text("com.docker.compose.project", "io.podman.compose.project"),
      composeService: labels.text("com.docker.compose.service", "io.podman.compose.service"),
      ports: PublishedPort.texts(object.list("Ports", of: PublishedPort.self)),
      networkMode: NetworkMode(object.object("HostConfig").text("NetworkMode") ?? ""),
      networks: attached.keys.sorted())
    swarmService = labels.text("com.docker.swarm.service.name")
    for network in networks {
      let attachment = attached.object(AnyKey(stringValue: network))
      if let id = attachment.text("EndpointID") { endpoints.append(id) }
      // Podman lists them; Docker tells them of one container at a time.
      let aliases = attachment.list("Aliases", of: String.self)
      if !aliases.isEmpty { self.aliases[network] = aliases }
    }
  }

  /// Takes over what an engine tells of one container only: the answer to `GET /containers/ID/json`.
  mutating func take(_ inspection: ContainerInspection) {
    aliases = inspection.aliases
    links.merge(inspection.links) { _, own in own }
  }

  /// Names without their leading slash, the container's own before those that links gave it (`/owner/alias`).
  private static func plainNames(_ names: [String]) -> [String] {
    let plain = names.map { name in
      String((name.hasPrefix("/") ? name.dropFirst() : name[...]).unicodeScalars.prefix(ReadLimit.text))
    }.filter { !$0.isEmpty }
    return plain.filter { !$0.contains("/") } + plain.filter { $0.contains("/") }
  }
}

/// What `GET /containers/ID/json` tells beyond the list.
struct ContainerInspection: Decodable, Sendable {
  var aliases: [String: [String]] = [:]
  var links: [String: String] = [:]

  /// Bytes of all names.
  var size: Int {
    aliases.reduce(0) { $0 + $1.key.utf8.count + $1.value.reduce(0) { $0 + $1.utf8.count } }
      + links.reduce(0) { $0 + $1.key.utf8.count + $1.value.utf8.count }
  }

  /// Makes one that tells nothing.
  init() {}

  init(from decoder: any Decoder) {
    let object = LenientObject(decoder)
    let attached = object.object("NetworkSettings").object("Networks")
    // `/db:/web/alias` on the default network, `db:alias` on others.
    var links = object.object("HostConfig").list("Links", of: String.self)
    for network in attached.keys {
      let attachment = attached.object(AnyKey(stringValue: network))
      aliases[network] = attachment.list("Aliases", of: String.self)
      links += attachment.list("Links", of: String.self)
    }
    for link in links {
      let parts = link.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let alias = parts[1].split(separator: "/").last else { continue }
      self.links[String(alias)] = String(parts[0].drop { $0 == "/" })
    }
  }
}

extension ContainerRecord.NetworkMode {
  /// Reads `HostConfig.NetworkMode`.
  init(_ text: String) {
    if text == "none" {
      self = .none
    } else if text == "host" {
      self = .host
    } else if text.hasPrefix("container:") {
      self = .container(String(text.dropFirst("container:".count)))
    } else {
      self = .network(text)
    }
  }
}

extension NetworkRecord: Decodable {
  /// Reads an element of `GET /networks`, or of Podman's own list; throws where it has no id.
  public init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    guard let id = object.text("Id", "id", "ID"), !id.isEmpty else { throw MissingID() }
    let driver = object.text("Driver", "driver") ?? ""
    let options = object.object("Options", "options")
    // Docker has it among the options, Podman beside them.
    func interface(_ option: AnyKey) -> String? {
      (object.text("network_interface") ?? options.text(option)).flatMap { $0.isEmpty ? nil : $0 }
    }
    self.init(
      id: id, name: object.text("Name", "name") ?? "", driver: driver,
      bridge: driver == "bridge" ? interface("com.docker.network.bridge.name") : nil,
      parent: driver == "macvlan" || driver == "ipvlan" ? interface("parent") : nil)
    isInternal = object.flag("Internal", "internal")
    subnets = object.object("IPAM").list("Config", of: Subnet.self).map(\.text)
    if subnets.isEmpty { subnets = object.list("subnets", of: Subnet.self).map(\.text) }
    vnis = (options.text("com.docker.network.driver.overlay.vxlanid_list") ?? "").split(separator: ",")
      .prefix(ReadLimit.elements).compactMap { UInt32($0) }
    isMasqueraded = options.text("com.docker.network.bridge.enable_ip_masquerade").map { $0 != "false" } ?? true
  }

  /// Docker names a bridge by its network's id where no option says otherwise; Podman counts them (podman1 …).
  mutating func assumeDockerBridge() {
    if driver == "bridge", bridge == nil { bridge = "br-" + id.prefix(12) }
  }
}

/// An element of a network's `IPAM.Config`, or of Podman's `subnets`.
private struct Subnet: Decodable {
  let text: String
  private struct None: Error {}

  init(from decoder: any Decoder) throws {
    guard let text = LenientObject(decoder).text("Subnet", "subnet"), !text.isEmpty else { throw None() }
    self.text = text
  }
}

/// An element of a container's `Ports`.
struct PublishedPort: Decodable {
  let address: String
  let inside: Int
  let outside: Int
  let transport: String

  private struct NotPublished: Error {}

  init(address: String, inside: Int, outside: Int, transport: String) {
    self.address = address
    self.inside = inside
    self.outside = outside
    self.transport = transport
  }

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    // Any account may listen where an engine is looked for, and answer with any number.
    func port(_ key: AnyKey) -> Int? { object.number(key).flatMap { UInt16(exactly: $0) }.map(Int.init) }
    guard let inside = port("PrivatePort"), let outside = port("PublicPort"), outside > 0 else {
      throw NotPublished()
    }
    self.inside = inside
    self.outside = outside
    address = object.text("IP") ?? ""
    transport = object.text("Type") ?? "tcp"
  }

  /// Ports that may be written as one run.
  private struct Group: Hashable {
    let host: String
    let transport: String
  }

  private var isWildcard: Bool { address.isEmpty || address == "0.0.0.0" || address == "::" }

  private func isNext(after other: PublishedPort) -> Bool {
    outside == other.outside + 1 && inside == other.inside + 1
  }

  /// As people write them: the wildcards of both families once, runs of ports joined.
  static func texts(_ ports: [PublishedPort]) -> [String] {
    var seen = Set<String>()
    var groups: [Group: [PublishedPort]] = [:]
    // IPv4 first, so that of a wildcard pair it is the one that stays.
    for port in ports.sorted(by: { ($0.address.contains(":") ? 1 : 0) < ($1.address.contains(":") ? 1 : 0) }) {
      let reach = port.isWildcard ? "*" : port.address
      guard seen.insert("\(reach) \(port.outside) \(port.inside) \(port.transport)").inserted else { continue }
      let shown = port.address.isEmpty ? "0.0.0.0" : port.address
      let host = shown.contains(":") ? "[\(shown)]" : shown
      groups[Group(host: host, transport: port.transport), default: []].append(port)
    }
    var texts: [(order: Int, text: String)] = []
    for (key, group) in groups {
      var run: [PublishedPort] = []
      func close() {
        guard let first = run.first, let last = run.last else { return }
        let (outside, inside) =
          run.count == 1
          ? ("\(first.outside)", "\(first.inside)")
          : ("\(first.outside)-\(last.outside)", "\(first.inside)-\(last.inside)")
        texts.append((first.outside, "\(key.host):\(outside)→\(inside)/\(key.transport)"))
      }
      for port in group.sorted(by: { ($0.outside, $0.inside) < ($1.outside, $1.inside) }) {
        if let last = run.last, !port.isNext(after: last) {
          close()
          run = []
        }
        run.append(port)
      }
      close()
    }
    return texts.sorted { ($0.order, $0.text) < ($1.order, $1.text) }.map(\.text)
  }
}
