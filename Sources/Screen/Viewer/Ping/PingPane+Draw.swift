internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Topology

extension State {
  /// The pane under the diagram: the hops by name, the times, and what was measured last.
  func drawPing(_ rect: Rect, on canvas: inout CellCanvas) {
    guard let ping else { return }
    var lines = LineLayer()
    lines.frame(rect, .light, role: .pingTitle, round: true)
    lines.draw(on: &canvas, dx: 0, dy: 0, clip: rect, glyphs: glyphs)
    let inner = rect.size.width - 4
    let left = rect.minX + 2
    let route = ping.route
    // What was opened after it is what Esc takes away first.
    let escape = stack.top is Echoes ? Say.PingPane.escStops : stack.top is PingPane ? Say.PingPane.escCloses : nil
    let stateText =
      " seq \(ping.sequence) \(glyphs.dot) \(isPinging ? Say.PingPane.running : Say.PingPane.stopped)"
      + (escape.map { " \(glyphs.dot) \($0) " } ?? " ")
    let title = " ping \(route.source.name) \(glyphs.arrow) \(route.destinationName) "
    let room = rect.size.width - displayWidth(stateText) - 6
    canvas.put(fitted(title, columns: max(8, room), ellipsis: glyphs.ellipsis), x: left, y: rect.minY, role: .pingTitle)
    canvas.put(stateText, endingAt: rect.maxX - 2, y: rect.minY, role: .warning)
    var y = rect.minY + 1
    drawHops(ping, x: left, y: y, width: inner, on: &canvas)
    y += 1
    drawTimes(ping, x: left, y: y, width: inner, on: &canvas)
    y += 1
    if rect.size.height >= 6 {
      var remark = ping.remark.isEmpty ? Say.PingPane.waiting : ping.remark
      if let twin = ping.twin, !ping.isBad {
        remark = Say.PingPane.twin(twin, has: "\(route.destinationAddress)", keys.cap(.why))
      }
      var lines = [remark]
      // Where every echo was lost the history says nothing that the claim does not say better.
      if ping.statistics.received == 0, displayWidth(remark) > inner { lines = brokenOnce(remark, columns: inner) }
      if lines.count == 1 { drawHistory(ping, x: left, y: y, width: inner, on: &canvas) }
      for (offset, line) in lines.enumerated() {
        canvas.put(
          fitted(line, columns: inner, ellipsis: glyphs.ellipsis), x: left, y: y + 2 - lines.count + offset,
          role: ping.isBad ? .fault : ping.twin != nil ? .warning : .dim)
      }
      if ping.isBad, !ping.note.isEmpty { drawBelow(ping.note, in: rect, role: .dim, on: &canvas) }
    } else if ping.isBad {
      drawBelow(ping.remark, in: rect, role: .fault, on: &canvas)
    }
  }

  /// A line on the lower border.
  private func drawBelow(_ text: String, in rect: Rect, role: Role, on canvas: inout CellCanvas) {
    let columns = rect.size.width - 6
    canvas.put(
      " \(fitted(text, columns: columns, ellipsis: glyphs.ellipsis)) ", x: rect.minX + 2, y: rect.maxY - 1, role: role)
  }

  /// `172.17.0.2 eth0 ▸ veth3a91c0e ▸ docker0 ▸ vethb07d4f2 ▸ eth0 172.17.0.3`.
  private func drawHops(_ ping: PingPane, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    let route = ping.route
    var names = route.path.map { hop in
      snapshot.link(hop.link).map { hop.role == .bridge ? $0.title : $0.name } ?? "?"
    }
    let isBeyond = route.destinationLink == nil
    if names.isEmpty {
      let words = isBeyond ? "" : "   \(Say.PingPane.notConnected)"
      canvas.put(
        fitted(
          "\(route.sourceAddress) \(glyphs.step) ? \(glyphs.step) \(route.destinationAddress)\(words)",
          columns: width, ellipsis: glyphs.ellipsis), x: x, y: y, role: isBeyond ? .text : .warning)
      return
    }
    names[0] = "\(route.sourceAddress) \(names[0])"
    // Beyond the picture there is no interface to be named.
    if isBeyond {
      names.append("\(glyphs.ellipsis) \(route.destinationAddress)")
    } else {
      names[names.count - 1] += " \(route.destinationAddress)"
    }
    let between = " \(glyphs.step) "
    // Too long: hops in the middle give way.
    while names.count > 3, displayWidth(names.joined(separator: between)) > width {
      names.remove(at: names.count / 2)
      if !names.contains("\(glyphs.ellipsis)") { names[names.count / 2] = "\(glyphs.ellipsis)" }
    }
    canvas.put(
      fitted(names.joined(separator: between), columns: width, ellipsis: glyphs.ellipsis), x: x, y: y, role: .text)
  }

  private func drawTimes(_ ping: PingPane, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    let statistics = ping.statistics
    func ms(_ value: Double?) -> String { value.map { Units.fixed($0, digits: $0 < 100 ? 3 : 0) } ?? "-" }
    let known = statistics.received + statistics.lost
    let loss = Units.fixed(statistics.lossPercent, digits: 0)
    var end = x + width
    // What did not leave is no loss, and of nothing there is none.
    if statistics.unsent > 0 {
      let unsent = Say.PingPane.notSent(statistics.unsent)
      canvas.put(unsent, endingAt: end, y: y, role: .warning)
      end -= displayWidth(unsent) + 2
    }
    if known > 0 || statistics.unsent == 0 {
      let score = Say.PingPane.loss(loss, statistics.received, of: known)
      canvas.put(score, endingAt: end, y: y, role: statistics.lost > 0 ? .fault : statistics.received > 0 ? .up : .dim)
      end -= displayWidth(score) + 2
    }
    var x = x + canvas.put("rtt \(ms(statistics.last)) ms", x: x, y: y, role: .strong) + 3
    let parts = [
      ("min", statistics.minimum), ("avg", statistics.average), ("max", statistics.maximum),
      ("mdev", statistics.deviation),
    ]
    for (name, value) in parts {
      let text = "\(name) \(ms(value))"
      if x + displayWidth(text) > end { break }
      x += canvas.put(text, x: x, y: y, role: .text) + 2
    }
  }

  private func drawHistory(_ ping: PingPane, x: Int, y: Int, width: Int, on canvas: inout CellCanvas) {
    let outcomes = ping.statistics.recent(min(60, width))
    let top = ping.statistics.maximum ?? 1
    for (offset, outcome) in outcomes.enumerated() {
      let cell: Cell =
        switch outcome {
        case .reply(let value):
          Cell(glyphs.bar(1 + Int((value / max(top, 1e-9) * 7).rounded())), role: .pingTitle)
        case .lost: Cell(glyphs.down, role: .fault)
        case .unsent: Cell(glyphs.unsent, role: .warning)
        case .pending: Cell(glyphs.dot, role: .pingTitle)
        }
      canvas.place(cell, x: x + offset, y: y)
    }
    var column = x + outcomes.count + 1
    while column < x + min(60, width) {
      canvas.place(Cell(glyphs.dot, role: .gone), x: column, y: y)
      column += 2
    }
  }
}
