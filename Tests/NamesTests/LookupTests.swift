import Questions
import Testing
import Topology

@testable import Names

@Suite struct LookupTests {
  private let server = "nameserver 192.0.2.53\n"
  private let two = "nameserver 192.0.2.53\nnameserver 192.0.2.54\n"

  private func ask(_ servers: inout Servers, _ lookup: NameLookup) throws -> Resolution {
    servers.asked = []
    return try servers.run(lookup)
  }

  @Test func theHostsFileComesFirst() throws {
    var servers = Servers(names: ["db": [[10, 0, 0, 1]]])
    let found = try ask(&servers, NameLookup("db", hosts: "10.0.0.9 db.home db\n"))
    #expect(found.by == .hostsFile && found.canonicalName == "db.home" && found.isInHostsFile)
    #expect(found.addresses.map(\.description) == ["10.0.0.9"])
    #expect(servers.asked.isEmpty)
    let asked = try ask(&servers, NameLookup("db", hosts: "10.0.0.9 db\n", services: "hosts: dns files\n"))
    #expect(asked.addresses.map(\.description) == ["10.0.0.1"] && asked.isInHostsFile)
    #expect(asked.by == .server(try #require(IPAddress("192.0.2.53"))))
    #expect(servers.asked == ["192.0.2.53 db A", "192.0.2.53 db AAAA"])
  }

  @Test func nsswitchDecidesWhoIsAsked() throws {
    var servers = Servers(names: ["db": [[10, 0, 0, 1]]])
    let only = try ask(&servers, NameLookup("db", services: "hosts: files\n"))
    #expect(only.outcome == .noSuchName && only.by == .hostsFile && servers.asked.isEmpty)
    let ended = try ask(&servers, NameLookup("db", services: "hosts: files [NOTFOUND=return] dns\n"))
    #expect(ended.outcome == .noSuchName && servers.asked.isEmpty)
    let without = try ask(&servers, NameLookup("db", hosts: nil, services: "hosts: files [NOTFOUND=return] dns\n"))
    #expect(without.outcome == .found)
    let others = try ask(&servers, NameLookup("no", services: "hosts: files mdns4_minimal dns myhostname\n"))
    #expect(others.outcome == .noSuchName && others.unasked == ["mdns4_minimal", "myhostname"])
    servers.manners["192.0.2.53"] = .silent
    let behind = try ask(
      &servers, NameLookup("db", hosts: "10.0.0.9 db\n", services: "hosts: dns [!UNAVAIL=return] files\n"))
    #expect(behind.by == .hostsFile && behind.outcome == .found)
  }

  @Test func theSearchListIsGoneThroughByTheDots() throws {
    var servers = Servers(names: ["db.b.example": [[10, 0, 0, 1]]])
    let search = server + "search a.example b.example.\n"
    let found = try ask(&servers, NameLookup("db", resolver: search, families: .ipv4))
    #expect(found.tried == ["db.a.example", "db.b.example"] && found.canonicalName == "db.b.example")
    let missing = try ask(&servers, NameLookup("x", resolver: search, families: .ipv4))
    #expect(missing.tried == ["x.a.example", "x.b.example", "x"] && missing.outcome == .noSuchName)
    let dotted = try ask(&servers, NameLookup("x.y", resolver: search, families: .ipv4))
    #expect(dotted.tried == ["x.y", "x.y.a.example", "x.y.b.example"])
    let many = try ask(&servers, NameLookup("x.y", resolver: search + "options ndots:5\n", families: .ipv4))
    #expect(many.tried == ["x.y.a.example", "x.y.b.example", "x.y"])
    let complete = try ask(&servers, NameLookup("x.", resolver: search, families: .ipv4))
    #expect(complete.tried == ["x"])
    let spared = try ask(&servers, NameLookup("x", resolver: search + "options no-tld-query\n", families: .ipv4))
    #expect(spared.tried == ["x.a.example", "x.b.example"])
    let root = try ask(&servers, NameLookup("x", resolver: server + "search . a.example\n", families: .ipv4))
    #expect(root.tried == ["x", "x.a.example"])
  }

