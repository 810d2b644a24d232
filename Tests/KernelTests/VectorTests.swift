import Foundation
import Testing

/// Recordings of `Tests/Vectors`: rtnetlink messages of real kernels, with what iproute2 makes of them.
struct Vector: CustomTestStringConvertible {
  /// One message: what the program says of it, and what iproute2 says.
  struct Message {
    var number: Int
    var event: [String: Any]
    var text: String

    /// The words behind the name and the hardware address: those of the kind.
    var details: [String] {
      text.split(separator: "\n").dropFirst(2).joined(separator: " ").split(separator: " ").map(String.init)
    }
  }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Vectors").path

  static let all: [Vector] = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? [])
    .filter { $0.hasSuffix(".rtmon") }.sorted().map { Vector(name: String($0.dropLast(6))) }

  var name: String
  var testDescription: String { name }
  var recording: String { Vector.folder + "/\(name).rtmon" }

  /// The messages; every one has a timestamp of its own, and that is how both sides are matched.
  func messages() throws -> [Message] {
    let outcome = Machine.bash("$NT events --format json --from '\(recording)'")
    try #require(outcome.status == 0, "\(outcome.errors)")
    let events = try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    let file = FileManager.default.contents(atPath: Vector.folder + "/\(name).iproute2.txt")
    let parts = String(decoding: try #require(file), as: UTF8.self).components(separatedBy: "Timestamp: ").dropFirst()
    try #require(events.count == parts.count)
    return zip(events, parts).enumerated().map { number, pair in
      let lines = pair.1.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Message(number: number, event: pair.0, text: lines.count > 1 ? String(lines[1]) : "")
    }
  }
}

@Suite struct VectorTests {
  @Test func thereAreRecordings() { #expect(Vector.all.count >= 2) }

  /// Number, name, MTU, state, master and hardware address of every message about a link.
  @Test(arguments: Vector.all) func linksAreWhatIproute2Prints(vector: Vector) throws {
    var compared = 0
    for message in try vector.messages() {
      #expect(message.event["object"] as? String != "malformed", "message \(message.number)")
      guard message.event["object"] as? String == "link" else { continue }
      let isRemoval = message.text.hasPrefix("Deleted ")
      let text = isRemoval ? String(message.text.dropFirst(8)) : message.text
      let head = text.split(separator: " ", maxSplits: 2).map(String.init)
      try #require(head.count == 3, "message \(message.number): \(text)")
      #expect("\(message.event["ifindex"] ?? "")" == head[0].dropLast(), "message \(message.number)")
      // iproute2 prints bytes beyond ASCII as they are; behind @ stands the peer or the lower link.
      let name = head[1].dropLast().split(separator: "@").first.map(String.init)
      #expect(message.event["ifname"] as? String == name, "message \(message.number)")
      let values = message.event["values"] as? [String: Any] ?? [:]
      let words = text.split(separator: "\n").prefix(2).joined(separator: " ").split(separator: " ").map(String.init)
      for (key, word) in [("mtu", "mtu"), ("operstate", "state"), ("master", "master"), ("qdisc", "qdisc")] {
        guard let value = values[key] as? String, let place = words.firstIndex(of: word) else { continue }
        #expect(words[place + 1] == value, "message \(message.number): \(key)")
        compared += 1
      }
      if let address = values["address"] as? String, let place = words.firstIndex(of: "link/ether") {
        #expect(words[place + 1] == address, "message \(message.number)")
        compared += 1
      }
    }
    #expect(compared > 150, "\(compared)")
  }

  /// Every key of a kind that iproute2 prints as a word with a value behind it.
  @Test(arguments: Vector.all) func kindsAreWhatIproute2Prints(vector: Vector) throws {
    var compared: [String: Int] = [:]
    for message in try vector.messages() {
      guard message.event["object"] as? String == "link", let values = message.event["values"] as? [String: Any] else {
        continue
      }
      let tokens = message.details
      for (key, value) in values {
        var word = Self.words[key] ?? key
        if key.hasPrefix("port."), Self.words[key] == nil { word = String(key.dropFirst(5)) }
        // A port's words stand behind its master's kind, a link's own before it.
        let start = key.hasPrefix("port.") ? tokens.firstIndex { $0.hasSuffix("_slave") } ?? tokens.count : 0
        // A port that is in the state "learning" has that word before its flag.
        let places = tokens.indices.dropFirst(start).filter {
          tokens[$0] == word && ($0 == 0 || tokens[$0 - 1] != "state")
        }
        guard !word.isEmpty, let position = places.first, position + 1 < tokens.count else { continue }
        let (ours, theirs) = (value as? String ?? "", tokens[position + 1])
        let same = [
          ours, ["on": "1", "off": "0"][ours] ?? ours, ours == "0" ? "auto" : ours, ours == "0" ? "inherit" : ours,
          "0x" + String(Int(ours) ?? 0, radix: 16),
        ]
        // A link that the recording has not named yet goes by its number.
        #expect(
          same.contains { $0.lowercased() == theirs.lowercased() } || theirs.hasPrefix("if"),
          "message \(message.number), \(key): \(ours) is \(theirs) in: \(message.text.prefix(400))")
        compared[key, default: 0] += 1
      }
    }
    #expect(compared.values.reduce(0, +) > 300, "\(compared)")
    for key in ["ageing_time", "port.cost", "mode"] {
      #expect(compared[key, default: 0] > 0, "\(key) was never compared")
    }
  }

