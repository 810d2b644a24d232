internal import Diagram
internal import Paths
internal import Topology

extension State {
  /// Asks all pairs on the selected bridge, or on the one that the selected container hangs on.
  mutating func openMatrix(family: AddressFamily = .any) -> [Effect] {
    guard let bridge = selectedBridge else {
      notify("M pings all pairs on a bridge: select one, or a container on one")
      return []
    }
    return begin(bridge, family: family)
  }

  /// The bridge that is selected, or that the selection hangs on.
  private var selectedBridge: LinkRef? {
    if page == .matrix { return matrix?.bridge }
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

  private mutating func begin(_ bridge: LinkRef, family: AddressFamily) -> [Effect] {
    let old = stopMatrix()
    let rows = (isFiltering ? visibleRows : Roster(snapshot).rows).filter { row in
      row.bridge == bridge && row.near != nil && row.namespace != .host
    }
    guard rows.count > 1 else {
      notify("\(snapshot.link(bridge)?.title ?? "the bridge") has fewer than two containers: there are no pairs")
      return old
    }
    let places = rows.map { ranks[$0.element] ?? .max }
    let sorted = rows.indices.sorted { (places[$0], $0) < (places[$1], $1) }.map { rows[$0] }
    let first = sorted.prefix(Matrix.memberLimit)
    let members = first.map { row in
      Matrix.Member(
        endpoint: Endpoint(
          namespace: row.namespace, link: row.link, name: snapshot.namespaces[row.namespace]?.name ?? "?"))
    }
    let part = snapshot.part(bridge: bridge, rows: first)
    matrix = Matrix(bridge, members, total: rows.count, family: family, snapshot: part)
    page = .matrix
    matches = nil
    searchText = ""
    relayout()
    return old + fillMatrix()
  }

  /// Starts as many pings as may run at once.
  mutating func fillMatrix() -> [Effect] {
    guard var matrix else { return [] }
    var effects: [Effect] = []
    while matrix.running.count < Matrix.concurrency, let place = matrix.queue.popLast() {
      let (from, to) = (matrix.members[place.row].endpoint, matrix.members[place.column].endpoint)
      switch PingRoute.choose(from: from, to: to, family: matrix.family, in: matrix.snapshot) {
      case .failure(let error): matrix[place].outcome = .refused(error.description)
      case .success(let route):
        matrix[place].outcome = .sent
        matrix.running[nextPingID] = place
        effects.append(.probe(id: nextPingID, route))
        nextPingID += 1
      }
    }
    self.matrix = matrix
    return effects
  }

  /// Takes what a pair's ping tells; nil where it is none of the matrix.
  mutating func receiveForMatrix(_ report: PingReport) -> [Effect]? {
    guard let place = matrix?.running[report.id] else { return nil }
    switch report.event {
    case .sent: return []
    case .reply(_, let milliseconds, _): matrix?[place].outcome = .reply(milliseconds)
    case .lost: matrix?[place].outcome = .lost
    case .refused(_, let by, let reason):
      matrix?[place].outcome = .refused(reason + (by.map { " (says \($0))" } ?? ""))
    case .failed(let reason): matrix?[place].outcome = .refused(reason)
    }
    matrix?.running[report.id] = nil
    return fillMatrix()
  }

  /// Ends what runs for the matrix.
  mutating func stopMatrix() -> [Effect] {
    let ids = matrix?.running.keys.sorted() ?? []
    let diagnosis = matrix?.diagnosis.map { [Effect.stopExplaining(id: $0.id)] } ?? []
    matrix = nil
    return ids.map { .stopPing(id: $0) } + diagnosis
  }

  mutating func moveInMatrix(_ direction: Direction) {
    guard var matrix else { return }
    let last = matrix.members.count - 1
    func next(_ value: Int, _ step: Int) -> Int { max(0, min(value + step, last)) }
    switch direction {
    case .up: matrix.cursor.row = next(matrix.cursor.row, -1)
    case .down: matrix.cursor.row = next(matrix.cursor.row, 1)
    case .left: matrix.cursor.column = next(matrix.cursor.column, -1)
    case .right: matrix.cursor.column = next(matrix.cursor.column, 1)
    }
    self.matrix = matrix
  }

  /// Pings the selected pair on the diagram, over and over.
  mutating func pingCell() -> [Effect] {
    guard let matrix else { return [] }
    let place = matrix.cursor
    guard place.row != place.column else {
      notify("that is one container, not a pair")
      return []
    }
    page = .diagram
    comesFromMatrix = true
    let source = matrix.members[place.row].endpoint
    relayout()
    if let element = layout.element(for: .namespace(source.namespace), in: snapshot) { select(element) }
    return begin(source, matrix.members[place.column].endpoint, family: matrix.family)
  }

  /// Back to the diagram; what still runs ends.
  mutating func closeMatrix() -> [Effect] {
    let effects = stopMatrix()
    page = .diagram
    relayout()
    return effects
  }
}

extension Snapshot {
  /// A bridge with some of what hangs on it, and nothing else.
  func part(bridge: LinkRef, rows: some Collection<RosterRow>) -> Snapshot {
    let ids = Set(rows.map(\.namespace)).union([bridge.namespace])
    let kept = Set(rows.flatMap(\.ends)).union([bridge])
    var part = self
    part.namespaces = NamespaceMap(
      namespaces.values.filter { ids.contains($0.id) }.map { namespace in
        var namespace = namespace
        namespace.links.removeAll { !kept.contains($0.id) }
        return namespace
      })
    return part
  }
}
