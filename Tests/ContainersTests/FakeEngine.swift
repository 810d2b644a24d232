import Containers
import Foundation
import Glibc
import NIOCore
import NIOPosix
import Synchronization

/// A server on a Unix socket in a directory of its own, that answers with the bytes it was told to.
final class FakeEngine: Sendable {
  /// What happens on a connection whose request has arrived.
  enum Answer: Sendable {
    /// A whole answer with a length.
    case ok(String)
    case status(Int, String)
    /// A whole answer in chunks of so many bytes.
    case chunked(String, size: Int)
    /// Bytes as they are, then the connection is closed.
    case raw(String)
    /// Bytes as they are, then nothing.
    case rawThenSilence(String)
    case silence
    /// The head of an answer that goes on; `send` goes on with it.
    case stream
  }

  /// What Podman answers to `GET /_ping`.
  static let podmanPing = Answer.raw(
    "HTTP/1.1 200 OK\r\nLibpod-API-Version: 4.3.1\r\nServer: Libpod/4.3.1 (linux)\r\nContent-Length: 2\r\n\r\nOK")

  private struct State {
    var answers: [String: Answer] = [:]
    var requests: [String] = []
    var waiters: [(path: String, count: Int, continuation: CheckedContinuation<Void, Never>)] = []
    var streams: [any Channel] = []
    var connections: [any Channel] = []
  }

  let path: String
  private let directory: String
  private let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
  private let state = Mutex(State())
  private let server = Mutex<(any Channel)?>(nil)

  init(_ answers: [String: Answer] = [:], listening: Bool = true, name: String = "docker.sock") throws {
    directory = NSTemporaryDirectory() + "/engine-\(UUID().uuidString.prefix(8))"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    path = directory + "/" + name
    let usual: [String: Answer] = [
      "/_ping": .ok("OK"), "/containers/json": .ok("[]"),
      "/networks": .ok("[]"), "/events": .stream,
    ]
    state.withLock { $0.answers = usual.merging(answers) { $1 } }
    if listening { try listen() }
  }

  deinit {
    // The last one to let go may be a thread of the group itself: it can't wait for itself.
    group.shutdownGracefully { _ in }
    try? FileManager.default.removeItem(atPath: directory)
  }

  var endpoint: EngineEndpoint {
    get throws { try EngineEndpoint(uri: "unix://" + path) }
  }

