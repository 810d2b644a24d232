import Canvas
import Diagram
import Fixtures
import Keys
import Listing
import Testing
import Topology

@testable import Viewer

/// What a search meets, what it says of it, and what Enter opens then.
@Suite struct FindTests {
  private func stage(_ snapshot: Snapshot, _ keys: Key..., finding text: String) -> Stage {
    var stage = Stage(snapshot, size: Size(width: 120, height: 40))
    for key in keys { stage.press(key) }
    stage.press(.character("/"))
    stage.type(text)
    return stage
  }

  private func footer(_ stage: Stage) -> String { stage.picture().rows.last ?? "" }

  /// Where a cable is one row, or one tooth, the interface that was looked for is the one whose details open.
  @Test func theMacOfAVethOpensTheVeth() throws {
    for (plain, keys) in [(Models.twelve, [Key.character("v")]), (Models.fiveHundred, [])] {
      var model = plain
      let place = try #require(model.namespaces[.host]?.links.lastIndex { $0.isPair })
      model.namespaces[.host]?.links[place].hardwareAddress = [0xFE, 0xED, 1, 2, 3, 4]
      let veth = try #require(model.namespaces[.host]?.links[place])
      var stage = Stage(model, size: Size(width: 120, height: 40))
      for key in keys { stage.press(key) }
      stage.press(.character("/"))
      stage.type(veth.hardwareAddressText)
      #expect(footer(stage).contains("1 match"), "\(footer(stage))")
      #expect(footer(stage).contains("MAC \(veth.hardwareAddressText) of \(veth.name)"))
      stage.press(.enter)
      #expect(stage.state.selectedLink?.id == veth.id)
      let asked = stage.press(.enter)
      #expect(asked == [.readTables(.host, of: veth.id)])
      #expect(stage.text.contains("mac       \(veth.hardwareAddressText)"), "\(stage.text)")
      // Without the search the element means what it always does.
      stage.press(.escape, .escape)
      #expect(stage.state.selectedLink?.id != veth.id)
    }
  }

  @Test func theContainersOwnAddressOpensTheContainer() {
    var stage = stage(Models.twelve, .character("v"), finding: "172.19.0.5")
    #expect(footer(stage).contains("address 172.19.0.5/16 of 订单数据库 eth0"), "\(footer(stage))")
    stage.press(.enter)
    #expect(stage.state.selectedLink?.primaryAddress?.text == "172.19.0.5/16")
  }

  /// A bridge takes over the MAC of a port: who looks for that means the port.
  @Test func aPortsMacIsNotTheBridges() throws {
    var model = Models.twelve
    var links = try #require(model.namespaces[.host]?.links)
    let port = try #require(links.first { $0.isPair && $0.master != nil })
    let bridge = try #require(links.firstIndex { $0.id == port.master })
    links[bridge].hardwareAddress = port.hardwareAddress
    model.namespaces[.host]?.links = links
    var stage = stage(model, finding: port.hardwareAddressText)
    stage.press(.enter)
    stage.press(.enter)
    #expect(stage.text.contains(port.name) && stage.state.selection != .link(links[bridge].id), "\(stage.text)")
  }

  @Test func aNameNeedsNoReason() {
    let stage = stage(Models.twelve, finding: "web-")
    #expect(footer(stage).contains("2 matches   ⏎ keep"))
    #expect(!footer(stage).contains("this one"))
    #expect(footer(self.stage(Models.twelve, finding: "busybox")).contains("this one: image busybox"))
  }

  /// Numbers that machines make up hold every short text somewhere.
  @Test(arguments: [
    ("ac", false), ("02", false), ("42a", false), ("0242", true), ("42ac", true), ("0242AC", true), ("242a", false),
    ("2:4", true), ("42:ac", true), ("02-42-AC-01", true), ("02-42-A", true), ("42-", true),
    ("0242.AC01.0002", true), ("0242.a", true), ("02-42-01", false), ("0242.01", false), ("2-4", false), (":", false),
    ("a:", false), ("0242-", false), ("0242ag", false), ("", false),
  ]) func aMacIsMeantByWhoTypesEnoughOfIt(text: String, isMet: Bool) throws {
    let link = try #require(Models.seed.namespaces[NamespaceID(serial: 1)]?.links.first)
    let words = Models.seed.words(of: link).filter { $0.kind == .hardwareAddress }
    #expect(words.map(\.text) == ["02:42:ac:01:00:02"])
    #expect((Needle(text).found(in: words) != nil) == isMet)
  }

  @Test func idsAreMetByTheirBeginning() throws {
    var model = Models.seed
    model.namespaces[NamespaceID(serial: 1)]?.containers[0].id = "deadbeef0123"
    let words = model.words(of: try #require(model.namespaces[NamespaceID(serial: 1)]))
    func isMet(_ text: String) -> Bool { Needle(text).found(in: words) != nil }
    #expect(isMet("dead") && isMet("DEADBEEF") && isMet("4026532000"))
    #expect(!isMet("dea") && !isMet("beef") && !isMet("2000"))
  }

  @Test func shortWordsHideNoMoreThanTheyName() {
    var stage = Stage(Models.twelve, size: Size(width: 140, height: 40))
    stage.filter("ac !backend")
    // One veth's name has it, too.
    #expect(stage.containers == ["cache", "auth"], "and not all whose MAC has 02:42:ac in it")
  }
}
