public import Conclusions
public import Paths
public import Topology

/// Pings between all containers of a bridge: who reaches whom.
public struct MatrixPage: Sendable {
  /// A container's interface on the bridge.
  public struct Member: Sendable, Hashable {
    /// The container, and its interface as the end of a ping.
    public var endpoint: Endpoint
  }

  /// A cell: from the container of the row to the one of the column.
  public struct Place: Sendable, Hashable {
    /// The source, as an index into `members`.
    public var row: Int
    /// The target, as an index into `members`.
    public var column: Int

    /// Makes a place.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// What became of a pair's echo request.
  public enum Outcome: Sendable, Hashable {
    /// Not sent yet.
    case waiting
    /// On its way.
    case sent
    /// The round-trip time in milliseconds.
    case reply(Double)
    /// No reply came in time.
    case lost
    /// Somebody on the way refused it: why, and who.
    case refused(String)
    /// It never left the source's namespace, and says nothing of the way: that it did not, and why.
    case unsent(String)
  }

  /// A pair.
  public struct Cell: Sendable, Hashable {
    /// What became of its echo request.
    public var outcome = Outcome.waiting
    /// Why it failed; nil while that is not known.
    public var code: CauseCode?
    /// The same as a sentence.
    public var cause: String?
    /// Whether the cause was asked for.
    var isAsked = false

    /// Whether somebody should ask why.
    var wantsCause: Bool { hasFailed && !isAsked }

    /// Whether the request was lost or refused, or could not be sent.
    public var hasFailed: Bool {
      switch outcome {
      case .lost, .refused, .unsent: true
      case .waiting, .sent, .reply: false
      }
    }
  }

  /// The most containers that are asked: 24 of them are 552 pairs, and as many entries in the kernel's table of
  /// neighbours, which holds 1,024 for all namespaces together (gc_thresh3) and frees none that was reachable in the
  /// last half minute.
  public static let memberLimit = 24
  /// The most pings at once.
  public static let concurrency = 8

  /// The bridge that all members hang on.
  public let bridge: LinkRef
  /// The address family of all pings.
  public let family: AddressFamily
  /// The containers in the order of rows and columns; at most `memberLimit`.
  public let members: [Member]
  /// How many containers there are on the bridge; more than `members` where they are too many.
  public let total: Int
  /// Row by row.
  public internal(set) var cells: [[Cell]]
  /// The cell that is selected.
  public internal(set) var cursor: Place
  /// The pings under way, by their number.
  var running: [Int: Place] = [:]
  /// The diagnosis of a pair that failed, while it goes on: its number, and the pair's place.
  var diagnosis: (id: Int, place: Place)?
  var explained = 0
  /// What is still to be asked, the next one last.
  var queue: [Place]
  /// The bridge, its first members and nothing else: routes are found the faster.
  let snapshot: Snapshot

  init(_ bridge: LinkRef, _ members: [Member], total: Int, family: AddressFamily, snapshot: Snapshot) {
    self.bridge = bridge
    self.members = members
    self.total = total
    self.family = family
    self.snapshot = snapshot
    let count = members.count
    cells = Array(repeating: Array(repeating: Cell(), count: count), count: count)
    cursor = Place(row: 0, column: min(1, count - 1))
    queue = []
    for row in (0..<count).reversed() {
      for column in (0..<count).reversed() where row != column { queue.append(Place(row: row, column: column)) }
    }
  }

  /// All pairs, row by row.
  var places: some Sequence<Place> {
    members.indices.lazy.flatMap { [count = members.count] row in
      (0..<count).lazy.filter { $0 != row }.map { Place(row: row, column: $0) }
    }
  }

  /// One pair.
  public subscript(place: Place) -> Cell {
    get { cells[place.row][place.column] }
    set { cells[place.row][place.column] = newValue }
  }

  /// The median of the round trips, in milliseconds; 0 before the first reply.
  var usualRoundTrip: Double {
    var times: [Double] = []
    for case .reply(let milliseconds) in cells.joined().map(\.outcome) { times.append(milliseconds) }
    return times.isEmpty ? 0 : times.sorted()[times.count / 2]
  }

  /// How many pairs had an answer, how many none, how many were not asked for want of a way to send it, and how many are
  /// still to come.
  public var score: (replies: Int, failures: Int, unsent: Int, pending: Int) {
    var score = (replies: 0, failures: 0, unsent: 0, pending: 0)
    for (row, line) in cells.enumerated() {
      for (column, cell) in line.enumerated() where row != column {
        switch cell.outcome {
        case .reply: score.replies += 1
        case .lost, .refused: score.failures += 1
        case .unsent: score.unsent += 1
        case .waiting, .sent: score.pending += 1
        }
      }
    }
    return score
  }
}
