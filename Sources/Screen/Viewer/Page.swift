/// What the body of the screen shows.
public enum Page: Sendable, Hashable {
  case diagram
  case list(List)
  /// Pings between all containers of a bridge.
  case matrix
  /// Why one container can, or can't, reach another.
  case explanation

  /// A list with a line a thing.
  public enum List: Sendable, Hashable {
    /// All interfaces: the diagram for screen readers, and for hosts without end.
    case interfaces
    /// The same by what they carry now, the most first.
    case busiest
    /// What is not as it should be, and why.
    case trouble
    /// What changed from what to what, the newest first.
    case events
  }
}
