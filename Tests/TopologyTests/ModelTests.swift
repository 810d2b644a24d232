import Fixtures
import Reports
import Testing
import Topology

@Suite struct SafeTextTests {
  @Test(arguments: [
    ("eth0", "eth0"), ("支付网关", "支付网关"), ("a\u{1B}[31mb", "a\\x1b[31mb"), ("x\ny", "x\\x0ay"),
    ("r\u{202E}l", "r\\xe2\\x80\\xael"), ("del\u{7F}", "del\\x7f"), ("c1\u{9B}", "c1\\xc2\\x9b"),
  ]) func controlCharactersNeverPass(raw: String, safe: String) {
    #expect(SafeText.decode(raw.utf8) == safe)
    #expect(SafeText.clean(raw) == safe)
  }

  @Test func invalidUTF8IsWrittenInHexadecimal() {
    #expect(SafeText.decode([0xFF, 0x41, 0xC3, 0x28, 0xE6, 0x94]) == "\\xffA\\xc3(\\xe6\\x94")
    #expect(SafeText.decode([UInt8](repeating: 0xFE, count: 15)) == String(repeating: "\\xfe", count: 15))
    // An overlong form and a surrogate are no UTF-8.
    #expect(SafeText.decode([0xC0, 0xAF]) == "\\xc0\\xaf")
    #expect(SafeText.decode([0xED, 0xA0, 0x80]) == "\\xed\\xa0\\x80")
  }
}

@Suite struct AddressTests {
  @Test(arguments: [
    "::", "::1", "fe80::42:acff:fe12:4", "2001:db8::1:0:0:1", "172.17.0.2", "::ffff:10.0.0.1", "1:0:0:2::3",
  ]) func textIsReadAndWrittenTheSame(text: String) throws {
    #expect(try #require(IPAddress(text)).description == text)
  }

  @Test(arguments: ["", "1.2.3", "1.2.3.256", "01.2.3.4", "1::2::3", ":1", "12345::", "1:2:3:4:5:6:7:8:9", "g::"])
  func otherTextIsNoAddress(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func prefixesAreComparedBitByBit() throws {
    let a = try #require(IPAddress("172.17.0.2"))
    let b = try #require(IPAddress("172.18.0.2"))
    #expect(a.shares(prefix: 14, with: b))
    #expect(!a.shares(prefix: 15, with: b))
    #expect(!a.shares(prefix: 33, with: b))
  }
}

@Suite struct TimeTests {
  @Test func datesAreCivil() {
    #expect(Timestamp(milliseconds: 1_795_435_473_120).rfc3339 == "2026-11-23T12:04:33.120Z")
    #expect(Timestamp(milliseconds: -1).rfc3339 == "1969-12-31T23:59:59.999Z")
    #expect(Timestamp(milliseconds: 951_782_400_000).rfc3339 == "2000-02-29T00:00:00.000Z")
    #expect(Timestamp(milliseconds: 0).clock(utcOffset: -3600) == "23:00:00")
  }
}

@Suite struct TrafficTests {
  private let link = LinkRef(.host, 4)

  @Test func ratesAreDifferencesOverTime() {
    var traffic = Traffic()
    traffic.record(Counters(rxBytes: 100, txBytes: 50), of: link, at: 10)
    #expect(traffic[link] == nil)
    traffic.record(Counters(rxBytes: 1100, txBytes: 250), of: link, at: 12)
    #expect(traffic[link]?.rx == 500)
    #expect(traffic[link]?.tx == 100)
  }

  @Test func aCounterThatWentDownMakesNoRate() {
    var traffic = Traffic()
    traffic.record(Counters(rxBytes: 1000), of: link, at: 1)
    traffic.record(Counters(rxBytes: 2000), of: link, at: 2)
    traffic.record(Counters(rxBytes: 10), of: link, at: 3)
    #expect(traffic[link]?.history.count == 1)
    traffic.record(Counters(rxBytes: 40), of: link, at: 4)
    #expect(traffic[link]?.rx == 30)
  }

  @Test func historyIsAMinute() {
    var traffic = Traffic()
    for second in 0..<200 { traffic.record(Counters(rxBytes: UInt64(second)), of: link, at: Double(second)) }
    #expect(traffic[link]?.history.count == Traffic.capacity)
  }
}

@Suite struct LinkTests {
  @Test func flagsAreNamedAsIprouteNamesThem() {
    #expect(LinkFlags(rawValue: 0x11043).names == ["BROADCAST", "MULTICAST", "UP", "LOWER_UP"])
    #expect(LinkFlags(rawValue: 0x1003).names == ["NO-CARRIER", "BROADCAST", "MULTICAST", "UP"])
    #expect(LinkFlags(rawValue: 0x10049).names == ["LOOPBACK", "UP", "LOWER_UP"])
  }

  @Test func statesAreOneWord() {
    #expect(Models.link(LinkRef(.host, 1), "a").state == .up)
    #expect(Models.link(LinkRef(.host, 1), "a", carrier: false).state == .noCarrier)
    #expect(Models.link(LinkRef(.host, 1), "a", up: false).state == .down)
  }

  @Test func titlesAreTheNetworksButForDockersOwn() {
    #expect(Models.seed.bridges.map(\.title) == ["docker0"])
    #expect(Models.twelve.bridges.map(\.title) == ["docker0", "frontend", "backend"])
  }
}

@Suite struct JSONTests {
  private static func text(_ snapshot: Snapshot) -> String {
    var bytes: [UInt8] = []
    SnapshotJSON(snapshot).write { piece in for position in piece.indices { bytes.append(piece[position]) } }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func stringsAreEscaped() {
    var json = JSONWriter()
    json.object { json in
      json.key("a\"\\")
      json.value("\u{1}é支\u{7F}")
      json.field("n", [String]())
      json.field("x", Double.nan)
    }
    #expect(String(decoding: json.bytes, as: UTF8.self) == "{\"a\\\"\\\\\":\"\\u0001é支\\u007f\",\"n\":[],\"x\":null}")
  }

  @Test func peersNameBothEnds() {
    let text = Self.text(Models.seed)
    #expect(text.contains("\"peer\":{\"inode\":4026532000,\"ifindex\":2,\"ifname\":\"eth0\"}"))
    #expect(text.contains("\"master\":\"docker0\""))
    #expect(text.hasPrefix("{\"version\":1,\"hostname\":\"edge01\",\"taken_at\":\"2026-11-23T12:04:33.000Z\""))
  }
}
