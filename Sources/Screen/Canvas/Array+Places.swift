extension Array {
  /// The element at an index, moved into the array; nil for an empty one.
  package subscript(clamped index: Int) -> Element? {
    isEmpty ? nil : self[Swift.max(0, Swift.min(index, count - 1))]
  }

  /// The element at an index; nil outside.
  package subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
