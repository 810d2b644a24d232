/// What libcni keeps of an attachment, `/var/lib/cni/results/NETWORK-CONTAINER-INTERFACE` (`libcni/api.go`, `cachedInfo`).
struct CNIResult: Decodable {
  let network: String
  let container: String
  private let configuration: CNINetwork?
  /// Interfaces that lie in no sandbox, in the plugin's order: a bridge plugin names its bridge first.
  private let hostInterfaces: [String]

  private struct Unusable: Error {}

  private struct Interface: Decodable {
    let name: String
    let isHost: Bool
    init(from decoder: any Decoder) {
      let object = LenientObject(decoder)
      name = object.text("name") ?? ""
      isHost = object.text("sandbox")?.isEmpty ?? true
    }
  }

  init(from decoder: any Decoder) throws {
    let object = LenientObject(decoder)
    guard let network = object.text("networkName"), let container = object.text("containerId"), !network.isEmpty else {
      throw Unusable()
    }
    self.network = network
    self.container = container
    let encoded = object.longText("config", limit: ReadLimit.recordFile)
    configuration = encoded.flatMap { base64Decoded($0) }.flatMap { decodeJSON(CNINetwork.self, bytes: $0) }
    hostInterfaces = object.object("result").list("interfaces", of: Interface.self).filter {
      $0.isHost && !$0.name.isEmpty
    }
    .map(\.name)
  }

  /// The network that it was attached to. Without its configuration the bridge is told by the result alone, where the first of
  /// several interfaces outside is one.
  var record: NetworkRecord {
    configuration?.record(named: network)
      ?? NetworkRecord(
        id: network, name: network, driver: hostInterfaces.count > 1 ? "bridge" : "cni",
        bridge: hostInterfaces.count > 1 ? hostInterfaces[0] : nil)
  }
}

/// A network's configuration (`*.conflist`; CNI specification, "Network configuration format").
struct CNINetwork: Decodable {
  private struct Plugin: Decodable {
    let type: String
    let bridge: String?
    let master: String?
    let isMasqueraded: Bool
    /// Flannel's plugin passes this on to the bridge's.
    let delegate: String?

    init(from decoder: any Decoder) {
      let object = LenientObject(decoder)
      type = object.text("type") ?? ""
      bridge = object.text("bridge")
      master = object.text("master")
      isMasqueraded = object.flag("ipMasq")
      delegate = object.object("delegate").text("bridge")
    }
  }

  let name: String
  private let plugin: Plugin?

  init(from decoder: any Decoder) {
    let object = LenientObject(decoder)
    name = object.text("name") ?? ""
    plugin = object.list("plugins", of: Plugin.self).first
  }

  /// The network. A bridge without a name is `cni0` (plugins/main/bridge).
  func record(named name: String) -> NetworkRecord {
    let type = plugin?.type ?? "cni"
    let isBridge = type == "bridge" || type == "flannel"
    var record = NetworkRecord(id: name, name: name, driver: isBridge ? "bridge" : type)
    if isBridge { record.bridge = plugin?.bridge ?? plugin?.delegate ?? "cni0" }
    if type == "macvlan" || type == "ipvlan" { record.parent = plugin?.master }
    record.isMasqueraded = plugin?.isMasqueraded ?? false
    return record
  }
}
