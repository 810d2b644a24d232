import Fixtures
import Glibc
import LinuxSystem
import Netlink
import NetlinkSocket
import RTNetlink
import Readings
import SystemPackage
import Testing
import Topology

/// A failure never looks like an absence: what was read in part says so.
@Suite struct InterruptionTests {
  private let kernel = FakeKernel()

  init() { kernel.links[nil] = [] }

  /// Routes by way of 10.0.0.1, 10.0.0.2 …, as a dump gives them.
  private static func routes(_ count: UInt8) -> [MessageBuilder] {
    (1...count).map { number in
      var message = MessageBuilder(type: MessageType.newRoute, flags: [.multi])
      message.fixed(
        Family.inet, UInt8(0), UInt8(0), UInt8(0), RouteMessage.Table.main, RouteMessage.Origin.boot.rawValue,
        RouteMessage.Scope.universe, RouteMessage.Kind.unicast.rawValue, UInt32(0))
      message.attribute(RouteMessage.Attribute.gateway, [10, 0, 0, number])
      return message
    }
  }

  private static func answer(_ messages: [MessageBuilder], _ request: FakeKernel.Request, _ kernel: FakeKernel)
    -> [MessageBuilder]
  {
    messages.map { message in
      var message = message
      message.address(sequence: request.header.sequence, port: kernel.port)
      return message
    }
  }

  private func read() -> NetworkTables {
    var tables = NetworkTables()
    TableReader(rowLimit: 100, namespace: .host, links: []).read(&tables, through: RequestChannel(kernel))
    return tables
  }

  @Test(arguments: [1, 4]) func anInterruptedTableIsReadAgain(times: Int) {
    var attempts = 0
    kernel.fault = { request, kernel in
      guard request.name == "RTM_GETROUTE" else { return nil }
      attempts += 1
      let rows = Self.answer(Self.routes(attempts > times ? 3 : 2), request, kernel)
      return kernel.dump(request, rows, isInterrupted: attempts <= times)
    }
    let tables = read()
    #expect(tables.routes.count == 3)
    #expect(tables.unread.isEmpty, "\(tables.unread)")
    #expect(attempts == times + 1)
  }

  @Test func aTableThatIsInterruptedEachTimeKeepsItsRowsAndIsNamed() {
    kernel.fault = { request, kernel in
      guard request.name == "RTM_GETROUTE" else { return nil }
      return kernel.dump(request, Self.answer(Self.routes(2), request, kernel), isInterrupted: true)
    }
    let tables = read()
    #expect(tables.routes.count == 2)
    #expect(
      tables.unread == ["routes, perhaps not all: RTM_GETROUTE: the tables kept changing while they were read"])
    #expect(kernel.requests.filter { $0.name == "RTM_GETROUTE" }.count == RequestChannel.dumpAttempts)
  }

  @Test func rulesOfOneFamilyAreReadWhereThoseOfTheOtherCanNotBe() {
    var isFirst = true
    kernel.fault = { request, kernel in
      guard request.name == "RTM_GETRULE" else { return nil }
      defer { isFirst = false }
      if isFirst { return [kernel.refusal(request, .noMemory)] }
      var rule = MessageBuilder(type: MessageType.newRule, flags: [.multi])
      rule.fixed(
        Family.inet6, UInt8(0), UInt8(0), UInt8(0), RouteMessage.Table.main, UInt8(0), UInt8(0),
        RuleMessage.Action.table, UInt32(0))
      return kernel.dump(request, Self.answer([rule], request, kernel))
    }
    let tables = read()
    #expect(tables.rules.count == 1)
    #expect(tables.unread.count == 1 && tables.unread[0].hasPrefix("rules: RTM_GETRULE: "), "\(tables.unread)")
  }

  @Test func idsOfAnInterruptedDumpAreNotAll() throws {
    kernel.links = [nil: [], 3: [], 5: []]
    let reader = KernelReader(RequestChannel(kernel))
    let whole = try reader.namespaceIDs()
    #expect(whole.ids == [3, 5] && whole.areAll)
    kernel.fault = { request, kernel in
      request.isDump ? kernel.dump(request, [], isInterrupted: true) : nil
    }
    let cut = try reader.namespaceIDs()
    #expect(cut.ids.isEmpty && !cut.areAll)
    #expect(try reader.isGiven(3) && !reader.isGiven(4))
    kernel.fault = { _, _ in [.failure(.noMemory)] }
    #expect(throws: RequestError.self) { try reader.isGiven(3) }
  }

  /// A directory that opens, and that the kernel then does not read: /proc/PID/net of a process that has ended (EINVAL).
  @Test func aDirectoryThatCanNotBeReadIsNotEmpty() throws {
    let child = try endedChild()
    defer { waitpid(child, nil, 0) }
    #expect(throws: (any Error).self) { try SmallFile.names(in: "/proc/\(child)/net") }
    #expect(try SmallFile.names(in: "/proc/self").contains(Array("stat".utf8)))
  }
}

/// The id of a process that has ended, and that nobody has waited for yet.
private func endedChild() throws -> pid_t {
  var child: pid_t = 0
  let name = unsafe strdup("/bin/true")
  defer { unsafe free(name) }
  let arguments: [UnsafeMutablePointer<CChar>?] = unsafe [name, nil]
  let failure = unsafe posix_spawn(&child, "/bin/true", nil, nil, arguments, nil)
  try #require(failure == 0)
  // Waits for its end, and leaves it as it is.
  var info = unsafe siginfo_t()
  let waited = unsafe waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT)
  try #require(waited == 0)
  return child
}
