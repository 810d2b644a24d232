import Foundation
import LinuxSystem
import Names
import Questions
import Synchronization
import Testing
import Topology

@testable import Probes

/// Names are resolved on the real kernel, by servers of which some lie.
@Suite(.serialized, .enabled(if: NameWorld.canBeMade, NameWorld.needs))
struct NameTests {
  private let server = "nameserver 10.9.0.53\noptions timeout:1 attempts:1\n"

  @Test func namesAreResolvedAsTheLibraryDoesIt() throws {
    let world = try NameWorld()
    let hosts = "127.0.0.1 localhost\n10.2.0.1 Box.example box\n10.2.0.2 box\nfd02::1 box\nfd02::2 six.example\n"
    let short = "options timeout:1 attempts:1\n"
    let resolvers = [
      server, server + "search a.example b.example\n", server + "search b.example a.example\noptions ndots:3\n",
      server + "domain example\n", "nameserver 10.9.0.56\n" + server, "nameserver 10.9.0.55\n" + server,
      "nameserver fd09::53\n" + short, server + "options use-vc\nsearch example\n",
      server + "search . a.example\noptions no-tld-query edns0\n", "nameserver 10.9.0.55\n" + short,
      "# none\nnameserver 10.9.0.53\r\n" + short,
    ]
    let names = [
      "box", "BOX.example", "box.", "db", "db.example", "db.example.", "six.example", "web", "x.y", "short", "short.",
      "nodata", "alias.example", "far.example", "loop.example", "void.example", "tcp.example", "nothing", "a..b",
      "10.1.2.3", "fd01::9", "servfail.example", "refused.example",
    ]
    var compared = 0
    var agreed = 0
    for (position, resolver) in resolvers.enumerated() {
      for services in position < 2
        ? [nil, "hosts: dns [!UNAVAIL=return] files\n", "hosts: files\n"] : [nil] as [String?]
      {
        try world.write(hosts: hosts, resolver: resolver, services: services ?? "hosts: files dns\n")
        let expected = try libraryAnswers(names, in: world)
        for name in names {
          let found = try world.resolve(name)
          #expect(
            Set(found.addresses.map(\.description)) == expected[name],
            "\(name) with \(resolver) \(services ?? "") \(found)")
          #expect((found.outcome == .found) == (expected[name]?.isEmpty == false), "\(name) with \(resolver) \(found)")
          compared += 1
          if found.outcome == .found { agreed += 1 }
        }
      }
    }
    #expect(compared > 300 && agreed > 100)
  }

  /// The addresses that getent(1) prints of each name.
  private func libraryAnswers(_ names: [String], in world: NameWorld) throws -> [String: Set<String>] {
    let text = try world.shell(names.map { "echo '= \($0)'; getent ahosts '\($0)'; " }.joined())
    let found = NameWorld.addresses(text)
    try #require(found.count == names.count, "\(text)")
    return found
  }

  @Test func serversThatLieAreNotBelieved() throws {
    let world = try NameWorld()
    try world.write(resolver: server)
    for name in ["wrongid", "otherquestion", "elsewhere", "silent", "claims", "hang", "closed"] {
      let found = try world.resolve(name + ".example", timeout: 800)
      let silent = if case .noAnswer(let silences) = found.outcome { silences.count == 1 } else { false }
      #expect(silent, "\(name): \(found)")
      #expect(found.addresses.isEmpty)
    }
    for name in ["garbage", "liar", "tcp"] {
      let found = try world.resolve(name + ".example", .ipv4)
      #expect(found.addresses.map(\.description) == ["10.1.0.9"], "\(name): \(found)")
    }
    let many = try world.resolve("many.example", .ipv4)
    #expect(many.addresses.count == 64 && many.omitted == 3936 && many.sent.map(\.isTCP) == [false, true])
    let loop = try world.resolve("loop.example")
    #expect(loop.outcome == .noAddress && loop.addresses.isEmpty)
  }

  @Test func whyNobodyAnswersIsSaid() throws {
    let world = try NameWorld()
    try world.write(resolver: "nameserver 10.9.0.54\nnameserver 10.9.0.56\nnameserver 192.0.2.1\n")
    let found = try world.resolve("db.example", timeout: 600)
    guard case .noAnswer(let silences) = found.outcome else { throw Unread("\(found)") }
    #expect(silences.map(\.server.description) == ["10.9.0.54", "10.9.0.56", "192.0.2.1"])
    #expect(silences.map(\.errno) == [nil, ECONNREFUSED, ENETUNREACH])
    #expect(found.by == nil)
    try world.write(resolver: "nameserver 10.9.0.55\n")
    #expect(try world.resolve("db.example").outcome == .serverFailed("SERVFAIL"))
    try world.write(resolver: nil)
    guard case .noServer = try world.resolve("db.example").outcome else { throw Unread("there is no server") }
    // Nobody asked: the name is in the hosts file.
    try world.write(hosts: "10.2.0.1 db.example\n")
    #expect(try world.resolve("db.example").by == .hostsFile)
  }

  /// As a container of Docker's asks: its server's address is one of the loopback's, translated in the namespace itself.
  @Test func aTranslatedServerIsAsked() throws {
    let world = try NameWorld()
    try world.write(resolver: "nameserver 127.0.0.11\noptions ndots:0\n")
    let made = try world.shell(
      """
      nft add table ip t; nft 'add chain ip t out { type nat hook output priority -100; }'
      for p in udp tcp; do nft "add rule ip t out ip daddr 127.0.0.11 $p dport 53 dnat to 10.9.0.53"; done
      nft list table ip t
      """)
    try #require(made.contains("10.9.0.53"))
    let found = try world.resolve("db.example")
    #expect(found.by == .server(try #require(IPAddress("127.0.0.11"))), "\(found)")
    #expect(found.addresses.map(\.description) == ["10.1.0.1"])
    #expect(try world.resolve("tcp.example", .ipv4).addresses.count == 1)
    _ = try world.shell("nft flush table ip t")
    guard case .noAnswer(let silences) = try world.resolve("db.example").outcome else { throw Unread("answered") }
    #expect(silences.map(\.errno) == [ECONNREFUSED])
  }

  @Test func hostileFilesDoNoHarm() throws {
    let world = try NameWorld()
    let etc = world.root.appendingPathComponent("etc").path
    let hostile = [
      ("mkfifo \(etc)/FILE", "a FIFO"), ("mknod \(etc)/FILE c 1 5", "a device"), ("mkdir \(etc)/FILE", "a directory"),
      ("ln -s /proc/self/root/etc/passwd \(etc)/FILE", ""), ("ln -s ../../../../../../etc/passwd \(etc)/FILE", ""),
      ("ln -s FILE \(etc)/FILE", "link"), ("truncate -s 1G \(etc)/FILE", "only its first"),
      ("head -c 3000000 /dev/zero | tr '\\\\0' x > \(etc)/FILE", "only its first"),
    ]
    for (command, said) in hostile {
      try world.write(resolver: server)
      let begun = SystemClock.monotonicNanoseconds
      for name in ["hosts", "nsswitch.conf"] { try run(command.replacingOccurrences(of: "FILE", with: name)) }
      let found = try world.resolve("db.example")
      #expect(found.outcome == .found, "\(command): \(found)")
      #expect(found.unread.count == (said.isEmpty ? 0 : 2), "\(command): \(found.unread)")
      #expect(found.unread.allSatisfy { $0.contains(said) }, "\(command): \(found.unread)")
      // The last thing: the servers themselves are not known.
      try world.write()
      try run(command.replacingOccurrences(of: "FILE", with: "resolv.conf"))
      let none = try world.resolve("db.example")
      #expect(none.outcome.word == "no-server", "\(command): \(none)")
      #expect(SystemClock.monotonicNanoseconds - begun < 3_000_000_000)
      for name in ["hosts", "nsswitch.conf", "resolv.conf"] { try run("rm -rf \(etc)/\(name)") }
    }
  }

  /// A link that is absolute is followed below the root of the one whose file it is, and not below ours.
  @Test func linksStayBelowTheRoot() throws {
    let world = try NameWorld()
    let etc = world.root.appendingPathComponent("etc").path
    try run("echo 'nameserver 10.9.0.53' > \(world.root.path)/real; ln -s /real \(etc)/resolv.conf")
    #expect(try world.resolve("db.example").outcome == .found)
    let root = try RootedFile.root(world.root.path)
    #expect(try RootedFile.read("/etc/resolv.conf", below: root, limit: 10).bytes == Array("nameserver".utf8))
    // A kernel without openat2: no link is followed at all.
    #expect(throws: RootedFile.Failure.notRegular("a symbolic link")) {
      try RootedFile.read("/etc/resolv.conf", below: root, limit: 10, mayUseOpenat2: false)
    }
    #expect(try RootedFile.read("//real", below: root, limit: 4, mayUseOpenat2: false).isCut)
    for path in ["../etc/passwd", "/etc/../../etc/passwd", "", "/"] {
      #expect(throws: RootedFile.Failure.self) {
        try RootedFile.read(path, below: root, limit: 10, mayUseOpenat2: false)
      }
    }
  }

  @Test func aProcessOfAnotherNamespaceIsNotAsked() throws {
    let world = try NameWorld()
    let query = ResolutionQuery(namespace: NameWorld.namespace, process: getpid(), name: "db.example")
    guard case .resolution(let found) = try world.answer(.resolution(query)) else { throw Unread("no resolution") }
    #expect(found.outcome == .noServer("process \(getpid()) has gone"))
    #expect(found.unread.count == 3)
  }

  private func run(_ script: String) throws {
    let process = try Process.run(URL(fileURLWithPath: "/bin/bash"), arguments: ["-c", script])
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(script)")
  }
}

/// Files that never come are waited for a second, by one thread.
@Suite struct NameReadingTests {
  @Test func aFileSystemThatHangsIsGivenUp() throws {
    let loop = try EventLoop()
    let files = NameFiles(process: 1, inode: 77)
    let gate = Mutex(false)
    let births = Mutex(0)
    func read() -> NameLookup.Files? {
      var found: NameLookup.Files?
      let reading = NameReading(loop)
      reading.start(
        files,
        reading: { _ in
          births.withLock { $0 += 1 }
          while !gate.withLock({ $0 }) { usleep(1000) }
          return .unread("at last")
        }, { found = $0 })
      while found == nil { loop.turn(maximumWait: 100) }
      return found
    }
    #expect(read()?.hosts == .unread("the file system did not answer within 1000 ms"))
    #expect(read()?.hosts == .unread("the file system does not answer"))
    #expect(births.withLock { $0 } == 1)
    gate.withLock { $0 = true }
    // As soon as the thread has ended, another may try.
    var tries = 0
    while read()?.hosts != .unread("at last"), tries < 1000 {
      usleep(1000)
      tries += 1
    }
    #expect(births.withLock { $0 } == 2)
  }
}
