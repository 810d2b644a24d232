public import Canvas

/// What comes from the keyboard, as ncurses and terminfo name it.
public enum TerminalKey: Hashable, Sendable {
  /// A character as it was typed, after the keyboard layout.
  case character(Unicode.Scalar)
  /// A letter typed with Ctrl, in lower case.
  case control(Unicode.Scalar)
  case up, down, left, right, enter, escape, tab, backTab, backspace, home, end, pageUp, pageDown
  /// F1 to F24, by its number.
  case function(Int)
}

/// What comes from the terminal.
public enum TerminalEvent: Hashable, Sendable {
  /// A key was pressed.
  case key(TerminalKey)
  /// A click on a cell; double where the one before was on it less than 400 ms ago.
  case click(x: Int, y: Int, isDouble: Bool)
  /// The wheel over a cell, in rows; negative is up.
  case wheel(Int, x: Int, y: Int)
  /// A text was pasted; cut where it was longer than what is kept of one, or its end never came.
  case paste(String, isCut: Bool)
  /// The terminal tells its ground's colour, late.
  case background(RGB)
  /// The terminal has gone.
  case closed
}
