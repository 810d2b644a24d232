internal import Keys
internal import Labels
internal import Paths

extension State {
  /// `ping` or `why` with what stands behind it: a target, and before it who is to send, where that is not the selection.
  mutating func start(_ text: String, for purpose: Pick.Purpose) throws(Refusal) -> [Effect] {
    let words = text.split(separator: " ").map(String.init)
    guard words.count <= 2 else {
      throw Refusal(Say.PromptLine.whoToWhom(purpose == .why ? "why" : "ping"))
    }
    guard let last = words.last else { return perform(purpose == .why ? .why : .ping) }
    let from: Target
    if words.count == 2 {
      from = try taken(Target.source(words[0], in: snapshot))
    } else {
      guard let own = selection.flatMap({ source($0, for: purpose) }) else {
        throw Refusal(Say.PromptLine.nothingSelected)
      }
      from = own
    }
    let (to, port) = try taken(Target.destination(last, from: from, in: snapshot))
    if purpose == .ping, let port { throw Refusal(Say.PromptLine.pingHasNoPort("\(port)", text)) }
    return start(from, to, port, for: purpose)
  }

  private func taken<Value>(_ result: Result<Value, ResolutionError>) throws(Refusal) -> Value {
    switch result {
    case .success(let value): return value
    case .failure(let error): throw Refusal(error.description)
    }
  }
}
