/// A script of `ip` and `bridge` commands that builds a random network, the same for the same seed.
struct RandomTopology {
  private var state: UInt64
  private(set) var lines: [String] = []
  /// The named namespaces that it works in; they have to be made before.
  private(set) var namespaces: [String] = []
  /// Links by namespace; "" is the one that the script runs in.
  private(set) var links: [String: [String]] = [:]
  private var serial = 0

  init(seed: UInt64) {
    state = seed
    build()
  }

  /// SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }

  private mutating func add(_ line: String) { lines.append(line) }
  private func ip(_ namespace: String) -> String { namespace.isEmpty ? "ip" : "ip -n \(namespace)" }
  private func bridge(_ namespace: String) -> String { namespace.isEmpty ? "bridge" : "bridge -n \(namespace)" }

  private mutating func name(_ stem: String) -> String {
    serial += 1
    return "\(stem)\(serial)"
  }

  private mutating func build() {
    for number in 0..<(1 + below(4)) { namespaces.append("n\(number)") }
    let all = [""] + namespaces
    for namespace in all {
      if chance(80) { add("\(ip(namespace)) link set lo up") }
      for _ in 0..<below(3) { addBridge(namespace) }
    }
    for _ in 0..<(2 + below(8)) { addPair(pick(all), pick(all)) }
    for namespace in all {
      for _ in 0..<below(3) { addOther(namespace) }
      for link in links[namespace, default: []] { dress(link, namespace) }
      for _ in 0..<below(5) { addRoute(namespace) }
      for _ in 0..<below(3) { addRule(namespace) }
    }
  }

  private mutating func addBridge(_ namespace: String) {
    let name = name("br")
    var options = ""
    if chance(30) { options += " ageing_time \(100 * (1 + below(500)))" }
    if chance(30) { options += " priority \(4096 * below(16))" }
    if chance(20) { options += " forward_delay \(200 + below(28) * 100)" }
    if chance(20) { options += " mcast_snooping 0" }
    if chance(20) { options += " nf_call_iptables 1" }
    add("\(ip(namespace)) link add \(name) type bridge\(options)")
    links[namespace, default: []].append(name)
  }

  private mutating func addPair(_ a: String, _ b: String) {
    let (near, far) = (name("v"), chance(30) ? "eth\(serial)" : name("w"))
    let place = b.isEmpty ? "" : " netns \(b)"
    add("\(ip(a)) link add \(near) type veth peer name \(far)\(a == b ? "" : b.isEmpty ? " netns 1" : place)")
    // The script's own namespace has no name for `netns`: the pair is made the other way round.
    if b.isEmpty, a != b {
      lines.removeLast()
      add("ip link add \(far) type veth peer name \(near) netns \(a)")
    }
    links[a, default: []].append(near)
    links[b, default: []].append(far)
    for (namespace, link) in [(a, near), (b, far)] {
      let bridges = links[namespace, default: []].filter { $0.hasPrefix("br") }
      guard !bridges.isEmpty, chance(60) else { continue }
      let bridge = pick(bridges)
      add("\(ip(namespace)) link set \(link) master \(bridge)")
      if chance(20) { add("\(self.bridge(namespace)) link set dev \(link) isolated on") }
      if chance(20) { add("\(self.bridge(namespace)) link set dev \(link) hairpin on") }
      if chance(20) { add("\(self.bridge(namespace)) link set dev \(link) learning off flood off") }
      if chance(20) {
        add("\(self.bridge(namespace)) link set dev \(link) cost \(1 + below(1000)) priority \(below(63))")
      }
      if chance(30) {
        add(
          "\(self.bridge(namespace)) fdb add 02:00:00:00:\(hex()):\(hex()) dev \(link) master \(chance(50) ? "static" : "permanent")"
        )
      }
    }
  }

  private mutating func hex() -> String {
    let text = String(below(256), radix: 16)
    return text.count == 1 ? "0" + text : text
  }

