import Netfilter
import Testing
import Topology

/// Lists of rules as the tools print them; most were loaded into a private network namespace and read back there.
enum RulesFixtures {}

func ipAddress(_ text: String) throws -> IPAddress { try #require(IPAddress(text), "\(text)") }

/// An echo request that a router forwards.
func echoPacket(
  _ source: String, _ destination: String, in inInterface: String = "", out outInterface: String = ""
) throws -> Packet {
  try #require(
    Packet.echoRequest(
      from: ipAddress(source), to: ipAddress(destination), inInterface: inInterface, outInterface: outInterface))
}

/// The first packet of a TCP connection.
func synPacket(
  _ source: String, _ destination: String, port: UInt16, in inInterface: String = "", out outInterface: String = ""
) throws -> Packet {
  var packet = try echoPacket(source, destination, in: inInterface, out: outInterface)
  packet.transport = .tcp(source: 40000, destination: port, flags: .syn)
  packet.length = 60
  return packet
}

extension WalkResult {
  /// The rule that drops the packet for certain.
  var droppingRule: DroppingRule? { if case .drop(let droppingRule) = verdict { droppingRule } else { nil } }

  /// What could not be decided, where the verdict depends on it.
  var unknowns: [String]? { if case .unknown(let matches) = verdict { matches.map(\.what) } else { nil } }
}
