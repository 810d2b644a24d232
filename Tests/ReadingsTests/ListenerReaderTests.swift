import Glibc
import Readings
import Testing
import Topology

/// What listens in the namespace that the tests run in: sockets of our own.
@Suite struct ListenerReaderTests {
  /// A socket on a port of the kernel's choice at 127.0.0.1; closed by the caller.
  private func open(_ type: Int32, listens: Bool) throws -> (descriptor: Int32, port: UInt16) {
    let descriptor = socket(AF_INET, type, 0)
    try #require(descriptor >= 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
        unsafe bind(descriptor, raw, length) == 0 && getsockname(descriptor, raw, &length) == 0
      }
    }
    try #require(bound)
    if listens { try #require(listen(descriptor, 7) == 0) }
    return (descriptor, UInt16(bigEndian: address.sin_port))
  }

  private var program: String { TableReaderTests.firstLine("/proc/self/comm") }

  @Test func ourOwnSocketsAreFoundWithOurName() throws {
    let tcp = try open(Int32(SOCK_STREAM.rawValue), listens: true)
    let udp = try open(Int32(SOCK_DGRAM.rawValue), listens: false)
    let silent = try open(Int32(SOCK_STREAM.rawValue), listens: false)
    defer { for socket in [tcp, udp, silent] { close(socket.descriptor) } }
    var reader = TableReader(rowLimit: 1, namespace: .host, links: [])
    #expect(reader.read().listeners == nil, "it was not asked for")
    for search in [TableReader.ProgramSearch.all(SocketNames()), .among([getpid()])] {
      reader.programs = search
      let listeners = try #require(reader.read().listeners)
      let first = try #require(listeners.first { $0.port == tcp.port && $0.transport == .tcp })
      #expect(first.address == IPAddress("127.0.0.1") && first.backlog == 7 && first.isLocal)
      #expect(first.program == program)
      #expect(listeners.first { $0.port == udp.port && $0.transport == .udp }?.program == program)
      #expect(!listeners.contains { $0.port == silent.port && $0.transport == .tcp })
    }
  }

  /// A name is looked for once; another namespace's are forgotten.
  @Test func namesAreKept() {
    let names = SocketNames()
    #expect(names.find([4_000_000_001], 1).isEmpty && names.find([4_000_000_001], 1).isEmpty)
    #expect(names.find([], 2).isEmpty)
  }
}
