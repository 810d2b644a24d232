import Glibc
import Questions
import Testing
import Topology

@testable import Probes

/// Datagrams on the real kernel: whoever listens there speaks, is silent, or is not there.
@Suite(.serialized, .enabled(if: NameWorld.canBeMade, NameWorld.needs))
struct DatagramTests {
  private func send(
    _ world: NameWorld, _ address: String, _ port: UInt16, from source: String? = nil, timeout: Int = 300
  ) throws -> DatagramOutcome {
    let probe = DatagramProbe(
      namespace: NameWorld.namespace, source: source.flatMap { IPAddress($0) },
      destination: try #require(IPAddress(address)), port: port, timeout: timeout)
    guard case .datagram(let outcome) = try world.answer(.datagram(probe)) else { throw Unread("no outcome") }
    return outcome
  }

  @Test func whoIsThereSpeaks() throws {
    let world = try NameWorld()
    for port in [7, 53, 123] as [UInt16] {
      guard case .answered(let milliseconds) = try send(world, "10.9.0.57", port, from: "10.9.0.53") else {
        Issue.record("port \(port)")
        continue
      }
      #expect(milliseconds > 0 && milliseconds < 1000)
    }
    #expect(try send(world, "10.9.0.57", 9999) == .silent(sent: 3))
  }

  @Test func whoIsNotThereIsNamed() throws {
    let world = try NameWorld()
    let closed = try #require(IPAddress("10.9.0.57"))
    #expect(try send(world, "10.9.0.57", 4) == .refused(by: closed))
    let six = try #require(IPAddress("fd09::53"))
    #expect(try send(world, "fd09::53", 4) == .refused(by: six))
    func errno(_ outcome: DatagramOutcome) -> Int32? {
      if case .failed(let errno, _, _) = outcome { errno } else { nil }
    }
    #expect(try errno(send(world, "192.0.2.1", 53)) == ENETUNREACH)
    #expect(try errno(send(world, "10.9.0.57", 7, from: "192.0.2.9")) == EADDRNOTAVAIL)
    // Nobody answers for the address: the kernel says so itself after its neighbour's three tries.
    let unanswered = try send(world, "10.9.0.99", 7, timeout: 6000)
    #expect(errno(unanswered) == EHOSTUNREACH, "\(unanswered)")
  }

  @Test func whatIsSentIsWhatClientsSend() {
    #expect(DatagramPayload.bytes(for: 53).count == 17)
    #expect(DatagramPayload.bytes(for: 123).count == 48)
    #expect(DatagramPayload.bytes(for: 443).count == 1200)
    #expect(DatagramPayload.bytes(for: 3478).count == 20)
    #expect(DatagramPayload.bytes(for: 8125) == [0x0A])
  }
}
