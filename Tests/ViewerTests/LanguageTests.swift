import Canvas
import Fixtures
import Keys
import Labels
import Speech
import Testing
import Topology

@testable import Viewer

/// The gallery's screens in Chinese: what is whole in English is whole.
@Suite struct LanguageTests {
  private static func picture(_ scene: GalleryTests.Scene, _ size: Size, _ language: Language) -> CellCanvas {
    Language.$spoken.withValue(language) {
      var stage = Stage(scene.model, size: size)
      if scene.isBusy { _ = stage.state.update(.traffic(Models.busy(scene.model)), at: stage.now) }
      scene.act(&stage)
      return stage.picture()
    }
  }

  private static func cuts(_ canvas: CellCanvas) -> Int {
    canvas.rows.reduce(0) { $0 + $1.unicodeScalars.count { $0 == "…" } }
  }

  @Test(arguments: GalleryTests.scenes) func nothingIsCutThatIsWholeInEnglish(scene: GalleryTests.Scene) {
    for size in GalleryTests.sizes.prefix(2) {
      let (english, chinese) = (Self.picture(scene, size, .english), Self.picture(scene, size, .chinese))
      #expect(
        Self.cuts(chinese) <= Self.cuts(english), "\(scene.name) \(size):\n\(chinese.rows.joined(separator: "\n"))")
    }
  }

  @Test(arguments: GalleryTests.scenes) func theChineseScreenIsTheOneThatWasLookedAt(scene: GalleryTests.Scene) {
    let size = GalleryTests.sizes[0]
    #expect(Golden.difference(Self.picture(scene, size, .chinese), "zh-\(scene.name)-80x24") == nil)
  }

  /// Words that stay: those of iproute2 and of the kernel, of engines, of ping(8), names and what is typed.
  private static let kept: Set<String> = [
    "netns", "veth", "ping", "why", "mtu", "fwd", "seq", "ttl", "rtt", "min", "avg", "max", "mdev", "via", "dev",
  ]

  @Test func theKeyTableSpeaksBoth() {
    for binding in KeyTable.standard.bindings {
      let (english, chinese) = (
        Language.$spoken.withValue(.english) { (binding.label, binding.help) },
        Language.$spoken.withValue(.chinese) { (binding.label, binding.help) }
      )
      #expect(english.0.isEmpty == chinese.0.isEmpty)
      #expect(english.1 != chinese.1 || Self.kept.contains(english.1), "\(english.1)")
      #expect(displayWidth(chinese.1) <= 29, "\(chinese.1)")
    }
  }
}
