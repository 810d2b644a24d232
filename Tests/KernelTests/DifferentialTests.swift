import Foundation
import Testing

extension KernelTests {
  /// Our JSON against iproute2's, over random networks: every key that both have has to be equal.
  ///
  /// `NETNS_TOP_SEEDS` is how many networks are built (4 unless given).
  @Suite struct DifferentialTests {
    private typealias Object = [String: Any]

    static let seeds = Int(ProcessInfo.processInfo.environment["NETNS_TOP_SEEDS"] ?? "") ?? 4
    private static let commands = [
      "addr": "ip -j -d addr", "route4": "ip -j -4 route show table all", "route6": "ip -j -6 route show table all",
      "rule4": "ip -j -4 rule", "rule6": "ip -j -6 rule", "neigh": "ip -j neigh", "fdb": "bridge -j fdb",
      "port": "bridge -j -d link",
    ]
    /// What differs for a reason, and the reason.
    private static let excused: Set<String> = [
      "stats64",  // counts while the two are read
      "link",  // of a pair: ours is `peer`
      "valid_life_time", "preferred_life_time",
    ]

    @Test(.enabled(if: Machine.can("ip", "bridge", "unshare"), "needs root, iproute2 and util-linux"))
    func everyKeyThatBothHaveIsEqual() throws {
      var compared: [String: Int] = [:]
      for seed in 0..<Self.seeds {
        var differences: [String] = []
        let topology = RandomTopology(seed: UInt64(seed))
        let report = try capture(topology)
        let shown = try #require(report["netns-top"]?.first?["namespaces"] as? [Object], "seed \(seed)")
        for namespace in [""] + topology.namespaces {
          let ours = namespace.isEmpty ? shown.first : shown.first { $0["name"] as? String == namespace }
          guard let ours else {
            differences.append("\(namespace): missing")
            continue
          }
          func theirs(_ command: String) -> [Object] { report["\(namespace) \(command)"] ?? [] }
          differences += compareLinks(ours, theirs("addr"), &compared).map { "\(namespace): \($0)" }
          differences += comparePorts(ours, theirs("port"), &compared).map { "\(namespace): \($0)" }
          differences += compareRows("routes", ours, theirs("route4") + theirs("route6"), &compared)
          differences += compareRows("rules", ours, theirs("rule4") + theirs("rule6"), &compared)
          differences += compareRows("neighbors", ours, theirs("neigh"), &compared)
          differences += compareRows("fdb", ours, theirs("fdb"), &compared)
        }
        #expect(
          differences.isEmpty,
          "seed \(seed): \(differences.prefix(6).joined(separator: "\n"))\n\(topology.lines.joined(separator: "\n"))")
        if !differences.isEmpty { break }
      }
      // A comparison that compared nothing would pass, too.
      for key in ["mtu", "address", "addr_info.local", "linkinfo.info_kind", "routes", "rules", "fdb", "operstate"] {
        #expect(compared[key, default: 0] > 0, "\(key) was never compared")
      }
      if Self.seeds > 4 {
        print(
          "compared over \(Self.seeds) networks:", compared.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
      }
    }

    /// Builds the network and reads it twice: by ourselves and by iproute2.
    private func capture(_ topology: RandomTopology) throws -> [String: [Object]] {
      // Duplicate address detection takes a second and more, and has nothing to do with the matter.
      let quiet = "for i in default all; do echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done"
      var script = "exec 2>/dev/null\n\(quiet)\n"
      script += topology.namespaces.map { "ip netns add \($0); ip netns exec \($0) sh -c '\(quiet)'\n" }.joined()
      script += topology.lines.joined(separator: "\n") + "\n"
      // Link-local addresses and their routes come by themselves a little later: wait until nothing changes any more.
      let all = (["ip"] + topology.namespaces.map { "ip -n \($0)" })
        .map { "\($0) addr | grep -v valid_lft; \($0) route show table all; \($0) -6 route show table all" }
        .joined(separator: "; ")
      script += "state() { \(all); }\nb=$(state); for i in $(seq 100); do sleep 0.1; a=$b; b=$(state); "
      // The kernel notices a carrier up to a second after it came; until then both flags are there.
      script += "case $b in *tentative*) continue;; esac; echo \"$b\" | grep -q 'NO-CARRIER.*LOWER_UP' && continue; "
      script += "[ \"$a\" = \"$b\" ] && break; done\n"
      script += "echo '### netns-top'; echo \"[$($NT show --format json --tables --docker-host $NONE)]\"\n"
      for namespace in [""] + topology.namespaces {
        for (name, command) in Self.commands {
          let tool = command.prefix { $0 != " " }
          let target = namespace.isEmpty ? "" : " -n \(namespace)"
          script += "echo '### \(namespace) \(name)'; \(tool)\(target)\(command.dropFirst(tool.count)); echo\n"
        }
      }
      let output = Machine.inPrivateNamespaces(script, timeout: 60).output
      var report: [String: [Object]] = [:]
      for part in output.components(separatedBy: "### ").dropFirst() {
        let end = part.firstIndex(of: "\n") ?? part.endIndex
        let rows = try? JSONSerialization.jsonObject(with: Data(part[end...].utf8)) as? [Object]
        report[String(part[..<end])] = rows ?? []
      }
      return report
    }

