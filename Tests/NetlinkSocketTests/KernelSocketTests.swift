import Fixtures
import Netlink
import NetlinkSocket
import RTNetlink
import SystemPackage
import Testing

/// The kernel of this machine: what anybody may ask of it.
@Suite struct KernelSocketTests {
  @Test func theLoopbackIsTheFirstLink() throws {
    let channel = try RequestChannel()
    var names: [Int32: String] = [:]
    try channel.perform(
      LinkRequest.dump(target: nil), operation: "RTM_GETLINK",
      { header, payload throws(DecodeError) in
        guard header.type == MessageType.newLink else { return }
        let link = try LinkMessage(payload)
        names[link.index] = String(decoding: link.name ?? [], as: UTF8.self)
      }, restart: { names = [:] })
    #expect(names[1] == "lo")
  }

  @Test func aLinkThatIsNotThereIsENODEV() throws {
    let channel = try RequestChannel()
    do {
      try channel.perform(LinkRequest.get(index: 2_000_000_000, target: nil), operation: "RTM_GETLINK")
      Issue.record("no error")
    } catch { #expect(error.errno == .operationNotSupportedByDevice, "\(error)") }
  }

  @Test func aStreamHearsNothingWhereNothingHappens() throws {
    // Of a group that nobody uses.
    let events = try EventStream(groups: [MulticastGroup.ipv6Rule], receiveBuffer: 1 << 16)
    #expect(events.descriptor >= 0)
    #expect(events.receiveBuffer >= 4096)
    let drained = events.drain { _, _, _ in }
    #expect(drained.failure == nil && !drained.overrun)
  }

  @Test func aProtocolThatDoesNotExistIsRefused() {
    #expect(throws: RequestError.self) { try KernelSocket(family: 30) }
  }

  @Test func aReceiveBufferIsWhatTheKernelGrants() throws {
    let socket = try KernelSocket(isNonblocking: true)
    #expect(socket.port != 0)
    #expect(socket.reserveReceiveBuffer(1 << 16) >= 1 << 16)
    var buffer = [UInt8](repeating: 0, count: 16)
    do {
      _ = try socket.receive(into: &buffer)
      Issue.record("no error")
    } catch { #expect(error == .wouldBlock) }
  }
}

/// Messages that are to be taken together, and the acknowledgement of each.
@Suite struct BatchTests {
  private let kernel = FakeKernel()
  private let batch = (0..<3).map { number in
    var message = MessageBuilder(type: 0xA00, flags: number == 1 ? [.request] : [.request, .ack])
    message.fixed(UInt32(0))
    return message
  }

  @Test func itIsDoneWhenEachIsAcknowledged() throws {
    kernel.fault = { request, kernel in
      request.header.flags.contains(.ack) ? [kernel.refusal(request, Errno(rawValue: 0))] : []
    }
    try RequestChannel(kernel).perform(batch: batch, operation: "NFT_MSG_NEWTABLE")
    #expect(kernel.requests.count == 3)
    #expect(Set(kernel.requests.map(\.header.sequence)).count == 3)
  }

  @Test func theFirstRefusalIsThrown() {
    kernel.fault = { request, kernel in [kernel.refusal(request, .notPermitted)] }
    do {
      try RequestChannel(kernel).perform(batch: batch, operation: "NFT_MSG_NEWTABLE")
      Issue.record("no error")
    } catch { #expect(error.errno == .notPermitted) }
  }

  @Test func silenceNonsenseAndLossAreErrors() {
    for delivery in [[], [FakeKernel.Delivery.datagram([9])], [.failure(.noBufferSpace)], [.failure(.ioError)]] {
      kernel.fault = { _, _ in delivery }
      #expect(throws: RequestError.self) {
        try RequestChannel(kernel).perform(batch: batch, operation: "NFT_MSG_NEWTABLE")
      }
    }
  }

  @Test func errorsNameTheOperation() {
    let errors: [RequestError] = [
      .refused(KernelError(operation: "RTM_X", code: 1, message: "no")), .system(operation: "RTM_X", .ioError),
      .interrupted(operation: "RTM_X"), .unanswered(operation: "RTM_X"),
      .refused(KernelError(operation: "RTM_X", code: 1, message: "")),
    ]
    for error in errors { #expect("\(error)".contains("RTM_X")) }
    #expect("\(RequestError.malformed(DecodeError("attribute", "cut")))".contains("attribute: cut"))
  }
}
