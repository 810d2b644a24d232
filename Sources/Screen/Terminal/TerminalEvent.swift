/// What comes from the keyboard, as ncurses and terminfo name it.
public enum TerminalKey: Hashable, Sendable {
  case character(Unicode.Scalar)
  /// A letter typed with Ctrl, in lower case.
  case control(Unicode.Scalar)
  case up, down, left, right, enter, escape, tab, backTab, backspace, home, end, pageUp, pageDown
  case function(Int)
}

/// What comes from the terminal.
public enum TerminalEvent: Hashable, Sendable {
  case key(TerminalKey)
  case click(x: Int, y: Int, isDouble: Bool)
  /// The wheel over a cell, in rows; negative is up.
  case wheel(Int, x: Int, y: Int)
  /// The terminal has gone.
  case closed
}
