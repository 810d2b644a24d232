public import Canvas
public import Diagram
public import Keys
public import Listing
internal import Paths
public import Topology

/// Everything that the screen depends on.
public struct State: Sendable {
  /// Columns and rows of the terminal.
  public internal(set) var size = Size(width: 80, height: 24)
  /// The characters to draw with.
  public var glyphs = GlyphSet.unicode
  /// Seconds that the local time is ahead of UTC.
  public var utcOffset = 0
  /// Whether the terminal writes every character; where not, what is no ASCII is spelt `\xNN`.
  public var writesUnicode = true
  /// The colours.
  public var looks = Looks(theme: .dark, suited: .dark, hasColors: true)
  /// Whether the ping's head runs.
  public var reducesMotion = false
  /// What keys ask for.
  public var keys = KeyTable.standard
  /// Keys that mean something to who leads through the picture: the footer does not offer them.
  public var foreignKeys: Set<Key> = []
  /// When the newest action happened.
  public internal(set) var now = Timestamp(milliseconds: 0)

  /// What there is to be seen.
  var world = World()
  /// All interfaces as rows, and their order.
  var rows = Rows()
  /// The diagram, which everything else is opened over.
  var diagram: DiagramPage
  /// What is shown where the screen has no room for a diagram.
  var bareList = ListPage(.interfaces)
  /// What has been opened over the diagram.
  var stack = Stack()

  /// What is selected; nil: nothing.
  public internal(set) var selection: Element?
  /// Where in reading order it was on the screen, for when it vanishes.
  var selectionPosition = 0
  /// One line for a few seconds.
  var notice: (text: String, until: Timestamp)?
  /// What was typed behind `:` last.
  var lastPhrase = ""
  /// What was pinged last, whether it is still on the screen or not.
  var lastRoute: PingRoute?
  private var nextID = 1

  /// Makes the state before the first snapshot, for a terminal of 80 columns and 24 rows.
  public init() { diagram = DiagramPage(viewport: Size(width: 80, height: 22)) }

  /// The number of the next ping, probe or diagnosis.
  mutating func makeID() -> Int {
    defer { nextID += 1 }
    return nextID
  }

  // MARK: What is drawn

  /// The model that is drawn: the newest one, or the one at which the picture was frozen.
  public var snapshot: Snapshot { world.snapshot }
  /// The rates that are drawn, in bytes per second.
  public var traffic: Traffic { world.traffic }
  /// What has changed since the start, the newest last; at most 200.
  public var changes: [Change] { world.changes }
  /// The diagram as it is placed now.
  public var layout: Layout { diagram.layout }

  /// What fills the body of the screen.
  var page: any Page { stack.page ?? (isTight ? bareList : diagram) }

  /// Whether the screen has no room for a diagram: then it is a list.
  var isTight: Bool { size.width < 60 || size.height < 15 }

  /// What the keys mean at the moment, and so what the footer is about.
  public var context: Context {
    for layer in stack.layers.reversed() {
      if let context = layer.context { return context }
    }
    return page.context ?? .walk
  }

  /// The selected link, or the first of the selected namespace; where a search met the other end of the cable, that one.
  public var selectedLink: Link? {
    switch inspected {
    case .link(let ref): snapshot.link(ref)
    case .namespace(let id): snapshot.namespaces[id]?.shownLinks.first
    case nil: nil
    }
  }

  // MARK: Time

  /// Until when something on the screen changes by itself; nil: nothing does.
  public var nextDeadline: Timestamp? {
    var deadlines = [notice?.until, diagram.nextDeadline, whyDeadline].compactMap(\.self)
    if isAnimating { deadlines.append(Timestamp(milliseconds: now.milliseconds + 66)) }
    return deadlines.min()
  }

  /// Whether a ping's head is on its way.
  public var isAnimating: Bool { head != nil }

  /// Where the head is: it runs there and back once for each reply that came.
  var head: (position: Double, isReply: Bool)? {
    guard !reducesMotion, let ping, let start = ping.replyAt, ping.stop == nil else { return nil }
    let share = now.seconds(since: start) / State.animationSeconds
    guard share >= 0, share < 1 else { return nil }
    return share < 0.5 ? (share * 2, false) : ((1 - share) * 2, true)
  }

  static let animationSeconds = 0.8
}
