import Probes
import Testing
import Topology

/// Lines of /proc/net/tcp and tcp6 as Linux 6.18 on x86-64 printed them; the order of bytes in them is the machine's.
private let ipv4 = """
    sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
     0: 0100007F:270F 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7 1 0 100 0 0 10 0
     1: 0301370A:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 8 1 0 100 0 0 10 0
     2: 0301370A:1F90 0201370A:D431 01 00000000:00000000 00:00000000 00000000     0        0 9 1 0 20 4 30 10 -1
     3: 0301370A:0050 0201370A:D431 06 00000000:00000000 03:00001763 00000000     0        0 0 3 0
  """

private let ipv6 = """
    sl  local_address                         remote_address                        st tx_queue rx_queue
     0: 00000000000000000000000000000000:08AE 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0
     1: 000055FD010000000000000003000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0
     2: 0000000000000000FFFF00000301370A:0017 00000000000000000000000000000000:0000 0A 00000000:00000000 00:0
  """

@Suite struct ListeningPortsTests {
  private func ports(_ text: String, _ address: String) throws -> [UInt16] {
    ListeningPorts(Array(text.utf8)).ports(for: try #require(IPAddress(address)))
  }

  @Test(.enabled(if: 1.littleEndian == 1, "the text is a little-endian machine's"))
  func portsOfAnAddress() throws {
    #expect(try ports(ipv4, "10.55.1.3") == [8080])
    #expect(try ports(ipv4, "127.0.0.1") == [9999])
    #expect(try ports(ipv4, "10.55.1.4") == [])
    #expect(try ports(ipv6, "fd55:0:0:1::3") == [22, 2222])
    #expect(try ports(ipv6, "fd55:0:1::3") == [2222])
    // :: takes IPv4 as well, and so does an address that stands for one of IPv4.
    #expect(try ports(ipv4 + "\n" + ipv6, "10.55.1.3") == [23, 2222, 8080])
    #expect(ListeningPorts(Array(ipv6.utf8)).sockets.count == 3)
  }

  @Test func anyAddressOfIPv4IsNotOneOfIPv6() throws {
    let text = "0: 00000000:0016 00000000:0000 0A"
    #expect(try ports(text, "10.0.0.1") == [22])
    #expect(try ports(text, "fd00::1") == [])
  }

  @Test func linesThatAreNoneArePassedOver() {
    for text in [
      "", "\n\n", "0: 0100007F:1F90 00000000:0000", "0: 0100007F 0 0A", "0: 0100007F:1F9 0 0A",
      "0: 0100007:1F90 0 0A", "0: 0100007G:1F90 0 0A", "0: 0100007F:+F90 0 0A", "0: +100007F:1F90 0 0A",
      "0: 0100007F:1F90:1 0 0A", "0: 0100007F:1F90 0 0a", "0: 0100007F:1F90 0 \u{00}",
    ] { #expect(ListeningPorts(Array(text.utf8)).sockets.isEmpty, "\(text)") }
  }
}
