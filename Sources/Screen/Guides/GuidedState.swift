public import Canvas
internal import Conclusions
internal import Keys
public import Paths
public import Topology
public import Viewer

/// The viewer, and who leads through it where somebody does: the guide has a band below the picture, and may show something
/// beside it.
public struct GuidedState: Sendable {
  /// The viewer.
  public var viewer = State()
  /// Columns and rows of the terminal.
  public private(set) var size = Size(width: 80, height: 24)
  /// Who leads; nil: nobody.
  package private(set) var guide: (any Guide)?
  /// The number of the guide's own diagnosis; nil: none is under way.
  private var diagnosis: Int?
  private var hasBegun = false

  /// What the session is to do.
  public enum Effect: Sendable, Hashable {
    /// What the viewer wants.
    case viewer(Viewer.Effect)
    /// What is to be done to the laboratory.
    case laboratory(LaboratoryOrder)
    /// The diagram is to be kept as a file.
    case keepDrawing
    /// The terminal is lent to a shell in the laboratory.
    case openShell
    /// A guide's diagnosis is to be made.
    case explain(id: Int, from: Endpoint, to: Endpoint)
  }

  /// The viewer alone.
  public init() {}

  /// The viewer with somebody who leads through it.
  package init(guide: (any Guide)?) { self.guide = guide }

  /// Whether somebody leads.
  public var isGuided: Bool { guide != nil }

  /// Takes an action and says what is to be done about it. `now` is when it happened.
  public mutating func update(_ action: Action, at now: Timestamp) -> [Effect] {
    guard guide != nil else {
      if case .resize(let size) = action { self.size = size }
      return viewer.update(action, at: now).map { .viewer($0) }
    }
    let effects = take(action, at: now)
    viewer.foreignKeys = Set(guide?.caption.keys.compactMap { key(of: $0.cap) } ?? [])
    return effects + fit(at: now)
  }

  private mutating func take(_ action: Action, at now: Timestamp) -> [Effect] {
    switch action {
    case .key(let key):
      if let effects = press(key, at: now) { return effects }
    case .click(let point, _) where point.y >= layout.viewerRows:
      return key(at: point).flatMap { press($0, at: now) } ?? []
    case .resize(let size):
      self.size = Size(width: max(0, size.width), height: max(0, size.height))
      return []
    case .explanation(let id, let explanation, let isFinal) where id == diagnosis:
      guard isFinal else { return [] }
      diagnosis = nil
      return perform(guide?.take(explanation) ?? [], at: now)
    default: break
    }
    var effects = viewer.update(action, at: now).map { Effect.viewer($0) }
    switch action {
    case .snapshot:
      effects += perform(guide?.see(viewer.snapshot) ?? [], at: now)
      if !hasBegun, viewer.snapshot.revision > 0 {
        hasBegun = true
        effects += perform(guide?.begin() ?? [], at: now)
      }
    case .tables(let id, let tables): effects += perform(guide?.take(tables, of: id) ?? [], at: now)
    case .traffic: effects += perform(guide?.tick() ?? [], at: now)
    default: break
    }
    let news = news
    guide?.take(news)
    return effects
  }

  private mutating func press(_ key: Key, at now: Timestamp) -> [Effect]? {
    guard viewer.isOpenToGuides, let effects = guide?.press(key) else { return nil }
    var done: [Effect] = []
    // What says why has been read.
    if viewer.context == .explanation { done += viewer.press(.escape, at: now).map { .viewer($0) } }
    return done + perform(effects, at: now)
  }

  /// What the guide is told of the ping on the screen.
  private var news: PingNews {
    var news = PingNews()
    // Whoever else the reader pings is none of the story's.
    guard let ping = viewer.ping,
      viewer.snapshot.namespaces[ping.route.source.namespace]?.name == TourFacts.containers[0],
      ping.route.destinationName == TourFacts.containers[1]
    else { return news }
    news.sent = ping.statistics.sent
    news.received = ping.statistics.received
    news.last = ping.statistics.last
    news.claim = viewer.pingClaim
    for outcome in ping.statistics.recent(3).reversed() {
      switch outcome {
      case .reply: news.isAnswered = true
      case .lost, .unsent: news.isAnswered = false
      case .pending: continue
      }
      break
    }
    return news
  }

  // MARK: What the guide wants

  private mutating func perform(_ wanted: [GuideEffect], at now: Timestamp) -> [Effect] {
    var effects: [Effect] = []
    for effect in wanted { effects += perform(effect, at: now) }
    return effects
  }

  private mutating func perform(_ effect: GuideEffect, at now: Timestamp) -> [Effect] {
    switch effect {
    case .laboratory(let order): return [.laboratory(order)]
    case .readTables(let id, let link): return [.viewer(.readTables(id, of: link))]
    case .ping(let from, let to):
      guard let from = end(from), let to = end(to) else { return [] }
      return viewer.ping(from: from, to: to, at: now).map { .viewer($0) }
    case .stopPing: return viewer.clearPing().map { .viewer($0) }
    case .explain(let from, let to):
      guard diagnosis == nil, let from = end(from), let to = end(to) else { return [] }
      let id = viewer.makeForeignID()
      diagnosis = id
      return [.explain(id: id, from: from, to: to)]
    case .point(let link):
      viewer.point(at: link)
      return []
    case .keepDrawing: return [.keepDrawing]
    case .openShell: return [.openShell]
    }
  }

  /// A container by its name.
  private func end(_ name: String) -> Endpoint? {
    viewer.snapshot.namespaces.values.first { $0.id != .host && $0.name == name }
      .map { Endpoint(namespace: $0.id, name: $0.name) }
  }

  // MARK: Room

  /// Gives the viewer the room that is left for it.
  private mutating func fit(at now: Timestamp) -> [Effect] {
    let wanted = layout.viewerSize
    if viewer.size == wanted { return [] }
    return viewer.update(.resize(wanted), at: now).map { .viewer($0) }
  }
}