  private mutating func addOther(_ namespace: String) {
    let parents = links[namespace, default: []].filter { !$0.hasPrefix("br") }
    let name: String
    switch below(5) {
    case 0 where !parents.isEmpty:
      name = self.name("mv")
      add(
        "\(ip(namespace)) link add \(name) link \(pick(parents)) type \(pick(["macvlan", "macvtap"])) mode \(pick(["bridge", "private", "vepa"]))"
      )
    case 1 where !parents.isEmpty:
      name = self.name("vx")
      let far = pick([
        "remote 10.99.0.\(1 + below(200))", "group 239.1.1.\(1 + below(200))", "remote fd99::\(1 + below(9))",
      ])
      add(
        "\(ip(namespace)) link add \(name) type vxlan id \(below(1 << 24)) \(far) dev \(pick(parents)) dstport \(4000 + below(1000)) ttl \(below(255)) \(chance(30) ? "nolearning" : "")"
      )
    case 2:
      name = self.name("t")
      let tool = namespace.isEmpty ? "ip" : "ip netns exec \(namespace) ip"
      add("\(tool) tuntap add \(name) mode \(pick(["tap", "tun"])) \(chance(30) ? "multi_queue" : "")")
    case 3:
      name = self.name("ifb")
      add("\(ip(namespace)) link add \(name) type ifb")
    default:
      name = self.name("dev")
      add("\(ip(namespace)) link add \(name) type veth peer name \(name)p")
    }
    links[namespace, default: []].append(name)
  }

  private mutating func dress(_ link: String, _ namespace: String) {
    let tool = ip(namespace)
    if chance(75) { add("\(tool) link set \(link) up") }
    if chance(20), !link.hasPrefix("mv") { add("\(tool) link set \(link) mtu \(1280 + below(220))") }
    if chance(15) { add("\(tool) link set \(link) alias 'link \(below(100)), 链路'") }
    if chance(15) { add("\(tool) link property add dev \(link) altname alt-\(link)-\(below(9))") }
    if chance(10) { add("\(tool) link set \(link) txqueuelen \(below(5000))") }
    if chance(10) { add("\(tool) link set \(link) group \(1 + below(90))") }
    if chance(10), !link.hasPrefix("t") { add("\(tool) link set \(link) promisc on") }
    if chance(50) {
      add(
        "\(tool) addr add 10.\(below(200)).\(below(200)).\(1 + below(250))/\(8 + below(24)) dev \(link) \(chance(20) ? "brd +" : "") \(chance(20) ? "scope link" : "")"
      )
    }
    if chance(15) { add("\(tool) addr add 192.168.\(below(200)).1 peer 192.168.\(below(200)).2/32 dev \(link)") }
    if chance(30) { add("\(tool) addr add fd\(hex()):\(below(9999))::\(1 + below(999))/64 dev \(link) nodad") }
    if chance(25) {
      add(
        "\(tool) neigh add 10.77.0.\(1 + below(250)) lladdr 02:11:\(hex()):\(hex()):\(hex()):\(hex()) dev \(link) nud permanent \(chance(20) ? "router" : "")"
      )
    }
  }

  private mutating func addRoute(_ namespace: String) {
    let tool = ip(namespace)
    let target = "10.\(200 + below(50)).\(below(250)).0/24"
    switch below(6) {
    case 0:
      add("\(tool) route add \(pick(["blackhole", "unreachable", "prohibit", "throw"])) \(target) metric \(below(99))")
    case 1:
      add("\(tool) route add \(pick(["blackhole", "unreachable"])) fd00:\(below(9999))::/64 table \(100 + below(5))")
    default:
      guard let link = links[namespace]?.randomElement(by: below(1 << 20)) else { return }
      let extras = [
        "", "metric \(below(900))", "proto static", "table \(300 + below(700))", "mtu \(1000 + below(400))",
        "advmss 1200 initcwnd 20", "tos 0x10", "scope link", "src 10.1.1.1",
      ]
      if chance(70) {
        add("\(tool) route add \(target) dev \(link) \(pick(extras))")
      } else if chance(50) {
        add("\(tool) -6 route add fd77:\(below(9999))::/64 dev \(link) metric \(1 + below(99))")
      } else {
        add("\(tool) route add \(target) via 10.66.0.\(1 + below(99)) dev \(link) onlink")
      }
    }
  }

  private mutating func addRule(_ namespace: String) {
    let what = pick([
      "from 10.1.0.0/16", "to 10.2.3.4", "fwmark 0x\(hex())", "fwmark 0x1\(hex())/0xff", "iif lo", "oif lo",
      "not from 10.9.0.0/16", "ipproto tcp dport 80", "ipproto udp sport 1000-2000", "uidrange 5-10", "tos 0x10",
    ])
    let action = pick(["lookup \(100 + below(900))", "lookup main suppress_prefixlength 0", "blackhole", "prohibit"])
    add(
      "\(ip(namespace)) \(chance(25) ? "-6" : "") rule add \(what.contains("10.") && lines.isEmpty ? "" : what) \(action) priority \(1 + below(30000))"
    )
  }
}

extension Array {
  fileprivate func randomElement(by number: Int) -> Element? { isEmpty ? nil : self[number % count] }
}
