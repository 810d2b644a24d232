public import Topology

/// What is laid over the picture, and changes without moving anything.
public struct Decor: Sendable {
  /// What is selected; nil: nothing.
  public var selection: Element?
  /// The container that is the source of a ping to be sent.
  public var source: Element?
  /// Where a search is under way: what matches; everything else is dimmed.
  public var matches: Set<Element>?
  /// The path of the ping on the screen; nil: there is none.
  public var trail: Trail?
  /// The rates of the links: bars and numbers are drawn from them. Nil: nothing was measured, and none are drawn.
  public var traffic: Traffic?

  /// Makes what is laid over a picture; as it is, nothing.
  public init(
    selection: Element? = nil, source: Element? = nil, matches: Set<Element>? = nil, trail: Trail? = nil,
    traffic: Traffic? = Traffic()
  ) {
    self.selection = selection
    self.source = source
    self.matches = matches
    self.trail = trail
    self.traffic = traffic
  }
}
