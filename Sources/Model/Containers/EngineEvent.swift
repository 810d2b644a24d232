internal import Labels
internal import NIOCore
internal import NIOHTTP1

/// What the engine's event stream says.
enum EngineEvent: Sendable {
  /// The engine took the subscription.
  case subscribed
  /// Something that is shown may have changed.
  case changed
  /// The stream can't be had, or is over; nothing follows.
  case ended(EngineTrouble)
}

/// Reads `GET /events`: a JSON object a line, in an answer that does not end.
final class EngineEventHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias OutboundOut = HTTPClientRequestPart

  private let deliver: (EngineEvent) -> Void
  private var status: HTTPResponseStatus?
  private var line = ByteBuffer()
  private var isOver = false

  init(deliver: @escaping (EngineEvent) -> Void) { self.deliver = deliver }

  /// Both engines' words for what happens to containers and networks; each ignores the other's. Podman says `died` and
  /// `remove`. What a health check does (`exec_…`, `health_status`) is left out: it comes all the time.
  static let uri: String = {
    let actions = [
      "create", "start", "restart", "die", "died", "destroy", "remove", "rename", "pause", "unpause", "connect",
      "disconnect", "cleanup",
    ]
    let quoted = actions.map { "\"\($0)\"" }.joined(separator: ",")
    return "/events?filters=" + percentEncoded("{\"event\":[\(quoted)],\"type\":[\"container\",\"network\"]}")
  }()

  private static func percentEncoded(_ text: String) -> String {
    var out = ""
    for byte in text.utf8 {
      let scalar = Unicode.Scalar(byte)
      if scalar.properties.isAlphabetic || scalar == "_" {
        out.unicodeScalars.append(scalar)
      } else {
        out += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return out
  }

  func channelActive(context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(EngineExchange.requestHead(Self.uri))), promise: nil)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isOver else { return }
    switch unwrapInboundIn(data) {
    case .head(let head):
      status = head.status
      if head.status == .ok { deliver(.subscribed) }
    case .body(let part):
      if status == .ok {
        take(part, context)
      } else if line.readableBytes + part.readableBytes <= ReadLimit.errorBody {
        line.writeImmutableBuffer(part)
      }
    case .end:
      if let status, status != .ok {
        end(EngineTrouble(status: status, body: line, uri: "/events"), context)
      } else {
        end(EngineTrouble(Say.Engines.streamEnded), context)
      }
    }
  }

  /// Splits at line ends; a line may come in any number of parts, and a part may hold any number of lines.
  private func take(_ part: ByteBuffer, _ context: ChannelHandlerContext) {
    var rest = part
    var changed = false
    while let end = rest.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
      let length = end - rest.readerIndex
      if var piece = rest.readSlice(length: length) { line.writeBuffer(&piece) }
      rest.moveReaderIndex(forwardBy: 1)
      if line.readableBytes > ReadLimit.eventLine { break }
      if Self.concernsUs(line) { changed = true }
      line.clear()
    }
    line.writeBuffer(&rest)
    if changed { deliver(.changed) }
    if line.readableBytes > ReadLimit.eventLine {
      end(EngineTrouble(Say.Engines.eventTooLong(mebibytes: ReadLimit.eventLine >> 20)), context)
    }
  }

  static func concernsUs(_ line: ByteBuffer) -> Bool {
    guard line.readableBytesView.contains(where: { $0 > 0x20 }) else { return false }
    // What can't be read counts as a change: the fresh reading will tell.
    guard let event = try? decodeJSON(EventLine.self, from: line), let action = event.action else { return true }
    return !["exec_", "health_status", "attach", "resize", "top"].contains { action.hasPrefix($0) }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(EngineTrouble(reading: error, uri: "/events"), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(EngineTrouble(Say.Engines.streamEnded), context)
    context.fireChannelInactive()
  }

  private func end(_ trouble: EngineTrouble, _ context: ChannelHandlerContext) {
    guard !isOver else { return }
    isOver = true
    context.close(promise: nil)
    deliver(.ended(trouble))
  }
}

private struct EventLine: Decodable {
  let action: String?
  init(from decoder: any Decoder) { action = LenientObject(decoder).text("Action", "status") }
}
