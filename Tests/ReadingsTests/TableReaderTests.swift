import Foundation
import Readings
import Testing
import Topology

/// The tables of the namespace that the tests run in: what every namespace with a loopback that is up has.
@Suite struct TableReaderTests {
  private func read(_ limit: Int = 1000) -> NetworkTables {
    TableReader(
      rowLimit: limit, namespace: .host, links: [TableReader.Named(index: 1, name: Array("lo".utf8))]
    ).read()
  }

  @Test func everyTableIsReadOrNamedAsUnread() throws {
    let tables = read()
    #expect(tables.unread.isEmpty, "\(tables.unread)")
    // The rules of a namespace that nobody has changed: local, main, default.
    let priorities = tables.rules.filter { !$0.isIPv6 }.map(\.priority)
    #expect(priorities.contains(0) && priorities.contains(32766))
    #expect(Set(tables.routes).count == tables.routes.count)
    let forward = tables.sysctls.first { $0.name == "net.ipv4.ip_forward" }?.value
    #expect(forward == "0" || forward == "1")
    #expect(tables.sysctls.contains { $0.name == "net.ipv4.conf.lo.rp_filter" })
  }

  static func firstLine(_ path: String) -> String {
    // Without it the tests that compare with it fail.
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return String(text.prefix { $0 != "\n" })
  }

  @Test func aLimitIsKeptAndSaid() {
    let tables = read(1)
    #expect(tables.routes.count <= 1)
    if tables.routes.count == 1 { #expect(tables.unread.contains { $0.contains("only the first 1") }) }
  }
}
