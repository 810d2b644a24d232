internal import Sentences
import Topology

extension IPTablesRule {
  /// The conditions of one option of a match (iptables-extensions(8)); each of them must hold.
  mutating func moduleConditions(
    _ module: String, _ option: String, isNegated: Bool
  ) throws(Failure) -> [Match] {
    let comparison: MatchComparison = isNegated ? .notEqual : .equal
    switch (module, option) {
    case ("comment", "--comment"): return try comment(option)
    case (_, "--sport"), (_, "--dport"):
      let port = PacketField.port(option == "--sport" ? .source : .destination, ProtocolNames.modules[module])
      return [.compare(port, comparison, MatchElement(range: try value(of: option), limit: 65535))]
    case ("multiport", _): return multiport(option, try value(of: option), comparison)
    case ("tcp", "--tcp-flags"): return try flags(option, comparison)
    case ("icmp", "--icmp-type"), ("icmp6", "--icmpv6-type"):
      return icmp(try value(of: option), comparison)
    case ("conntrack", _), ("state", "--state"): return try connection(option, isNegated)
    case ("addrtype", _): return try addressType(option, comparison)
    case ("physdev", _): return try physdev(option, comparison)
    case ("mark", "--mark"): return marked(.mark, try value(of: option), comparison)
    case ("connmark", "--mark"): return marked(.connectionMark, try value(of: option), comparison)
    case ("mac", "--mac-source"):
      let text = try value(of: option)
      let element = [UInt8](mac: text).map { MatchElement.exactly(.bytes($0)) }
      return [
        .compare(.etherSource, comparison, element ?? .unreadable(SafeText.clean(Say.Rules.hardwareAddress(text))))
      ]
    case ("iprange", "--src-range"), ("iprange", "--dst-range"):
      let side: PacketField.Side = option == "--src-range" ? .source : .destination
      return [.compare(.address(side, packets), comparison, MatchElement(addresses: try value(of: option)))]
    case ("pkttype", "--pkt-type"):
      return [
        .compare(.packetType, comparison, MatchElement(number: try value(of: option), names: ProtocolNames.packetTypes))
      ]
    case ("owner", "--uid-owner"), ("owner", "--gid-owner"): return [try owner(option, isNegated)]
    case ("length", "--length"):
      return [.compare(.length, comparison, MatchElement(range: try value(of: option), limit: 65535))]
    case ("ttl", _), ("hl", _): return try hopLimit(module, option, comparison)
    case ("dscp", "--dscp"):
      return [.compare(.dscp(packets), comparison, MatchElement(number: try value(of: option)))]
    default:
      return unreadable(module, option)
    }
  }

  /// `--ttl-eq` and so on; of IPv6 `--hl-eq`.
  private mutating func hopLimit(
    _ module: String, _ option: String, _ equal: MatchComparison
  ) throws(Failure) -> [Match] {
    let comparisons = ["--\(module)-eq": equal, "--\(module)-gt": .greater, "--\(module)-lt": .less]
    guard let comparison = comparisons[option] else { return unreadable(module, option) }
    return [.compare(.ttl(packets), comparison, MatchElement(number: try value(of: option)))]
  }

  private mutating func comment(_ option: String) throws(Failure) -> [Match] {
    _ = try value(of: option)
    return []
  }

  private mutating func flags(_ option: String, _ comparison: MatchComparison) throws(Failure) -> [Match] {
    let mask = tcpFlags(try value(of: option))
    let wanted = tcpFlags(try value(of: option))
    return [.compare([MatchOperand(.tcpFlags, mask: .number(mask))], comparison, [[.exactly(.number(wanted))]])]
  }

  private mutating func owner(_ option: String, _ isNegated: Bool) throws(Failure) -> Match {
    let owner: PacketField = option == "--uid-owner" ? .ownerUID : .ownerGID
    let element = MatchElement(range: try value(of: option), separator: "-", limit: .max)
    // Without a socket the option fails, and so its negation holds (xt_owner): not as other fields.
    let condition = Match.compare(owner, .equal, element)
    return isNegated ? .not(condition) : condition
  }

  /// An option that is not understood, with the values that follow it.
  private mutating func unreadable(_ module: String, _ option: String) -> [Match] {
    while let word = words.first, !word.startsOption { words.removeFirst() }
    return [.unreadable(SafeText.clean(Say.Rules.match("\(module) \(option)")))]
  }

  private func multiport(_ option: String, _ text: String, _ comparison: MatchComparison) -> [Match] {
    let ports = text.split(separator: ",").map { [MatchElement(range: $0, limit: 65535)] }
    func side(_ side: PacketField.Side) -> Match { .compare([MatchOperand(.port(side, nil))], comparison, ports) }
    switch option {
    case "--sports", "--source-ports": return [side(.source)]
    case "--dports", "--destination-ports": return [side(.destination)]
    // Either port; negated, neither.
    case "--ports":
      return comparison == .equal ? [.any([side(.source), side(.destination)])] : [side(.source), side(.destination)]
    default: return [.unreadable(SafeText.clean(Say.Rules.match("multiport \(option)")))]
    }
  }

  private func tcpFlags(_ text: String) -> UInt64 {
    if text == "ALL" { return 0x3F }
    return text.split(separator: ",").reduce(0) { $0 | (ProtocolNames.tcpFlags[$1.lowercased()] ?? 0) }
  }

