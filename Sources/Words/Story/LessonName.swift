/// The broken laboratories that are lessons, by the name of their scenario.
public enum LessonName: String, CaseIterable, Sendable {
  case portDown = "port-down"
  case interfaceDown = "interface-down"
  case bridgeDown = "bridge-down"
  case unplugged
  case wrongBridge = "wrong-bridge"
  case isolatedPorts = "isolated-ports"
  case learning = "stp-learning"
  case floodingOff = "flooding-off"
  case wrongPort = "wrong-port"
  case wrongSubnet = "wrong-subnet"
  case noAddress = "no-address"
  case blackhole
  case staleNeighbor = "stale-neighbor"
  case duplicateAddress = "duplicate-address"
  case twoNetworks = "two-networks"
  case forwardDrop = "forward-drop"
  case inputDrop = "input-drop"
  case replyFilter = "reply-filter"
  case pingIgnored = "ping-ignored"
  case mtu
}
