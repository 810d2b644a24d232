import Questions
import Testing
import Topology

@testable import Names

/// Makes answers, right ones and others, byte by byte.
enum Answering {
  static func word(_ value: Int) -> [UInt8] { [UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF)] }

  static func name(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  /// A record; its owner as bytes, so that it may be a pointer.
  static func record(_ owner: [UInt8], type: Int, _ data: [UInt8]) -> [UInt8] {
    owner + word(type) + word(1) + [0, 0, 0, 60] + word(data.count) + data
  }

  static func address(_ owner: String, _ bytes: [UInt8]) -> [UInt8] {
    record(name(owner), type: bytes.count == 4 ? 1 : 28, bytes)
  }

  static func alias(_ owner: String, _ target: String) -> [UInt8] { record(name(owner), type: 5, name(target)) }

  /// An answer to a query as it was sent; RD and RA are set.
  static func answer(
    _ query: [UInt8], code: Int = 0, records: [[UInt8]] = [], flags: Int = 0x8180, count: Int? = nil
  ) -> [UInt8] {
    query[..<2] + word(flags | code) + word(1) + word(count ?? records.count) + word(0) + word(0)
      + question(query) + records.flatMap(\.self)
  }

  /// The question of a query: behind the header, up to type and class.
  static func question(_ query: [UInt8]) -> [UInt8] {
    var end = 12
    while query[end] != 0 { end += Int(query[end]) + 1 }
    return Array(query[12..<(end + 5)])
  }

  /// The name and the type that a query asks for.
  static func asked(_ query: [UInt8]) throws -> (name: String, type: Int) {
    let message = try DNSMessage(query)
    return (message.name.description, Int(message.type))
  }
}

/// Servers with the names that they have, and what they do instead of an answer.
struct Servers {
  enum Manner { case answers, silent, refuses, code(Int), lame }
  var manners: [String: Manner] = [:]
  /// Addresses by names; a name without any is there, too.
  var names: [String: [[UInt8]]] = [:]
  var asked: [String] = []

  /// Takes a lookup to its end.
  mutating func run(_ lookup: NameLookup) throws -> Resolution {
    var lookup = lookup
    var step = lookup.start()
    for _ in 0..<500 {
      switch step {
      case .done(let resolution): return resolution
      case .wait: step = lookup.take(.timedOut)
      case .ask(let exchange): step = try reply(to: exchange, &lookup)
      }
    }
    throw Endless()
  }

  struct Endless: Error {}

  private mutating func reply(to exchange: NameLookup.Exchange, _ lookup: inout NameLookup) throws -> NameLookup.Step {
    let server = exchange.server.address.description
    var step = NameLookup.Step.wait
    for query in exchange.messages {
      let (name, type) = try Answering.asked(query)
      asked.append("\(server) \(name) \(type == 1 ? "A" : "AAAA")")
      switch manners[server] ?? .answers {
      case .silent: break
      case .refuses: return lookup.take(.failed(errno: 111, message: "Connection refused"))
      case .code(let code): step = lookup.take(.received(Answering.answer(query, code: code)))
      case .lame: step = lookup.take(.received(Answering.answer(query, flags: 0x8000)))
      case .answers:
        let addresses = names[name]?.filter { $0.count == (type == 1 ? 4 : 16) }
        let records = (addresses ?? []).map { Answering.address(name, $0) }
        step = lookup.take(.received(Answering.answer(query, code: addresses == nil ? 3 : 0, records: records)))
      }
    }
    return step
  }
}

extension NameLookup {
  /// A lookup with files as text; nil: there is none.
  init(
    _ name: String, hosts: String? = "", resolver: String? = "nameserver 192.0.2.53\n", services: String? = nil,
    families: ResolutionQuery.Families = .both, timeout: Int = 60_000
  ) {
    func file(_ text: String?) -> NameServiceFile { text.map { .text(Array($0.utf8), isCut: false) } ?? .absent }
    self.init(
      ResolutionQuery(namespace: .host, name: name, families: families, timeout: timeout),
      NameLookup.Files(hosts: file(hosts), resolver: file(resolver), services: file(services)))
  }
}

extension NameLookup.Step {
  /// What is to be sent.
  var exchange: NameLookup.Exchange? { if case .ask(let exchange) = self { exchange } else { nil } }
  /// How it ended.
  var resolution: Resolution? { if case .done(let resolution) = self { resolution } else { nil } }
}

extension Resolution.Outcome {
  /// Who was asked in vain.
  var silences: [Resolution.Silence]? { if case .noAnswer(let silences) = self { silences } else { nil } }
}
