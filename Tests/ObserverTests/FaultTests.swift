import Containers
import Fixtures
import Glibc
import LinuxSystem
import Namespaces
import Netlink
import NetlinkSocket
import RTNetlink
import SystemPackage
import Testing
import Topology

@testable import Observer

/// The observer over a kernel that is a script: a failure never looks like an absence.
@Suite struct FaultTests {
  /// A bridge with two cables: one to namespace 0, one to namespace 1.
  let requests = FakeKernel()
  let events = FakeKernel()
  let observer: TopologyObserver

  init() throws {
    requests.links[nil] = [
      FakeKernel.Link(1, "lo"), FakeKernel.Link(2, "br0", kind: "bridge", addresses: [[10, 0, 0, 1]]),
      FakeKernel.Link(3, "veth-a", kind: "veth", peer: (2, 0), master: 2),
      FakeKernel.Link(4, "veth-b", kind: "veth", peer: (2, 1), master: 2),
    ]
    for nsid in [0, 1] as [Int32] {
      requests.links[nsid] = [
        FakeKernel.Link(1, "lo"),
        FakeKernel.Link(2, "eth0", kind: "veth", peer: (3 + nsid, 9), addresses: [[10, 0, 0, UInt8(2 + nsid)]]),
      ]
    }
    // Links elsewhere name our own namespace by 9.
    let model = requests
    requests.fault = { request, _ in Self.ownNamespace(request, model) }
    observer = try TopologyObserver(
      TopologyObserver.Options(
        sources: Census.Sources(processes: false, mountPrefix: "/nonexistent/"), warnsOfCapabilities: false),
      events: EventStream(events), requests: RequestChannel(requests))
  }

  /// Asked by descriptor which id our own namespace has, the kernel says 9.
  private static func ownNamespace(_ request: FakeKernel.Request, _ kernel: FakeKernel) -> [FakeKernel.Delivery]? {
    guard request.name == "RTM_GETNSID", request.nsid == nil, !request.isDump else { return nil }
    var message = MessageBuilder(type: MessageType.newNamespaceID, flags: [])
    message.address(sequence: request.header.sequence, port: kernel.port)
    message.fixed(UInt32(0))
    message.attribute(NamespaceIDMessage.Attribute.nsid, Int32(9))
    return [.datagram(message.bytes)]
  }

  /// From now on a reading that is `isMeant` ends like this.
  private func fault(_ delivery: @escaping (FakeKernel.Request, FakeKernel) -> [FakeKernel.Delivery]?) {
    requests.fault = { request, kernel in Self.ownNamespace(request, kernel) ?? delivery(request, kernel) }
  }

  private func mend() { fault { _, _ in nil } }

  private func isLink(_ request: FakeKernel.Request, _ index: Int32, in nsid: Int32?) -> Bool {
    request.name == "RTM_GETLINK" && !request.isDump && request.index == index && request.nsid == nsid
  }

  /// Hears an event of a link, and does what is due, that which was put off included.
  func hear(_ index: Int32, nsid: Int32?) throws {
    events.post(events.event(of: FakeKernel.Link(index, "x"), nsid: nsid))
    #expect(observer.drain())
    try settle()
  }

  func settle() throws {
    for _ in 0..<20 where observer.hasWork { try observer.reconcile() }
    if observer.hasLateWork {
      observer.noteLateWork()
      for _ in 0..<20 where observer.hasWork { try observer.reconcile() }
    }
    #expect(!observer.hasWork)
  }

  func link(_ name: String, nsid: Int32? = nil) -> Link? {
    let id = nsid.flatMap { observer.store.byNSID[$0] } ?? .host
    return observer.snapshot.namespaces[id]?.links.first { $0.name == name }
  }

  var warnings: [String] { observer.snapshot.warnings.map(\.text) }

  @Test func theModelIsTheScripts() {
    #expect(observer.snapshot.namespaces.count == 3)
    #expect(link("eth0", nsid: 1)?.addresses.map(\.local.description) == ["10.0.0.3"])
    #expect(link("veth-b")?.peerLink == link("eth0", nsid: 1)?.id)
    #expect(link("veth-a")?.master == link("br0")?.id)
    #expect(warnings.isEmpty)
  }

