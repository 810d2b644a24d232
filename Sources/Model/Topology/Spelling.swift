/// How alike words are, for whoever mistypes one.
public enum Spelling {
  /// How many elements have to be put in, left out or changed to make one word of the other (Levenshtein's distance).
  ///
  /// Complexity: O(a × b).
  public static func distance<Element: Equatable>(_ a: [Element], _ b: [Element]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        (diagonal, row[j + 1]) = (row[j + 1], min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1)))
      }
    }
    return row[b.count]
  }
}
