internal import Canvas

/// How much of each container is drawn.
public enum Zoom: Int, Sendable, CaseIterable {
  /// Several rows a container: address, rates, a minute of traffic.
  case card = 1
  /// Two rows a container.
  case row = 2
  /// A tooth of a comb a port, with its name where there is room.
  case rake = 3
  /// A cell a port.
  case dots = 4
}

/// A zoom and how far apart it sets things: what the layout chooses by fit.
public struct Scale: Hashable, Sendable {
  /// How much of each container is drawn.
  public let zoom: Zoom
  /// Cards: the blank rows between two. Rake and dots: the columns from port to port. Rows: 0.
  public let spacing: Int

  /// All scales, the one that shows most first.
  public static let all: [Scale] = [
    Scale(.card, 2), Scale(.card, 1), Scale(.row, 0), Scale(.rake, 25), Scale(.rake, 18),
    Scale(.rake, 13), Scale(.rake, 2), Scale(.dots, 1),
  ]

  private init(_ zoom: Zoom, _ spacing: Int) {
    self.zoom = zoom
    self.spacing = spacing
  }

  /// Whether the columns suffice: a card needs room for its words.
  func fits(columns: Int) -> Bool { zoom != .card || columns >= 72 }

  /// Whether a tooth has its name beside it.
  var isNamed: Bool { zoom == .rake && spacing > 2 }

  /// Whether there is room for its address as well.
  var hasAddress: Bool { zoom == .rake && spacing >= 25 }

  /// How many rows must be to spare before a picture that has become coarser becomes finer again: without them one
  /// container that comes and goes would make it flicker.
  static let slack = 3

  /// The scales to try, in that order; the last one is taken where none fits.
  static func candidates(zoom: Zoom?, columns: Int, coarsest: Zoom) -> [Scale] {
    if let zoom { return all.filter { $0.zoom == zoom } }
    let fitting = all.filter { $0.fits(columns: columns) && $0.zoom.rawValue <= coarsest.rawValue }
    return fitting.isEmpty ? [Scale(.row, 0)] : fitting
  }

  /// Whether the picture may be that high.
  func allows(height: Int, in viewport: Size, after previous: Scale?) -> Bool {
    guard let previous, let mine = Scale.all.firstIndex(of: self), let old = Scale.all.firstIndex(of: previous),
      mine < old
    else { return height <= viewport.height }
    return height <= viewport.height - Scale.slack
  }
}