  @Test func onlyENODEVMeansThatALinkIsGone() throws {
    requests.links[1]?.removeLast()
    try hear(2, nsid: 1)
    #expect(link("eth0", nsid: 1) == nil)
    #expect(warnings.isEmpty)
  }

  @Test(arguments: [Errno.notPermitted, .noMemory, .noBufferSpace, .invalidArgument, .ioError])
  func onAnyOtherErrorALinkStaysMarkedAndItIsTold(errno: Errno) throws {
    let before = try #require(link("eth0", nsid: 1))
    fault { request, kernel in isLink(request, 2, in: 1) ? [kernel.refusal(request, errno)] : nil }
    try hear(2, nsid: 1)
    var stale = before
    stale.isStale = true
    #expect(link("eth0", nsid: 1) == stale)
    #expect(warnings.contains { $0.contains("1 link can't be read") }, "\(warnings)")
    // Nothing else is touched, and nothing is asked for without an end.
    #expect(link("veth-b")?.peerLink == before.id)
    #expect(!observer.hasWork && !observer.hasLateWork)
    mend()
    observer.noteRecheck()
    try settle()
    #expect(link("eth0", nsid: 1) == before)
    #expect(warnings.isEmpty)
  }

  @Test func oneFailureThatPassesIsNoNews() throws {
    var failures = 1
    fault { request, kernel in
      guard isLink(request, 2, in: 1), failures > 0 else { return nil }
      failures -= 1
      return [kernel.refusal(request, .invalidArgument)]
    }
    let revision = observer.snapshot.revision
    try hear(2, nsid: 1)
    #expect(failures == 0)
    #expect(observer.snapshot.revision == revision)
    #expect(warnings.isEmpty)
  }

  @Test func silenceAndNonsenseAreFailuresToo() throws {
    let before = try #require(link("eth0", nsid: 1))
    for delivery in [[], [FakeKernel.Delivery.datagram([1, 2, 3])]] {
      fault { request, _ in isLink(request, 2, in: 1) ? delivery : nil }
      try hear(2, nsid: 1)
      #expect(link("eth0", nsid: 1)?.isStale == true)
      #expect(link("eth0", nsid: 1)?.addresses == before.addresses)
      mend()
      observer.noteRecheck()
      try settle()
      #expect(link("eth0", nsid: 1) == before)
    }
  }

  @Test func aNamespaceWhoseDumpFailsKeepsItsLinks() throws {
    fault { request, kernel in
      request.name == "RTM_GETLINK" && request.isDump && request.nsid == 0
        ? [kernel.refusal(request, .noMemory)] : nil
    }
    for _ in 0..<40 { observer.noteRecheck() }
    try settle()
    #expect(link("eth0", nsid: 0)?.isStale == true)
    #expect(link("eth0", nsid: 1)?.isStale == false)
    #expect(warnings.contains { $0.contains("1 namespace can't be read") }, "\(warnings)")
    mend()
    observer.noteRecheck()
    try settle()
    #expect(link("eth0", nsid: 0)?.isStale == false)
    #expect(warnings.isEmpty)
  }

  @Test func anInterruptedDumpGivesItsRowsAndLeavesNothingOut() throws {
    fault { request, kernel in
      guard request.name == "RTM_GETLINK", request.isDump, request.nsid == nil else { return nil }
      // Each attempt leaves the last link out, as a dump of a changing table may.
      let rows = (kernel.links[nil] ?? []).dropLast().map { kernel.linkMessage($0, request) }
      return kernel.dump(request, rows, isInterrupted: true)
    }
    for _ in 0..<40 { observer.noteRecheck() }
    try settle()
    #expect(link("veth-b") != nil)
    #expect(warnings.isEmpty)
  }

