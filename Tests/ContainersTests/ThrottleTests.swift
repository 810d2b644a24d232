import NIOCore
import NIOEmbedded
import Testing

@testable import Containers

@Suite struct ThrottleTests {
  /// Whether the channel reads on by itself; it does until somebody says otherwise.
  private func reads(_ channel: EmbeddedChannel) -> Bool {
    channel.options.last { $0.option is ChannelOptions.Types.AutoReadOption }?.value as? Bool ?? true
  }

  @Test func whoFloodsEventsWaitsAndNothingIsLost() throws {
    let channel = EmbeddedChannel(handler: Throttle.stream.handler)
    let piece = ByteBuffer(repeating: 120, count: 64 << 10)
    var (sent, passed) = (0, 0)
    for _ in 0..<20 {
      while reads(channel) {
        try channel.writeInbound(piece)
        sent += piece.readableBytes
        while let buffer = try channel.readInbound(as: ByteBuffer.self) { passed += buffer.readableBytes }
      }
      channel.embeddedEventLoop.advanceTime(by: .milliseconds(ReadLimit.window - 1))
      #expect(!reads(channel), "the window is not over")
      channel.embeddedEventLoop.advanceTime(by: .milliseconds(1))
      #expect(reads(channel))
    }
    #expect(passed == sent && sent > 20 * ReadLimit.stream)
    _ = try channel.finish()
  }

  @Test func whoAnswersWithoutEndIsCutOff() throws {
    let channel = EmbeddedChannel(handler: Throttle.answer.handler)
    let piece = ByteBuffer(repeating: 32, count: 1 << 20)
    for _ in 0..<(ReadLimit.body >> 20) { try channel.writeInbound(piece) }
    #expect(channel.isActive || reads(channel))
    #expect(throws: EngineTrouble.self) {
      try channel.writeInbound(piece)
      try channel.throwIfErrorCaught()
    }
    #expect(!channel.isActive)
  }
}
