import Fixtures
import Netlink
import NetlinkSocket
import RTNetlink
import SystemPackage
import Testing

/// The receive loop against a kernel that is a script.
@Suite struct RequestChannelTests {
  private let kernel = FakeKernel()

  init() {
    kernel.links[nil] = (Int32(1)...3).map { FakeKernel.Link($0, "eth\($0)") }
  }

  /// The names that a dump gives; each attempt begins anew.
  private func names(_ channel: RequestChannel) throws(RequestError) -> [String] {
    var names: [String] = []
    try channel.perform(
      LinkRequest.dump(target: nil), operation: "RTM_GETLINK",
      { header, payload throws(DecodeError) in
        if header.type == MessageType.newLink {
          names.append(String(decoding: try LinkMessage(payload).name ?? [], as: UTF8.self))
        }
      }, restart: { names = [] })
    return names
  }

  @Test func aDumpIsReadToItsEnd() throws {
    #expect(try names(RequestChannel(kernel)) == ["eth1", "eth2", "eth3"])
    #expect(kernel.queue.isEmpty)
  }

  @Test(arguments: [1, 4]) func anInterruptedDumpIsTriedAgain(times: Int) throws {
    var left = times
    kernel.fault = { request, kernel in
      guard left > 0 else { return nil }
      left -= 1
      return kernel.dump(request, [], isInterrupted: true)
    }
    #expect(try names(RequestChannel(kernel)) == ["eth1", "eth2", "eth3"])
    #expect(kernel.requests.count == times + 1)
  }

  @Test func oneThatIsInterruptedEachTimeGivesItsLastRowsAndSaysSo() throws {
    var rows = 0
    kernel.fault = { request, kernel in
      kernel.dump(request, kernel.links[nil, default: []].map { kernel.linkMessage($0, request) }, isInterrupted: true)
    }
    let channel = RequestChannel(kernel)
    do {
      try channel.perform(
        LinkRequest.dump(target: nil), operation: "RTM_GETLINK", { _, _ in rows += 1 }, restart: { rows = 0 })
      Issue.record("no error")
    } catch .interrupted(let operation) {
      #expect(operation == "RTM_GETLINK")
    } catch { Issue.record("\(error)") }
    #expect(rows == 3)
    #expect(kernel.requests.count == RequestChannel.dumpAttempts)
  }

  @Test func anAnswerThatIsCutIsAskedForAgainWithMoreRoom() throws {
    kernel.links[nil] = (Int32(1)...40).map {
      var link = FakeKernel.Link($0, "eth\($0)")
      link.padding = 2000
      return link
    }
    #expect(try names(RequestChannel(kernel)).count == 40)
    #expect(kernel.requests.count == 2)
  }

  @Test func aRefusalHasItsErrno() throws {
    for errno in [Errno.notPermitted, .operationNotSupportedByDevice, .noMemory] {
      kernel.fault = { request, kernel in [kernel.refusal(request, errno)] }
      #expect(throws: RequestError.self) { try names(RequestChannel(kernel)) }
      do { _ = try names(RequestChannel(kernel)) } catch { #expect(error.errno == errno) }
    }
  }

  @Test func lateAnswersAndOtherSendersAreNotTakenForOurs() throws {
    kernel.fault = { request, kernel in
      var foreign = request
      foreign.nsid = nil
      // Somebody's answer to the same sequence number; an older one of the kernel's; then the true one.
      let forged = kernel.dump(foreign, []).map { delivery -> FakeKernel.Delivery in
        if case .datagram(let bytes, _, let nsid) = delivery {
          .datagram(bytes, sender: 99, nsid: nsid)
        } else {
          delivery
        }
      }
      return forged + kernel.late(request) + kernel.answer(request)
    }
    #expect(try names(RequestChannel(kernel)) == ["eth1", "eth2", "eth3"])
  }

  @Test func signalsDoNotCountAndSilenceIsAnError() throws {
    kernel.fault = { request, kernel in [.failure(.interrupted)] + kernel.answer(request) }
    #expect(try names(RequestChannel(kernel)).count == 3)
    kernel.fault = { _, _ in [] }
    do {
      _ = try names(RequestChannel(kernel))
      Issue.record("no error")
    } catch .unanswered {
    } catch { Issue.record("\(error)") }
  }

  @Test func aBufferThatWasFullIsAnError() throws {
    kernel.fault = { _, _ in [.failure(.noBufferSpace)] }
    do { _ = try names(RequestChannel(kernel)) } catch { #expect(error.errno == .noBufferSpace) }
  }

  @Test func aMalformedMessageInTheMiddleIsAnErrorAfterTheGoodOnes() throws {
    kernel.fault = { request, kernel in
      let rows = kernel.links[nil, default: []].map { kernel.linkMessage($0, request).bytes }
      var bad = rows[1]
      // The second message's name has a length that can't be.
      bad[32] = 3
      bad[33] = 0
      return [.datagram(rows[0] + bad + rows[2])]
    }
    do {
      _ = try names(RequestChannel(kernel))
      Issue.record("no error")
    } catch .malformed(let error) {
      #expect(error.layers == ["RTM_GETLINK", "ifinfomsg", "attribute 3 at byte 16"], "\(error)")
    } catch { Issue.record("\(error)") }
  }
}

@Suite struct EventStreamTests {
  private let kernel = FakeKernel()
  private let link = FakeKernel.Link(7, "eth7")

  @Test func eventsComeWithTheirNamespace() {
    kernel.post(kernel.event(of: link, nsid: 3))
    kernel.post(kernel.event(of: link))
    var seen: [Int32?] = []
    let drained = EventStream(kernel).drain { nsid, _, _ in seen.append(nsid) }
    #expect(seen == [3, nil])
    #expect(!drained.overrun && drained.malformed == nil && drained.failure == nil)
    #expect(drained.datagrams == 2)
  }

  @Test func aLossIsToldAndWhatFollowsIsRead() {
    kernel.post(.failure(.noBufferSpace))
    kernel.post(kernel.event(of: link))
    var count = 0
    let drained = EventStream(kernel).drain { _, _, _ in count += 1 }
    #expect(drained.overrun)
    #expect(count == 1)
  }

  @Test func anErrnoThatIsNotKnownIsTold() {
    kernel.post(.failure(.badFileDescriptor))
    let drained = EventStream(kernel).drain { _, _, _ in }
    #expect(drained.failure == .badFileDescriptor)
  }

  @Test func cutAndMalformedDatagramsAreLosses() {
    kernel.post(.datagram([UInt8](repeating: 0xFF, count: 64)))
    kernel.post(.datagram([UInt8](repeating: 0, count: 40_000)))
    kernel.post(kernel.event(of: link))
    var count = 0
    let drained = EventStream(kernel).drain { _, _, _ in count += 1 }
    #expect(drained.overrun)
    #expect(drained.malformed?.layers.first == "nlmsghdr")
    #expect(count == 1)
  }

  @Test func othersCanNotKeepItReading() {
    for _ in 0..<1000 { kernel.post(.datagram([], sender: 5)) }
    let drained = EventStream(kernel).drain(limit: 100) { _, _, _ in Issue.record("a foreign datagram was taken") }
    #expect(drained.datagrams == 100)
  }
}
