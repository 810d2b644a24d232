internal import Glibc
internal import NIOCore
internal import NIOHTTP1

/// Why the engine can't be read; its text goes on from the socket's path.
struct EngineTrouble: Error, Hashable {
  let text: String
  /// The engine answers, but not this.
  private(set) var isRefusal = false
  /// The answer has more bytes than are read.
  private(set) var isTooLong = false
  /// It is about what was asked, and says nothing of the engine.
  var isOfOne: Bool { isRefusal || isTooLong }

  /// It calls its containers by more names than are kept.
  static let tooManyAliases = EngineTrouble(
    "tells of more than \(ReadLimit.aliases >> 20) MiB of aliases: the rest is left out")

  /// An answer with more bytes than are read.
  static func tooLong(_ uri: String, limit: Int) -> EngineTrouble {
    var trouble = EngineTrouble("answered GET \(EngineExchange.shortened(uri)) with more than \(limit >> 10) KiB")
    trouble.isTooLong = true
    return trouble
  }

  init(_ text: String) { self.text = oneLine(text, limit: 150) }

  /// The whole line, from the socket's path on.
  func reason(at path: String) -> String { oneLine("\(path) \(text)") }

  /// Nothing has that path.
  static let missing = EngineTrouble("does not exist; start the engine, or name its socket with --docker-host")

  /// No connection came about.
  init(connecting error: any Error) {
    if let trouble = error as? EngineTrouble {
      self = trouble
    } else if error is ChannelError {
      self.init("took no connection; is the engine hanging?")
    } else if let code = (error as? IOError)?.errnoCode {
      switch code {
      case ENOENT: self = .missing
      case ECONNREFUSED: self.init("is refused: nobody listens there; is the engine running?")
      case EACCES, EPERM: self.init("may not be opened; use sudo, or join the group that owns the socket")
      case EAGAIN: self.init("took no connection: too many are waiting; is the engine hanging?")
      default: self.init("can't be opened: \(unsafe String(cString: strerror(code)))")
      }
    } else {
      self.init("can't be opened: \(error)")
    }
  }

  /// The connection broke, or what came over it is not HTTP.
  init(reading error: any Error, uri: String) {
    if let trouble = error as? EngineTrouble {
      self = trouble
    } else if let error = error as? HTTPParserError {
      // What an answer that was cut off looks like to the parser.
      if error == .invalidEOFState {
        self.init(closedBefore: uri)
      } else {
        self.init("answered something that is not HTTP (\(error))")
      }
    } else if let code = (error as? IOError)?.errnoCode {
      self.init("broke off GET \(EngineExchange.shortened(uri)): \(unsafe String(cString: strerror(code)))")
    } else {
      self.init("answered something that is not HTTP (\(error))")
    }
  }

  init(closedBefore uri: String) {
    self.init("closed the connection before it had answered GET \(EngineExchange.shortened(uri))")
  }

  /// An answer that is no success, with the engine's own words (`{"message": …}`).
  init(status: HTTPResponseStatus, body: ByteBuffer, uri: String) {
    // A body that holds no words of the engine's: the status speaks for it.
    let message = (try? decodeJSON(EngineMessage.self, from: body))?.text ?? status.reasonPhrase
    self.init("answered GET \(EngineExchange.shortened(uri)) with \(status.code): \(message)")
    isRefusal = true
  }
}

private struct EngineMessage: Decodable {
  let text: String?
  init(from decoder: any Decoder) { text = LenientObject(decoder).text("message", "cause") }
}
