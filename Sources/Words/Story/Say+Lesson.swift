package import Speech

extension Say {
  /// The lessons: broken laboratories to be mended by hand. Each text fits three lines of 78 columns.
  package enum Lesson {
    /// What is told of one lesson.
    struct Story {
      /// What its user complains of.
      var question: String
      /// Where to look, each a step nearer.
      var hints: [String]
      /// Why it was broken, and why the command mends it.
      var explanation: String
    }

    /// How many hints each lesson has.
    package static let hintCount = 3

    package static func question(_ lesson: LessonName) -> String { story(of: lesson).question }
    /// `number` counts from 0.
    package static func hint(_ lesson: LessonName, _ number: Int) -> String { story(of: lesson).hints[number] }
    package static func explanation(_ lesson: LessonName) -> String { story(of: lesson).explanation }

    private static func story(of lesson: LessonName) -> Story {
      switch lesson {
      case .portDown: portDown
      case .interfaceDown: interfaceDown
      case .bridgeDown: bridgeDown
      case .unplugged: unplugged
      case .wrongBridge: wrongBridge
      case .isolatedPorts: isolatedPorts
      case .learning: learning
      case .floodingOff: floodingOff
      case .wrongPort: wrongPort
      case .wrongSubnet: wrongSubnet
      case .noAddress: noAddress
      case .blackhole: blackhole
      case .staleNeighbor: staleNeighbor
      case .duplicateAddress: duplicateAddress
      case .twoNetworks: twoNetworks
      case .forwardDrop: forwardDrop
      case .inputDrop: inputDrop
      case .replyFilter: replyFilter
      case .pingIgnored: pingIgnored
      case .mtu: mtu
      }
    }
  }
}
