/// A part of the walk, as a value: it is given the walk as far as it has come, and gives it back with what it found.
protocol WalkStage {
  associatedtype Outcome
  var walk: PacketWalk { get set }
  /// Goes through it, and returns what the next stage has to know.
  mutating func run() -> Outcome
}

extension PacketWalk {
  /// Hands the walk to a stage, and takes it back.
  @discardableResult
  mutating func run<Stage: WalkStage>(_ make: (PacketWalk) -> Stage) -> Stage.Outcome {
    var stage = make(self)
    let outcome = stage.run()
    self = stage.walk
    return outcome
  }
}
