import Questions
import Testing
import Topology

@testable import Names

@Suite struct ConfigurationTests {
  private func hosts(_ text: String, _ name: String, _ families: ResolutionQuery.Families = .both) -> [String]? {
    HostsFile(Array(text.utf8)).find(Array(name.utf8), families)?.addresses.map(\.description)
  }

  @Test func hostsAreReadAsGlibcReadsThem() {
    let text = """
      # a comment
      127.0.0.1\tlocalhost
        10.0.0.7   Web.example web # web2
      10.0.0.8 web
      fd00::7 web
      ::1 localhost ip6-localhost
      010.0.0.1 octal
      10.0.0 short
      not-an-address x
      10.0.0.9
      ::ffff:10.1.1.1 mapped\r
      fe80::1%eth0 zoned
      """
    #expect(hosts(text, "WEB") == ["10.0.0.7", "10.0.0.8", "fd00::7"])
    #expect(hosts(text, "web", .ipv6) == ["fd00::7"])
    #expect(hosts(text, "web2") == nil)
    #expect(hosts(text, "web.") == nil)
    #expect(hosts(text, "localhost", .ipv4) == ["127.0.0.1"])
    #expect(hosts(text, "ip6-localhost", .ipv4) == ["127.0.0.1"])
    #expect(hosts(text, "mapped", .ipv4) == ["10.1.1.1"])
    #expect(hosts(text, "mapped") == ["::ffff:10.1.1.1"])
    for name in ["octal", "short", "x", "zoned", ""] { #expect(hosts(text, name) == nil) }
  }

  @Test func theCanonicalNameIsTheFirstLines() {
    let file = HostsFile(Array("10.0.0.7 web.example web\n10.0.0.8 other web\n".utf8))
    #expect(file.find(Array("web".utf8), .both)?.canonical == Array("web.example".utf8))
  }

  @Test func resolvConfIsReadAsGlibcReadsIt() {
    let text = """
      ; comment
      # comment
       nameserver 9.9.9.9
      nameserver 10.0.0.1 and more
      nameserver\tfe80::1%eth0
      nameserver 127.1
      nameserver 10.0.0.4
      nameserver 1.1.1.1\r
      Nameserver 8.8.8.8
      domain first.example
      search a.example b.example
      search c.example  d.example
      search
      options ndots:20 timeout:99 attempts:9
      options rotate use-vc edns0 no-tld-query unknown:1 ndots:x
      nameserver
      """
    let file = ResolverConfiguration(Array(text.utf8))
    #expect(file.servers.map(\.address.description) == ["10.0.0.1", "fe80::1", "127.0.0.1"])
    #expect(file.servers.map(\.zone) == [nil, "eth0", nil])
    #expect(file.ignoredServers.map(\.address.description) == ["10.0.0.4"])
    #expect(file.search?.map { String(decoding: $0, as: UTF8.self) } == ["c.example", "d.example"])
    #expect((file.ndots, file.timeout, file.attempts) == (0, 30, 5))
    #expect(file.rotates && file.usesTCP && file.usesEDNS && file.sparesTopLevel)
  }

  @Test func whatIsNotSaidIsGlibcsDefault() {
    let file = ResolverConfiguration([])
    #expect(file.servers.isEmpty && file.search == nil)
    #expect((file.ndots, file.timeout, file.attempts) == (1, 5, 2))
    #expect(ResolverConfiguration(Array("domain a b\n".utf8)).search == [Array("a".utf8)])
  }

  @Test(arguments: [
    ("0x7f.1", "127.0.0.1"), ("017.0.0.1", "15.0.0.1"), ("1", "0.0.0.1"), ("1.2.65535", "1.2.255.255"),
    ("256.1.1.1", ""), ("1.2.3.4.5", ""), ("1.2.3.4x", ""), ("08.1.1.1", ""), ("1.", ""), ("+1.2.3.4", ""),
    ("0x+1.1", ""), ("99999999999999999999", ""),
  ]) func addressesMayBeWrittenAsForInetAton(text: String, address: String) {
    let servers = ResolverConfiguration(Array("nameserver \(text)\n".utf8)).servers
    #expect(servers.first?.address.description ?? "" == address)
  }

  @Test func theScheduleIsGlibcs() {
    func waits(_ text: String, within limit: Int = 1_000_000) -> [Int] {
      ServerTurn.schedule(ResolverConfiguration(Array(text.utf8)), within: limit).map(\.timeout)
    }
    let three = "nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver 10.0.0.3\n"
    #expect(waits("nameserver 10.0.0.1\n") == [5000, 5000])
    #expect(waits(three) == [5000, 3000, 6000, 5000, 3000, 6000])
    #expect(waits(three + "options timeout:0 attempts:1\n") == [1000, 1000, 1000])
    #expect(waits(three + "options attempts:0\n").isEmpty)
    #expect(waits(three, within: 2800) == [500, 300, 600, 500, 300, 600])
    #expect(waits("") == [5000, 5000])
    #expect(waits(three + "options timeout:30 attempts:5\n", within: 0).allSatisfy { $0 == 100 })
  }

  @Test func nsswitchIsReadAsGlibcReadsIt() {
    func services(_ text: String) -> [String] {
      NameServiceSwitch(Array(text.utf8)).services.map { service in
        service.name + " "
          + NameServiceSwitch.Status.allCases.filter(service.endsAt.contains).map(\.rawValue)
          .joined(separator: ",")
      }
    }
    #expect(services("") == ["files success", "dns success"])
    #expect(services("passwd: files\n# hosts: x\nhosts: dns files # more\n") == ["dns success", "files success"])
    #expect(
      services("hosts:files mdns4_minimal [NOTFOUND=return] resolve[!UNAVAIL=return] dns")
        == ["files success", "mdns4_minimal success,notfound", "resolve success,notfound,tryagain", "dns success"])
    #expect(services("hosts: dns [success=continue !notfound=return]") == ["dns success,unavail,tryagain"])
    #expect(services("hosts: files [x] dns") == ["files success"])
    #expect(services("hosts: files [notfound=return dns") == ["files success"])
    #expect(services("hosts:") == [])
    #expect(services("  hosts : files") == ["files success"])
  }
}
