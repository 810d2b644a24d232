import Questions
import Testing
import Topology

@testable import Probes

/// Connection tracking of the real kernel, against what it prints itself.
@Suite(.serialized, .enabled(if: NameWorld.canBeMade, NameWorld.needs))
struct ConnectionTests {
  private func read(_ world: NameWorld, _ addresses: String...) throws -> ConnectionTable {
    let addresses = addresses.compactMap { IPAddress($0) }
    let answer = try world.answer(.connections(NameWorld.namespace, between: addresses))
    guard case .connections(let table) = answer else { throw Unread("\(answer)") }
    return table
  }

  @Test func whatIsTranslatedIsSaid() throws {
    let world = try NameWorld()
    _ = try world.shell(
      """
      nft add table ip t; nft 'add chain ip t out { type nat hook output priority -100; }'
      nft 'add rule ip t out ip daddr 10.9.0.77 udp dport 7 dnat to 10.9.0.57:7'
      nft 'add rule ip t out ip daddr 10.9.0.78 udp dport 7 dnat to 10.9.0.57:9999'
      """)
    for address in ["10.9.0.77", "10.9.0.78"] {
      let destination = try #require(IPAddress(address))
      _ = try world.answer(
        .datagram(DatagramProbe(namespace: NameWorld.namespace, destination: destination, port: 7, timeout: 300)))
    }
    let answered = try read(world, "10.9.0.77")
    let one = try #require(answered.connections.first)
    #expect(answered.connections.count == 1 && answered.partial == nil && answered.omitted == 0)
    #expect(one.protocolNumber == 17 && one.hasSeenReply && one.isDestinationTranslated && !one.isSourceTranslated)
    #expect(one.original.destination.description == "10.9.0.77" && one.original.destinationPort == 7)
    #expect(one.reply.source.description == "10.9.0.57" && one.reply.sourcePort == 7)
    #expect(one.tcpState == nil && one.timeout ?? 0 > 0)
    let unanswered = try #require(try read(world, "10.9.0.78").connections.first)
    #expect(!unanswered.hasSeenReply && unanswered.reply.sourcePort == 9999)
    // The answers' source is asked for: both.
    let both = try read(world, "10.9.0.57", "192.0.2.1")
    #expect(both.connections.count == 2)
    #expect(both.limit ?? 0 > 0 && both.count ?? 0 >= 2 && !both.isFull && both.dropped == 0)
    #expect(try read(world, "fd09::53").connections.isEmpty)
    // The kernel's own list, where it has one.
    let lines = try world.shell("cat /proc/net/nf_conntrack").split(separator: "\n")
    if let line = lines.first(where: { $0.contains("dst=10.9.0.77") }) {
      #expect(line.contains("sport=\(one.original.sourcePort ?? 0) dport=7 ") && line.contains(" src=10.9.0.57 "))
    }
  }

  @Test func aFullTableIsNotReadForEver() throws {
    let world = try NameWorld()
    _ = try world.shell(
      """
      nft add table ip t; nft 'add chain ip t out { type filter hook output priority 0; }'
      nft 'add rule ip t out ct state new accept'
      python3 -c '
      import socket
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("10.9.0.53", 0))
      for i in range(20000): s.sendto(b"x", ("127.%d.%d.1" % (1 + i // 250, i % 250), 9))'
      """)
    let all = try read(world, "10.9.0.53")
    #expect(all.connections.count == 1024 && all.omitted > 10_000 || all.partial != nil)
    #expect(try read(world, "127.1.7.1").connections.count == 1)
  }
}
