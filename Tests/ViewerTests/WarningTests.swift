import Canvas
import Fixtures
import Keys
import Testing
import Topology

@testable import Viewer

@Suite struct WarningTests {
  /// A warning that the title has no room for is cut between words, says so, and stands in full below the trouble.
  @Test func aWarningIsNeverLostAndCanBeReadInFull() {
    let warning =
      "docker: /var/run/docker.sock: permission denied; add yourself to the group docker, or run netns-top with sudo"
    let words = Set(warning.split(separator: " "))
    for model in [Models.seed, Models.twelve] {
      for width in stride(from: 60, through: 260, by: 3) {
        var stage = Stage(model, size: Size(width: width, height: 24))
        var next = stage.state.snapshot
        next.warnings = [Warning(source: "docker", text: warning)]
        next.revision += 1
        _ = stage.state.update(.snapshot(next), at: stage.now)
        let title = stage.title
        guard let mark = title.firstRange(of: " ! ") else {
          Issue.record("\(width): \(title)")
          continue
        }
        let said = title[mark.upperBound...].prefix { $0 != "…" && $0 != "(" }
        let isWhole = title.contains(warning)
        #expect(isWhole || title.contains("(t)"), "\(width): \(title)")
        #expect(isWhole || said.split(separator: " ").allSatisfy { $0 == "warning" || words.contains($0) }, "\(title)")
        let place = title.distance(from: title.startIndex, to: mark.upperBound)
        _ = stage.state.update(.click(Point(x: place, y: 0), isDouble: false), at: stage.now)
        #expect(stage.state.shownList?.kind == .trouble, "\(width)")
        let page = stage.picture().rows.dropFirst().joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(page.contains(warning), "\(width): \(stage.text)")
      }
    }
  }
}
