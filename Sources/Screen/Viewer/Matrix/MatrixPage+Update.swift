internal import Canvas
internal import Conclusions
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Paths
internal import Topology

extension MatrixPage: Page {
  var context: Context? { .matrix }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    switch command {
    case .inspect, .ping: return state.pingCell()
    case .why: return state.explainCell()
    case .pingAgain, .matrix: return state.openMatrix(bridge, family: family)
    case .ipv4: return state.openMatrix(bridge, family: .ipv4)
    case .ipv6: return state.openMatrix(bridge, family: .ipv6)
    default: return nil
    }
  }

  func walk(_ direction: Direction, in state: inout State) {
    var place = cursor
    switch direction {
    case .up: place.row -= 1
    case .down: place.row += 1
    case .left: place.column -= 1
    case .right: place.column += 1
    }
    state.goToCell(place)
  }

  func turn(_ screens: Int, in state: inout State) {
    state.goToCell(Place(row: cursor.row + screens * state.screenful, column: cursor.column))
  }

  func jump(toEnd: Bool, in state: inout State) {
    let last = toEnd ? members.count - 1 : 0
    state.goToCell(Place(row: last, column: toEnd ? last : 1))
  }

  func wheel(_ rows: Int, at point: Point, in state: inout State) { walk(rows > 0 ? .down : .up, in: &state) }

  func choose(_ point: Point, in state: inout State) -> Bool {
    guard let place = MatrixGrid(self, state.screen.body).place(at: point) else { return false }
    state.goToCell(place)
    return true
  }

  /// What still runs ends.
  func closed(in state: inout State) -> [Effect] {
    running.keys.sorted().map { .stopPing(id: $0) } + (diagnosis.map { [.stopExplaining(id: $0.id)] } ?? [])
  }
}

extension State {
  /// The pings of all pairs on a bridge; nil until they are asked for.
  public internal(set) var matrix: MatrixPage? {
    get { stack[MatrixPage.self] }
    set { stack[MatrixPage.self] = newValue }
  }

  /// Asks all pairs on the selected bridge, or on the one that the selected container hangs on.
  mutating func openMatrix() -> [Effect] {
    guard let bridge = selectedBridge else {
      notify(Say.Notice.pairsNeedBridge(keys.cap(.matrix)))
      return []
    }
    return openMatrix(bridge, family: .any)
  }

  /// The bridge that is selected, or that the selection hangs on.
  private var selectedBridge: LinkRef? {
    guard let selection else { return nil }
    if case .link(let ref) = selection, snapshot.link(ref)?.isBridge == true { return ref }
    let row = Roster(snapshot).rows.first { row in
      switch selection {
      case .link(let ref): row.ends.contains(ref)
      case .namespace(let id): row.namespace == id && row.bridge != nil
      }
    }
    return row?.bridge.flatMap { snapshot.link($0)?.isBridge == true ? $0 : nil }
  }

  fileprivate mutating func openMatrix(_ bridge: LinkRef, family: AddressFamily) -> [Effect] {
    let found = filteredRows.filter { row in row.bridge == bridge && row.near != nil && row.namespace != .host }
    guard found.count > 1 else {
      notify(Say.Notice.noPairs(on: snapshot.link(bridge)?.title ?? ""))
      return []
    }
    let first = rows.ordered(found).prefix(MatrixPage.memberLimit)
    let members = first.map { row in
      MatrixPage.Member(
        endpoint: Endpoint(
          namespace: row.namespace, link: row.link, name: snapshot.namespaces[row.namespace]?.name ?? "?"))
    }
    let old = closeAll { $0 is MatrixPage || $0 is Pick }
    let part = snapshot.part(bridge: bridge, rows: first)
    open(MatrixPage(bridge, members, total: found.count, family: family, snapshot: part))
    return old + fillMatrix()
  }

  /// Starts as many pings as may run at once.
  private mutating func fillMatrix() -> [Effect] {
    guard var matrix else { return [] }
    var effects: [Effect] = []
    while matrix.running.count < MatrixPage.concurrency, let place = matrix.queue.popLast() {
      let (from, to) = (matrix.members[place.row].endpoint, matrix.members[place.column].endpoint)
      switch PingRoute.choose(from: from, to: to, family: matrix.family, in: matrix.snapshot) {
      case .failure(let error): matrix[place].outcome = .unsent(PingPane.unsent(error.description))
      case .success(let route):
        let id = makeID()
        matrix[place].outcome = .sent
        matrix.running[id] = place
        effects.append(.probe(id: id, route))
      }
    }
    self.matrix = matrix
    return effects
  }

