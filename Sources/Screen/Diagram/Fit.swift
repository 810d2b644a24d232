internal import Canvas
internal import Topology

/// Blank rows that nothing was given up for.
struct Air: Hashable, Sendable {
  var betweenBands = false
  var betweenLines = false
}

/// Chooses the level of every band: of all pictures that fit the one that gives up least.
struct Fit {
  /// What there is to choose from.
  struct Wish {
    var zoom: Zoom?
    var coarsest: Zoom
    var viewport: Size
    /// Whether there are rates to be drawn: cards are for those.
    var hasRates = true
    /// Whether something stands beside the head of the host.
    var hasGuests = false
    /// Rows at the bottom that a picture leaves free where that costs it nothing but blank rows.
    var reserve: Int
  }

  /// The level of each of the plan's bands.
  let levels: [Level]
  let air: Air

  /// From so many bands on all of a size look alike, whatever that leaves empty.
  private static let mostBands = 64

  /// Chooses. Given the levels `previous` to this, a picture that shows more is taken only where it fits with some rows to
  /// spare.
  ///
  /// Complexity: O(n) in the slots, and O(b·h·l) for b sizes of bands, h rows and l levels.
  init(_ sizes: [BandSize], of bands: [BandKey], _ wish: Wish, _ gauge: Gauge?, after previous: Density?) {
    let chooser = Chooser(sizes, wish, gauge)
    var found = chooser.choice(sparing: 0) ?? chooser.least
    if let previous, let old = chooser.keep(previous.levels, bands), old.height <= wish.viewport.height {
      found = chooser.better(than: old) ?? old
    }
    self.init(found, chooser.air(found, after: previous?.air))
  }

  private init(_ found: Chooser.Found, _ air: Air) {
    levels = found.levels
    self.air = air
  }

  private struct Chooser {
    struct Found {
      var levels: [Level]
      var height: Int
      var loss: Loss
    }

    let sizes: [BandSize]
    let wish: Wish
    let allowed: [Level]
    /// By band, then by allowed level.
    let heights: [[Int]]
    let losses: [[Loss]]
    let grids: [Level: Grid]
    /// Bands of about one size.
    let classes: [[Int]]
    /// The titles of namespaces above their bands.
    let fixed: Int

    init(_ sizes: [BandSize], _ wish: Wish, _ gauge: Gauge?) {
      self.sizes = sizes
      self.wish = wish
      let allowed = Level.allCases.filter { level in
        if level.isNamed, gauge == nil { return false }
        if let zoom = wish.zoom { return level.zoom == zoom }
        if level.isCard, !wish.hasRates { return false }
        return level.leastColumns <= wish.viewport.width && level.zoom.rawValue <= wish.coarsest.rawValue
      }
      self.allowed = allowed
      let grids = allowed.map { level in
        level.isWired ? nil : Grid(level, width: wish.viewport.width, gauge: gauge ?? Gauge())
      }
      self.grids = Dictionary(
        zip(allowed, grids).compactMap { level, grid in grid.map { (level, $0) } },
        uniquingKeysWith: { first, _ in first })
      let total = sizes.reduce(0) { $0 + $1.teeth }
      let unit = max(1, total / 4000)
      heights = sizes.map { size in
        zip(allowed, grids).map { level, grid in size.height(at: level, grid) }
      }
      losses = sizes.map { size in allowed.map { Loss($0, ports: max(1, size.teeth / unit)) } }
      var classes: [Int: [Int]] = [:]
      for (band, size) in sizes.enumerated() {
        classes[Int.bitWidth - max(3, size.teeth - 1).leadingZeroBitCount, default: []].append(band)
      }
      self.classes = classes.sorted { $0.key < $1.key }.map(\.value)
      fixed = sizes.reduce(0) { $0 + $1.extra }
    }

    /// Where not even the closest fits: what was asked for, else the lowest picture.
    var least: Found {
      if let zoom = wish.zoom, let place = allowed.firstIndex(of: Level.usual(zoom)) {
        return found(Array(repeating: place, count: sizes.count))
      }
      return found(
        sizes.indices.map { band in allowed.indices.min { heights[band][$0] < heights[band][$1] } ?? 0 })
    }

