internal import Usage

extension Blueprint {
  /// Four bridges, five hundred containers, seven of them on two networks, three ports down: what a busy host looks like.
  public static let fiveHundred: Blueprint = {
    var plan = Blueprint(
      name: "five-hundred", words: { Say.Scenario.fiveHundred },
      bridges: [
        Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1]),
        Bridge(name: "br-frontend", network: "frontend", address: [172, 18, 0, 1]),
        Bridge(name: "br-backend", network: "backend", address: [172, 19, 0, 1]),
        Bridge(name: "br-monitor", network: "monitor", address: [172, 20, 0, 1]),
      ], hosts: [], flows: [], downPorts: ["wkr-78", "wkr-211", "orders-34"])
    plan.add(312, "wkr", on: "docker0")
    plan.add(98, "nginx", on: "br-frontend")
    plan.add(64, "orders", on: "br-backend")
    plan.add(26, "probe", on: "br-monitor")
    for (index, number) in [10, 24, 25, 26, 58, 61, 77].enumerated() {
      plan.hosts[312 + number].networks.append(("br-backend", UInt16(1000 + index)))
    }
    for (group, count) in [("wkr", 312), ("nginx", 98), ("orders", 64), ("probe", 26)] {
      // A few carry much, many carry little.
      for number in stride(from: 1, through: count, by: 3) {
        let rate = number % 5 == 0 ? 60_000 : number % 2 == 0 ? 9000 : 1500
        plan.flows.append(("\(group)-\(number)", "\(group)-\(number * 7 % count + 1)", rate))
      }
    }
    return plan
  }()

  /// A thousand containers on docker0, which has room for 1,023, and no traffic: for measurements.
  public static let thousand: Blueprint = {
    var plan = Blueprint(
      name: "thousand", words: { Say.Scenario.thousand },
      bridges: [Bridge(name: "docker0", network: "bridge", address: [172, 17, 0, 1])], hosts: [], flows: [])
    plan.add(1000, "c", on: "docker0")
    return plan
  }()

  /// Appends `NAME-1` to `NAME-count` on a bridge.
  private mutating func add(_ count: Int, _ name: String, on bridge: String) {
    let first = UInt16(hosts.filter { $0.networks.contains { $0.bridge == bridge } }.count + 2)
    for number in 1...count {
      hosts.append(
        Container(name: "\(name)-\(number)", image: name, networks: [(bridge, first + UInt16(number) - 1)]))
    }
  }
}
