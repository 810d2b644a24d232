/// The colours of the screen, and what can be chosen of them while the program runs.
public struct Looks: Sendable {
  /// The theme that is drawn in.
  public package(set) var theme: Theme
  /// The one that suits the terminal, as far as that is known.
  public package(set) var suited: Theme
  /// Whether there are colours at all; without them all themes look the same.
  public let hasColors: Bool

  /// Takes over what was settled at the start.
  public init(theme: Theme, suited: Theme, hasColors: Bool) {
    self.theme = theme
    self.suited = suited
    self.hasColors = hasColors
  }
}