    /// The best picture that leaves so many rows free: one that gives up nothing but blank rows leaves those for a ping
    /// as well. Nil where none fits.
    func choice(sparing rows: Int) -> Found? {
      let height = wish.viewport.height - rows
      if wish.zoom == nil, wish.reserve > 0, let found = best(in: height - wish.reserve), found.loss.isBlankOnly {
        return found
      }
      return best(in: height)
    }

    /// A picture that shows more than one that fits as well: it is taken only where there is room for one more to come, else
    /// one container that comes and goes would make the picture flicker.
    func better(than old: Found) -> Found? {
      var spare = Fit.growth([])
      for _ in 0..<4 {
        guard let found = choice(sparing: spare), found.loss < old.loss else { return nil }
        let needed = Fit.growth(found.levels)
        if needed <= spare { return found }
        spare = needed
      }
      return nil
    }

    private func best(in rows: Int) -> Found? {
      guard rows > 0, !allowed.isEmpty else { return nil }
      let isFull = { (found: Found) in rows - found.height < rows / 3 }
      // All alike is the calmest, where nothing is missing that somebody looks for.
      if let calm = solve([Array(sizes.indices)], rows), calm.loss.isSmall, isFull(calm) || calm.loss.isBlankOnly {
        return calm
      }
      guard let alike = solve(classes, rows) else { return nil }
      // Bands of a size look alike, unless a third of the screen would be empty for it.
      if isFull(alike) || alike.loss.isBlankOnly || sizes.count > Fit.mostBands { return alike }
      return solve(sizes.indices.map { [$0] }, rows) ?? alike
    }

    /// The levels that there were, for the bands that there are; nil where they were others' levels.
    func keep(_ previous: [BandKey: Level], _ bands: [BandKey]) -> Found? {
      var places: [Int] = []
      for band in bands {
        guard let level = previous[band], let place = allowed.firstIndex(of: level) else { return nil }
        places.append(place)
      }
      return found(places)
    }

    /// Where rows are left: a blank one between two bands, and then between two lines of teeth. What there was stays as long
    /// as it fits.
    func air(_ found: Found, after previous: Air?) -> Air {
      var air = Air()
      if found.loss.isBlankOnly { return air }
      var left = wish.viewport.height - found.height
      let growth = Fit.growth(found.levels)
      func takes(_ rows: Int, _ had: Bool?) -> Bool {
        guard rows > 0, left >= rows + (had == false ? growth : 0) else { return false }
        left -= rows
        return true
      }
      air.betweenBands = takes(found.levels.dropLast().count { $0.bandGap == 0 }, previous?.betweenBands)
      var lines = 0
      for (level, size) in zip(found.levels, sizes) where !level.isWired && !size.isFolded {
        if let grid = grids[level] { lines += max(0, (size.teeth + grid.perLine - 1) / grid.perLine - 1) }
      }
      air.betweenLines = takes(lines, previous?.betweenLines)
      return air
    }

    private func head(_ first: Level?) -> Int { Fit.head(first, hasGuests: wish.hasGuests) }

    private func found(_ places: [Int]) -> Found {
      var height = fixed
      var loss = Loss()
      for (band, place) in places.enumerated() {
        height += heights[band][place]
        loss = loss + losses[band][place]
      }
      let levels = places.map { allowed[$0] }
      return Found(levels: levels, height: height + head(levels.first), loss: loss)
    }

    /// One level for each group, so that all are no higher than that and lose least.
    private func solve(_ groups: [[Int]], _ rows: Int) -> Found? {
      // How many rows stand above the first band hangs on its level.
      var best: Found?
      for head in [2, 1, 0] where allowed.contains(where: { self.head($0) == head }) {
        let found = solve(groups, room: rows - fixed - head) { self.head($0) == head }
        if let found, best.map({ found.loss < $0.loss }) ?? true { best = found }
      }
      return best
    }

