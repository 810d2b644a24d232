internal import JSON
import Topology

extension PacketField {
  /// Reads what the field is compared with: a value, a prefix, a range, a name, or bits by their names.
  func element(_ value: JSONValue) -> MatchElement {
    let unreadable = MatchElement.unreadable(SafeText.clean("\(name) \(NFTText.expression(value))"))
    if value.string == "*" { return .anything }
    if let inner = value["elem"]?["val"] { return element(inner) }
    if let prefix = value["prefix"] { return element(prefix: prefix) ?? unreadable }
    if let ends = value["range"]?.list {
      guard ends.count == 2, let low = scalar(ends[0]), let high = scalar(ends[1]) else { return unreadable }
      return .range(low, high)
    }
    if let parts = value.list ?? value["|"]?.list {
      var bits: UInt64 = 0
      for part in parts {
        guard case .number(let number)? = scalar(part) else { return unreadable }
        bits |= number
      }
      return .exactly(.number(bits))
    }
    if isInterface {
      guard let text = value.string else { return unreadable }
      let name = SafeText.clean(text)
      if name.hasSuffix("\\*") { return .exactly(.name(name.dropLast(2) + "*")) }
      return name.hasSuffix("*") ? .startingWith(String(name.dropLast())) : .exactly(.name(name))
    }
    return scalar(value).map { .exactly($0) } ?? unreadable
  }

  private var isInterface: Bool {
    switch self {
    case .inInterface, .outInterface, .inBridge, .outBridge, .physicalIn, .physicalOut: true
    default: false
    }
  }

  private func element(prefix: JSONValue) -> MatchElement? {
    guard let length = prefix["len"]?.int, let base = prefix["addr"].flatMap(scalar) else { return nil }
    guard case .bytes(let bytes) = base, let address = IPAddress(bytes), (0...bytes.count * 8).contains(Int(length))
    else { return nil }
    return MatchElement(address, prefix: Int(length))
  }

  private func scalar(_ value: JSONValue) -> MatchValue? {
    switch self {
    case .address(_, let family):
      guard let address = value.string.flatMap({ IPAddress($0) }), address.isIPv6 == (family == .ipv6) else {
        return nil
      }
      return .bytes(address.bytes)
    case .etherSource, .etherDestination:
      return value.string.flatMap { [UInt8](mac: $0) }.map { .bytes($0) }
    case .inInterface, .outInterface, .inBridge, .outBridge, .physicalIn, .physicalOut:
      return value.string.map { .name(SafeText.clean($0)) }
    default:
      if let number = value.uint { return .number(number) }
      guard let text = value.string, let number = names[text] ?? UInt64(iptables: text) else { return nil }
      return .number(number)
    }
  }

  /// The names that nft prints for the field's numbers.
  private var names: [String: UInt64] {
    switch self {
    case .transportProtocol, .headerProtocol: ProtocolNames.transport
    case .etherType: ProtocolNames.etherTypes
    case .networkProtocol: ProtocolNames.families
    case .packetType: ProtocolNames.packetTypes
    case .dscp: ProtocolNames.dscp
    case .tcpFlags: ProtocolNames.tcpFlags
    case .connectionState: ProtocolNames.connectionStates
    case .connectionStatus: ProtocolNames.connectionStatus
    case .connectionDirection: ProtocolNames.connectionDirections
    case .addressType: ProtocolNames.addressTypes
    case .icmpType(let family): family == .ipv6 ? ProtocolNames.icmpv6Types : ProtocolNames.icmpTypes
    case .icmpCode(let family): family == .ipv6 ? ProtocolNames.icmpv6Codes : ProtocolNames.icmpCodes
    case .arpOperation: ["request": 1, "reply": 2]
    default: [:]
    }
  }
}
