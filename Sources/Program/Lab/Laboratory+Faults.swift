internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import NFNetlink
internal import Namespaces
internal import Netlink
internal import NetlinkSocket
internal import RTNetlink
internal import SystemPackage
internal import Usage

extension Laboratory {
  /// Breaks what the blueprint wants broken.
  public func apply(_ fault: Fault, _ blueprint: Blueprint) throws(LaboratoryError) {
    switch fault {
    case .portDown(let host): try set(port(of: host), up: false)
    case .interfaceDown(let host): try inside(host) { [LinkChange.set(index: $0, up: false)] }
    case .bridgeDown(let bridge): try set(bridge, up: false)
    case .port(let host, let setting, let value):
      try perform(LinkChange.set(port: index(port(of: host)), setting.number, value), Say.Scenario.port(of: host))
    case .unplugged(let host):
      try perform(LinkChange.set(index: index(port(of: host)), master: 0), Say.Scenario.unplugging(host))
    case .replugged(let host, let bridge): try set(port(of: host), master: bridge)
    case .address(let host, let address, let length):
      let old = blueprint.address(of: host)
      try inside(host) { Laboratory.readdressing($0, old, to: address, prefixLength: length) }
    case .blackhole(let host, let target):
      guard let address = blueprint.address(of: target) else { return }
      try inside(host) { _ in [RouteChange.addBlackhole(address, prefixLength: 32)] }
    case .wrongNeighbor(let host, let target):
      guard let address = blueprint.address(of: target) else { return }
      try inside(host) {
        [NeighborChange.setPermanent(index: $0, address: address, hardware: [2, 0x42, 0xDE, 0xAD, 0xBE, 0xEF])]
      }
    case .wrongPort(let host, let other):
      guard let address = blueprint.address(of: host) else { return }
      let hardware: [UInt8] = [2, 0x42] + address
      try perform(
        NeighborChange.setForwarding(port: index(port(of: other)), hardware: hardware),
        Say.Scenario.table(of: "docker0"))
    case .mtu(let host, let bytes):
      try perform(LinkChange.set(index: index(port(of: host)), mtu: bytes), Say.Scenario.mtu(of: host))
      try inside(host) { [LinkChange.set(index: $0, mtu: bytes)] }
    case .sysctl(let host, let path, let value):
      let failure = try visit(host) { Laboratory.write("/proc/sys/net/" + path, value) }
      if failure != 0 { throw LaboratoryError(Say.Scenario.failed("/proc/sys/net/\(path)"), Errno(rawValue: failure)) }
    case .dropPolicy(let host, let policy): try drop(at: policy, of: host)
    }
  }

  /// What gives eth0 another address, or none.
  private static func readdressing(
    _ eth0: UInt32, _ old: [UInt8]?, to new: [UInt8]?, prefixLength: UInt8
  ) -> [MessageBuilder] {
    let removal = old.map { AddressMessage.remove(index: eth0, bytes: $0, prefixLength: 16) }
    let addition = new.map {
      AddressMessage.add(
        index: eth0, bytes: $0, prefixLength: prefixLength, broadcast: [$0[0], $0[1], 255, 255])
    }
    return [removal, addition].compactMap(\.self)
  }

  /// Puts a chain in place that drops everything at a hook.
  private func drop(at policy: Fault.DropPolicy, of host: String?) throws(LaboratoryError) {
    // Without br_netfilter a firewall of IP does not see frames between two ports: then the chain is
    // one of the bridge family.
    let seesFrames = unsafe access("/proc/sys/net/bridge/bridge-nf-call-iptables", F_OK) == 0
    let failure = try visit(host) { () -> String? in
      do {
        let isBridge = policy == .forward && !seesFrames
        try RequestChannel(family: NFTables.socketProtocol).perform(
          batch: DropChain.batch(at: policy == .input ? .input : .forward, isBridge ? .bridge : .inet),
          operation: "NFT_MSG_NEWCHAIN")
        return nil
      } catch { return "\(error)" }
    }
    guard let failure else { return }
    throw LaboratoryError(
      host.map { Say.Scenario.packetFilter(of: $0, failure) } ?? Say.Scenario.packetFilterOfHost(failure))
  }

  private func port(of host: String) throws(LaboratoryError) -> String {
    guard let name = ports[host] else { throw LaboratoryError(Say.Scenario.noContainer(host)) }
    return name
  }

  /// Does something inside a container, or (nil) in the laboratory's own namespace.
  func visit<T: Sendable>(_ host: String?, _ body: @escaping @Sendable () -> T) throws(LaboratoryError) -> T {
    guard let host else { return body() }
    guard let file = files[host] else { throw LaboratoryError(Say.Scenario.noNamespace(host)) }
    switch entry.visit(file, body) {
    case .success(let value): return value
    case .failure(let error): throw LaboratoryError(Say.Scenario.failed("\(error)"))
    }
  }

  /// `changes` is given the ifindex of the container's eth0.
  private func inside(
    _ host: String, _ changes: @escaping @Sendable (UInt32) -> [MessageBuilder]
  ) throws(LaboratoryError) {
    let failure = try visit(host) { () -> String? in
      do {
        let channel = try RequestChannel()
        for change in changes(unsafe if_nametoindex("eth0")) { try channel.perform(change, operation: "rtnetlink") }
        return nil
      } catch { return "\(error)" }
    }
    if let failure { throw LaboratoryError(Say.Scenario.inside(host, failure)) }
  }

  /// Switches IPv6 off in a container or (nil) on the host; a kernel without it needs none of that.
  func switchIPv6Off(_ host: String?) throws(LaboratoryError) {
    _ = try visit(host) { Laboratory.write("/proc/sys/net/ipv6/conf/all/disable_ipv6", "1") }
    _ = try visit(host) { Laboratory.write("/proc/sys/net/ipv6/conf/default/disable_ipv6", "1") }
  }

  /// Writes a small file; 0, or errno.
  private static func write(_ path: String, _ text: String) -> CInt {
    let fd = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard fd >= 0 else { return errno }
    defer { close(fd) }
    let bytes = Array(text.utf8)
    return unsafe Glibc.write(fd, bytes, bytes.count) == bytes.count ? 0 : errno
  }
}

extension Blueprint {
  /// The address of a container's eth0.
  func address(of host: String) -> [UInt8]? {
    guard let network = hosts.first(where: { $0.name == host })?.networks.first else { return nil }
    return bridges.first { $0.name == network.bridge }?.address(of: network.host)
  }
}

extension Fault.PortSetting {
  fileprivate var number: LinkChange.PortSetting {
    switch self {
    case .state: .state
    case .learning: .learning
    case .flood: .flood
    case .isolated: .isolated
    }
  }
}