  /// Takes what a pair's ping tells; nil where it is none of the matrix.
  mutating func receiveForMatrix(_ report: PingReport) -> [Effect]? {
    guard let place = matrix?.running[report.id] else { return nil }
    switch report.event {
    case .sent, .stranger: return []
    case .reply(_, let milliseconds, _): matrix?[place].outcome = .reply(milliseconds)
    case .lost: matrix?[place].outcome = .lost
    case .refused(_, let by, let reason): matrix?[place].outcome = .refused(PingPane.refused(reason, by: by))
    case .unsent(_, let errno, let reason):
      matrix?[place].outcome = .unsent(PingPane.unsent(reason, errno: errno))
    case .failed(let reason): matrix?[place].outcome = .unsent(PingPane.unsent(reason))
    }
    matrix?.running[report.id] = nil
    return fillMatrix()
  }

  // MARK: The selected pair

  /// Selects a pair, or the nearest one that there is.
  fileprivate mutating func goToCell(_ place: MatrixPage.Place) {
    guard let last = matrix.map({ $0.members.count - 1 }) else { return }
    matrix?.cursor = MatrixPage.Place(row: max(0, min(place.row, last)), column: max(0, min(place.column, last)))
  }

  /// The two ends of the selected pair; nil, with a word about it, for a container and itself.
  private mutating func selectedPair() -> (from: Endpoint, to: Endpoint, AddressFamily)? {
    guard let matrix else { return nil }
    guard matrix.cursor.row != matrix.cursor.column else {
      notify(Say.Notice.noPair)
      return nil
    }
    return (
      matrix.members[matrix.cursor.row].endpoint, matrix.members[matrix.cursor.column].endpoint, matrix.family
    )
  }

  /// Pings the selected pair on the diagram, over and over.
  fileprivate mutating func pingCell() -> [Effect] {
    guard let (from, to, family) = selectedPair() else { return [] }
    let effects = begin(.endpoint(from), .endpoint(to), family: family)
    if let element = layout.element(for: .namespace(from.namespace), in: snapshot) { select(element) }
    return effects
  }

  fileprivate mutating func explainCell() -> [Effect] {
    guard let (from, to, family) = selectedPair() else { return [] }
    return explain(.endpoint(from), .endpoint(to), nil, family)
  }

  // MARK: Why pairs failed

  /// The most cells that are explained by themselves; the one under the cursor is, in any case.
  private static let cellLimit = 64

  /// Asks about the next cell that failed: the one under the cursor first. One at a time, once nothing else is asked.
  mutating func explainCells() -> [Effect] {
    guard page is MatrixPage, let known = matrix, known.diagnosis == nil, known.running.isEmpty, known.queue.isEmpty
    else { return [] }
    var next: MatrixPage.Place?
    if known.cursor.row != known.cursor.column, known[known.cursor].wantsCause {
      next = known.cursor
    } else if known.explained < State.cellLimit {
      next = known.places.first { known[$0].wantsCause }
    }
    guard let next else { return [] }
    let id = makeID()
    matrix?.diagnosis = (id, next)
    matrix?.explained += 1
    matrix?[next].isAsked = true
    return [
      .explain(
        id: id, from: .endpoint(known.members[next.row].endpoint), to: .endpoint(known.members[next.column].endpoint),
        port: nil, known.family)
    ]
  }

  /// Takes why a pair failed.
  mutating func receiveForMatrix(_ explanation: Explanation, of id: Int) {
    guard matrix?.diagnosis?.id == id, let place = matrix?.diagnosis?.place else { return }
    matrix?.diagnosis = nil
    if let cause = explanation.cause {
      matrix?[place].code = cause.code
      matrix?[place].cause = cause.claim
    } else {
      matrix?[place].cause = explanation.verdict == .reachable ? Say.MatrixPage.worksNow : Say.MatrixPage.noCause
    }
  }
}
