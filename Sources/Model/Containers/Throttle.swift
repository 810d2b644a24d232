internal import Labels
internal import NIOCore

/// How much is read of a connection. In front of all that parses, so that what is passed over there (interim responses
/// without end, RFC 9110 15.2) counts, too.
enum Throttle {
  /// So many bytes in a window of time, for ever: who sends faster waits.
  case stream
  /// So many bytes in all: who sends more is not listened to any longer.
  case answer

  var handler: ThrottleHandler { ThrottleHandler(self) }
}

final class ThrottleHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let throttle: Throttle
  private var begun = NIODeadline.distantPast
  private var count = 0

  init(_ throttle: Throttle) { self.throttle = throttle }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    count += unwrapInboundIn(data).readableBytes
    switch throttle {
    case .answer where count > ReadLimit.body + ReadLimit.errorBody:
      context.fireErrorCaught(EngineTrouble(Say.Engines.tooLong(mebibytes: ReadLimit.body >> 20)))
      context.close(promise: nil)
      return
    case .answer: break
    case .stream: pause(context)
    }
    context.fireChannelRead(data)
  }

  /// Reads on in the next window, where this one is full.
  private func pause(_ context: ChannelHandlerContext) {
    let now = NIODeadline.now()
    if now - begun > ReadLimit.window.milliseconds {
      begun = now
      count = 0
    }
    guard count > ReadLimit.stream else { return }
    count = 0
    let channel = context.channel
    // A channel that has closed meanwhile has nothing to be read.
    channel.setOption(.autoRead, value: false).whenFailure { _ in }
    context.eventLoop.scheduleTask(in: ReadLimit.window.milliseconds) {
      channel.setOption(.autoRead, value: true).whenFailure { _ in }
    }
  }
}
