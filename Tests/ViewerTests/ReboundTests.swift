import Canvas
import Fixtures
import Keys
import Labels
import Speech
import Testing
import Topology

@testable import Viewer

/// Keys that the configuration has bound anew.
@Suite struct ReboundTests {
  private func stage(_ changes: [Command: [Key]], size: Size = Size(width: 120, height: 40)) -> Stage {
    var stage = Stage(Models.twelve, size: size)
    stage.state.keys = KeyTable.standard.binding(changes)
    return stage
  }

  private func help(_ stage: Stage) -> String {
    var stage = stage
    _ = stage.state.perform(.help)
    var rows: [String] = []
    for _ in 0..<60 {
      rows += stage.picture().rows
      stage.press(.pageDown)
    }
    return rows.joined(separator: "\n")
  }

  @Test func aNewKeyDispatchesAndTheOldOneDoesNot() {
    var stage = stage([.quit: [.character("Z")], .list: [.function(7)], .down: [.character("d")]])
    #expect(stage.press(.character("q")).isEmpty && stage.press(.function(10)).isEmpty)
    #expect(stage.press(.character("Z")) == [.quit(keepsScreen: false)])
    #expect(stage.press(.control("c")) == [.quit(keepsScreen: false)])
    let first = stage.state.selection
    stage.press(.character("j"), .down)
    #expect(stage.state.selection == first)
    stage.press(.character("d"))
    #expect(stage.state.selection != first)
    stage.press(.function(7))
    #expect(stage.state.context == .list)
  }

  @Test func footerAndHelpShowTheNewCaps() {
    let stage = stage([
      .quit: [.character("Z")], .ping: [.function(5)], .why: [], .find: [.character("s"), .control("f")],
    ])
    let footer = stage.picture().rows.last ?? ""
    #expect(footer.contains("Z quit") && !footer.contains("q quit"), "\(footer)")
    #expect(footer.contains("F5 ping") && !footer.contains("why") && footer.contains("s find"), "\(footer)")
    let help = help(stage)
    #expect(help.contains("F5    ping: choose target, then F5"), "\(help)")
    #expect(help.contains("find name, address, MAC (^F)") && !help.contains("(F10)"))
    // The word is there for what has no key, and says so.
    #expect(!help.contains("w     why it works") && help.contains("after :why: the source is beyond"))
    Language.$spoken.withValue(.chinese) { #expect(stage.picture().rows.last?.contains("Z 退出") == true) }
  }

  @Test func whatIsSaidNamesTheNewKey() {
    var stage = stage([.ping: [.character("o")], .why: [.character("i")], .list: [.character("L")], .mark: [.tab]])
    stage.press(.tab)
    #expect(stage.text.contains("is marked: o or i on another one"), "\(stage.text)")
    stage.press(.escape, .character("b"), .character("s"))
    #expect(stage.text.contains("L lists in others"))
  }

  @Test func theDetailsNameTheNewKeyToTrouble() {
    var model = Models.fiveHundred
    for namespace in model.namespaces.values where namespace.id != .host {
      model.namespaces[namespace.id]?.links[0].flags = []
    }
    var stage = Stage(model, size: Size(width: 120, height: 40))
    stage.state.keys = KeyTable.standard.binding([.nextTrouble: [.function(8)]])
    stage.press(.enter)
    stage.state.selection = nil
    #expect(stage.text.contains("more: F8"), "\(stage.text)")
  }

  @Test func aTargetIsChosenWithTheNewKey() {
    var stage = stage([.ping: [.character("o")], .inspect: [.character("i")]])
    stage.press(.character("o"))
    #expect(stage.state.context == .pick && stage.text.contains("o start"), "\(stage.text)")
    let effects = stage.press(.character("o"))
    #expect(effects.contains { if case .startPing = $0 { true } else { false } }, "\(effects)")
    stage.press(.escape, .escape, .character("o"), .character("p"))
    #expect(stage.state.context == .target, "p is the beginning of a name")
  }

  /// A click on the footer is the key that is shown there, two clicks on an element open it.
  @Test func theMousePressesTheNewKeys() {
    var stage = stage([.list: [.character("L")], .zoomOut: [.character("[")], .zoomIn: []])
    let row = Array(stage.picture().rows.last ?? "")
    let x = row.indices.first { String(row[$0...].prefix(3)) == " L " }
    #expect(x != nil, "\(String(row))")
    _ = stage.state.update(.click(Point(x: (x ?? 0) + 1, y: 39), isDouble: false), at: stage.now)
    #expect(stage.state.context == .list)
  }

  @Test func theHelpIsScrolledByTheNewKeys() {
    var stage = stage([.down: [.character("d")], .last: [.character("e")]], size: Size(width: 60, height: 20))
    stage.press(.character("?"), .character("e"))
    #expect(stage.state.context == .help && stage.text.contains("quit"))
    stage.press(.character("j"))
    #expect(stage.state.context == .walk, "any other key closes")
  }

  @Test func aFunctionKeyOfTheHelpMeansThatInALineToo() {
    var stage = stage([.help: [.function(2)]])
    stage.press(.character("/"), .function(1))
    #expect(stage.state.context == .search)
    stage.press(.function(2))
    #expect(stage.state.context == .help)
    stage.press(.escape, .escape)
    // A letter is one there.
    stage.state.keys = KeyTable.standard.binding([.help: [.character("h")]])
    stage.press(.character("/"), .character("h"))
    #expect(stage.state.context == .search)
  }

  @Test func reloadIsAKeyAndAWord() {
    var stage = Stage()
    #expect(stage.press(.character("R")) == [.reload])
    stage.press(.character(":"))
    stage.type("reload")
    #expect(stage.press(.enter) == [.reload])
  }

  /// The cap that a row comes with is that of its first keys.
  @Test func capsAreThoseOfTheKeys() {
    for binding in KeyTable.standard.bindings {
      let cap = binding.cap(.unicode)
      let first = binding.commands.compactMap { KeyTable.standard.keys(of: $0).first?.cap(.unicode) }
      switch binding.command {
      case .left: #expect(cap == first.joined())
      case .bridge1: #expect(cap == "1-9")
      case .zoomOut: #expect(cap == "-/+")
      case .ipv4: #expect(cap == "4 6")
      default: #expect(cap == first.first, "\(binding.command)")
      }
      #expect(KeyTable.standard.help(binding.command) == binding.help)
    }
    let table = KeyTable.standard.binding([.left: [.character("a")], .up: [.home], .bridge1: [], .zoomIn: [.tab]])
    let caps = table.bindings.map { $0.cap(.unicode) }
    #expect(caps.contains("a Home ↓ →") && caps.contains("2-9") && caps.contains("-/Tab"), "\(caps)")
  }
}
