import Fixtures

/// A conversation as people have it, on a host of the kind that they have (`RoutedNetwork.base`): by name, to a port of
/// TCP or UDP, out, to a published port, to oneself; it works, or has one fault.
///
/// Written for the tests alone: nothing here knows how `explain` looks at it. What is to be said follows from what was
/// done, and whether it works is asked of a real client in the source's namespace.
struct Conversation {
  /// What is asked.
  enum Kind: String, CaseIterable {
    case nameTCP, searchedName, hostsName, url, portUDP, nameUDP, otherNetwork, outTCP, outUDP, publishedTCP,
      publishedUDP,
      oneself

    var source: String { [.publishedTCP, .publishedUDP].contains(self) ? "www" : "c1" }

    /// As `explain` takes it, and as the client does.
    var destination: (asked: String, host: String, port: Int) {
      switch self {
      case .nameTCP: ("db.example:80", "db.example", 80)
      case .searchedName: ("db:80", "db", 80)
      case .hostsName: ("shop:80", "shop", 80)
      case .url: ("http://db.example/orders?id=1", "db.example", 80)
      case .portUDP: ("c2:5353/udp", "172.17.0.3", 5353)
      case .nameUDP: ("db.example:5353/udp", "db.example", 5353)
      case .otherNetwork: ("172.18.0.2:84", "172.18.0.2", 84)
      case .outTCP: ("203.0.113.7:80", "203.0.113.7", 80)
      case .outUDP: ("203.0.113.7:5353/udp", "203.0.113.7", 5353)
      case .publishedTCP: ("192.0.2.2:8080", "192.0.2.2", 8080)
      case .publishedUDP: ("192.0.2.2:5300/udp", "192.0.2.2", 5300)
      case .oneself: ("localhost:9000", "localhost", 9000)
      }
    }

    var isUDP: Bool { destination.asked.hasSuffix("/udp") }
    var isNamed: Bool { [.nameTCP, .searchedName, .url, .nameUDP].contains(self) }
    /// The namespace that is to answer, and the port that its program has.
    var server: (namespace: String, port: Int) {
      switch self {
      case .otherNetwork: ("c3", 84)
      case .outTCP: ("www", 80)
      case .outUDP: ("www", 5353)
      case .publishedTCP: ("c2", 80)
      case .publishedUDP: ("c2", 5353)
      case .oneself: ("c1", 9000)
      default: ("c2", isUDP ? 5353 : 80)
      }
    }
    var isForwarded: Bool {
      [.otherNetwork, .outTCP, .outUDP, .publishedTCP, .publishedUDP].contains(self)
    }
  }

