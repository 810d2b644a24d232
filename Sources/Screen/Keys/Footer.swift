package import Canvas

/// The last line: what is typed, or what has just happened, and the keys that mean something now.
package struct Footer {
  /// A key's hint and its columns.
  package struct Hint {
    package var binding: Binding
    package var columns: Range<Int>

    package init(binding: Binding, columns: Range<Int>) {
      self.binding = binding
      self.columns = columns
    }
  }

  /// What stands before the keys.
  package var words: [(text: String, role: Role, x: Int)] = []
  package var hints: [Hint] = []
  /// Columns that are taken.
  package var width = 0

  package init() {}

  /// Puts words behind what is there, cut to so many columns.
  package mutating func say(_ text: String, _ role: Role, columns: Int, ellipsis: Unicode.Scalar) {
    let text = fitted(text, columns: max(0, columns), ellipsis: ellipsis)
    words.append((text, role, width))
    width += displayWidth(text)
  }
}