    /// The knapsack with a choice in each group, by its table of the best for every height.
    private func solve(_ groups: [[Int]], room: Int, _ canBeFirst: (Level) -> Bool) -> Found? {
      guard room >= 0 else { return nil }
      var best: [Loss?] = Array(repeating: Loss(), count: room + 1)
      var choices: [[UInt8]] = []
      for group in groups {
        var next: [Loss?] = Array(repeating: nil, count: room + 1)
        var choice = [UInt8](repeating: 0, count: room + 1)
        let hasFirst = group.first == 0
        for (place, level) in allowed.enumerated() where !hasFirst || canBeFirst(level) {
          let height = group.reduce(0) { $0 + heights[$1][place] }
          if height > room { continue }
          let loss = group.reduce(Loss()) { $0 + losses[$1][place] }
          for rows in height...room {
            guard let before = best[rows - height] else { continue }
            let sum = before + loss
            if next[rows].map({ sum < $0 }) ?? true {
              next[rows] = sum
              choice[rows] = UInt8(place)
            }
          }
        }
        best = next
        choices.append(choice)
      }
      guard best[room] != nil else { return nil }
      var places = Array(repeating: 0, count: sizes.count)
      var left = room
      for (group, choice) in zip(groups, choices).reversed() {
        let place = Int(choice[left])
        for band in group {
          places[band] = place
          left -= heights[band][place]
        }
      }
      return found(places)
    }
  }

  /// The rows that one more container may take, at least three.
  static func growth(_ levels: [Level]) -> Int { levels.reduce(3) { max($0, $1.growth) } }

  /// The rows above the first band: where that has wires, or something is to be said of the host, the heads of the columns,
  /// and before cards a blank one.
  static func head(_ first: Level?, hasGuests: Bool) -> Int {
    guard let first else { return 1 }
    return first.isCard ? 2 : first.isWired || hasGuests ? 1 : 0
  }
}

/// How much stands in a band.
struct BandSize {
  /// Labels with a slot of their own, and the rows that they take with what hangs on them.
  var labels = 0
  var labelRows = 0
  /// Boxes, the interfaces in them, and how many have none.
  var boxes = 0
  var boxRows = 0
  var emptyBoxes = 0
  /// Ports, and rows of one interface each.
  var teeth = 0
  var lines = 0
  var isBridge = false
  var isLonely = false
  var isBus = true
  var isFolded = false
  /// Rows above the band, whatever its level: the title of its namespace.
  var extra = 0

  init(_ content: [Slots.Slot]) {
    for slot in content {
      let shape = slot.shape
      teeth += shape.teeth
      lines += shape.lines
      if shape.isStub {
        labels += 1
        labelRows += shape.rows
      } else {
        boxes += 1
        boxRows += shape.rows
        if shape.rows == 0 { emptyBoxes += 1 }
      }
    }
  }

  /// The rows of the band at a level; `grid` is that of a level without wires.
  func height(at level: Level, _ grid: Grid?) -> Int {
    if let grid { return isFolded ? 1 : grid.height(of: teeth) }
    if isFolded { return (level.isLine ? 2 : 3) + level.bandGap }
    switch level {
    case .lines, .closeLines: return lineHeight(level)
    case .rows: return rowHeight
    default: return cardHeight(level)
    }
  }

  private func cardHeight(_ level: Level) -> Int {
    var height = labelRows + 2 * labels
    if labels > 0 { height += 1 }
    height += 2 * boxes + level.cardRows * boxRows + emptyBoxes + level.cardGap * max(0, boxes - 1)
    if isLonely { return height + 1 }
    return max(height, isBus ? (isBridge ? 6 : 5) : 3) + level.bandGap
  }

  private var rowHeight: Int {
    var height = labelRows
    if labels > 0, !isLonely { height += 1 }
    if labels > 0, boxes == 0 { height += 1 }
    height += boxes + boxRows + emptyBoxes
    if boxes > 0 { height += 1 }
    if isLonely { return height + 1 }
    return max(height, isBus ? (isBridge && boxes + labels > 0 ? 5 : 4) : 3)
  }

  private func lineHeight(_ level: Level) -> Int {
    if isLonely { return lines + level.bandGap }
    return max(lines + (level == .lines ? 1 : 0), level == .lines ? 3 : 2) + level.bandGap
  }
}
