import Canvas
import Fixtures
import Testing
import Topology

@testable import Diagram

/// What is wrong with a layout and its picture; everything is checked from outside of the code that made it.
struct Inspection {
  let snapshot: Snapshot
  let layout: Layout
  let canvas: CellCanvas
  private(set) var faults: [String] = []

  init(_ snapshot: Snapshot, _ layout: Layout) {
    self.snapshot = snapshot
    self.layout = layout
    let size = Size(width: layout.size.width, height: max(1, layout.size.height))
    var canvas = CellCanvas(size)
    layout.paint(
      into: &canvas, rect: Rect(x: 0, y: 0, width: size.width, height: size.height), scroll: 0, snapshot: snapshot,
      decor: Decor(traffic: Models.busy(snapshot)), glyphs: .unicode)
    self.canvas = canvas
    elementsStandApart()
    everythingCanBeSelected()
    armsMeet()
    wordsStayInside()
    wiresAreChains()
  }

  private mutating func fault(_ text: String) {
    if faults.count < 8 { faults.append(text) }
  }

  /// No two elements share a cell, and each stands once.
  private mutating func elementsStandApart() {
    var owner: [Point: Element] = [:]
    for placed in layout.elements {
      let frame = placed.frame
      if frame.isEmpty || frame.minX < 0 || frame.minY < 0 || frame.maxY > layout.size.height {
        fault("\(placed.element) stands outside: \(frame)")
      }
      for y in frame.minY..<frame.maxY {
        for x in frame.minX..<frame.maxX {
          let point = Point(x: x, y: y)
          if let other = owner[point] { fault("\(placed.element) and \(other) share \(x),\(y)") }
          owner[point] = placed.element
        }
      }
      if layout.frame(of: placed.element) != frame { fault("\(placed.element) stands twice") }
    }
  }

  private mutating func everythingCanBeSelected() {
    for namespace in snapshot.namespaces.values {
      for link in namespace.shownLinks {
        guard let element = layout.element(for: link.id) else {
          fault("\(link.name) of \(namespace.name) is nowhere")
          continue
        }
        if layout.frame(of: element) == nil { fault("\(link.name) is found at \(element), which is not drawn") }
      }
      if namespace.id != .host, layout.element(for: .namespace(namespace.id), in: snapshot) == nil {
        fault("\(namespace.name) is nowhere")
      }
    }
  }

  /// Every arm of a line meets an arm, or a word that stands on the line.
  private mutating func armsMeet() {
    let ends = Set(layout.placement.lines.map { Point(x: layout.metrics.boxX, y: $0.y) })
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width {
        guard let here = Inspection.arms[canvas[x, y].scalar] else { continue }
        for (arm, dx, dy) in [(here.north, 0, -1), (here.east, 1, 0), (here.south, 0, 1), (here.west, -1, 0)]
        where arm != .none {
          let next = canvas[x + dx, y + dy]
          // A line's wire ends at a short bar, each for itself.
          if dy != 0, ends.contains(Point(x: x, y: y)) { continue }
          guard let there = Inspection.arms[next.scalar] else {
            if next.scalar == " ", dy != 0 { fault("\(canvas[x, y].scalar) at \(x),\(y) ends in nothing") }
            continue
          }
          let back = dy == -1 ? there.south : dy == 1 ? there.north : dx == 1 ? there.west : there.east
          if back == .none { fault("\(canvas[x, y].scalar) at \(x),\(y) meets \(next.scalar)") }
        }
      }
    }
  }

  /// The right border of every box is unbroken, and before every tooth's glyph there is a gap.
  private mutating func wordsStayInside() {
    for box in layout.placement.boxes {
      for y in box.rect.minY..<box.rect.maxY {
        for x in [box.rect.minX, box.rect.maxX - 1] where Inspection.arms[canvas[x, y].scalar] == nil {
          fault("\(canvas[x, y].scalar) stands on the border of a box at \(x),\(y)")
        }
      }
    }
    for bus in layout.placement.buses {
      for y in bus.rect.minY..<bus.rect.maxY {
        for x in [bus.rect.minX, bus.rect.maxX - 1] where Inspection.arms[canvas[x, y].scalar] == nil {
          fault("\(canvas[x, y].scalar) stands on the border of a bus at \(x),\(y)")
        }
      }
    }
    for tooth in layout.placement.teeth {
      if tooth.x >= canvas.size.width { fault("a tooth at \(tooth.x),\(tooth.y)") }
      if tooth.hasComb || tooth.isNamed, canvas[tooth.x - 1, tooth.y].scalar != " " {
        fault("no gap at \(tooth.x),\(tooth.y)")
      }
    }
    for y in 0..<canvas.size.height where canvas[canvas.size.width - 1, y].scalar != " " {
      fault("something stands in the minimap's column at row \(y)")
    }
  }

  /// The way of every cable that is drawn as a line goes from cell to cell, along arms that face each other.
  private mutating func wiresAreChains() {
    for namespace in snapshot.namespaces.values {
      for link in namespace.links {
        guard let peer = link.peerLink else { continue }
        let cells = layout.way(of: Trail(hops: [link.id, peer])).cells
        for (a, b) in zip(cells, cells.dropFirst()) {
          if abs(a.x - b.x) + abs(a.y - b.y) != 1 { fault("\(link.name): a gap from \(a) to \(b)") }
          guard let from = Inspection.arms[canvas[a.x, a.y].scalar], let to = Inspection.arms[canvas[b.x, b.y].scalar]
          else { continue }
          let isJoined =
            a.y == b.y
            ? (a.x < b.x ? from.east != .none && to.west != .none : from.west != .none && to.east != .none)
            : (a.y < b.y ? from.south != .none && to.north != .none : from.north != .none && to.south != .none)
          if !isJoined { fault("\(link.name): \(a) and \(b) do not meet") }
        }
      }
    }
  }

  /// The arms of every character that is a line.
  static let arms: [Unicode.Scalar: Arms] = {
    let weights = [Weight.none, .light, .heavy]
    var table: [Unicode.Scalar: Arms] = [:]
    for north in weights {
      for east in weights {
        for south in weights {
          for west in weights {
            let arms = Arms(north: north, east: east, south: south, west: west)
            if arms != Arms() { table[arms.glyph(.unicode)] = arms }
          }
        }
      }
    }
    for arms in [
      Arms(east: .light, south: .light, isRound: true), Arms(south: .light, west: .light, isRound: true),
      Arms(north: .light, east: .light, isRound: true), Arms(north: .light, west: .light, isRound: true),
    ] { table[arms.glyph(.unicode)] = arms }
    return table
  }()
}

extension Layout {
  /// Every tooth's number among the slots of its band.
  var slotNumbers: [Element: (number: Int, band: Int)] {
    var numbers: [Element: (number: Int, band: Int)] = [:]
    for (band, rail) in placement.rails.enumerated() {
      for tooth in placement.teeth[rail.teeth] {
        if let element = tooth.element { numbers[element] = (tooth.number, band) }
      }
    }
    return numbers
  }
}
