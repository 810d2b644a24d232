import Canvas
import Diagram
import Fixtures
import Testing
import Topology

/// A picture with everything that the viewer draws over the diagram: the minimap, and the legend in the last row.
func picture(
  _ snapshot: Snapshot, _ size: Size, glyphs: GlyphSet = .unicode, zoom: Zoom? = nil, slots: Slots? = nil,
  scroll: Int = 0, decor change: (inout Decor, Layout) -> Void = { _, _ in }
) -> CellCanvas {
  var settled = slots ?? Slots()
  if slots == nil { settled.settle(snapshot, at: snapshot.takenAt) }
  let room = Size(width: size.width, height: size.height - 1)
  let layout = Layout(snapshot, slots: settled, zoom: zoom, viewport: room)
  var decor = Decor(traffic: Models.busy(snapshot))
  change(&decor, layout)
  var canvas = CellCanvas(size)
  let rect = Rect(x: 0, y: 0, width: room.width, height: room.height)
  layout.paint(into: &canvas, rect: rect, scroll: scroll, snapshot: snapshot, decor: decor, glyphs: glyphs)
  layout.paintMinimap(into: &canvas, rect: rect, scroll: scroll, snapshot: snapshot, glyphs: glyphs)
  layout.paintLegend(into: &canvas, x: 2, y: size.height - 1, width: size.width - 4, glyphs: glyphs)
  return canvas
}

