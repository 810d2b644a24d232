internal import CLinux
internal import Glibc
internal import LinuxSystem
public import Namespaces
internal import Netlink
internal import NetlinkSocket
internal import RTNetlink
internal import SystemPackage
internal import Usage

/// A laboratory: network namespaces, bridges and veth pairs, made over netlink without any other program.
///
/// Namespaces are kept by nsfs mounts under a directory, as `ip netns` does, so that they are found and named like any
/// other. Without `PrivateNamespaces` that needs root, and `remove` has to be called.
public final class Laboratory {
  /// `MS_BIND`.
  private static let bindMount: UInt = 4096

  private let directory: String
  private let requests: RequestChannel
  let entry: EntryThread
  /// Each namespace by its name.
  public private(set) var files: [String: NamespaceFile] = [:]
  /// The host's end of each container's first cable, by the container's name.
  var ports: [String: String] = [:]

  /// Begins an empty laboratory in the calling thread's namespace; `directory` has to exist.
  public init(directory: String = "/run/netns", entry: EntryThread) throws(LaboratoryError) {
    self.directory = directory
    self.entry = entry
    do {
      requests = try RequestChannel()
    } catch { throw LaboratoryError(Say.Scenario.failed("\(error)")) }
    try up("lo")
  }

  /// Builds everything of a blueprint.
  public func build(_ blueprint: Blueprint) throws(LaboratoryError) {
    if blueprint.isIPv4Only { try switchIPv6Off(nil) }
    for bridge in blueprint.bridges {
      try build(bridge)
      // The kernel's timer would take a port that is told to learn on to forwarding, spanning tree or not.
      if blueprint.holdsPortStates {
        try perform(LinkChange.set(bridge: index(bridge.name), forwardDelay: 0), Say.Scenario.making(bridge.name))
      }
    }
    if let uplink = blueprint.uplink { try build(uplink) }
    for host in blueprint.hosts where !blueprint.startsEmpty { try build(host, blueprint) }
    for fault in blueprint.faults { try apply(fault, blueprint) }
  }

  /// A container, with the cables that the blueprint gives it.
  func build(_ host: Blueprint.Container, _ blueprint: Blueprint) throws(LaboratoryError) {
    try addNamespace(host.name)
    if blueprint.isIPv4Only { try switchIPv6Off(host.name) }
    for (number, network) in host.networks.enumerated() {
      guard let bridge = blueprint.bridges.first(where: { $0.name == network.bridge }) else { continue }
      let near = blueprint.nearName(of: host, network: number)
      try connect(
        host.name, "eth\(number)", to: network.bridge, near: near, address: bridge.address(of: network.host))
      if number == 0 { ports[host.name] = near }
      if blueprint.downPorts.contains(host.name) { try set(near, up: false) }
    }
  }

  /// With a link-layer address, as an engine makes it: only so a bridge without ports knows that it has no carrier.
  func build(_ bridge: Blueprint.Bridge) throws(LaboratoryError) {
    let message = LinkChange.add(name: bridge.name, kind: "bridge", address: [0x02, 0x42] + bridge.address)
    try perform(message, Say.Scenario.making(bridge.name))
    try address(bridge.name, bridge.address, prefixLength: 16)
    try up(bridge.name)
  }

  private func build(_ uplink: Blueprint.Uplink) throws(LaboratoryError) {
    try addNamespace(uplink.far)
    try switchIPv6Off(uplink.far)
    try connect(uplink.far, "eth0", to: nil, near: uplink.name, address: uplink.gateway, prefixLength: 24)
    try address(uplink.name, uplink.address, prefixLength: 24)
  }

  /// Makes a namespace, mounts it under its name and switches its loopback on. The name may be anything but a path.
  public func addNamespace(_ name: String) throws(LaboratoryError) {
    guard !name.isEmpty, !name.contains("/"), name != ".", name != ".." else {
      throw LaboratoryError(Say.Scenario.badName(name))
    }
    let path = "\(directory)/\(name)"
    let failure: String?
    do {
      failure = try entry.perform { () -> String? in Self.makeNamespace(at: path) }
    } catch { throw LaboratoryError(Say.Scenario.namespace(name, "\(error)")) }
    if let failure { throw LaboratoryError(Say.Scenario.namespace(name, failure)) }
    var info = stat()
    guard unsafe stat(path, &info) == 0 else { throw LaboratoryError(Say.Scenario.failed(path), .current) }
    files[name] = NamespaceFile(path: Array(path.utf8), inode: UInt64(info.st_ino))
  }

