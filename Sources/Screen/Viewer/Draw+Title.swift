internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Topology

/// The first line: what is looked at, whether it is live, and what of it is in trouble.
struct TitleBar {
  /// Words, and what a click on them asks for.
  struct Piece {
    var text: String
    var role: Role
    var x: Int
    var command: Command?
  }

  var pieces: [Piece] = []
  /// Columns that are taken from the left.
  var width = 1

  /// Puts words behind what is there, and so many blank columns behind them.
  mutating func say(_ text: String, _ role: Role, _ command: Command? = nil, gap: Int = 0) {
    pieces.append(Piece(text: text, role: role, x: width, command: command))
    width += displayWidth(text) + gap
  }
}

extension State {
  /// What the first line says at the screen's width; a click is looked up in it, too: what is clicked is what was seen.
  var titleBar: TitleBar {
    func width(_ words: [(String, Role)]) -> Int { words.reduce(0) { $0 + displayWidth($1.0) } }
    var right = liveness
    let troubled = world.tally.troubled
    // Nobody should take it for a clock that stands: without a word before it the time is left out.
    let label = (changes.isEmpty ? Say.Title.since : Say.Title.changed) + " "
    let taken = 13 + displayWidth(counts) + width(right) + (troubled > 0 ? 16 : 0)
    if right.count == 2 {
      if taken + displayWidth(label) <= size.width { right.insert((label, .bar), at: 1) } else { right.removeLast() }
    }
    if troubled > 0 { right.insert(contentsOf: [(troubleText, .fault), ("   ", .bar)], at: 0) }
    let marks = marks(room: size.width - 13 - width(right))
    if size.width >= 100, marks.isEmpty || size.width >= 130 {
      let rates = totals
      right.insert(
        ("\(glyphs.upward) \(Units.rate(rates.tx)) \(glyphs.downward) \(Units.rate(rates.rx))   ", .bar),
        at: troubled > 0 ? 2 : 0)
    }
    var bar = TitleBar()
    bar.say("netns-top", .barStrong, gap: 2)
    for (text, role, command) in marks { bar.say(text, role, command) }
    let end = size.width - width(right)
    // Of a warning there is a word at least, whatever else stands there.
    let warnings = titleWarning.map { ["   ! \($0)", "   ! \(Say.Title.warning) (t)", "  ! (t)"] } ?? []
    if marks.isEmpty { sayCounts(room: end - bar.width - displayWidth(warnings.dropFirst().first ?? ""), in: &bar) }
    sayWarning(warnings, room: end - bar.width - 1, in: &bar)
    bar.width = end
    for (number, (text, role)) in right.enumerated() {
      let isTrouble = troubled > 0 && number == 0
      let x = max(11, bar.width)
      bar.pieces.append(TitleBar.Piece(text: text, role: role, x: x, command: isTrouble ? .troubleList : nil))
      bar.width = x + displayWidth(text)
    }
    return bar
  }

  /// A warning as a whole, or as many of its words as there is room for and the key that leads to the rest, or only that.
  private func sayWarning(_ forms: [String], room: Int, in bar: inout TitleBar) {
    guard let whole = forms.first else { return }
    var text = forms.first { displayWidth($0) <= room }
    if text != whole {
      let more = "\(glyphs.ellipsis) (t)"
      let words = wrapped(whole, columns: room - displayWidth(more))[0]
      if room >= 30 { text = words + more }
    }
    if let text { bar.say(text, .warning, .troubleList) }
  }

  /// What a click on a column of the first line asks for; nil: nothing.
  func titleCommand(at column: Int) -> Command? {
    titleBar.pieces.last { column >= $0.x && column < $0.x + displayWidth($0.text) }?.command
  }

  func drawTitle(_ rect: Rect, on canvas: inout CellCanvas) {
    canvas.fill(rect, role: .bar)
    for piece in titleBar.pieces { canvas.put(piece.text, x: piece.x, y: 0, role: piece.role) }
    for x in 0..<size.width where canvas[x, 0].role != .bar && canvas[x, 0].role != .barStrong {
      barTint(x, on: &canvas)
    }
  }

