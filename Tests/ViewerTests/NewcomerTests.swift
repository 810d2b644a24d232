import Canvas
import Diagram
import Fixtures
import Keys
import Paths
import Testing
import Topology

@testable import Viewer

/// What somebody who has never seen the program stumbled over.
@Suite struct NewcomerTests {
  private let test1 = NamespaceID(serial: 1)

  @Test func aPortStandsForTheContainerBehindIt() {
    var model = Models.seed
    // The kernel gives a port a link-local address by itself.
    let port = model.namespaces[.host]?.links.firstIndex { $0.peerLink?.namespace == test1 } ?? 0
    model.namespaces[.host]?.links[port].addresses = [
      InterfaceAddress(
        local: IPAddress([0xFE, 0x80] + Array(repeating: 1, count: 14)) ?? .unspecified, prefixLength: 64)
    ]
    var stage = Stage(model)
    stage.press(.left, .character("p"))
    let effects = stage.press(.character("p"))
    guard case .startPing(_, let route)? = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(route.source.name == "test1" && route.sourceAddress == IPAddress("172.17.0.2"))
    let name = model.namespaces[.host]?.links[port].name ?? ""
    let resolved = try? Endpoint.resolve(name, in: model).get()
    #expect(resolved?.namespace == test1)
  }

  @Test func theOneWhoseReplyItMayBeIsNamed() {
    var model = Models.seed
    let twin = Models.join("test3", number: 60, to: model.bridges[0].id, of: &model)
    model.namespaces[twin]?.links[0].addresses = [
      InterfaceAddress(local: IPAddress("172.17.0.3") ?? .unspecified, prefixLength: 16)
    ]
    var stage = Stage(model, size: Size(width: 100, height: 40))
    stage.press(.character("p"), .character("/"))
    stage.type("test2")
    stage.press(.enter)
    let effects = stage.press(.character("p"))
    #expect(effects.contains { if case .startPing = $0 { true } else { false } })
    stage.tell(.sent(sequence: 1))
    stage.tell(.reply(sequence: 1, milliseconds: 0.1, ttl: 64))
    #expect(stage.text.contains("test3 has 172.17.0.3, too"), "\(stage.text)")
  }

  @Test func whatHappenedIsSaid() {
    var stage = Stage()
    stage.press(.character(" "))
    #expect(stage.text.contains("test1 is marked"))
    stage.press(.escape, .character("/"))
    stage.type("zzz")
    stage.press(.enter)
    #expect(stage.text.contains("no match for zzz"))
    // It goes with the next key.
    stage.press(.down)
    #expect(!stage.text.contains("no match"))
    stage.press(.character("b"), .character("s"))
    #expect(stage.text.contains("one order only"))
  }

  @Test func theSelectedToothIsNamed() {
    var stage = Stage(Models.fiveHundred)
    #expect(stage.text.contains("wkr-1   eth0  172.17.0.2  ⇄ "), "\(stage.text)")
    stage.press(.right)
    #expect(stage.text.contains("wkr-2   eth0  172.17.0.3"))
  }

  @Test func aFilterLooksIntoFoldedBridges() {
    var stage = Stage(Models.twelve, size: Size(width: 120, height: 40))
    stage.press(.character("2"), .character(" "))
    #expect(stage.text.contains("folded 4"))
    #expect(!stage.text.contains("nginx"))
    stage.press(.character("\\"))
    stage.type("nginx")
    stage.press(.enter)
    #expect(stage.text.contains("172.18.0.2"), "\(stage.text)")
  }

  /// Details cover the diagram on a narrow screen; what was asked for last is not to come up behind them.
  @Test func theAnswerIsNotBehindTheDetails() {
    var stage = Stage()
    stage.press(.enter)
    #expect(stage.state.isPaneOpen)
    stage.press(.character("w"), .character("w"))
    #expect(!stage.state.isPaneShown && stage.text.contains("test1 → test2"), "\(stage.text)")
    stage.press(.escape, .enter, .character("v"))
    #expect(stage.text.contains("interface"), "\(stage.text)")
    var wide = Stage(size: Size(width: 120, height: 40))
    wide.press(.enter, .character("w"), .character("w"))
    #expect(wide.state.isPaneOpen)
  }

  @Test func theLastPingIsRepeatedWhenItHasGone() {
    var stage = Stage()
    stage.press(.character("P"))
    #expect(stage.text.contains("nothing was pinged yet"))
    stage.press(.character("p"), .character("p"), .escape, .escape)
    #expect(stage.state.ping == nil)
    let effects = stage.press(.character("P"))
    #expect(effects.contains { if case .startPing = $0 { true } else { false } })
    stage.press(.escape, .escape, .character("n"))
    #expect(stage.text.contains("nothing was searched for yet"))
  }

  @Test func anEmptyFilterSaysSo() {
    var stage = Stage(Models.twelve)
    stage.press(.character("\\"))
    stage.type("bridge:nosuch")
    stage.press(.enter)
    #expect(stage.text.contains("nothing here that the filter lets through; Esc clears it"), "\(stage.text)")
    stage.press(.character("!"))
    #expect(stage.text.contains("no link that the filter shows is in trouble"))
  }

  /// Whoever looks at a container is shown its first interface: its driver and its own settings are asked for, too, and
  /// anew for each element that is looked at.
  @Test func theDetailsAskForTheInterfaceThatTheyShow() throws {
    var stage = Stage()
    let container = try #require(stage.state.snapshot.namespaces.values.first { $0.id != .host })
    let link = try #require(container.shownLinks.first)
    #expect(stage.state.selection == .namespace(container.id))
    #expect(stage.press(.enter) == [.readTables(container.id, of: link.id)])
    let next = stage.press(.down)
    let asked = try #require(stage.state.selectedLink)
    #expect(next == [.readTables(asked.id.namespace, of: asked.id)])
  }

  @Test func aTapNamesTheProgramBehindIt() throws {
    var stage = Stage(size: Size(width: 120, height: 40))
    stage.press(.enter)
    let link = try #require(stage.state.selectedLink)
    var tables = NetworkTables()
    tables.holders[link.id] = [NetworkTables.Holder(NamespaceProcess(pid: 4711, name: "qemu-system-x86"))]
    _ = stage.state.update(.tables(link.id.namespace, tables), at: stage.now)
    #expect(stage.text.contains("program   qemu-system-x86 4711"), "\(stage.text)")
    tables.holders[link.id] = []
    _ = stage.state.update(.tables(link.id.namespace, tables), at: stage.now)
    #expect(stage.text.contains("program   none"))
    let inode = stage.state.snapshot.namespaces[.host]?.inode
    tables.holders[link.id] = [NetworkTables.Holder(NamespaceProcess(pid: 7, name: "qemu"), elsewhere: inode ?? 1)]
    _ = stage.state.update(.tables(link.id.namespace, tables), at: stage.now)
    #expect(stage.text.contains("program   qemu 7 (\(inode == nil ? "elsewhere" : "host"))"))
  }
}
