import Canvas
import Diagram
import Fixtures
import Testing
import Topology

/// Draws a model as the viewer would, without panes.
func draw(
  _ snapshot: Snapshot, _ size: Size, glyphs: GlyphSet = .unicode, zoom: Zoom? = nil, selection: Element? = nil,
  trail: Trail? = nil
) -> CellCanvas {
  var slots = Slots()
  slots.settle(snapshot, at: snapshot.takenAt)
  let layout = Layout(snapshot, slots: slots, zoom: zoom, viewport: size)
  var canvas = CellCanvas(size)
  let decor = Decor(selection: selection, trail: trail, traffic: Models.traffic(snapshot))
  layout.paint(
    into: &canvas, rect: Rect(x: 0, y: 0, width: size.width, height: size.height), scroll: 0, snapshot: snapshot,
    decor: decor, glyphs: glyphs)
  return canvas
}

/// Every one of these was looked at beside the mock-ups before it was committed.
@Suite struct GoldenTests {
  private let test1 = Element.namespace(NamespaceID(serial: 1))
  private let path = Trail(
    hops: [
      LinkRef(NamespaceID(serial: 1), 2), LinkRef(.host, 4), LinkRef(.host, 3), LinkRef(.host, 5),
      LinkRef(NamespaceID(serial: 2), 2),
    ], head: 0.25)

  @Test(arguments: [GlyphSet.unicode, .ascii]) func seed(glyphs: GlyphSet) {
    let canvas = draw(Models.seed, Size(width: 80, height: 16), glyphs: glyphs, selection: test1)
    #expect(Golden.difference(canvas, "seed-80x16-\(glyphs.rawValue)") == nil)
  }

  @Test(arguments: [GlyphSet.unicode, .ascii]) func seedWithPing(glyphs: GlyphSet) {
    let canvas = draw(Models.seed, Size(width: 80, height: 16), glyphs: glyphs, selection: test1, trail: path)
    #expect(Golden.difference(canvas, "seed-ping-80x16-\(glyphs.rawValue)") == nil)
  }

  @Test func lostPing() {
    var lost = path
    lost.head = nil
    lost.stop = 3
    #expect(Golden.difference(draw(Models.seed, Size(width: 80, height: 16), trail: lost), "seed-lost-80x16") == nil)
  }

  @Test(arguments: [Size(width: 84, height: 38), Size(width: 120, height: 38), Size(width: 80, height: 38)])
  func twelve(size: Size) {
    let canvas = draw(Models.twelve, size, selection: .namespace(NamespaceID(serial: 6)))
    #expect(Golden.difference(canvas, "twelve-\(size.width)x\(size.height)") == nil)
  }

  @Test func odd() {
    #expect(Golden.difference(draw(Odd.model, Size(width: 100, height: 44)), "odd-100x44") == nil)
  }
}

/// What is not a container on a bridge.
enum Odd {
  static let model: Snapshot = {
    let (blue, red, green) = (NamespaceID(serial: 1), NamespaceID(serial: 2), NamespaceID(serial: 3))
    func ref(_ index: UInt32) -> LinkRef { LinkRef(.host, index) }
    var host = Namespace(id: .host, kind: .host, name: "edge01")
    host.links = [
      Models.link(ref(2), "eth0", kind: "", address: "10.0.0.7", prefix: 24),
      Models.link(ref(3), "empty0", kind: "bridge", carrier: false),
      Models.link(ref(4), "docker0", kind: "bridge", address: "172.17.0.1"),
      Models.link(ref(5), "veth-lost", master: ref(4)),
      Models.link(ref(6), "tap0", kind: "tun", master: ref(4)),
      Models.link(ref(7), "veth-blue", address: "10.9.0.1", prefix: 30, peer: LinkRef(blue, 2)),
      Models.link(ref(8), "eth0.100", kind: "vlan"),
    ]
    host.links[3].peer = .unknown("in a namespace that can't be seen")
    host.links[6].lower = ref(2)
    host.links[6].facts = [LinkFact("id", .number(100))]
    let blueSpace = Namespace(
      id: blue, kind: .named, name: "blue",
      links: [Models.link(LinkRef(blue, 2), "eth0", address: "10.9.0.2", prefix: 30, peer: ref(7))])
    let redSpace = Namespace(
      id: red, kind: .named, name: "red",
      links: [Models.link(LinkRef(red, 2), "a", address: "10.8.0.1", peer: LinkRef(green, 2))])
    let greenSpace = Namespace(
      id: green, kind: .named, name: "green",
      links: [Models.link(LinkRef(green, 2), "b", address: "10.8.0.2", peer: LinkRef(red, 2))])
    let lonely = Namespace(id: NamespaceID(serial: 4), kind: .process, name: "unshare 4711")
    var snapshot = Snapshot(hostname: "edge01", namespaces: [host, blueSpace, redSpace, greenSpace, lonely])
    snapshot.revision = 1
    return snapshot
  }()
}
