internal import Canvas
internal import Diagram
public import Paths
public import Topology

/// A ping on the screen.
public struct PingState: Sendable, Hashable {
  /// The ping's number, which its reports carry.
  public var id: Int
  /// The addresses that it is sent between, and the way.
  public var route: PingRoute
  /// What became of its requests so far.
  public var statistics = PingStatistics()
  /// Whether requests are still sent.
  public var isRunning = true
  /// The number of the last request that left; 0 before the first one.
  public var sequence = 0
  /// What the last line of the ping's pane says; empty: nothing.
  public var remark = ""
  /// Whether the remark is bad news.
  public var isBad = false
  /// The hop at which a lost echo was seen last; nil while replies come.
  public var stop: Int?
  /// When the last reply came: the head runs from then on.
  public var replyAt: Timestamp?
  /// When the first request left since the last reply; nil while replies come.
  public var silentSince: Timestamp?
  /// Why it has none, as far as it is found out.
  public var why: ExplanationState?
  /// Who has the destination's address as well, beside it on a bridge: a reply may be theirs.
  public var twin: String?
}