  /// Whether the picture is live, and of when it is.
  private var liveness: [(String, Role)] {
    if let frozenAt = world.frozenAt {
      return [(Say.Title.frozen(since: frozenAt.clock(utcOffset: utcOffset)) + " ", .fault)]
    }
    let live = ("\(glyphs.up) \(Say.Title.live) ", Role.up)
    // Where there is little room, what was asked for comes before the time.
    guard size.width >= 100 || (rows.sorting.isNatural && !isFiltering) else { return [live] }
    // Beside what happened, and when, the time that it is.
    let time = now.clock(utcOffset: utcOffset)
    if shownList?.kind == .events { return [("\(glyphs.up) \(Say.Title.live(now: time)) ", .up)] }
    // That of the newest event, so that one leads to the other; before the first one that of the start.
    let newest = changes.last?.at ?? world.beganAt ?? snapshot.takenAt
    return [live, ("\(newest.clock(utcOffset: utcOffset)) ", .bar)]
  }

  /// The machine, where there is room, and how much there is of everything.
  private func sayCounts(room: Int, in bar: inout TitleBar) {
    let start = bar.width
    let host = fitted(snapshot.hostname, columns: 24, ellipsis: glyphs.ellipsis)
    // The counts say more than the name of the machine that one is on.
    if displayWidth(host) + 3 + displayWidth(counts) + 2 <= room { bar.say(host, .bar, gap: 3) }
    bar.say(
      fitted(counts, columns: max(0, room - (bar.width - start) - 1), ellipsis: glyphs.ellipsis), .bar, .list)
  }

  /// How many links carry nothing; where something is wrong with links that are up, how many are in trouble.
  private var troubleText: String {
    let (troubled, down) = (world.tally.troubled, world.tally.down)
    return down < troubled ? Say.Title.inTrouble(troubled) : Say.Title.linksDown(down)
  }

  /// What makes the picture another one than usual: a filter with how many of how many it shows, a sort.
  private func marks(room: Int) -> [(String, Role, Command?)] {
    var marks: [(String, Role, Command?)] = []
    var room = room
    if shownList?.kind == .busiest {
      let text = " \(Say.Title.busiestFirst) "
      marks.append((text, .barStrong, nil))
      room -= displayWidth(text)
    } else if !rows.sorting.isNatural {
      let text = " \(Say.Title.sorted(by: rows.sorting.key.label, rows.sorting.direction(glyphs.arrow))) "
      marks.append((text, .barStrong, .invert))
      room -= displayWidth(text)
    }
    if isFiltering {
      let count = filterCount
      let tail = " \(glyphs.dot) \(Say.Title.shown(count.shown, of: count.all)) "
      let text = fitted(
        Say.Title.filter(stack[FilterLine.self]?.text ?? ""), columns: max(6, room - displayWidth(tail)),
        ellipsis: glyphs.ellipsis)
      marks.insert((text + tail, .barPing, .filter), at: 0)
    }
    return marks
  }

  /// Coloured words keep the bar's background.
  private func barTint(_ x: Int, on canvas: inout CellCanvas) {
    var cell = canvas[x, 0]
    cell.role =
      switch cell.role {
      case .up: .barUp
      case .fault: .barFault
      case .warning: .barWarning
      default: cell.role
      }
    canvas[x, 0] = cell
  }

  private var titleWarning: String? { snapshot.warnings.first { $0.source != "permissions" }?.text }

  /// `1 bridge · 2 netns · 2 veth`.
  private var counts: String {
    let dot = " \(glyphs.dot) "
    return
      "\(Say.Title.bridges(world.tally.bridges))\(dot)\(world.tally.namespaces) netns\(dot)\(world.tally.pairs) veth"
  }

  /// What all ports of the host's bridges carry.
  private var totals: (rx: Double, tx: Double) {
    var sum = (rx: 0.0, tx: 0.0)
    for link in snapshot.namespaces[.host]?.links ?? [] where link.master != nil {
      guard let rates = traffic[link.id] else { continue }
      sum = (sum.rx + rates.rx, sum.tx + rates.tx)
    }
    return sum
  }
}
