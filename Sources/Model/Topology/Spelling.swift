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

  /// The one of `words` that was probably meant by `word`, whatever its case: at most `reach` letters away; where that is
  /// not said, two, and one where the word has no more than three, of which nothing would be left. Nil: none is so near.
  public static func nearest(to word: String, among words: [String], reach: Int? = nil) -> String? {
    // A word comes from outside, and what is longer than any of ours is none of them.
    guard word.utf8.count <= 40 else { return nil }
    let wanted = Array(word.lowercased().utf8)
    let ranked = words.map { ($0, distance(wanted, Array($0.lowercased().utf8))) }
    return ranked.min { $0.1 < $1.1 }.flatMap { $0.1 <= reach ?? (wanted.count > 3 ? 2 : 1) ? $0.0 : nil }
  }
}