  let kind: Kind
  let fault: RoutedNetwork.Fault?

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 7_000)
    kind = Kind.allCases.randomElement(using: &random) ?? .nameTCP
    fault = seed % 2 == 0 ? nil : Self.faults(kind).randomElement(using: &random)
  }

  private static func faults(_ kind: Kind) -> [RoutedNetwork.Fault] {
    atTheServer(kind) + (kind.isNamed ? names(kind) : []) + (kind.isForwarded ? onTheWay(kind) : [])
      + only(kind)
  }

  private static func fault(_ name: String, _ script: String, _ codes: String...) -> RoutedNetwork.Fault {
    RoutedNetwork.Fault(name: name, script: script, codes: Set(codes))
  }

  private static func atTheServer(_ kind: Kind) -> [RoutedNetwork.Fault] {
    let (place, port) = kind.server
    let transport = kind.isUDP ? "udp" : "tcp"
    let variable = kind.isUDP ? "UDP" : kind == .otherNetwork || kind == .outTCP || kind == .oneself ? "TCP" : "SERVER"
    var faults = [
      fault("no program", "kill $\(variable); wait $\(variable) 2>/dev/null", "port-closed"),
      fault(
        "dropped there", "in_ns \(place) iptables -A INPUT -p \(transport) --dport \(port) -j DROP", "firewall-drop"),
      fault(
        "rejected there", "in_ns \(place) iptables -A INPUT -p \(transport) --dport \(port) -j REJECT", "firewall-drop"),
      fault(
        "its answers are dropped", "in_ns \(place) iptables -A OUTPUT -p \(transport) --sport \(port) -j DROP",
        "firewall-drop"),
    ]
    if kind != .oneself {
      let again = kind.isUDP ? "responder \(place) udp 127.0.0.1 \(port)" : "serve \(place) 127.0.0.1:\(port)"
      faults.append(
        fault(
          "for itself", "kill $\(variable); wait $\(variable) 2>/dev/null; \(again); sleep 0.3", "listens-elsewhere"))
    }
    return faults
  }

  private static func names(_ kind: Kind) -> [RoutedNetwork.Fault] {
    [
      fault("name server ended", "kill $DNS; wait $DNS 2>/dev/null", "resolver-unreachable"),
      fault("name server behind INPUT", "iptables -A INPUT -p udp --dport 53 -j DROP", "resolver-unreachable"),
      fault("no such name", "kill $DNS; wait $DNS 2>/dev/null; names other.example=172.17.0.3", "name-not-resolved"),
      fault(
        "an address that nobody has", "kill $DNS; wait $DNS 2>/dev/null; names db.example=172.17.0.99",
        "neighbor-failed", "nobody-answers-for", "no-address"),
      fault(
        "another name server",
        "printf 'nameserver 172.17.0.98\\noptions timeout:1 attempts:1\\n' > /etc/netns/c1/resolv.conf",
        "resolver-unreachable"),
    ]
  }

  private static func onTheWay(_ kind: Kind) -> [RoutedNetwork.Fault] {
    [
      fault("policy", "iptables -P FORWARD DROP", "firewall-drop"),
      fault("forwarding off", "sysctl -qw net.ipv4.ip_forward=0", "forwarding-off"),
      fault("replies not let in", "iptables -I FORWARD -m conntrack --ctdir REPLY -j DROP", "firewall-drop"),
      fault("rejected", "iptables -I FORWARD -p \(kind.isUDP ? "udp" : "tcp") -j REJECT", "firewall-drop"),
    ]
  }

  private static func only(_ kind: Kind) -> [RoutedNetwork.Fault] {
    let dnat = "iptables -t nat -F PREROUTING; iptables -t nat -A PREROUTING -d 192.0.2.2 -p"
    switch kind {
    case .hostsName:
      return [
        fault(
          "an old line", "echo '172.17.0.99 shop' > /etc/netns/c1/hosts", "neighbor-failed", "nobody-answers-for",
          "no-address"),
        fault("no line", "echo '127.0.0.1 localhost' > /etc/netns/c1/hosts", "name-not-resolved"),
      ]
    case .outTCP, .outUDP:
      return [
        fault("not masqueraded", "iptables -t nat -F POSTROUTING", "no-masquerade"),
        fault("uplink down", "ip link set eth0 down", "link-down", "no-route"),
        fault("blackhole", "ip route add blackhole 203.0.113.0/24", "route-rejects"),
      ]
    case .publishedTCP:
      return [
        fault("to nobody", dnat + " tcp --dport 8080 -j DNAT --to 172.17.0.99:80", "neighbor-failed"),
        fault("not translated", "iptables -t nat -F PREROUTING", "port-closed"),
      ]
    case .publishedUDP:
      return [
        fault("to another port", dnat + " udp --dport 5300 -j DNAT --to 172.17.0.3:5354", "port-closed"),
        fault("not translated", "iptables -t nat -F PREROUTING", "port-closed"),
      ]
    case .otherNetwork: return [fault("no way back", "in_ns c3 ip route del default", "no-route")]
    default: return []
    }
  }

  /// The commands that make it, up to the fault.
  static let base = """
    \(RoutedNetwork.base)
    responder() { local n=$1; shift; if [ $n = host ]; then $RESPONDER "$@" & else in_ns $n $RESPONDER "$@" & fi; UDP=$!; }
    names() { local old=$UDP; responder host dns 172.17.0.1 53 "$@"; DNS=$!; UDP=$old; sleep 0.2; }
    mkdir -p /etc/netns; mount -t tmpfs none /etc/netns; mkdir /etc/netns/c1
    printf 'nameserver 172.17.0.1\\nsearch example\\noptions timeout:1 attempts:2\\n' > /etc/netns/c1/resolv.conf
    printf '127.0.0.1 localhost\\n172.17.0.3 shop\\n' > /etc/netns/c1/hosts
    iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE
    iptables -t nat -A PREROUTING -d 192.0.2.2 -p udp --dport 5300 -j DNAT --to-destination 172.17.0.3:5353
    names db.example=172.17.0.3

    """

  /// The server, started.
  var servers: String {
    let (place, port) = kind.server
    if kind.isUDP { return "responder \(place) udp 0.0.0.0 \(port)" }
    switch kind {
    case .otherNetwork, .outTCP: return "OLD=$SERVER; serve \(place) \(port); TCP=$SERVER; SERVER=$OLD"
    case .oneself: return "OLD=$SERVER; serve c1 127.0.0.1:9000; TCP=$SERVER; SERVER=$OLD"
    default: return "true"
    }
  }

  /// Exit 0 where a client gets through.
  var client: String {
    let (_, host, port) = kind.destination
    let talk =
      kind.isUDP
      ? "exec 3<>/dev/udp/\(host)/\(port) && printf hi >&3 && [ \"$(head -c 2 <&3)\" = hi ]"
      : "exec 3<>/dev/tcp/\(host)/\(port)"
    return "in_ns \(kind.source) timeout 4 bash -c '\(talk)' > /dev/null 2>&1"
  }
}
