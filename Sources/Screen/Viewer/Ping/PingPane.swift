internal import Diagram
internal import Keys
internal import Labels
public import Paths
public import Topology

/// A ping on the screen.
public struct PingPane: Sendable, Hashable {
  /// The ping's number, which its reports carry.
  public var id: Int
  /// The addresses that it is sent between, and the way.
  public var route: PingRoute
  /// What became of its requests so far.
  public var statistics = PingStatistics()
  /// The number of the last request that left; 0 before the first one.
  public var sequence = 0
  /// What the last line of the ping's pane says; empty: nothing.
  public var remark = ""
  /// What the kernel or a router said of the last request, where the remark says why already; empty: nothing.
  public var note = ""
  /// Whether the remark is bad news.
  public var isBad = false
  /// The hop at which a lost echo was seen last; nil while replies come.
  public var stop: Int?
  /// When the last reply came: the head runs from then on.
  public var replyAt: Timestamp?
  /// When the first request left since the last reply; nil while replies come.
  public var silentSince: Timestamp?
  /// Why it has none, as far as it is found out.
  public var why: Inquiry?
  /// Who has the destination's address as well, beside it on a bridge: a reply may be theirs.
  public var twin: String?
  /// Who answered the last request, and was not asked: that is no reply.
  public var stranger: IPAddress?
  /// Whether it was started on a page that hides the diagram, where its way lights up.
  let showsDiagram: Bool

  init(id: Int, route: PingRoute, twin: String?, showsDiagram: Bool) {
    self.id = id
    self.route = route
    self.twin = twin
    self.showsDiagram = showsDiagram
  }
}

extension PingPane: Layer {
  var escapeLabel: String { Say.Footer.clear }
  var wantsBody: Bool { true }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    switch command {
    case .ipv4: state.changeFamily(.ipv4)
    case .ipv6: state.changeFamily(.ipv6)
    default: nil
    }
  }

  func closed(in state: inout State) -> [Effect] { why.map { state.ending($0) } ?? [] }
}

/// The requests of the ping on the screen are still sent.
struct Echoes: Layer {
  /// The ping's number.
  let id: Int

  var context: Context? { .ping }
  var escapeLabel: String { Say.Footer.stop }

  func perform(_ command: Command, in state: inout State) -> [Effect]? {
    command == .interrupt ? state.closeAll { $0 is Echoes } : nil
  }

  func closed(in state: inout State) -> [Effect] {
    state.ping?.replyAt = nil
    return [.stopPing(id: id)]
  }
}
