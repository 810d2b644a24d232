public import Conclusions
public import Paths

/// What is being found out, or was, of one pair.
public struct Inquiry: Sendable, Hashable {
  /// The number that the answers carry.
  public let id: Int
  /// The end that is to reach the other.
  public let from: Endpoint
  /// The end that is to be reached.
  public let to: Endpoint
  /// The address family that is asked about.
  public let family: AddressFamily
  /// The best that can be said so far; nil: nothing yet.
  public private(set) var explanation: Explanation?
  /// Whether the explanation will not change any more.
  public private(set) var isFinal = false

  init(id: Int, from: Endpoint, to: Endpoint, family: AddressFamily) {
    self.id = id
    self.from = from
    self.to = to
    self.family = family
  }

  mutating func take(_ explanation: Explanation, isFinal: Bool) {
    self.explanation = explanation
    self.isFinal = isFinal
  }
}
