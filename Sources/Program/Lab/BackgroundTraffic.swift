internal import CLinux
internal import Glibc
internal import LinuxSystem
public import Namespaces

/// Gentle background traffic between the containers of a laboratory, so that the rates live.
///
/// Datagrams to the discard port (RFC 863); each round's size follows a slow wave of its own.
public final class BackgroundTraffic {
  private struct Flow {
    let socket: OwnedSocket
    let bytesPerSecond: Int
    var phase: UInt32
  }

  /// A socket that lives in another namespace, and keeps it alive.
  private final class OwnedSocket {
    let fd: CInt
    init(_ fd: CInt) { self.fd = fd }
    deinit { close(fd) }
  }

  private var flows: [Flow] = []

  /// Opens the sockets inside the namespaces; flows whose ends do not exist are left out.
  public init(_ blueprint: Blueprint, lab: Laboratory, entry: EntryThread) {
    var phase: UInt32 = 7
    for flow in blueprint.flows {
      guard let file = lab.files[flow.from], let target = address(of: flow.to, from: flow.from, blueprint) else {
        continue
      }
      let result = entry.visit(file) { () -> CInt in
        let fd = socket(
          AF_INET, CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_NONBLOCK.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0)
        guard fd >= 0 else { return -1 }
        var to = sockaddr_in()
        to.sin_family = sa_family_t(AF_INET)
        to.sin_port = in_port_t(9).bigEndian
        to.sin_addr.s_addr = target.reversed().reduce(0) { $0 << 8 | UInt32($1) }
        let connected = unsafe withUnsafePointer(to: &to) { pointer in
          unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            unsafe connect(fd, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
          }
        }
        if connected == 0 { return fd }
        close(fd)
        return -1
      }
      guard case .success(let fd) = result, fd >= 0 else { continue }
      phase = phase &* 2_654_435_761 &+ 17
      flows.append(Flow(socket: OwnedSocket(fd), bytesPerSecond: flow.bytesPerSecond, phase: phase))
    }
  }

  /// Sends what is due for `milliseconds` of traffic.
  public func send(milliseconds: Int) {
    for index in flows.indices {
      flows[index].phase = flows[index].phase &* 1_664_525 &+ 1_013_904_223
      let wave = Int(flows[index].phase >> 16 & 0xFF) * Int(flows[index].phase >> 24) / 128
      var rest = flows[index].bytesPerSecond * milliseconds / 1000 * wave / 256
      while rest > 0 {
        let size = min(rest, 1200)
        let payload = [UInt8](repeating: 0, count: size)
        // Nobody listens: the second datagram gets the first one's "port unreachable" as an error, which is fine.
        unsafe Glibc.send(flows[index].socket.fd, payload, size, CInt(MSG_DONTWAIT))
        rest -= size
      }
    }
  }

  private func address(of name: String, from: String, _ blueprint: Blueprint) -> [UInt8]? {
    guard let target = blueprint.hosts.first(where: { $0.name == name }),
      let source = blueprint.hosts.first(where: { $0.name == from })
    else { return nil }
    let shared = target.networks.first { network in source.networks.contains { $0.bridge == network.bridge } }
    guard let network = shared ?? target.networks.first,
      let bridge = blueprint.bridges.first(where: { $0.name == network.bridge })
    else { return nil }
    return bridge.address(of: network.host)
  }
}