  /// `8`, `3/4` or `any`.
  private func icmp(_ text: String, _ comparison: MatchComparison) -> [Match] {
    if text == "any" { return comparison == .equal ? [] : [.unreadable(Say.Rules.negatedMatch("icmp any"))] }
    let parts = text.split(separator: "/", maxSplits: 1)
    let type = MatchElement(number: parts.first ?? "")
    let code = parts.count == 2 ? MatchElement(number: parts[1]) : .anything
    return [
      .compare([MatchOperand(.icmpType(packets)), MatchOperand(.icmpCode(packets))], comparison, [[type, code]])
    ]
  }

  private mutating func connection(_ option: String, _ isNegated: Bool) throws(Failure) -> [Match] {
    func bits(_ selector: PacketField, _ bits: UInt64) -> Match {
      .compare(selector, .anyBit, .exactly(.number(bits)))
    }
    func signed(_ condition: Match) -> [Match] { [isNegated ? .not(condition) : condition] }
    switch option {
    case "--ctstate", "--state":
      let names = try value(of: option).split(separator: ",").map { $0.lowercased() }
      let states = names.reduce(0) { $0 | (ProtocolNames.connectionStates[$1] ?? 0) }
      let status = names.reduce(0) {
        $0 | (["snat", "dnat"].contains($1) ? ProtocolNames.connectionStatus[$1] ?? 0 : 0)
      }
      let isKnown = names.allSatisfy { ProtocolNames.connectionStates[$0] != nil || ["snat", "dnat"].contains($0) }
      guard isKnown else {
        return [.unreadable(SafeText.clean(Say.Rules.match("\(option) \(names.joined(separator: ","))")))]
      }
      let state = bits(.connectionState, states)
      return signed(status == 0 ? state : .any([state, bits(.connectionStatus, status)]))
    case "--ctstatus":
      let names = try value(of: option).split(separator: ",").map { $0.lowercased() }
      let status = names.compactMap { ProtocolNames.connectionStatus[$0.replacing("_", with: "-")] }
      guard status.count == names.count else { return [.unreadable(Say.Rules.match("conntrack --ctstatus"))] }
      return signed(bits(.connectionStatus, status.reduce(0, |)))
    case "--ctdir":
      return signed(.compare(.connectionDirection, .equal, .exactly(.number(try value(of: option) == "REPLY" ? 1 : 0))))
    default: return unreadable("conntrack", option)
    }
  }

  private mutating func addressType(_ option: String, _ comparison: MatchComparison) throws(Failure) -> [Match] {
    switch option {
    case "--src-type", "--dst-type":
      let types = try value(of: option).split(separator: ",")
        .map { [MatchElement(number: $0.lowercased(), names: ProtocolNames.addressTypes)] }
      let side: PacketField.Side = option == "--src-type" ? .source : .destination
      return [.compare([MatchOperand(.addressType(side, .anywhere))], comparison, types)]
    case "--limit-iface-in", "--limit-iface-out":
      // Comes behind the types that it narrows.
      let scope: PacketField.Scope = option == "--limit-iface-in" ? .inInterface : .outInterface
      for position in moduleStart..<statements.count {
        guard case .match(.compare(let operands, let comparison, let elements)) = statements[position],
          case .addressType(let side, _)? = operands.first?.selector
        else { continue }
        statements[position] = .match(.compare([MatchOperand(.addressType(side, scope))], comparison, elements))
      }
      return []
    default: return unreadable("addrtype", option)
    }
  }

  /// A packet that goes through no bridge has empty names there: it matches only what is negated (xt_physdev).
  private mutating func physdev(_ option: String, _ comparison: MatchComparison) throws(Failure) -> [Match] {
    let opposite: MatchComparison = comparison == .equal ? .notEqual : .equal
    switch option {
    case "--physdev-in":
      return [.compare(.physicalIn, comparison, MatchElement(iptablesInterface: try value(of: option)))]
    case "--physdev-out":
      return [.compare(.physicalOut, comparison, MatchElement(iptablesInterface: try value(of: option)))]
    case "--physdev-is-in": return [.compare(.physicalIn, opposite, .exactly(.name("")))]
    case "--physdev-is-out", "--physdev-is-bridged": return [.compare(.physicalOut, opposite, .exactly(.name("")))]
    default: return unreadable("physdev", option)
    }
  }

  /// `value` or `value/mask`.
  private func marked(_ selector: PacketField, _ text: String, _ comparison: MatchComparison) -> [Match] {
    let parts = text.split(separator: "/", maxSplits: 1)
    let mask = parts.count == 2 ? UInt64(iptables: parts[1]) : UInt64(UInt32.max)
    guard let mask else { return [.unreadable(SafeText.clean("mark \(text)"))] }
    return [
      .compare([MatchOperand(selector, mask: .number(mask))], comparison, [[MatchElement(number: parts.first ?? "")]])
    ]
  }
}

extension MatchElement {
  /// Reads `10.0.0.1-10.0.0.9`.
  fileprivate init(addresses text: String) {
    let ends = text.split(separator: "-").compactMap { IPAddress($0) }
    guard ends.count == 2, ends[0].isIPv6 == ends[1].isIPv6 else {
      self = .unreadable(SafeText.clean(Say.Rules.range(String(text))))
      return
    }
    self = .range(.bytes(ends[0].bytes), .bytes(ends[1].bytes))
  }
}

extension [UInt8] {
  /// Reads `02:42:ac:11:00:02`.
  init?(mac text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    self = parts.compactMap { $0.count <= 2 ? UInt8($0, radix: 16) : nil }
    guard parts.count == 6, count == 6 else { return nil }
  }
}
