import Testing
import Topology

@Suite struct ListenerTests {
  private func listener(_ address: String, isIPv6Only: Bool = false) throws -> Listener {
    Listener(address: try #require(IPAddress(address)), port: 80, isIPv6Only: isIPv6Only)
  }

  private func takes(_ listener: Listener, _ address: String) throws -> Bool {
    listener.takes(try #require(IPAddress(address)))
  }

  @Test func whatASocketTakes() throws {
    #expect(try takes(listener("127.0.0.1"), "127.0.0.1"))
    #expect(try !takes(listener("127.0.0.1"), "10.0.0.1"))
    #expect(try takes(listener("0.0.0.0"), "10.0.0.1"))
    #expect(try !takes(listener("0.0.0.0"), "fd00::1"))
    #expect(try takes(listener("::"), "fd00::1"))
    // ipv6(7): IPv4 comes to it as well, unless IPV6_V6ONLY is set.
    #expect(try takes(listener("::"), "10.0.0.1"))
    #expect(try !takes(listener("::", isIPv6Only: true), "10.0.0.1"))
    #expect(try takes(listener("::ffff:10.0.0.1"), "10.0.0.1"))
    #expect(try !takes(listener("::ffff:10.0.0.1"), "10.0.0.2"))
  }

  @Test func itsText() throws {
    #expect(try listener("127.0.0.1").text == "127.0.0.1:80")
    #expect(try listener("0.0.0.0").text == "*:80")
    #expect(try listener("::").text == "[::]:80")
    #expect(try listener("fd00::1").text == "[fd00::1]:80")
  }

  @Test func aQueueIsFullWhenMoreWaitThanMay() throws {
    var one = try listener("0.0.0.0")
    one.waiting = 5
    #expect(!one.isFull)
    one.backlog = 5
    #expect(!one.isFull)
    one.waiting = 6
    #expect(one.isFull)
  }
}
