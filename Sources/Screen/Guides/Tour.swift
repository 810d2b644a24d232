internal import Canvas
package import Conclusions
package import Keys
internal import Story
package import Topology

/// The tutorial, step by step. Every fact is the kernel's at that moment: nothing is remembered but where the reader is.
package struct GuidedTour: Guide {
  private(set) var beat = Beat.host
  /// Whether the reader has done what the beat is about.
  private(set) var hasActed = false
  /// What the reader expects of the fault.
  private(set) var expects: Bool?
  private(set) var facts = TourFacts(Snapshot())
  /// The tables as they were read last.
  private(set) var tables: [NamespaceID: NetworkTables] = [:]
  private(set) var news = PingNews()
  /// Seconds since the laboratory was last told to be put in order.
  private var patience = 0
  /// What was pressed while the laboratory was put in order: it is done then.
  private var early: Key?
  private var wantedTables: [LinkRef] = []

  /// Seconds in which the laboratory is put in order; what is not right then was changed by somebody else.
  static let patience = 3

  /// Whether it is told to somebody who presses no keys.
  let isPlain: Bool

  package init(isPlain: Bool = false) { self.isPlain = isPlain }

  package mutating func begin() -> [GuideEffect] { go(to: .host) }

  // MARK: Where the reader is

  private mutating func go(to beat: Beat) -> [GuideEffect] {
    let wasFault = isBroken
    self.beat = beat
    hasActed = false
    expects = nil
    var effects: [GuideEffect] = []
    if wasFault || facts.flaw(running: beat.containers) != nil { effects += arrange() }
    if !beat.showsLearning { effects.append(.stopPing) }
    if beat == .ping {
      tables = [:]
      effects += [.stopPing, .laboratory(.forget)]
    }
    // Back on the legs the ping runs on; the reader has seen it begin.
    if beat.showsLearning, beat != .ping, news.sent == 0 { effects.append(ping) }
    return effects + pointing + askTables()
  }

  /// Whether something is broken on purpose.
  var isBroken: Bool { beat.isQuestion && hasActed }

  private mutating func arrange() -> [GuideEffect] {
    patience = Self.patience
    return [.laboratory(.arrange(containers: hasActed ? beat.containersAfter : beat.containers))]
  }

  /// After somebody else's changes: nobody knows what else they were.
  private mutating func rebuild() -> [GuideEffect] {
    patience = Self.patience
    return [.laboratory(.rebuild(containers: hasActed ? beat.containersAfter : beat.containers))]
  }

  private var ping: GuideEffect { .ping(from: TourFacts.containers[0], to: TourFacts.containers[1]) }

  /// What is not as the beat needs it; nil: all is.
  var flaw: String? {
    isBroken ? nil : facts.flaw(running: hasActed ? beat.containersAfter : beat.containers)
  }

  /// Whether what is wrong is still being put right.
  var isSettling: Bool { flaw != nil && patience > 0 }

  // MARK: Keys

  package mutating func press(_ key: Key) -> [GuideEffect]? {
    if isSettling, key == .enter || isAct(key) {
      early = key
      return []
    }
    if flaw != nil, key == .enter { return rebuild() }
    if flaw != nil { return key == .backspace ? back() : nil }
    switch key {
    case .enter where beat == .end: return nil
    case .enter: return beat.hasAct && !hasActed ? act(expecting: nil) : next()
    case .backspace: return back()
    case .character(let letter): return press(letter)
    default: return nil
    }
  }

  /// Whether a key is one that the beat waits for.
  private func isAct(_ key: Key) -> Bool {
    guard case .character(let letter) = key else { return false }
    if beat == .end { return letter == "d" }
    guard beat.hasAct, !hasActed else { return false }
    switch beat {
    case .first, .second: return letter == "s"
    case .inside: return letter == "i"
    case .cable: return letter == "c"
    case .ping: return letter == "p"
    default: return letter == "y" || letter == "n"
    }
  }

  private mutating func press(_ letter: Unicode.Scalar) -> [GuideEffect]? {
    guard isAct(.character(letter)) else { return nil }
    if beat == .end { return [.keepDrawing] }
    return act(expecting: beat.isQuestion ? letter == "y" : nil)
  }

  private mutating func next() -> [GuideEffect] {
    Beat(rawValue: beat.rawValue + 1).map { go(to: $0) } ?? []
  }

  private mutating func back() -> [GuideEffect] {
    if hasActed { return go(to: beat) }
    return Beat(rawValue: beat.rawValue - 1).map { go(to: $0) } ?? []
  }

  // MARK: What the reader does

  private mutating func act(expecting expected: Bool?) -> [GuideEffect] {
    hasActed = true
    expects = expected
    if beat.isQuestion { news = PingNews() }
    let second = TourFacts.containers[1]
    switch beat {
    case .first, .second: return arrange() + pointing
    case .ping: return [ping] + pointing + askTables()
    case .whatIfBridge: return [.laboratory(.switchBridgeOff), ping] + pointing
    case .whatIfUnplugged: return [.laboratory(.unplug(second)), ping] + pointing
    case .whatIfAddress:
      return (Self.strangeAddress.map { [.laboratory(.readdress(second, $0))] } ?? []) + [.stopPing]
    default: return pointing
    }
  }

  /// An address of another network.
  static let strangeAddress = IPAddress([172, 27, 0, 3])

  /// What the picture points at.
  private var pointing: [GuideEffect] {
    let link: Link? =
      switch beat {
      case .host, .first: hasActed ? facts.first?.port : facts.bridge
      case .inside: facts.first?.eth
      case .cable: facts.first?.port
      case .second: hasActed ? facts.second?.port : facts.bridge
      case .ping: facts.first?.eth
      case .flood, .whatIfBridge: facts.bridge
      case .answer, .whatIfUnplugged, .whatIfAddress: facts.second?.eth
      case .echo: facts.first?.eth
      case .end: facts.bridge
      }
    return link.map { [.point($0.id)] } ?? []
  }

  /// Whether what the beat tells of has happened: the laboratory is in order, and what was sent has come to its end.
  package var isSettled: Bool {
    guard flaw == nil, facts.bridge != nil else { return false }
    switch beat {
    // A bridge that was made just now says UNKNOWN for a moment.
    case .host: return facts.bridge?.operState != .unknown
    case .end: return true
    case .first, .second: return !hasActed || facts.bridge?.operState == .up
    case .inside, .cable: return facts.first.map { tables[$0.namespace.id] != nil } ?? false
    case .ping where !hasActed: return tables[.host] != nil
    case .ping, .flood, .answer, .echo:
      return news.received > 0 && learned.count > 1
        && [facts.first, facts.second].allSatisfy { $0.map { !neighbors(of: $0).isEmpty } ?? false }
    case .whatIfBridge, .whatIfUnplugged, .whatIfAddress:
      return !hasActed || news.isAnswered == true || news.claim != nil
    }
  }

  /// Whether the reader has something to do now.
  package var awaitsAct: Bool { beat.hasAct && !hasActed }

  /// Whether it is over.
  package var isOver: Bool { beat == .end }

  // MARK: What is told to it

  package mutating func see(_ snapshot: Snapshot) -> [GuideEffect] {
    let before = (facts.first?.port?.id, facts.second?.port?.id, facts.second?.address)
    facts = TourFacts(snapshot)
    if flaw == nil { patience = 0 }
    let now = (facts.first?.port?.id, facts.second?.port?.id, facts.second?.address)
    var effects = before == now ? [] : pointing
    // The ping goes to the address that it has now.
    if isBroken, beat == .whatIfAddress, before.2 != now.2 { effects.append(ping) }
    if flaw == nil, let key = early {
      early = nil
      effects += press(key) ?? []
    }
    return effects
  }

  package mutating func take(_ news: PingNews) { self.news = news }

  package mutating func take(_ explanation: Explanation) -> [GuideEffect] { [] }

  package mutating func tick() -> [GuideEffect] {
    if patience > 0 { patience -= 1 }
    if patience == 0 { early = nil }
    return askTables()
  }

  /// Asks for the tables that the beat shows, one after the other.
  private mutating func askTables() -> [GuideEffect] {
    guard beat.showsLearning || beat == .inside || beat == .cable || beat == .second || beat == .whatIfAddress else {
      return []
    }
    wantedTables = [facts.first, facts.second].compactMap { $0?.eth.id }
    if beat.showsLearning, let bridge = facts.bridge { wantedTables.append(bridge.id) }
    return askNext()
  }

  private mutating func askNext() -> [GuideEffect] {
    if wantedTables.isEmpty { return [] }
    let link = wantedTables.removeFirst()
    return [.readTables(link.namespace, link)]
  }

  package mutating func take(_ tables: NetworkTables, of id: NamespaceID) -> [GuideEffect] {
    self.tables[id] = tables
    return askNext()
  }
}
