/// A network as a container engine has it; all text is made safe (`SafeText`).
public struct ContainerNetwork: Hashable, Sendable {
  /// As its user named it: "bridge", "shop_default".
  public var name: String
  /// "bridge", "macvlan", "ipvlan", "overlay" …
  public var driver: String
  /// The engine: "docker", "podman" …
  public var runtime: String
  /// Its bridge's interface on the host; nil where it has none there.
  public var bridge: String?
  /// The interface of the host that its containers' own are children of (macvlan, ipvlan); nil for other drivers.
  public var parent: String?
  /// Its subnets: `172.18.0.0/16`.
  public var subnets: [String]
  /// Its ids on the wire (VXLAN), of an overlay network.
  public var vnis: [UInt32]
  /// Whether it has no way out (`--internal`).
  public var isInternal: Bool

  /// Makes a network.
  public init(
    name: String, driver: String, runtime: String, bridge: String? = nil, parent: String? = nil, subnets: [String] = [],
    vnis: [UInt32] = [], isInternal: Bool = false
  ) {
    self.name = name
    self.driver = driver
    self.runtime = runtime
    self.bridge = bridge
    self.parent = parent
    self.subnets = subnets
    self.vnis = vnis
    self.isInternal = isInternal
  }
}

extension Snapshot {
  /// The container network that an interface belongs to: its bridge, the parent of its children, or a child itself; in the
  /// namespace of an overlay network every interface but loopback. Nil where no engine tells.
  public func network(of link: Link) -> ContainerNetwork? {
    if link.id.namespace == .host, link.isBridge { return networks.first { $0.bridge == link.name } }
    if let name = link.network { return networks.first { $0.name == name && $0.parent != nil } }
    guard let namespace = namespaces[link.id.namespace], namespace.kind == .named else { return nil }
    return networks.first { $0.driver == "overlay" && "\($0.name) (overlay)" == namespace.name }
  }
}
