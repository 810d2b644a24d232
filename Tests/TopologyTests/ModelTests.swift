import Fixtures
import Glibc
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

  /// inet_ntop(3) as oracle, and the bits one by one. Long runs of zeros are as likely as not.
  @Test(arguments: [UInt64(1), 2, 3]) func randomAddressesAreThoseOfTheLibrary(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    func bytes(_ count: Int) -> [UInt8] {
      var bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      for _ in 0..<2 {
        let start = Int.random(in: 0..<count, using: &generator)
        for position in start..<Int.random(in: start...count, using: &generator) { bytes[position] = 0 }
      }
      return bytes
    }
    for _ in 0..<2_000 {
      let count = Bool.random(using: &generator) ? 4 : 16
      let raw = bytes(count)
      let address = try #require(IPAddress(raw))
      #expect(address.bytes == raw)
      #expect(address.isIPv6 == (count == 16))
      #expect(IPAddress(address.description) == address)
      // The library writes ::1.2.3.4 for what RFC 5952, 5 has no such form for.
      if count == 4 || raw[..<12].contains(where: { $0 != 0 }) { #expect(address.description == library(raw)) }
      var other = raw
      let flipped = Int.random(in: 0..<(8 * count), using: &generator)
      other[flipped / 8] ^= 0x80 >> UInt8(flipped % 8)
      let near = try #require(IPAddress(other))
      #expect(address.shares(prefix: flipped, with: near) && !address.shares(prefix: flipped + 1, with: near))
      #expect(!address.shares(prefix: -1, with: near) && !address.shares(prefix: 8 * count + 1, with: address))
      #expect((address < near) == raw.lexicographicallyPrecedes(other))
    }
  }

  private func library(_ bytes: [UInt8]) -> String {
    var text = [CChar](repeating: 0, count: 64)
    _ = unsafe inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, bytes, &text, 64)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
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
