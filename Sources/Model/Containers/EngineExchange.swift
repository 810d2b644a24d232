internal import Labels
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// One request and its answer, on a connection of its own.
enum EngineExchange {
  /// An answer that is a success.
  struct Answer: Sendable {
    var headers: HTTPHeaders
    var body: ByteBuffer
  }

  /// Sends `GET uri` and gives back the body of the answer; fails with `EngineTrouble`.
  /// One of more than `limit` bytes is none.
  static func get(
    _ uri: String, at path: String, timing: EngineTiming, limit: Int = ReadLimit.body, on loop: any EventLoop
  ) -> EventLoopFuture<ByteBuffer> {
    answer(to: uri, at: path, timing: timing, limit: limit, on: loop).map(\.body)
  }

  /// Sends `GET uri` and gives back the whole answer; fails with `EngineTrouble`.
  static func answer(
    to uri: String, at path: String, timing: EngineTiming, limit: Int = ReadLimit.body, on loop: any EventLoop
  ) -> EventLoopFuture<Answer> {
    let answer = loop.makePromise(of: Answer.self)
    let channel = connect(path, timing: timing, on: loop, throttle: .answer) {
      BodyCollector(uri: uri, limit: limit, answer: answer)
    }
    channel.whenFailure { answer.fail(EngineTrouble(connecting: $0)) }
    let deadline = loop.scheduleTask(in: timing.response.milliseconds) {
      answer.fail(EngineTrouble(Say.Engines.noAnswer(to: shortened(uri), within: seconds(timing.response))))
    }
    answer.futureResult.whenComplete { _ in
      deadline.cancel()
      channel.whenSuccess { $0.close(promise: nil) }
    }
    return answer.futureResult
  }

  /// Opens a connection whose last handler is the one given.
  static func connect(
    _ path: String, timing: EngineTiming, on loop: any EventLoop, throttle: Throttle,
    handler: @escaping @Sendable () -> some ChannelHandler
  ) -> EventLoopFuture<any Channel> {
    ClientBootstrap(group: loop)
      .connectTimeout(timing.connect.milliseconds)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(throttle.handler)
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          try channel.pipeline.syncOperations.addHandler(handler())
        }
      }
      .connect(unixDomainSocketPath: path)
  }

  static func requestHead(_ uri: String) -> HTTPRequestHead {
    // Go's server refuses HTTP/1.1 without a host; which one is of no meaning on a Unix socket.
    let headers: HTTPHeaders = ["Host": "localhost", "User-Agent": "netns-top", "Accept": "application/json"]
    return HTTPRequestHead(version: .http1_1, method: .GET, uri: uri, headers: headers)
  }

  static func shortened(_ uri: String) -> String { String(uri.prefix { $0 != "?" }) }

  private static func seconds(_ milliseconds: Int64) -> String {
    milliseconds % 1000 == 0 ? "\(milliseconds / 1000) s" : "\(milliseconds) ms"
  }
}

/// Sends one request and collects the answer's body.
private final class BodyCollector: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let uri: String
  private let limit: Int
  private let answer: EventLoopPromise<EngineExchange.Answer>
  private var status: HTTPResponseStatus?
  private var headers = HTTPHeaders()
  private var body = ByteBuffer()

  init(uri: String, limit: Int, answer: EventLoopPromise<EngineExchange.Answer>) {
    self.uri = uri
    self.limit = limit
    self.answer = answer
  }

  func channelActive(context: ChannelHandlerContext) {
    var head = EngineExchange.requestHead(uri)
    head.headers.add(name: "Connection", value: "close")
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head):
      status = head.status
      headers = head.headers
      if let length = head.headers.first(name: "Content-Length").flatMap(Int.init), head.status == .ok,
        length <= limit
      {
        body.reserveCapacity(length)
      }
    case .body(var part):
      let limit = status == .ok ? self.limit : min(self.limit, ReadLimit.errorBody)
      if body.readableBytes + part.readableBytes > limit {
        finish(
          .failure(.tooLong(uri, limit: limit)), context)
      } else {
        body.writeBuffer(&part)
      }
    case .end:
      if let status, status == .ok {
        finish(.success(EngineExchange.Answer(headers: headers, body: body)), context)
      } else {
        finish(
          .failure(EngineTrouble(status: status ?? .custom(code: 0, reasonPhrase: ""), body: body, uri: uri)), context)
      }
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    finish(.failure(EngineTrouble(reading: error, uri: uri)), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    finish(.failure(EngineTrouble(closedBefore: uri)), context)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    answer.fail(EngineTrouble(closedBefore: uri))
  }

  /// Only the first call counts.
  private func finish(_ result: Result<EngineExchange.Answer, EngineTrouble>, _ context: ChannelHandlerContext) {
    switch result {
    case .success(let success): answer.succeed(success)
    case .failure(let trouble): answer.fail(trouble)
    }
    context.close(promise: nil)
  }
}