  @Test func muslGoesAboutItInItsOwnWay() throws {
    func tried(_ name: String, _ servers: inout Servers, options: String = "") throws -> [String] {
      let resolver = Array((server + "search a.example b.example\n" + options).utf8)
      let files = NameLookup.Files(
        hosts: .text(Array("10.0.0.9 Box\n".utf8), isCut: false), resolver: .text(resolver, isCut: false),
        services: .text(Array("hosts: files\n".utf8), isCut: false), libc: .musl)
      return try servers.run(NameLookup(ResolutionQuery(namespace: .host, name: name, families: .ipv4), files)).tried
    }
    var servers = Servers(names: ["empty.a.example": []])
    #expect(try tried("x", &servers) == ["x.a.example", "x.b.example", "x"])
    #expect(try tried("x.y", &servers) == ["x.y"])
    #expect(try tried("x.y", &servers, options: "options ndots:2\n") == ["x.y.a.example", "x.y.b.example", "x.y"])
    #expect(try tried("empty", &servers) == ["empty.a.example"])
    #expect(try tried("box", &servers).count == 3 && tried("Box", &servers).isEmpty)
    servers.manners = ["192.0.2.53": .code(2)]
    #expect(try tried("x", &servers) == ["x.a.example"])
  }

  @Test func aNameWithoutAddressesIsNoMissingName() throws {
    var servers = Servers(names: ["db.a.example": [], "six": [[UInt8](repeating: 1, count: 16)]])
    let none = try ask(&servers, NameLookup("db", resolver: server + "search a.example b.example\n"))
    #expect(none.outcome == .noAddress && none.tried.count == 3)
    #expect(try ask(&servers, NameLookup("six", families: .ipv4)).outcome == .noAddress)
    let both = try ask(&servers, NameLookup("six"))
    #expect(both.outcome == .found && both.ipv4.isEmpty && both.ipv6.count == 1)
  }

  @Test func whoCannotAnswerIsPassedBy() throws {
    for manner in [Servers.Manner.silent, .refuses, .code(2), .code(5), .lame] {
      var servers = Servers(manners: ["192.0.2.53": manner], names: ["db": [[10, 0, 0, 1]]])
      let found = try ask(&servers, NameLookup("db", resolver: two))
      #expect(try found.outcome == .found && found.by == .server(#require(IPAddress("192.0.2.54"))))
      #expect(found.servers.count == 2)
    }
    // Who says that there is no such name is believed.
    var servers = Servers(manners: ["192.0.2.53": .code(3)], names: ["db": [[10, 0, 0, 1]]])
    #expect(try ask(&servers, NameLookup("db", resolver: two)).outcome == .noSuchName)
    #expect(servers.asked.count == 2)
  }

  @Test func whereNobodyAnswersEachIsNamed() throws {
    var servers = Servers(manners: ["192.0.2.53": .silent, "192.0.2.54": .refuses])
    let silent = try ask(&servers, NameLookup("db", resolver: two))
    let silences = try #require(silent.outcome.silences)
    #expect(silences.map(\.server.description) == ["192.0.2.53", "192.0.2.54"])
    #expect(silences.map(\.errno) == [nil, 111])
    #expect(silences.map(\.message) == ["no answer", "Connection refused"])
    #expect(silent.by == nil && silent.sent.count == 8)
    servers.manners = ["192.0.2.53": .code(2)]
    let failed = try ask(&servers, NameLookup("db"))
    #expect(failed.outcome == .serverFailed("SERVFAIL") && failed.sent.map(\.reply).contains("SERVFAIL"))
    servers.manners = ["127.0.0.1": .refuses]
    for file in [nil, "search x\n"] as [String?] {
      guard case .noServer = try ask(&servers, NameLookup("db", resolver: file)).outcome else {
        Issue.record("\(file ?? "no file")")
        continue
      }
    }
    #expect(servers.asked.first?.hasPrefix("127.0.0.1 ") == true)
  }

