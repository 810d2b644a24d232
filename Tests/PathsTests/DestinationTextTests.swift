import Fixtures
import Paths
import Testing

/// What a person types for a destination.
@Suite struct DestinationTextTests {
  @Test(arguments: [
    ("db", "db", nil, false), ("db:5432", "db", "5432", false), ("db:53/udp", "db", "53/udp", false),
    ("db:53/UDP", "db", "53/udp", false), ("db.:80/tcp", "db.", "80", false), ("10.0.0.3", "10.0.0.3", nil, false),
    ("10.0.0.3:80", "10.0.0.3", "80", false), ("fd00::3", "fd00::3", nil, false),
    ("[fd00::3]:443", "fd00::3", "443", false), ("[fd00::3]", "fd00::3", nil, false),
    ("http://db/", "db", "80", true), ("HTTPS://db.example/a:b?c#d", "db.example", "443", true),
    ("https://user:secret@db.example:8443/x", "db.example", "8443", true),
    ("http://[fd00::3]:81", "fd00::3", "81", true),
    ("postgres://u@db/name", "db", "5432", true), ("dns://10.0.0.1", "10.0.0.1", "53/udp", true),
    ("udp://db:7", "db", "7/udp", true),
  ])
  func isTakenApart(text: String, host: String, port: String?, isURL: Bool) throws {
    let parts = try DestinationText(text)
    #expect(parts.host == host)
    #expect(parts.port?.description == port)
    #expect(parts.isURL == isURL)
  }

  @Test(arguments: [
    ("db:", "is no port"), ("db:0", "is no port"), ("db:65536", "is no port"), ("db:http", "is no port"),
    ("db:80/sctp", "is no port"), ("fd00::3:80:x", "more than one colon"), ("[fd00::3:80", "[ADDRESS]:PORT"),
    ("[db]:80", "[ADDRESS]:PORT"), ("[fd00::3]x", "[ADDRESS]:PORT"), ("http://", "names no host"),
    ("gopher://db/", "no port is known for 'gopher'"),
  ])
  func whatCantBeUnderstoodIsSaid(text: String, words: String) {
    #expect { try DestinationText(text) } throws: { error in "\(error)".contains(words) && !"\(error)".contains("\n") }
  }

  /// Whatever is typed: an answer, and one line without control characters.
  @Test(arguments: 0..<8) func nothingTraps(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "db", ":", "//", "[", "]", "@", "/", "udp", "80", "::", ".", "\u{1B}[31m", "🚢", "%", "-", "http", " ", "\0",
    ]
    for _ in 0..<500 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
      do {
        let parts = try DestinationText(text)
        #expect(parts.port.map { $0.number > 0 } ?? true)
      } catch {
        #expect(!error.description.unicodeScalars.contains { $0.value < 32 || $0.value == 127 }, "\(error)")
      }
    }
  }
}