  @Test func theFarEndOfWhatADumpIsTheFirstToSeeIsReadToo() throws {
    // veth-b moves to another number; its far end says so, and no event does.
    requests.links[nil]?.removeLast()
    requests.links[nil]?.append(FakeKernel.Link(7, "veth-c", kind: "veth", peer: (2, 1), master: 2))
    requests.links[1]?[1] = FakeKernel.Link(2, "eth0", kind: "veth", peer: (7, 9), addresses: [[10, 0, 0, 3]])
    observer.recheck = [.host]
    observer.noteRecheck()
    try settle()
    #expect(link("veth-b") == nil)
    #expect(link("veth-c")?.peerLink == link("eth0", nsid: 1)?.id)
    #expect(link("eth0", nsid: 1)?.peerLink == link("veth-c")?.id)
  }

  @Test func aLossIsFollowedByOneReadingOfEverything() throws {
    requests.links[0]?.append(FakeKernel.Link(5, "late0"))
    requests.forgetRequests()
    events.post(.failure(.noBufferSpace))
    #expect(observer.drain())
    try settle()
    #expect(link("late0", nsid: 0) != nil)
    #expect(requests.requests.filter { $0.name == "RTM_GETLINK" && $0.isDump }.count == 3)
    #expect(warnings == ["events were lost and everything was read again"])
  }

  @Test func aMalformedEventIsALoss() throws {
    requests.links[nil]?.append(FakeKernel.Link(8, "new0"))
    var bytes: [UInt8] = []
    if case .datagram(let whole, _, _) = events.event(of: FakeKernel.Link(8, "new0")) { bytes = whole }
    bytes[0] = 200
    events.post(.datagram(bytes))
    #expect(observer.drain())
    try settle()
    #expect(link("new0") != nil)
  }

  @Test func anEventSocketThatFailsIsTold() throws {
    events.post(.failure(.badFileDescriptor))
    #expect(observer.drain())
    try settle()
    #expect(warnings.contains { $0.contains("can't be heard") }, "\(warnings)")
    try hear(2, nsid: 0)
    #expect(!warnings.contains { $0.contains("can't be heard") }, "\(warnings)")
  }

  /// With `tellsEvents` every message is told, and a loss, too.
  @Test func eventsAndTheirLossAreTold() throws {
    let teller = try TopologyObserver(
      TopologyObserver.Options(
        sources: Census.Sources(processes: false, mountPrefix: "/nonexistent/"), warnsOfCapabilities: false,
        tellsEvents: true),
      events: EventStream(events), requests: RequestChannel(requests))
    #expect(teller.takeEvents().isEmpty)
    var changed = FakeKernel.Link(4, "veth-b", kind: "veth", peer: (2, 1))
    events.post(events.event(of: changed))
    changed.name = "renamed"
    events.post(events.event(of: changed))
    events.post(events.event(of: FakeKernel.Link(2, "eth0"), isRemoval: true, nsid: 0))
    events.post(.failure(.noBufferSpace))
    #expect(teller.drain())
    let told = teller.takeEvents()
    #expect(told.contains { $0.object == .link && $0.name == "renamed" && $0.action == .changed }, "\(told)")
    #expect(told.contains { $0.object == .link && $0.name == "eth0" && $0.action == .removed })
    #expect(told.contains { $0.object == .overrun })
    for _ in 0..<20 where teller.hasWork { try teller.reconcile() }
    // What was told was not so: everything was read again, and is as the script has it.
    #expect(teller.snapshot.namespaces[.host]?.links.map(\.name) == ["lo", "br0", "veth-a", "veth-b"])
    #expect(teller.snapshot.namespaces.count == 3)
  }