  func listen() throws {
    let channel = try ServerBootstrap(group: group)
      .childChannelInitializer { [weak self] channel in
        channel.eventLoop.makeCompletedFuture {
          if let self { try channel.pipeline.syncOperations.addHandler(Connection(engine: self)) }
        }
      }
      .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).wait()
    server.withLock { $0 = channel }
  }

  /// Stops listening and cuts every connection, as an engine that is stopped does.
  func die() throws {
    try server.withLock { $0 }?.close().wait()
    for channel in state.withLock({ $0.connections }) { try? channel.close().wait() }
    state.withLock {
      $0.connections = []
      $0.streams = []
    }
  }

  /// Leaves a socket behind on which nobody listens.
  func leaveSocket() {
    let fd = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(fd) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    let result = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe bind(fd, $0, length) }
    }
    precondition(result == 0)
  }

  func answer(_ path: String, _ answer: Answer) { state.withLock { $0.answers[path] = answer } }

  func requests(of path: String) -> Int { state.withLock { $0.requests.filter { $0 == path }.count } }

  /// Returns as soon as `path` has been asked for `count` times.
  func asked(_ path: String, _ count: Int = 1) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.requests.filter({ $0 == path }).count >= count { return true }
        state.waiters.append((path, count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  /// Sends bytes in one chunk to everybody who listens to events.
  func send(_ bytes: String) {
    let streams = state.withLock { $0.streams }
    for channel in streams {
      channel.writeAndFlush(ByteBuffer(string: chunk(bytes)), promise: nil)
    }
  }

  /// Cuts the event streams.
  func cutEvents() {
    let streams = state.withLock { state in
      defer { state.streams = [] }
      return state.streams
    }
    for channel in streams { channel.close(promise: nil) }
  }

  fileprivate func opened(_ channel: any Channel) { state.withLock { $0.connections.append(channel) } }

  fileprivate func handle(_ target: String, on channel: any Channel) {
    let path = String(target.prefix { $0 != "?" })
    let answer = state.withLock { state -> Answer in
      let answer = state.answers[path] ?? .status(404, #"{"message":"page not found"}"#)
      if case .stream = answer { state.streams.append(channel) }
      return answer
    }
    respond(answer, on: channel)
    let reached = state.withLock { state in
      state.requests.append(path)
      let reached = state.waiters.filter { waiter in
        state.requests.filter { $0 == waiter.path }.count >= waiter.count
      }
      state.waiters.removeAll { waiter in state.requests.filter { $0 == waiter.path }.count >= waiter.count }
      return reached
    }
    for waiter in reached { waiter.continuation.resume() }
  }

  private func respond(_ answer: Answer, on channel: any Channel) {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
    var closes = true
    let text: String
    switch answer {
    case .ok(let body): text = head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body
    case .status(let code, let body):
      text = "HTTP/1.1 \(code) Some Reason\r\nContent-Length: \(body.utf8.count)\r\n\r\n" + body
    case .chunked(let body, let size):
      let bytes = Array(body.utf8)
      let chunks = stride(from: 0, to: bytes.count, by: size).map { start -> [UInt8] in
        let piece = bytes[start..<min(start + size, bytes.count)]
        return Array("\(String(piece.count, radix: 16))\r\n".utf8) + piece + Array("\r\n".utf8)
      }
      // Pieces that are no UTF-8 by themselves: bytes, not text.
      var buffer = ByteBuffer(string: head + "Transfer-Encoding: chunked\r\n\r\n")
      for piece in chunks { buffer.writeBytes(piece) }
      buffer.writeString("0\r\n\r\n")
      channel.writeAndFlush(buffer).whenComplete { _ in channel.close(promise: nil) }
      return
    case .raw(let bytes): text = bytes
    case .rawThenSilence(let bytes):
      text = bytes
      closes = false
    case .silence: return
    case .stream:
      text = head + "Transfer-Encoding: chunked\r\n\r\n"
      closes = false
    }
    let written = channel.writeAndFlush(ByteBuffer(string: text))
    if closes { written.whenComplete { _ in channel.close(promise: nil) } }
  }

  private func chunk(_ bytes: String) -> String { "\(String(bytes.utf8.count, radix: 16))\r\n\(bytes)\r\n" }
}

private final class Connection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer
  // The engine keeps its connections.
  private weak var engine: FakeEngine?
  private var received = ""

  init(engine: FakeEngine) { self.engine = engine }

  func channelActive(context: ChannelHandlerContext) { engine?.opened(context.channel) }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    received += String(buffer: unwrapInboundIn(data))
    guard received.hasSuffix("\r\n\r\n") else { return }
    let target = received.split(separator: " ").dropFirst().first.map(String.init) ?? ""
    received = ""
    engine?.handle(target, on: context.channel)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// The reports of a watch, to be awaited.
final class Reports: Sendable {
  private let stream: AsyncStream<EngineReport>
  private let watch: ContainerWatch
  private let counter: Counter

  convenience init(_ engine: FakeEngine, timing: EngineTiming = .quick) throws {
    self.init(try engine.endpoint, timing: timing)
  }

  init(_ endpoint: EngineEndpoint, timing: EngineTiming = .quick) {
    let (stream, continuation) = AsyncStream<EngineReport>.makeStream()
    let counter = Counter()
    watch = ContainerWatch(endpoint: endpoint, timing: timing) { report in
      counter.increase()
      continuation.yield(report)
    }
    self.stream = stream
    self.counter = counter
    watch.start()
  }

  /// How many reports have come.
  var delivered: Int { counter.value }

  deinit { watch.stop() }

  func stop() { watch.stop() }

  func want(_ names: Bool) { watch.want(names: names) }

  /// The next report that fits.
  func first(where fits: (EngineReport) -> Bool) async -> EngineReport? {
    for await report in stream where fits(report) { return report }
    return nil
  }
}

final class Counter: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }
  func increase() { count.withLock { $0 += 1 } }
}

extension EngineTiming {
  /// Short waits, so that failures are seen at once; long enough for a loaded machine where an answer does come.
  static let quick = EngineTiming(connect: 5_000, response: 20_000, coalesce: 1, firstRetry: 5, lastRetry: 20)
  /// For servers that never answer.
  static let impatient = EngineTiming(connect: 1_000, response: 50, coalesce: 1, firstRetry: 5, lastRetry: 20)
}

/// A container as the API writes it.
func container(_ id: String, _ name: String, state: String = "running") -> String {
  #"{"Id":"\#(id)","Names":["/\#(name)"],"Image":"busybox","State":"\#(state)","Status":"Up 2 hours"}"#
}

extension EngineQuery {
  /// What comes in time, or that nothing did.
  func answer(_ milliseconds: Int64) -> EngineReport {
    _ = report(within: milliseconds)
    return end()
  }
}
