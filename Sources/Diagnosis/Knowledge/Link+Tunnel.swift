package import Netfilter
internal import Sentences
package import Topology

extension Link {
  /// What its packets are to whom they pass.
  package var carrier: Packet.Transport {
    switch kind {
    case "geneve": .udp(source: nil, destination: genevePort)
    case "ipip": .other(4)
    case "sit": .other(41)
    // What is within says which of the two: IPv6, as a rule.
    case "ip6tnl": .other(fact("proto") == .text("ipip6") ? 4 : 41)
    default: .other(47)
    }
  }

  /// The port that IANA gave to GENEVE, unless it has another.
  private var genevePort: UInt16 { number("port").map { UInt16(clamping: $0) } ?? 6081 }

  /// Whether it takes packets from an address: its `remote`, or any.
  package func takes(_ sender: IPAddress?) -> Bool {
    guard let sender, let wanted = address("remote", "remote6") else { return true }
    return wanted == sender
  }

  /// Whether it takes what the other sends, by its numbers.
  package func agrees(with sender: Link) -> Bool {
    kind == "geneve"
      ? number("id") == sender.number("id") && genevePort == sender.genevePort : fact("ikey") == sender.fact("okey")
  }

  /// What the two disagree in, and the two numbers.
  package func numbers(against far: Link) -> (name: String, mine: String, other: String) {
    func text(_ value: LinkFact.Value?) -> String { if case .text(let text)? = value { text } else { Say.Tunnel.none } }
    guard kind == "geneve" else { return ("key", text(fact("okey")), text(far.fact("ikey"))) }
    if number("id") != far.number("id") { return ("VNI", "\(number("id") ?? 0)", "\(far.number("id") ?? 0)") }
    return (Say.Tunnel.port, "\(genevePort)", "\(far.genevePort)")
  }
}
