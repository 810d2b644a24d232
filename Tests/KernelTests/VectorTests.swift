import Foundation
import Testing

/// Messages that other people captured, with what iproute2 makes of them: a folder beside the checkout, or where
/// `NETNS_TOP_VECTORS` says. It is not part of the project.
private enum Vectors {
  static let folder: String = {
    if let given = ProcessInfo.processInfo.environment["NETNS_TOP_VECTORS"] { return given }
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    return root.appendingPathComponent("shared/vectors").path
  }()
  static let areThere = FileManager.default.fileExists(atPath: folder + "/index.tsv")

  /// The rows of the index of one recording, column by column.
  static func rows(_ file: String) -> [[String]] {
    let text = (try? String(contentsOfFile: folder + "/index.tsv", encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map { $0.components(separatedBy: "\t") }.filter { $0[0] == file + ".rtmon" }
  }

  /// What the program says of a recording: one object a message.
  static func events(_ file: String) throws -> [[String: Any]] {
    let outcome = Machine.bash("$NT events --format json --from '\(folder)/\(file).rtmon'")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try outcome.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  /// iproute2's text, cut into messages by the timestamps: message n is stamped n seconds after the year's beginning.
  static func iproute2(_ file: String) -> [Int: String] {
    let path = folder + "/\(file).iproute2-7.1.txt"
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    var parts: [Int: String] = [:]
    for part in text.components(separatedBy: "Timestamp: ").dropFirst() {
      let lines = part.split(separator: "\n", maxSplits: 1)
      guard let number = lines[0].split(separator: " ").dropLast().last.flatMap({ Int($0) }) else { continue }
      parts[number] = lines.count > 1 ? String(lines[1]) : ""
    }
    return parts
  }
}

@Suite struct VectorTests {
  @Test(
    .enabled(if: Vectors.areThere, "no vectors beside the checkout"),
    arguments: ["links", "addresses", "routes", "rules", "neighbors", "nsids", "other", "docker"])
  func everyMessageIsAccountedFor(file: String) throws {
    let events = try Vectors.events(file)
    #expect(events.count == Vectors.rows(file).count)
    #expect(!events.contains { $0["object"] as? String == "malformed" })
    for (event, row) in zip(events, Vectors.rows(file)) where !row[2].isEmpty && file != "other" {
      #expect(event["message"] as? String == row[2], "message \(row[1])")
    }
  }

  @Test(.enabled(if: Vectors.areThere, "no vectors beside the checkout"))
  func linksAreWhatTheIndexSays() throws {
    var compared = 0
    for (event, row) in zip(try Vectors.events("links"), Vectors.rows("links")) {
      let values = event["values"] as? [String: Any] ?? [:]
      #expect("\(event["ifindex"] ?? "")" == row[4], "message \(row[1])")
      if !row[5].isEmpty { #expect(event["ifname"] as? String == row[5], "message \(row[1])") }
      for pair in row[6].components(separatedBy: "; ") {
        let words = pair.split(separator: " ", maxSplits: 1).map(String.init)
        guard words.count == 2, ["mtu", "address", "netnsid", "link", "kind"].contains(words[0]) else { continue }
        #expect(values[words[0]] as? String == words[1], "message \(row[1]): \(words[0])")
        compared += 1
      }
    }
    #expect(compared > 200, "\(compared)")
  }

  /// Every key of a kind that iproute2 prints as a word with a value behind it.
  @Test(.enabled(if: Vectors.areThere, "no vectors beside the checkout"))
  func kindsAreWhatIproute2Prints() throws {
    let words = [
      "port": "dstport", "remote6": "remote", "local6": "local", "group6": "group", "limit": "maxaddr",
      "df": "df", "encap_limit": "encaplimit", "root_id": "designated_root", "lacp_active": "lacp_active",
      "port.id": "port_id", "port.no": "port_no", "port.bridge_id": "designated_bridge",
      "port.root_id": "designated_root", "port.multicast_router": "mcast_router", "mode_flag": "",
      "ad_lacp_rate": "lacp_rate", "ad_lacp_active": "lacp_active", "num_peer_notif": "num_grat_arp",
      "interlink": "interlink", "supervision_addr": "supervision", "mcast_last_member_cnt": "mcast_last_member_count",
      "mcast_startup_query_cnt": "mcast_startup_query_count", "mcast_last_member_intvl": "mcast_last_member_interval",
      "mcast_membership_intvl": "mcast_membership_interval", "mcast_querier_intvl": "mcast_querier_interval",
      "mcast_query_intvl": "mcast_query_interval", "mcast_query_response_intvl": "mcast_query_response_interval",
      "mcast_startup_query_intvl": "mcast_startup_query_interval", "group_addr": "group_address",
      "ad_info.aggregator": "ad_aggregator", "ad_info.num_ports": "ad_num_ports",
      "ad_info.partner_mac": "ad_partner_mac", "ad_info.actor_key": "ad_actor_key", "group": "",
      "ad_info.partner_key": "ad_partner_key", "vlan_filtering": "vlan_filtering", "proto": "", "external": "",
    ]
    /// Kinds whose name iproute2 prints wrongly (they come without NUL), and those that share a word.
    let excused: Set<String> = ["91", "92", "148", "149"]
    let texts = Vectors.iproute2("links")
    var compared: [String: Int] = [:]
    for (event, row) in zip(try Vectors.events("links"), Vectors.rows("links")) where !excused.contains(row[1]) {
      guard let number = Int(row[1]), let text = texts[number], let values = event["values"] as? [String: Any] else {
        continue
      }
      let lines = text.split(separator: "\n").dropFirst(2).joined(separator: " ")
      let tokens = lines.split(separator: " ").map(String.init)
      for (key, value) in values {
        var word = words[key] ?? key
        if key.hasPrefix("port."), words[key] == nil { word = String(key.dropFirst(5)) }
        // A port's words stand behind its master's kind, a link's own before it.
        let start = key.hasPrefix("port.") ? tokens.firstIndex { $0.hasSuffix("_slave") } ?? tokens.count : 0
        guard !word.isEmpty, let position = tokens[start...].firstIndex(of: word), position + 1 < tokens.count else {
          continue
        }
        let theirs = tokens[position + 1]
        let ours = value as? String ?? ""
        let same: [String] = [
          ours, ["on": "1", "off": "0"][ours] ?? ours, ours == "0" ? "auto" : ours,
          ours == "0" ? "inherit" : ours,
        ]
        #expect(
          same.contains(theirs) || same.map { $0.lowercased() }.contains(theirs.lowercased())
            || tokens[position + 1].hasPrefix("if") || event["ifindex"] == nil,
          "message \(number), \(key): \(ours) is \(theirs) in: \(lines.prefix(300))")
        compared[key, default: 0] += 1
      }
    }
    #expect(compared.values.reduce(0, +) > 400, "\(compared.values.reduce(0, +))")
    for key in ["id", "mode", "miimon", "ageing_time", "port.cost", "remote", "local", "table", "policy"] {
      #expect(compared[key, default: 0] > 0, "\(key) was never compared")
    }
  }

  /// The story that the vectors' own description tells of the one real recording.
  @Test(.enabled(if: Vectors.areThere, "no vectors beside the checkout"))
  func theStoryOfDocker() throws {
    let outcome = Machine.bash("$NT events --from '\(Vectors.folder)/docker.rtmon'")
    let lines = outcome.output.split(separator: "\n").map(String.init)
    func position(_ parts: String...) throws -> Int {
      try #require(lines.firstIndex { line in parts.allSatisfy(line.contains) }, "\(parts)")
    }
    let story = [
      try position("qemu-br1(13)", "link added", "bridge"), try position("qemu-br1(13)", "192.168.10.1/24 added"),
      try position("vethc0e60d6(14)", "added"), try position("vetheb64895(15)", "master docker0"),
      try position("vethc0e60d6(14)", "link moved", "nsid 0 as 14"),
      try position("20:39:27.451348", "docker0(3)", "operstate DOWN > UP"),
      try position("veth1(16)", "link moved", "nsid 1"), try position("vxlan100(18)", "master br100"),
      try position("br100(19)", "mtu 1500 > 1430"),
    ]
    #expect(story == story.sorted())
    #expect(!lines.contains { $0.contains("vethc0e60d6(14)") && $0.contains("link removed") })
  }
}