    private func text(_ value: Any) -> String {
      let data = try? JSONSerialization.data(withJSONObject: [value], options: [.sortedKeys])
      return String(decoding: data ?? Data(), as: UTF8.self)
    }

    /// Every difference of two objects in the keys that both have.
    private func compare(_ a: Object, _ b: Object, _ path: String, _ compared: inout [String: Int]) -> [String] {
      var differences: [String] = []
      for (key, theirs) in b where !Self.excused.contains(key) {
        guard let ours = a[key] else { continue }
        if let left = ours as? Object, let right = theirs as? Object {
          differences += compare(left, right, path + key + ".", &compared)
          continue
        }
        if key == "addr_info" { continue }
        compared[path + key, default: 0] += 1
        var right = theirs
        // M-DOWN is said of the other end, where it is in the same namespace.
        if key == "flags", let flags = theirs as? [String] { right = flags.filter { $0 != "M-DOWN" } }
        if text(ours) != text(right) { differences.append("\(path)\(key): \(text(ours)) is \(text(right))") }
      }
      return differences
    }

    private func compareLinks(_ ours: Object, _ theirs: [Object], _ compared: inout [String: Int]) -> [String] {
      let interfaces = ours["interfaces"] as? [Object] ?? []
      var differences: [String] = []
      if interfaces.count != theirs.count { differences.append("\(interfaces.count) links, not \(theirs.count)") }
      for link in theirs {
        let name = link["ifname"] as? String ?? ""
        guard let own = interfaces.first(where: { $0["ifname"] as? String == name }) else {
          differences.append("\(name) is missing")
          continue
        }
        differences += compare(own, link, "", &compared).map { "\(name) \($0)" }
        let addresses = own["addr_info"] as? [Object] ?? []
        let wanted = link["addr_info"] as? [Object] ?? []
        if addresses.count != wanted.count {
          differences.append("\(name): \(addresses.count) addresses, not \(wanted.count)")
        }
        for address in wanted {
          let local = address["local"] as? String
          guard
            let match = addresses.first(where: {
              $0["local"] as? String == local && text($0["prefixlen"] ?? 0) == text(address["prefixlen"] ?? 0)
            })
          else {
            differences.append("\(name): \(local ?? "?") is missing")
            continue
          }
          differences += compare(match, address, "addr_info.", &compared).map { "\(name) \($0)" }
        }
      }
      return differences
    }

    private func comparePorts(_ ours: Object, _ theirs: [Object], _ compared: inout [String: Int]) -> [String] {
      let interfaces = ours["interfaces"] as? [Object] ?? []
      return theirs.flatMap { port -> [String] in
        let name = port["ifname"] as? String ?? ""
        let own = interfaces.first { $0["ifname"] as? String == name }?["bridge_port"] as? Object ?? [:]
        return compare(own, port, "bridge_port.", &compared).map { "\(name) \($0)" }
      }
    }

    /// Tables have no keys: the rows are compared as a whole, without what only one side can say.
    private func compareRows(_ table: String, _ ours: Object, _ theirs: [Object], _ compared: inout [String: Int])
      -> [String]
    {
      func rows(_ objects: [Object]) -> [String] {
        objects.compactMap { row in
          var row = row
          row["family"] = nil
          // iproute2 prints a byte past the end of an empty link-layer address.
          if (row["lladdr"] as? String)?.contains(":") == false { row["lladdr"] = nil }
          // Learnt, or resolved, while the two are read.
          if table == "neighbors", row["state"] as? [String] != ["PERMANENT"] { return nil }
          if table == "fdb", row["state"] as? String == "" { return nil }
          return text(row)
        }.sorted()
      }
      let (left, right) = (rows(ours[table] as? [Object] ?? []), rows(theirs))
      compared[table, default: 0] += right.count
      if left == right { return [] }
      let (a, b) = (Set(left), Set(right))
      return ["\(table): only ours \(a.subtracting(b)), only theirs \(b.subtracting(a)), \(left.count)/\(right.count)"]
    }
  }
}