  /// The machine's own kernel: what a namespace of ours has at least.
  @Test(.enabled(if: geteuid() == 0, "needs root")) func theOwnNamespaceIsReadOnTheRealKernel() throws {
    let real = try TopologyObserver(
      TopologyObserver.Options(
        sources: Census.Sources(processes: false, mountPrefix: "/nonexistent/"), hostname: "here"))
    let host = try #require(real.snapshot.namespaces[.host])
    #expect(host.links.first?.name == "lo")
    #expect(host.cookie != nil || host.inode != nil)
    let tables = try real.tables(of: .host, searchesPrograms: true, rowLimit: 100)
    #expect(!tables.rules.isEmpty)
    let mailbox = try Mailbox<NetworkTables>()
    real.beginTables(of: .host, links: .only(LinkRef(.host, 1)), rowLimit: 100) { result in
      mailbox.post((try? result.get()) ?? NetworkTables())
    }
    var got: NetworkTables?
    while got == nil { got = mailbox.take().first }
    #expect(got?.rules == tables.rules)
    try real.sample()
    #expect(real.counters(of: LinkRef(.host, 1)) != nil)
    real.noteRecheck()
    try real.reconcile()
  }

  private func namespaceEvent(_ type: UInt16, _ nsid: Int32) -> FakeKernel.Delivery {
    var message = MessageBuilder(type: type, flags: [])
    message.fixed(UInt32(0))
    message.attribute(NamespaceIDMessage.Attribute.nsid, nsid)
    return .datagram(message.bytes)
  }

  @Test func aBirthAnAddressAndAMoveAreSeen() throws {
    requests.links[2] = [FakeKernel.Link(1, "lo"), FakeKernel.Link(7, "eth7", addresses: [[10, 9, 0, 1]])]
    events.post(namespaceEvent(MessageType.newNamespaceID, 2))
    #expect(observer.drain())
    try settle()
    #expect(link("eth7", nsid: 2)?.addresses.count == 1)
    requests.links[2]?[1].addresses.append([10, 9, 0, 2])
    var address = MessageBuilder(type: 20, flags: [])
    address.fixed(UInt8(2), UInt8(24), UInt8(0), UInt8(0), UInt32(7))
    events.post(.datagram(address.bytes, nsid: 2))
    #expect(observer.drain())
    try settle()
    #expect(link("eth7", nsid: 2)?.addresses.count == 2)
    // The link goes to our own namespace.
    requests.links[nil]?.append(FakeKernel.Link(7, "eth7"))
    requests.links[2]?.removeLast()
    events.post(events.event(of: FakeKernel.Link(7, "eth7"), isRemoval: true, nsid: 2))
    events.post(events.event(of: FakeKernel.Link(7, "eth7")))
    #expect(observer.drain())
    try settle()
    #expect(link("eth7") != nil && link("eth7", nsid: 2) == nil)
  }

  /// A dump of ids may end early: those behind it are tried one by one.
  @Test func idsThatADumpLeavesOutAreFound() throws {
    for nsid in Int32(2)..<150 { requests.links[nsid] = [FakeKernel.Link(1, "lo")] }
    fault { request, kernel in
      guard request.name == "RTM_GETNSID", request.isDump else { return nil }
      return kernel.answer(request).map { delivery in
        // Two thirds of the rows: each is 16 + 4 + 8 bytes.
        guard case .datagram(let bytes, _, _) = delivery, bytes.count > 3000 else { return delivery }
        return .datagram(Array(bytes.prefix(28 * 100)))
      }
    }
    events.post(.failure(.noBufferSpace))
    #expect(observer.drain())
    try settle()
    // 150 ids, of which 9 is our own.
    #expect(observer.snapshot.namespaces.count == 150)
  }

  @Test func anEngineGivesNames() throws {
    let report = EngineReport(
      endpoint: "/run/docker.sock",
      containers: [
        ContainerRecord(id: "abc", names: ["web"], state: "exited"),
        ContainerRecord(id: "def", names: ["a\u{1B}[2Jb"], state: "exited", networkMode: .host),
        ContainerRecord(id: "fed", names: ["sidecar"], state: "running", networkMode: .container("abc")),
      ], networks: [NetworkRecord(id: "1", name: "shop", bridge: "br0")])
    observer.adopt(ContainerDirectory(report))
    try settle()
    #expect(link("br0")?.network == "shop")
    #expect(observer.snapshot.stoppedContainers.map(\.name) == [#"a\x1b[2Jb"#, "web"])
    observer.noteNamesChanged()
    try settle()
    #expect(warnings.isEmpty)
  }
}
