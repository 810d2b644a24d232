internal import Keys
internal import Labels

extension State {
  /// The line with more at its end, as far as there is room; a word says so where there is too little.
  mutating func append(_ more: String, to line: String) -> String? {
    if line.unicodeScalars.count + more.unicodeScalars.count > TypedLine.limit {
      notify(Say.FindLine.isFull(TypedLine.limit))
    }
    return TypedLine.append(more, to: line)
  }
}
