import Foundation
import Testing

extension KernelTests {
  /// Every kind of terminal in every locale at every size: the right characters, at the same places, alive and clean at
  /// the end. All of them run at once, as sessions of one tmux server.
  @Suite struct TerminalMatrixTests {
    private static let kinds = ["tmux-256color", "xterm", "screen", "linux", "vt100"]
    private static let locales = ["C.UTF-8", "C"]
    private static let sizes = [(80, 24), (120, 40), (300, 100), (20, 5), (59, 14), (80, 24)]

    private final class Wall {
      let server = "netns-top-wall-\(UUID().uuidString.prefix(8))"

      func start(_ name: String, _ command: String) {
        let quoted = command.replacingOccurrences(of: "'", with: "'\\''")
        Machine.bash(
          "tmux -u -L \(server) -f /dev/null new-session -d -s \(name) -x 80 -y 24 '\(quoted)'")
      }

      deinit { Machine.bash("tmux -L \(server) kill-server") }

      @discardableResult
      func tmux(_ arguments: String) -> String { Machine.bash("tmux -L \(server) \(arguments)").output }

      func text(_ name: String) -> String { tmux("capture-pane -p -t \(name)") }

      func shows(_ name: String, _ wanted: String) -> Bool {
        Machine.wait(seconds: 20) { text(name).contains(wanted) }
      }
    }

    /// The lines of the picture, without words and bars: what has to stand at the same places everywhere.
    private func skeleton(_ text: String, isUnicode: Bool) -> [String] {
      // In ASCII the other characters of lines are those of bars, too.
      let lines = Set(isUnicode ? "┏┓┗┛┃┠┣╭╮╰╯│├┤╎" : "|")
      return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        var out = String(line.map { lines.contains($0) ? $0 : " " })
        while out.last == " " { out.removeLast() }
        return out
      }
    }

    @Test(.enabled(if: Machine.can("tmux", "pgrep"), "needs tmux and procps"))
    func everyKindInEveryLocaleAtEverySize() {
      let wall = Wall()
      var sessions: [(name: String, kind: String, isUnicode: Bool)] = []
      for kind in Self.kinds {
        for locale in Self.locales {
          let name = "s\(sessions.count)"
          sessions.append((name, kind, locale != "C"))
          wall.start(
            name,
            "A=$(stty -g); export TERM=\(kind) LC_ALL=\(locale); \(Machine.program) demo --interval 3600; echo EXIT=$?; "
              + "[ \"$A\" = \"$(stty -g)\" ] && echo MODE=same; sleep 100")
        }
      }
      for session in sessions {
        #expect(wall.shows(session.name, "172.17.0.3/16"), "\(session): \(wall.text(session.name))")
      }
      for (width, height) in Self.sizes {
        for session in sessions { wall.tmux("resize-window -t \(session.name) -x \(width) -y \(height)") }
        var seen: [Bool: (kind: String, picture: [String])] = [:]
        for session in sessions {
          // The last row of a picture that has been drawn at this size.
          let isDrawn = Machine.wait {
            let rows = wall.text(session.name).split(separator: "\n", omittingEmptySubsequences: false)
            return rows.count >= height && rows[height - 1].contains("q quit")
          }
          #expect(isDrawn, "\(session) at \(width)x\(height): \(wall.text(session.name))")
          let text = wall.text(session.name)
          #expect(text.unicodeScalars.allSatisfy(\.isASCII) != session.isUnicode, "\(session): \(text)")
          let picture = skeleton(text, isUnicode: session.isUnicode)
          if let first = seen[session.isUnicode] {
            #expect(
              picture == first.picture, "\(session) differs from \(first.kind) at \(width)x\(height):\n\(text)")
          } else {
            seen[session.isUnicode] = (session.kind, picture)
          }
        }
      }
      for session in sessions { wall.tmux("send-keys -t \(session.name) q") }
      for session in sessions {
        #expect(wall.shows(session.name, "MODE=same"), "\(session): \(wall.text(session.name))")
        #expect(wall.text(session.name).contains("EXIT=0"))
      }
    }
  }
}