  /// Makes a namespace, mounts it and switches its loopback on; the calling thread is where it was afterwards. Returns
  /// what went wrong.
  private static func makeNamespace(at path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0)
    guard file >= 0 else { return "\(Errno.current)" }
    close(file)
    do {
      let home = try NamespaceFile.ofThread().open()
      guard nt_unshare(0x4000_0000) == 0 else { return "\(Errno.current)" }
      let mounted = unsafe nt_mount("/proc/thread-self/ns/net", path, "none", bindMount, nil)
      let failure: String? = mounted == 0 ? switchOnLoopback() : "\(Errno.current)"
      precondition(nt_setns(home.rawValue, 0x4000_0000) == 0, "setns back to the laboratory failed")
      return failure
    } catch { return "\(error)" }
  }

  /// In the calling thread's namespace; returns what went wrong.
  private static func switchOnLoopback() -> String? {
    do {
      try RequestChannel().perform(LinkChange.set(index: 1, up: true), operation: "RTM_NEWLINK")
      return nil
    } catch { return Say.Scenario.loopback("\(error)") }
  }

  /// Lays a cable: `near` here, as a port of `bridge` (nil: of none), `far` inside the namespace with an address.
  public func connect(
    _ name: String, _ far: String, to bridge: String?, near: String, address: [UInt8], prefixLength: UInt8 = 16
  ) throws(LaboratoryError) {
    guard let file = files[name] else { throw LaboratoryError(Say.Scenario.noNamespace(name)) }
    do {
      let fd = try file.open()
      let hardware: [UInt8]? = address.count == 4 ? [0x02, 0x42] + address : nil
      let message = LinkChange.addVeth(
        name: near, peer: far, peerNamespace: fd.rawValue, peerAddress: hardware)
      try perform(message, Say.Scenario.cable(of: name))
    } catch let error as LaboratoryError {
      throw error
    } catch { throw LaboratoryError(Say.Scenario.unopened(name)) }
    let gateway = prefixLength == 16 ? Array(address.prefix(2)) + [0, 1] : Array(address.prefix(3)) + [1]
    let result = entry.visit(file) { () -> String? in
      do {
        let inside = try RequestChannel()
        // Which number it has depends on what the modules of tunnels make in every new namespace (tunl0, gre0 …).
        let index = unsafe if_nametoindex(far)
        try inside.perform(
          AddressMessage.add(
            index: index, bytes: address, prefixLength: prefixLength,
            broadcast: address.count == 4 ? Self.broadcast(address, prefixLength) : nil), operation: "RTM_NEWADDR")
        try inside.perform(LinkChange.set(index: index, up: true), operation: "RTM_NEWLINK")
        if bridge != nil, far == "eth0", address.count == 4 {
          try inside.perform(RouteChange.addDefault(gateway: gateway), operation: "RTM_NEWROUTE")
        }
        return nil
      } catch { return "\(error)" }
    }
    if case .failure(let error) = result { throw LaboratoryError(Say.Scenario.failed("\(error)")) }
    try up(near)
    if case .success(let failure?) = result { throw LaboratoryError(Say.Scenario.inside(name, failure)) }
    if let bridge { try set(near, master: bridge) }
  }

  /// Switches a link of the laboratory's own namespace on or off.
  public func set(_ name: String, up isUp: Bool) throws(LaboratoryError) {
    try perform(LinkChange.set(index: try index(name), up: isUp), Say.Scenario.switching(name))
  }

  /// Makes a link a port of a bridge.
  public func set(_ name: String, master: String) throws(LaboratoryError) {
    try perform(LinkChange.set(index: try index(name), master: try index(master)), Say.Scenario.port(name, of: master))
  }

  private func up(_ name: String) throws(LaboratoryError) { try set(name, up: true) }

  /// The broadcast address of a prefix of whole bytes.
  private static func broadcast(_ bytes: [UInt8], _ prefixLength: UInt8) -> [UInt8] {
    let kept = Int(prefixLength) / 8
    return Array(bytes.prefix(kept)) + Array(repeating: 255, count: 4 - kept)
  }

  /// Gives a link of the laboratory's own namespace an address, unless it has it.
  func address(_ name: String, _ bytes: [UInt8], prefixLength: UInt8) throws(LaboratoryError) {
    let message = AddressMessage.add(
      index: try index(name), bytes: bytes, prefixLength: prefixLength, broadcast: Self.broadcast(bytes, prefixLength))
    do {
      try requests.perform(message, operation: Say.Scenario.address(of: name))
    } catch  where error.errno == .fileExists {
    } catch { throw LaboratoryError(Say.Scenario.failed("\(error)")) }
  }

  func index(_ name: String) throws(LaboratoryError) -> UInt32 {
    let index = unsafe if_nametoindex(name)
    guard index != 0 else { throw LaboratoryError(Say.Scenario.noLink(name), .current) }
    return index
  }

  func perform(_ message: MessageBuilder, _ what: String) throws(LaboratoryError) {
    do {
      try requests.perform(message, operation: what)
    } catch { throw LaboratoryError(Say.Scenario.failed("\(error)")) }
  }

  /// Takes a namespace away again; the near end of its cable goes with it.
  ///
  /// One of that name that somebody else has mounted there goes as well.
  public func removeNamespace(_ name: String) {
    files[name] = nil
    let path = "\(directory)/\(name)"
    unsafe umount2(path, 2)  // MNT_DETACH
    unsafe unlink(path)
  }

  /// Takes all namespaces away; only needed outside a `PrivateNamespaces`.
  public func remove() {
    for name in Array(files.keys) { removeNamespace(name) }
  }
}
