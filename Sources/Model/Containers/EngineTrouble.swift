internal import Glibc
internal import Labels
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
  static var tooManyAliases: EngineTrouble {
    EngineTrouble(Say.Engines.tooManyAliases(mebibytes: ReadLimit.aliases >> 20))
  }

  /// An answer with more bytes than are read.
  static func tooLong(_ uri: String, limit: Int) -> EngineTrouble {
    var trouble = EngineTrouble(Say.Engines.tooLong(EngineExchange.shortened(uri), kibibytes: limit >> 10))
    trouble.isTooLong = true
    return trouble
  }

  init(_ text: String) { self.text = oneLine(text, limit: 150) }

  /// The whole line, from the socket's path on.
  func reason(at path: String) -> String { oneLine("\(path) \(text)") }

  /// Nothing has that path.
  static var missing: EngineTrouble { EngineTrouble(Say.Engines.missing) }

  /// No connection came about.
  init(connecting error: any Error) {
    if let trouble = error as? EngineTrouble {
      self = trouble
    } else if error is ChannelError {
      self.init(Say.Engines.hangs)
    } else if let code = (error as? IOError)?.errnoCode {
      switch code {
      case ENOENT: self = .missing
      case ECONNREFUSED: self.init(Say.Engines.nobodyListens)
      case EACCES, EPERM: self.init(Say.Engines.mayNotBeOpened)
      case EAGAIN: self.init(Say.Engines.tooManyWait)
      default: self.init(Say.Engines.cannotBeOpened(unsafe String(cString: strerror(code))))
      }
    } else {
      self.init(Say.Engines.cannotBeOpened("\(error)"))
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
        self.init(Say.Engines.notHTTP("\(error)"))
      }
    } else if let code = (error as? IOError)?.errnoCode {
      self.init(Say.Engines.brokeOff(EngineExchange.shortened(uri), unsafe String(cString: strerror(code))))
    } else {
      self.init(Say.Engines.notHTTP("\(error)"))
    }
  }

  init(closedBefore uri: String) {
    self.init(Say.Engines.closedBefore(EngineExchange.shortened(uri)))
  }

  /// An answer that is no success, with the engine's own words (`{"message": …}`).
  init(status: HTTPResponseStatus, body: ByteBuffer, uri: String) {
    // A body that holds no words of the engine's: the status speaks for it.
    let message = (try? decodeJSON(EngineMessage.self, from: body))?.text ?? status.reasonPhrase
    self.init(Say.Engines.refused(EngineExchange.shortened(uri), status: Int(status.code), message))
    isRefusal = true
  }
}

private struct EngineMessage: Decodable {
  let text: String?
  init(from decoder: any Decoder) { text = LenientObject(decoder).text("message", "cause") }
}