/// Every one of these was looked at before it was committed.
@Suite struct PictureTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 200, height: 60)]

  /// By the name of the golden.
  static let models: [(name: String, snapshot: Snapshot)] = [
    ("five-hundred", Models.fiveHundred), ("three-bridges", Models.twelve), ("wide-names", Models.wide),
    ("nested", Kinds.nested), ("children", Kinds.children), ("dind", Kinds.dind), ("lonely", Kinds.lonely),
    ("bridgeless", Kinds.bridgeless),
  ]

  @Test(arguments: 0..<8, sizes) func everyKindOfHost(index: Int, size: Size) {
    let (name, snapshot) = Self.models[index]
    for glyphs in GlyphSet.allCases {
      let canvas = picture(snapshot, size, glyphs: glyphs)
      #expect(Golden.difference(canvas, "\(name)-\(size.width)x\(size.height)-\(glyphs.rawValue)") == nil)
    }
  }

  @Test(arguments: GlyphSet.allCases) func aFullBridgeFitsTheSmallestScreen(glyphs: GlyphSet) {
    let size = Size(width: 80, height: 24)
    let canvas = picture(Models.fullDocker, size, glyphs: glyphs) { decor, layout in
      decor.selection = layout.elements[300].element
      #expect(layout.zoom == .dots)
      #expect(layout.size.height < size.height)
      #expect(layout.elements.count == 1025)
    }
    #expect(Golden.difference(canvas, "full-docker-80x24-\(glyphs.rawValue)") == nil)
  }

  @Test(arguments: GlyphSet.allCases) func searchAndSelectionOnARake(glyphs: GlyphSet) {
    let canvas = picture(Models.fiveHundred, Size(width: 84, height: 36), glyphs: glyphs) { decor, _ in
      let matches = (133...142).map { Element.namespace(NamespaceID(serial: $0)) }
      decor.matches = Set(matches)
      decor.selection = matches[2]
      decor.source = .namespace(NamespaceID(serial: 40))
    }
    #expect(Golden.difference(canvas, "rake-search-84x36-\(glyphs.rawValue)") == nil)
  }

  @Test func aPingRunsAlongTheCombs() {
    let snapshot = Models.fiveHundred
    func veth(_ serial: UInt32) -> LinkRef? {
      snapshot.namespaces[NamespaceID(serial: serial)]?.links.first?.peerLink
    }
    let hops = [
      LinkRef(NamespaceID(serial: 5), 2), veth(5), LinkRef(.host, 3), veth(150), LinkRef(NamespaceID(serial: 150), 2),
    ].compactMap(\.self)
    for (name, zoom, trail) in [
      ("rake-ping", Zoom.rake, Trail(hops: hops, head: 0.4)), ("rake-lost", .rake, Trail(hops: hops, stop: 3)),
      ("dots-ping", .dots, Trail(hops: hops, head: 0.4)), ("dots-lost", .dots, Trail(hops: hops, stop: 3)),
    ] {
      let canvas = picture(snapshot, Size(width: 84, height: 36), zoom: zoom) { decor, _ in decor.trail = trail }
      #expect(Golden.difference(canvas, "\(name)-84x36") == nil)
    }
  }

  /// A few come and a few go: marks for five seconds, then holes.
  @Test func comingAndGoing() {
    var slots = Slots()
    var snapshot = Models.crowd(60)
    var now = snapshot.takenAt
    slots.settle(snapshot, at: now)
    func settle(after seconds: Int64) {
      now = Timestamp(milliseconds: now.milliseconds + seconds * 1000)
      slots.settle(snapshot, at: now)
    }
    for serial in [5, 6, 7, 31, 60] as [UInt32] { Models.remove(NamespaceID(serial: serial), from: &snapshot) }
    Models.join("new-1", number: 61, to: LinkRef(.host, 3), of: &snapshot)
    settle(after: 1)
    for (name, zoom) in [("named", nil), ("rake", Zoom.rake), ("dots", .dots)] {
      let size = zoom == .rake ? Size(width: 80, height: 10) : Size(width: 80, height: 36)
      #expect(Golden.difference(picture(snapshot, size, zoom: zoom, slots: slots), "going-\(name)") == nil)
    }
    settle(after: 6)
    Models.join("new-2", number: 62, to: LinkRef(.host, 3), of: &snapshot)
    settle(after: 1)
    let canvas = picture(snapshot, Size(width: 80, height: 10), zoom: .rake, slots: slots)
    #expect(Golden.difference(canvas, "gone-rake") == nil)
  }

  @Test(arguments: GlyphSet.allCases) func theMinimapShowsTroubleFarAway(glyphs: GlyphSet) {
    let snapshot = Models.crowd(90, down: ["c-3", "c-30", "c-88"])
    let canvas = picture(snapshot, Size(width: 80, height: 24), glyphs: glyphs, zoom: .row, scroll: 52)
    #expect(Golden.difference(canvas, "scrolled-80x24-\(glyphs.rawValue)") == nil)
  }

  @Test(arguments: GlyphSet.allCases) func aLensBesideARake(glyphs: GlyphSet) {
    let snapshot = Models.fiveHundred
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    let layout = Layout(snapshot, slots: slots, viewport: Size(width: 83, height: 36))
    let traffic = Models.busy(snapshot)
    var canvas = CellCanvas(Size(width: 36, height: 28))
    let elements: [Element] = [
      .namespace(NamespaceID(serial: 135)), .namespace(NamespaceID(serial: 77)), .link(LinkRef(.host, 3)),
      .namespace(NamespaceID(serial: 337)),
    ]
    for (number, element) in elements.enumerated() {
      let lens = layout.lens(around: element, snapshot: snapshot, traffic: traffic)
      let rows = lens?.paint(
        into: &canvas, rect: Rect(x: 1, y: number * 7, width: 34, height: 7), glyphs: glyphs)
      #expect(rows == 6)
    }
    #expect(Golden.difference(canvas, "lens-36x28-\(glyphs.rawValue)") == nil)
    #expect(layout.lens(around: .namespace(NamespaceID(serial: 9999)), snapshot: snapshot) == nil)
    let rows = Layout(snapshot, slots: slots, zoom: .row, viewport: Size(width: 83, height: 36))
    #expect(rows.lens(around: elements[0], snapshot: snapshot) == nil)
  }
}
