package import Topology

/// What there is to be seen: the model, and what it carries; live, or as it was when the picture was frozen.
package struct World: Sendable {
  /// The model that is drawn.
  package private(set) var snapshot = Snapshot()
  /// The rates that are drawn, in bytes per second.
  package private(set) var traffic = Traffic()
  /// What the title bar counts.
  package private(set) var tally = Tally(Snapshot())
  /// What has changed since the start, the newest last; at most 5,000.
  package private(set) var changes: [Change] = []
  /// When the first model was taken; nil: there was none yet.
  package private(set) var beganAt: Timestamp?
  /// When the picture was frozen; nil: live.
  package private(set) var frozenAt: Timestamp?
  /// What has been seen since then; nil: live.
  private var unseen: (snapshot: Snapshot, traffic: Traffic)?

  package init() {}

  private static let changeLimit = 5_000

  /// Takes a new model; whether it is drawn now.
  package mutating func receive(_ new: Snapshot) -> Bool {
    let seen = unseen?.snapshot ?? snapshot
    if beganAt == nil, new.revision > 0 { beganAt = new.takenAt }
    if seen.revision > 0 {
      Change.add(Change.between(seen, new), to: &changes, limit: World.changeLimit)
    }
    if unseen != nil {
      unseen?.snapshot = new
      return false
    }
    show(new)
    return true
  }

  package mutating func receive(_ new: Traffic) {
    if unseen == nil { traffic = new } else { unseen?.traffic = new }
  }

  package mutating func freeze(at now: Timestamp) {
    unseen = (snapshot, traffic)
    frozenAt = now
  }

  /// Shows what has been seen since the picture was frozen.
  package mutating func thaw() {
    guard let unseen else { return }
    traffic = unseen.traffic
    self.unseen = nil
    frozenAt = nil
    show(unseen.snapshot)
  }

  private mutating func show(_ new: Snapshot) {
    snapshot = new
    tally = Tally(new)
  }
}
