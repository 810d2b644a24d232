internal import Questions

/// Something that is under way on the event loop and ends in an answer.
protocol ProbeTask: AnyObject {
  /// Begins; `done` is called once, perhaps before this returns, and never after `stop`.
  func start(_ done: @escaping (Answer) -> Void)
  /// Gives up, and closes and ends what was opened and started.
  func stop()
}
