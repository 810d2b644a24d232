import Foundation
import Testing

extension KernelTests {
  /// What a newcomer does in the first minute, as the README's first picture shows it: the picture is made from this run
  /// (`screenshots/make first-minute`), so it can't show what the program does not do.
  @Suite struct FirstMinuteTests {
    private static let ready: Bool = Machine.can("tmux", "pgrep")

    @Test(.enabled(if: ready, "needs tmux and procps")) func aPingThatArrivesAndOneThatDoesNot() throws {
      let film = Film()
      try works(film)
      try fails(film)
    }

    private func works(_ film: Film) throws {
      let screen = Screen("exec \(Machine.program) demo --lang en --theme dark")
      try #require(screen.shows("172.17.0.3/16"), "\(screen.text)")
      film.watch(screen, frames: 20)
      screen.type("p")
      try #require(screen.shows("ping test1 → test2?"), "\(screen.text)")
      film.watch(screen, frames: 12)
      screen.type("p")
      #expect(screen.shows("loss 0 % (1/1)"), "\(screen.text)")
      #expect(screen.text.contains("┣━━━"), "the path is not lit")
      film.watch(screen, frames: 25)
      screen.type("Escape", "Escape", "Enter")
      #expect(screen.shows("2 ⇄"), "\(screen.text)")
      film.watch(screen, frames: 25)
      screen.type("q")
    }

    private func fails(_ film: Film) throws {
      let screen = Screen("exec \(Machine.program) demo forward-drop --lang en --theme dark")
      try #require(screen.shows("172.17.0.3/16"), "\(screen.text)")
      film.watch(screen, frames: 10)
      screen.type("p")
      try #require(screen.shows("ping test1 → test2?"), "\(screen.text)")
      screen.type("p")
      film.watch(screen, frames: 20)
      #expect(screen.shows("firewall drops the packet"), "\(screen.text)")
      film.watch(screen, frames: 20)
      screen.type("w")
      #expect(screen.shows("try"), "\(screen.text)")
      #expect(screen.text.contains("policy"), "\(screen.text)")
      film.watch(screen, frames: 45)
      screen.type("q")
    }
  }
}

/// The screens of a run, ten a second, as files in the folder that NETNS_TOP_FILM names; without it nothing is watched.
private final class Film {
  private let folder = ProcessInfo.processInfo.environment["NETNS_TOP_FILM"]
  private var count = 0

  /// Keeps so many of what a screen shows now.
  func watch(_ screen: Screen, frames: Int) {
    guard let folder else { return }
    var next = Date()
    for _ in 0..<frames {
      usleep(useconds_t(max(0, next.timeIntervalSinceNow) * 1e6))
      next += 0.1
      screen.tmux("capture-pane -epN -t m > '\(folder)/\(String(format: "%04d", count)).ansi'")
      count += 1
    }
  }
}
