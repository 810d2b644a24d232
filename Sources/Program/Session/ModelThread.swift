internal import LinuxSystem
internal import Namespaces
internal import Observer
internal import SystemPackage
public import Topology

/// What is new since somebody looked.
public struct News: Sendable {
  /// The model, where it has changed.
  public var snapshot: Snapshot?
  /// The rates, where the counters were read.
  public var traffic: Traffic?
  /// What has happened, in order; only where events are told.
  public var events: [Event] = []
  /// The ways into other namespaces, where they were looked for.
  var files: [NamespaceID: NamespaceFile]?
  /// What was asked for, by the questions' numbers.
  var answers: [Int: Answer] = [:]

  /// What was asked for.
  enum Answer: Sendable {
    case counters([LinkRef: Counters])
    case tables(Result<NetworkTables, any Error>)
  }
}

/// The thread that a live model lives on.
struct ModelThread: Sendable {
  /// What it is to do next.
  typealias Order = @Sendable (LiveModel) -> Void

  /// What those who follow the model need before it changes.
  struct First: Sendable {
    let snapshot: Snapshot
    let files: [NamespaceID: NamespaceFile]
    let entry: EntryThread
  }

  /// What is new, for the loop that follows the model.
  let board: Noticeboard<News>
  private let orders: Mailbox<Order>

  /// Begins, and waits for the first snapshot. Throws one line where there is no thread, or as `LiveModel.init`.
  init(_ options: SourceOptions, wish: EngineWish?) throws {
    let (board, orders) = (try Noticeboard(blank: News()), try Mailbox<Order>())
    self.board = board
    self.orders = orders
    let first = try Promise<Result<First, any Error>>()
    _ = try Promise<Void>.begin {
      do {
        let model = try LiveModel(options, wish, board)
        try model.loop.watch(orders.descriptor) { for order in orders.take() { order(model) } }
        let observer = model.observer
        first.keep(.success(First(snapshot: observer.snapshot, files: observer.files, entry: observer.entry)))
        model.loop.run()
      } catch {
        first.keep(.failure(error))
      }
    }
    self.first = try first.wait().get()
  }

  /// What was read first.
  let first: First

  /// Has something done there.
  func order(_ order: @escaping Order) { orders.post(order) }

  /// Has something done there and waits for it; throws what it throws.
  func perform(_ body: @escaping @Sendable (LiveModel) throws -> Void) throws {
    let done = try Promise<Result<Void, any Error>>()
    orders.post { model in done.keep(Result { try body(model) }) }
    try done.wait().get()
  }
}
