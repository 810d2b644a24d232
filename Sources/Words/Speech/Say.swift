/// Everything that a person reads, by topic: the rooms of this wing extend it, one `enum` a topic.
///
/// A text is a static property, or a function where it tells of something. All of them end in `say(_:_:)`, so the compiler
/// sees to it that there is no text without a translation and no use of one that does not exist.
package enum Say {}

/// The text in the language that is spoken now; the other one is not made.
package func say(_ english: @autoclosure () -> String, _ chinese: @autoclosure () -> String) -> String {
  switch Language.current {
  case .english: english()
  case .chinese: chinese()
  }
}
