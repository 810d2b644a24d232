public import Topology

/// Which slot of its band every element has.
///
/// A newcomer takes the lowest free slot that has its size, else the end; a survivor keeps its own, so that nothing
/// jumps. One that leaves becomes a ghost for `ghostSeconds`, then a hole, which the next newcomer fills.
public struct Slots: Sendable, Equatable {
  /// How long one that has gone is still shown.
  public static let ghostSeconds = 5.0

  enum Slot: Equatable {
    case taken(Entry, Shape)
    case ghost(name: String, Shape, until: Timestamp)
    /// Where there was a ghost, with its name: whoever comes back by it finds his place.
    case hole(Shape, name: String? = nil)

    var shape: Shape {
      switch self {
      case .taken(_, let shape), .ghost(_, let shape, _), .hole(let shape, _): shape
      }
    }

    /// Who has gone from there.
    var goneName: String? {
      switch self {
      case .taken: nil
      case .ghost(let name, _, _): name
      case .hole(_, let name): name
      }
    }
  }

  private(set) var bands: [BandKey: [Slot]] = [:]
  /// The namespaces of the last snapshot: whose name a ghost has, and who is new.
  private var last = NamespaceMap()
  private(set) var joined: [NamespaceID: Timestamp] = [:]
  private var isSettled = false

  /// Makes slots before the first snapshot, which has no newcomers.
  public init() {}

  /// Compares who is where and who is new, not the snapshot that they remember.
  public static func == (a: Slots, b: Slots) -> Bool { a.bands == b.bands && a.joined == b.joined }

  /// Gives slots to newcomers, turns leavers into ghosts and old ghosts into holes. O(n log n).
  public mutating func settle(_ snapshot: Snapshot, at now: Timestamp, as arrangement: Arrangement = Arrangement()) {
    settle(Plan(snapshot, arrangement), snapshot, at: now)
  }

  /// Slots without anybody in them, which remember who is new as these do: for another order, or a part of all.
  public func emptied() -> Slots {
    var slots = self
    slots.bands = [:]
    return slots
  }

  mutating func settle(_ plan: Plan, _ snapshot: Snapshot, at now: Timestamp) {
    let wanted = plan.itemsByBand
    let deadline = Timestamp(milliseconds: now.milliseconds + Int64(Self.ghostSeconds * 1000))
    let drawn = Set(plan.bands)
    for band in Set(bands.keys).union(wanted.keys) {
      bands[band] = drawn.contains(band) ? seat(wanted[band] ?? [], in: band, plan, snapshot, deadline, now) : nil
    }
    noteNewcomers(plan, snapshot, at: now)
  }

  /// The slots of a band after everybody has come and gone.
  private func seat(
    _ items: [Plan.Item], in band: BandKey, _ plan: Plan, _ snapshot: Snapshot, _ deadline: Timestamp,
    _ now: Timestamp
  ) -> [Slot] {
    var slots = bands[band] ?? []
    var newcomers = items
    if !slots.isEmpty {
      var present = Dictionary(items.map { ($0.entry, $0.shape) }, uniquingKeysWith: { first, _ in first })
      for index in slots.indices {
        switch slots[index] {
        case .taken(let entry, let shape):
          if let now = present.removeValue(forKey: entry) {
            if now != shape { slots[index] = .taken(entry, now) }
          } else {
            slots[index] = vacated(entry, shape, band, plan, snapshot, deadline)
          }
        case .ghost(let name, let shape, let until): if until <= now { slots[index] = .hole(shape, name: name) }
        case .hole: break
        }
      }
      comeBack(&slots, snapshot)
      if present.isEmpty { return Self.trimmed(slots) }
      newcomers = items.filter { present[$0.entry] != nil }
    }
    // Only a hole of its own size takes one in, so that nothing moves at any zoom. Lowest first: from the back.
    var free: [Shape: [Int]] = [:]
    for index in slots.indices.reversed() {
      if case .hole(let shape, _) = slots[index] { free[shape, default: []].append(index) }
    }
    for item in newcomers {
      if let index = Self.place(of: item, in: slots, snapshot) {
        slots[index] = .taken(item.entry, item.shape)
        free[item.shape]?.removeAll { $0 == index }
      } else if let index = free[item.shape]?.popLast() {
        slots[index] = .taken(item.entry, item.shape)
      } else {
        slots.append(.taken(item.entry, item.shape))
      }
    }
    return Self.trimmed(slots)
  }

