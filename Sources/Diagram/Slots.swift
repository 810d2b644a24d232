public import Topology

/// Which slot of its band every element has.
///
/// A newcomer takes the lowest free slot, else the end; a survivor keeps its own, so that nothing jumps. One that
/// leaves becomes a ghost for `ghostSeconds`, then a hole, which the next newcomer fills.
public struct Slots: Sendable, Equatable {
  /// How long one that has gone is still shown.
  public static let ghostSeconds = 5.0

  enum Slot: Equatable {
    case taken(Entry)
    case ghost(name: String, rows: Int, until: Timestamp)
    case hole(rows: Int)
  }

  private(set) var bands: [BandKey: [Slot]] = [:]
  private var names: [NamespaceID: (name: String, rows: Int)] = [:]
  private(set) var joined: [NamespaceID: Timestamp] = [:]
  private var isSettled = false

  public init() {}

  public static func == (a: Slots, b: Slots) -> Bool { a.bands == b.bands && a.joined == b.joined }

  /// Gives slots to newcomers, turns leavers into ghosts and old ghosts into holes. O(n).
  public mutating func settle(_ snapshot: Snapshot, at now: Timestamp) {
    settle(Plan(snapshot), snapshot, at: now)
  }

  mutating func settle(_ plan: Plan, _ snapshot: Snapshot, at now: Timestamp) {
    var wanted: [BandKey: [Entry]] = [:]
    for entry in plan.entries {
      if let band = plan.home[entry] { wanted[band, default: []].append(entry) }
    }
    let deadline = Timestamp(milliseconds: now.milliseconds + Int64(Self.ghostSeconds * 1000))
    for (band, slots) in bands {
      let present = Set(wanted[band] ?? [])
      bands[band] = slots.map { slot in
        switch slot {
        case .taken(let entry) where !present.contains(entry): vacated(entry, band, plan, deadline)
        case .ghost(_, let rows, let until) where until <= now: .hole(rows: rows)
        default: slot
        }
      }
    }
    for (band, entries) in wanted { seat(entries, in: band) }
    bands = bands.filter { band, _ in plan.bands.contains(band) || wanted[band] != nil }
    for (band, slots) in bands { bands[band] = Self.trimmed(slots) }
    noteNames(plan, snapshot, at: now)
  }

  private func vacated(_ entry: Entry, _ band: BandKey, _ plan: Plan, _ deadline: Timestamp) -> Slot {
    guard case .box(let id) = entry, let (name, rows) = names[id] else { return .hole(rows: 1) }
    // A namespace that dies loses its cable first, and one that is born has none yet: without a cable there is nothing
    // to miss. One that only moved to another bus is no ghost either.
    if band == .lonely { return .hole(rows: rows) }
    let isGone = plan.home[entry] == nil || plan.home[entry] == .lonely
    return isGone ? .ghost(name: name, rows: rows, until: deadline) : .hole(rows: rows)
  }

  private mutating func seat(_ entries: [Entry], in band: BandKey) {
    var slots = bands[band] ?? []
    var seated: Set<Entry> = []
    for case .taken(let entry) in slots { seated.insert(entry) }
    var free = slots.indices.filter { if case .hole = slots[$0] { true } else { false } }[...]
    for entry in entries where !seated.contains(entry) {
      if let index = free.popFirst() { slots[index] = .taken(entry) } else { slots.append(.taken(entry)) }
    }
    bands[band] = slots
  }

  /// Holes at the end hold nothing in its place.
  private static func trimmed(_ slots: [Slot]) -> [Slot] {
    var slots = slots
    while case .hole? = slots.last { slots.removeLast() }
    return slots
  }

  private mutating func noteNames(_ plan: Plan, _ snapshot: Snapshot, at now: Timestamp) {
    var next: [NamespaceID: (name: String, rows: Int)] = [:]
    var fresh = joined.filter { now.seconds(since: $0.value) < Self.ghostSeconds }
    for (id, rows) in plan.rows {
      next[id] = (snapshot.namespaces[id]?.name ?? "", max(1, rows.count))
      if isSettled, names[id] == nil { fresh[id] = now }
    }
    joined = fresh.filter { next[$0.key] != nil }
    names = next
    isSettled = true
  }

  /// When something that is shown for a while ends: the caller has to settle again then.
  public var nextDeadline: Timestamp? {
    let ghosts = bands.values.joined().compactMap { slot -> Timestamp? in
      if case .ghost(_, _, let until) = slot { until } else { nil }
    }
    let newcomers = joined.values.map {
      Timestamp(milliseconds: $0.milliseconds + Int64(Self.ghostSeconds * 1000))
    }
    return (ghosts + newcomers).min()
  }

  /// Closes all holes; the order stays.
  public mutating func compact() {
    for (band, slots) in bands {
      bands[band] = slots.filter { if case .hole = $0 { false } else { true } }
    }
  }
}
