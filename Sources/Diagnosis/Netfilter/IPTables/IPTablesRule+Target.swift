internal import Sentences
import Topology

extension IPTablesRule {
  /// Reads the target and its options: the rest of the rule.
  mutating func readTarget(isGoto: Bool) throws(Failure) {
    let name = SafeText.clean(try value(of: isGoto ? "-g" : "-j"))
    if isGoto {
      statements.append(.verdict(.goto(name)))
    } else if chains[name] != nil {
      statements.append(.verdict(.jump(name)))
    } else {
      statements.append(target(name))
    }
  }

  /// The targets of iptables-extensions(8), as far as they matter for the packet's fate.
  private func target(_ name: String) -> RuleStatement {
    switch name {
    case "ACCEPT": .verdict(.accept)
    case "DROP": .verdict(.drop)
    case "RETURN": .verdict(.returnToCaller)
    case "REJECT": .verdict(.reject)
    case "LOG", "NFLOG", "ULOG", "TRACE", "TEE", "AUDIT", "TCPMSS", "TCPOPTSTRIP", "CHECKSUM", "CLASSIFY", "ECN", "LED",
      "IDLETIMER", "RATEEST", "SET", "SECMARK", "CONNSECMARK":
      .neutral(name)
    case "QUEUE", "NFQUEUE": .handover(Handover(name, to: queue()))
    case "TPROXY": .handover(Handover(name, to: .proxy(port: option("--on-port").flatMap { UInt16($0) })))
    case "SYNPROXY": .handover(Handover(name))
    case "TTL", "HL": .change(ttl())
    case "DSCP", "TOS": .change(.dscpUnknown)
    case "HMARK": .change(.markUnknown)
    case "NOTRACK": .change(.untracked)
    case "CT": flag("--notrack") ? .change(.untracked) : .neutral(name)
    case "MARK": mark()
    case "CONNMARK": connectionMark()
    case "DNAT": .translate(AddressTranslation(.destination, to: option("--to-destination")))
    case "SNAT": .translate(AddressTranslation(.source, to: option("--to-source")))
    case "REDIRECT": .translate(redirect())
    case "MASQUERADE": .translate(AddressTranslation(.source))
    case "NETMAP":
      .translate(AddressTranslation(chain == "PREROUTING" || chain == "OUTPUT" ? .destination : .source))
    default: .unreadable(Say.Rules.target(name))
    }
  }

  private func queue() -> Handover.Receiver {
    let range = (option("--queue-balance") ?? option("--queue-num") ?? "0").split(separator: ":").map { UInt16($0) }
    guard let first = range.first ?? nil, let last = range.last ?? nil, first <= last else { return .other }
    return .queue(first...last, mayBypass: flag("--queue-bypass"))
  }

  private func ttl() -> PacketChange {
    for (option, change) in [
      ("set", { .ttl(UInt8(clamping: $0)) }), ("inc", { .ttlAdded($0) }), ("dec", { .ttlAdded(-$0) }),
    ] as [(String, (Int) -> PacketChange)] {
      for prefix in ["--ttl-", "--hl-"] {
        if let text = self.option(prefix + option) { return UInt8(text).map { change(Int($0)) } ?? .ttlUnknown }
      }
    }
    return .ttlUnknown
  }

  private func redirect() -> AddressTranslation {
    let ports = option("--to-ports")
    var translation = AddressTranslation(.destination, port: ports.flatMap { UInt16($0) }, isPortKept: ports == nil)
    translation.isRedirect = true
    return translation
  }

  private func flag(_ name: String) -> Bool { words.contains { $0.isOption(name) } }

  private func option(_ name: String) -> String? {
    guard let position = words.firstIndex(where: { $0.isOption(name) }), position + 1 < words.endIndex else {
      return nil
    }
    return words[position + 1].text
  }

  /// `value/mask`: the bits of the mask are cleared, then the value is XORed in.
  private func change(_ text: String) -> (and: UInt32, xor: UInt32)? {
    let parts = text.split(separator: "/", maxSplits: 1).map { UInt64(iptables: $0).flatMap { UInt32(exactly: $0) } }
    guard let value = parts.first ?? nil else { return nil }
    if parts.count == 1 { return (0, value) }
    return parts[1].map { (~$0, value) }
  }

  private func mark() -> RuleStatement {
    guard let text = option("--set-xmark") ?? option("--set-mark"), let change = change(text) else {
      return .change(.markUnknown)
    }
    return .change(.mark(and: change.and, xor: change.xor))
  }

  private func connectionMark() -> RuleStatement {
    let isWhole =
      (option("--nfmask") ?? "0xffffffff") == "0xffffffff" && (option("--ctmask") ?? "0xffffffff") == "0xffffffff"
    if flag("--restore-mark") { return .change(isWhole ? .markFromConnection : .markUnknown) }
    if flag("--save-mark") { return .change(isWhole ? .connectionMarkFromMark : .connectionMarkUnknown) }
    guard let text = option("--set-xmark") ?? option("--set-mark"), let change = change(text) else {
      return .change(.connectionMarkUnknown)
    }
    return .change(.connectionMark(and: change.and, xor: change.xor))
  }
}

extension AddressTranslation {
  /// Reads `10.0.0.5`, `10.0.0.5:8080`, `[2001:db8::5]:80`; of a range neither end is taken.
  init(_ kind: Kind, to text: String?) {
    self.init(kind)
    guard let text else { return }
    if let address = IPAddress(text) {
      self.address = address
      isPortKept = true
      return
    }
    guard let colon = text.lastIndex(of: ":") else { return }
    var host = text[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
    address = IPAddress(host)
    port = UInt16(text[text.index(after: colon)...])
  }
}
