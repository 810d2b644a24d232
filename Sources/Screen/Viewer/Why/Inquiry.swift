public import Conclusions
public import Paths

/// What is being found out, or was, of one conversation.
public struct Inquiry: Sendable, Hashable {
  /// The number that the answers carry.
  public let id: Int
  /// The end that is to reach the other.
  public let from: Target
  /// The end that is to be reached.
  public let to: Target
  /// The port that is to be reached there; nil: an echo is sent.
  public let port: ServicePort?
  /// The address family that is asked about.
  public let family: AddressFamily
  /// Whether the kernel is asked for its own word on every rule that our probes meet.
  public let traces: Bool
  /// The best that can be said so far; nil: nothing yet.
  public private(set) var explanation: Explanation?
  /// Whether the explanation will not change any more.
  public private(set) var isFinal = false

  init(id: Int, from: Target, to: Target, port: ServicePort? = nil, family: AddressFamily, traces: Bool = false) {
    self.id = id
    self.from = from
    self.to = to
    self.port = port
    self.family = family
    self.traces = traces
  }

  /// What the session is asked for.
  var effect: Effect {
    .explain(id: id, from: from, to: to, port: port, family, traces: traces)
  }

  mutating func take(_ explanation: Explanation, isFinal: Bool) {
    self.explanation = explanation
    self.isFinal = isFinal
  }
}
