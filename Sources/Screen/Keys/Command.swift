internal import Topology

/// What a key asks for; the raw value is its name in the configuration file, which stays what it is.
///
/// Each arrow and each digit is a command of its own, so that keys can be bound to one of them.
public enum Command: String, Hashable, Sendable, CaseIterable {
  case left, down, up, right
  case inspect, focus
  case focusBack = "focus-back"
  case ping, why
  case typeTarget = "type-target"
  case trace, back, find
  case zoomOut = "zoom-out"
  case zoomIn = "zoom-in"
  case filter
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case sort, invert, list, busiest
  case troubleList = "trouble-list"
  case events, matrix, mark
  case pingAgain = "ping-again"
  case ipv4, ipv6
  case nextTrouble = "next-trouble"
  case freeze
  case closeHoles = "close-holes"
  case reload, copy
  case copyEntry = "copy-entry"
  case copyCapture = "copy-capture"
  // `theme` alone is a setting.
  case nextTheme = "next-theme"
  case prompt
  case bridge1 = "bridge-1"
  case bridge2 = "bridge-2"
  case bridge3 = "bridge-3"
  case bridge4 = "bridge-4"
  case bridge5 = "bridge-5"
  case bridge6 = "bridge-6"
  case bridge7 = "bridge-7"
  case bridge8 = "bridge-8"
  case bridge9 = "bridge-9"
  case first, last
  case pageUp = "page-up"
  case pageDown = "page-down"
  case redraw, suspend, interrupt, help, quit
  case quitKeepingScreen = "quit-keeping-screen"

  /// Those that go to a bridge, by its number.
  package static let bridges: [Command] = [
    .bridge1, .bridge2, .bridge3, .bridge4, .bridge5, .bridge6, .bridge7, .bridge8, .bridge9,
  ]

  /// Whether its keys are no setting. What means something on one page only has a key there that means something else
  /// elsewhere; and Ctrl-C leads out of everything, whatever a file says.
  public var isFixed: Bool {
    switch self {
    case .typeTarget, .trace, .ipv4, .ipv6, .interrupt: true
    default: false
    }
  }

  /// The name that was probably meant.
  public static func nearest(to name: String) -> String? {
    Spelling.nearest(to: name, among: allCases.filter { !$0.isFixed }.map(\.rawValue))
  }
}

/// What the screen is about at the moment: it decides which keys the footer shows.
public enum Context: Hashable, Sendable {
  case walk, pick, target, search, filter, prompt, ping, pane, list, events, matrix, explanation, help
}
