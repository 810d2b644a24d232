import Canvas
import Fixtures
import Testing
import Topology

@testable import Diagram

/// What a real kernel told of links that lie on the ends of cables, and of tunnels; each was looked at as an image.
@Suite struct RecordedTests {
  /// Every link and every namespace, with wires and without.
  @Test(arguments: [Size(width: 80, height: 24), Size(width: 120, height: 40), Size(width: 120, height: 64)])
  func theWholeLaboratory(size: Size) throws {
    let snapshot = try Recorded.laboratory()
    for glyphs in GlyphSet.allCases {
      let canvas = picture(snapshot, size, glyphs: glyphs)
      #expect(Golden.difference(canvas, "kernel-\(size.width)x\(size.height)-\(glyphs.rawValue)") == nil)
    }
  }

  /// Cards have a row for what goes over an interface, and what it is stands behind that.
  @Test(arguments: GlyphSet.allCases) func onCards(glyphs: GlyphSet) throws {
    let canvas = picture(
      try Recorded.laboratory(), Size(width: 120, height: 110), glyphs: glyphs, zoom: .card)
    #expect(Golden.difference(canvas, "kernel-cards-\(glyphs.rawValue)") == nil)
  }

  /// Whose parent is the end of a cable has a wire that begins in the row where that is drawn.
  @Test(arguments: [Zoom.card, .row]) func whatLiesOnACableHangsOnIt(zoom: Zoom) throws {
    let snapshot = try Recorded.laboratory()
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    let layout = Layout(snapshot, slots: slots, zoom: zoom, viewport: Size(width: 120, height: 64))
    var hung: [String] = []
    for link in snapshot.namespaces.values.flatMap(\.links) {
      guard let parent = link.lower.flatMap({ snapshot.link($0) }), parent.isPair else { continue }
      let wire = try #require(
        layout.placement.wires.first { $0.near == link.id || $0.far == link.id }, "\(link.name) has no wire")
      // The host's cables have labels; what is in a box of another band has the name of its parent on the wire.
      let label = layout.placement.labels.first { $0.link == parent.id }
      let row = layout.placement.boxes.flatMap(\.rows).first { $0.link == parent.id }
      if link.lower?.namespace == link.id.namespace || label != nil {
        #expect(wire.corners.first?.y == label?.y ?? row?.y, "\(link.name)")
      } else {
        #expect(snapshot.captions(of: link).first?.hasSuffix("on \(parent.name)") == true)
      }
      hung.append(link.name)
    }
    #expect(hung.count == 11, "\(hung)")
  }

  @Test(arguments: Zoom.allCases) func everyZoomIsSound(zoom: Zoom) throws {
    let snapshot = try Recorded.laboratory()
    var slots = Slots()
    slots.settle(snapshot, at: snapshot.takenAt)
    for size in [Size(width: 60, height: 24), Size(width: 80, height: 24), Size(width: 120, height: 40)] {
      let layout = Layout(snapshot, slots: slots, zoom: zoom, viewport: size)
      #expect(Inspection(snapshot, layout).faults.isEmpty, "\(layout.density) at \(size.width)")
    }
  }
}