  /// The slot that a newcomer of the same name and size has left.
  private static func place(of item: Plan.Item, in slots: [Slot], _ snapshot: Snapshot) -> Int? {
    guard case .box(let id) = item.entry, let name = snapshot.namespaces[id]?.name else { return nil }
    return slots.firstIndex { $0.goneName == name && $0.shape == item.shape }
  }

  /// One that has just come has its name a moment later: then it goes to where it was before.
  private func comeBack(_ slots: inout [Slot], _ snapshot: Snapshot) {
    guard slots.contains(where: { $0.goneName != nil }) else { return }
    for index in slots.indices {
      guard case .taken(.box(let id), let shape) = slots[index], joined[id] != nil,
        let name = snapshot.namespaces[id]?.name,
        let place = slots.firstIndex(where: { $0.goneName == name && $0.shape == shape })
      else { continue }
      slots[place] = slots[index]
      slots[index] = .hole(shape)
    }
  }

  private func vacated(
    _ entry: Entry, _ shape: Shape, _ band: BandKey, _ plan: Plan, _ snapshot: Snapshot, _ deadline: Timestamp
  ) -> Slot {
    guard case .box(let id) = entry, let name = last[id]?.name else { return .hole(shape) }
    // A namespace that dies loses its cable first, and one that is born has none yet: without a cable there is nothing
    // to miss. One that only moved to another bus is no ghost either.
    if band == .lonely { return .hole(shape) }
    // One that a filter does not let through any more is not gone.
    if plan.hides(id), snapshot.namespaces[id] != nil { return .hole(shape) }
    let isGone = plan.home(of: id) == nil || plan.home(of: id) == .lonely
    return isGone ? .ghost(name: name, shape, until: deadline) : .hole(shape)
  }

  /// Holes at the end hold nothing in its place, but the bands below. They stay while they are few, so that nothing
  /// moves where one container comes and goes; where a third of a band has gone the others close up.
  private static func trimmed(_ slots: [Slot]) -> [Slot] {
    var end = slots.count
    while end > 0, case .hole = slots[end - 1] { end -= 1 }
    return slots.count - end > max(1, slots.count * 3 / 10) ? Array(slots[..<end]) : slots
  }

  private mutating func noteNewcomers(_ plan: Plan, _ snapshot: Snapshot, at now: Timestamp) {
    joined = joined.filter { now.seconds(since: $0.value) < Self.ghostSeconds && snapshot.namespaces[$0.key] != nil }
    if isSettled {
      let known = last.ids
      for id in snapshot.namespaces.ids where id != .host && !known.contains(id) { joined[id] = now }
    }
    last = snapshot.namespaces
    isSettled = true
  }

  /// When something that is shown for a while ends: the caller has to settle again then.
  public var nextDeadline: Timestamp? {
    var next: Timestamp?
    for slots in bands.values {
      for case .ghost(_, _, let until) in slots { next = min(next ?? until, until) }
    }
    for moment in joined.values {
      let until = Timestamp(milliseconds: moment.milliseconds + Int64(Self.ghostSeconds * 1000))
      next = min(next ?? until, until)
    }
    return next
  }

  /// Closes all holes; the order stays.
  public mutating func compact() {
    for (band, slots) in bands {
      bands[band] = slots.filter { if case .hole = $0 { false } else { true } }
    }
  }
}
