import Foundation
import Testing

/// Messages that other people captured, with what iproute2 makes of them, in the folder that `NETNS_TOP_VECTORS` names.
/// They are no part of the project, and nothing but these tests knows of them.
private enum OutsideVectors {
  static let folder = ProcessInfo.processInfo.environment["NETNS_TOP_VECTORS"] ?? ""
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
}

@Suite struct OutsideVectorTests {
  @Test(
    .enabled(if: OutsideVectors.areThere, "NETNS_TOP_VECTORS names no folder"),
    arguments: ["links", "addresses", "routes", "rules", "neighbors", "nsids", "other", "docker"])
  func everyMessageIsAccountedFor(file: String) throws {
    let events = try OutsideVectors.events(file)
    #expect(events.count == OutsideVectors.rows(file).count)
    #expect(!events.contains { $0["object"] as? String == "malformed" })
    for (event, row) in zip(events, OutsideVectors.rows(file)) where !row[2].isEmpty && file != "other" {
      #expect(event["message"] as? String == row[2], "message \(row[1])")
    }
  }

  @Test(.enabled(if: OutsideVectors.areThere, "NETNS_TOP_VECTORS names no folder"))
  func linksAreWhatTheIndexSays() throws {
    var compared = 0
    for (event, row) in zip(try OutsideVectors.events("links"), OutsideVectors.rows("links")) {
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

  /// The story that the vectors' own description tells of the one real recording.
  @Test(.enabled(if: OutsideVectors.areThere, "NETNS_TOP_VECTORS names no folder"))
  func theStoryOfDocker() throws {
    let outcome = Machine.bash("$NT events --from '\(OutsideVectors.folder)/docker.rtmon'")
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