  /// iproute2's words where they are not the keys of its JSON.
  private static let words = [
    "port": "dstport", "remote6": "remote", "local6": "local", "group6": "group", "limit": "maxaddr",
    "df": "df", "encap_limit": "encaplimit", "root_id": "designated_root", "lacp_active": "lacp_active",
    "port.id": "port_id", "port.no": "port_no", "port.bridge_id": "designated_bridge",
    "port.root_id": "designated_root", "port.multicast_router": "mcast_router",
    "ad_lacp_rate": "lacp_rate", "ad_lacp_active": "lacp_active", "num_peer_notif": "num_grat_arp",
    "interlink": "interlink", "supervision_addr": "supervision", "mcast_last_member_cnt": "mcast_last_member_count",
    "mcast_startup_query_cnt": "mcast_startup_query_count", "mcast_last_member_intvl": "mcast_last_member_interval",
    "mcast_membership_intvl": "mcast_membership_interval", "mcast_querier_intvl": "mcast_querier_interval",
    "mcast_query_intvl": "mcast_query_interval", "mcast_query_response_intvl": "mcast_query_response_interval",
    "mcast_startup_query_intvl": "mcast_startup_query_interval", "group_addr": "group_address",
    "ad_info.aggregator": "ad_aggregator", "ad_info.num_ports": "ad_num_ports",
    "ad_info.partner_mac": "ad_partner_mac", "ad_info.actor_key": "ad_actor_key", "group": "",
    "ad_info.partner_key": "ad_partner_key", "vlan_filtering": "vlan_filtering", "proto": "", "external": "",
    // Printed without a value.
    "alias": "", "proxy": "", "pmtudisc": "", "multi_queue": "", "private": "", "vepa": "", "bridge": "",
    "ignore_df": "", "iseq": "", "oseq": "", "icsum": "", "ocsum": "", "isatap": "", "nopromisc": "",
  ]

  /// What the recording is of: every kind's link came, in the order in which the script made them.
  @Test(arguments: Vector.all) func theStoryIsTold(vector: Vector) throws {
    let lines = Machine.bash("$NT events --from '\(vector.recording)'").output.split(separator: "\n").map(String.init)
    func position(_ parts: String...) throws -> Int {
      try #require(lines.firstIndex { line in parts.allSatisfy(line.contains) }, "\(parts)")
    }
    let story = [
      try position("br0(", "link added"), try position("veth1(", "link added"), try position("veth1(", "master br0"),
      try position("veth2(", "mtu 1500 > 1400"), try position("mac-bridge", "link added"),
      try position("veth1(", "no master (was br0)"),
    ]
    #expect(story == story.sorted(), "\(story)")
  }
}
