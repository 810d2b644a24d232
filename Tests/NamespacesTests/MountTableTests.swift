import Namespaces
import Testing

/// `/proc/self/mountinfo`: anybody who may mount writes paths into it.
@Suite struct MountTableTests {
  private static let text = """
    25 30 0:23 / /sys rw,nosuid shared:7 - sysfs sysfs rw
    310 25 0:4 net:[4026532466] /run/netns/web rw shared:181 - nsfs nsfs rw
    311 25 0:4 net:[4026532466] /run/docker/netns/a\\040b\\134c rw - nsfs nsfs rw
    312 25 0:4 mnt:[4026532467] /run/other rw - nsfs nsfs rw
    """

  @Test func networkNamespacesAndTheirPathsAreRead() {
    let entries = MountTable(mountinfo: Array(Self.text.utf8)).entries
    #expect(entries.map(\.inode) == [4_026_532_466, 4_026_532_466])
    #expect(entries.map { String(decoding: $0.path, as: UTF8.self) } == ["/run/netns/web", "/run/docker/netns/a b\\c"])
  }

  @Test(arguments: [UInt64(1), 2, 3]) func anyBytesDoNoHarm(seed: UInt64) {
    var generator = Generator(state: seed)
    let words = [
      "net:[99999999999999999999]", "net:[-1]", "net:[]", "\\777", "\\04", "\\", " - nsfs nsfs rw", "\n", "-",
    ]
    for _ in 0..<3_000 {
      var bytes = Array(Self.text.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: bytes[place] = .random(in: 0...255, using: &generator)
        case 1: bytes.insert(contentsOf: Array((words.randomElement(using: &generator) ?? "").utf8), at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + 7))
        }
        if bytes.isEmpty { bytes = [0x20] }
      }
      for entry in MountTable(mountinfo: bytes).entries { #expect(entry.inode > 0 || !entry.path.isEmpty) }
    }
  }

  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 29
    }
  }
}