  @Test func aFileThatCantBeReadIsNoMissingFile() throws {
    var servers = Servers(names: ["db": [[10, 0, 0, 1]]])
    let unread = NameServiceFile.unread("it is a FIFO")
    let query = ResolutionQuery(namespace: .host, name: "db")
    let text = NameServiceFile.text(Array(server.utf8), isCut: true)
    let first = try ask(&servers, NameLookup(query, NameLookup.Files(hosts: unread, resolver: text)))
    #expect(first.outcome == .found)
    #expect(first.unread == ["/etc/hosts: it is a FIFO", "/etc/resolv.conf: only its first 22 bytes were read"])
    let second = try ask(&servers, NameLookup(query, NameLookup.Files(hosts: .absent, resolver: unread)))
    #expect(second.outcome == .noServer("it is a FIFO") && servers.asked.isEmpty)
  }

  @Test func whatIsNoNameIsNotAsked() throws {
    var servers = Servers()
    for name in ["", "a..b", String(repeating: "a", count: 64)] {
      guard case .notAName = try ask(&servers, NameLookup(name, resolver: server + "search x\n")).outcome else {
        Issue.record("\(name)")
        continue
      }
    }
    #expect(servers.asked.isEmpty)
    let literal = try ask(&servers, NameLookup("fd00::1"))
    #expect(literal.by == .literal && literal.addresses.count == 1)
  }

  @Test func aCutAnswerIsAskedForAgainByTCP() throws {
    var lookup = NameLookup("db")
    let first = try #require(lookup.start().exchange)
    #expect(first.messages.count == 2 && !first.isTCP)
    let address = [Answering.address("db", [10, 0, 0, 1])]
    #expect(lookup.take(.received(Answering.answer(first.messages[0], flags: 0x8380))) == .wait)
    let again = try #require(lookup.take(.received(Answering.answer(first.messages[1]))).exchange)
    #expect(again.isTCP && again.messages == [first.messages[0]])
    let found = try #require(lookup.take(.received(Answering.answer(again.messages[0], records: address))).resolution)
    #expect(found.outcome == .found && found.ipv4.count == 1)
    #expect(found.sent.map(\.isTCP) == [false, false, true])
    #expect(found.sent.map(\.reply) == ["truncated", "0 records", "1 record"])
  }

  @Test func aLieIsWaitedOut() throws {
    var lookup = NameLookup("db", families: .ipv4)
    let exchange = try #require(lookup.start().exchange)
    let query = exchange.messages[0]
    let right = Answering.answer(query, records: [Answering.address("db", [10, 0, 0, 1])])
    var wrong = [right, right, right, query, [], Array(right.prefix(11))]
    wrong[0][0] ^= 1
    wrong[1][13] ^= 1
    wrong[2][16] ^= 3
    for bytes in wrong { #expect(lookup.take(.received(bytes)) == .wait) }
    let found = try #require(lookup.take(.received(right)).resolution)
    #expect(found.outcome == .found)
  }

  @Test func whoGivesUpSaysWhatIsKnown() throws {
    var lookup = NameLookup("db", resolver: server + "search a.example\n", families: .ipv4)
    let exchange = try #require(lookup.start().exchange)
    try #require(lookup.take(.received(Answering.answer(exchange.messages[0], code: 3))).exchange != nil)
    let given = lookup.giveUp()
    #expect(given.tried == ["db.a.example", "db"])
    #expect(given.outcome.silences?.map(\.message) == ["no answer"])
  }

  @Test func anAnswerWithoutTheOtherFamilyIsAnAnswer() throws {
    var lookup = NameLookup("db")
    let exchange = try #require(lookup.start().exchange)
    let address = [Answering.address("db", [10, 0, 0, 1])]
    #expect(lookup.take(.received(Answering.answer(exchange.messages[0], records: address))) == .wait)
    let found = try #require(lookup.take(.timedOut).resolution)
    #expect(found.outcome == .found && found.sent.map(\.reply) == ["1 record", nil])
  }
}
