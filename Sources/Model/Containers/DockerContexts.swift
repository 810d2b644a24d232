internal import Labels
internal import LinuxSystem
internal import NIOCore

/// Docker's contexts as its command line keeps them: names for engines that people work with.
///
/// Read from `config.json` and `contexts/meta/*/meta.json` in `DOCKER_CONFIG`, else in `~/.docker`
/// (docs.docker.com/engine/manage-resources/contexts).
struct DockerContexts {
  /// A context's file.
  private struct Metadata: Decodable {
    let name: String
    let host: String

    init(from decoder: any Decoder) {
      let object = LenientObject(decoder)
      name = object.text("Name") ?? ""
      host = object.object("Endpoints").object("docker").text("Host") ?? ""
    }
  }

  private struct Settings: Decodable {
    let currentContext: String?
    init(from decoder: any Decoder) { currentContext = LenientObject(decoder).text("currentContext") }
  }

  /// Bytes of a file that are read at most.
  private static let limit = 1 << 20

  private let folder: String?

  /// Looks where the environment says; nowhere without a home.
  init(_ environment: [String: String]) {
    if let named = environment["DOCKER_CONFIG"], !named.isEmpty {
      folder = named
    } else {
      folder = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 + "/.docker" : nil }
    }
  }

  /// The context that is in use by `config.json`; nil: none, or the default one.
  var current: String? {
    let settings: Settings? = folder.flatMap { read($0 + "/config.json") }
    return settings?.currentContext.flatMap { $0.isEmpty || $0 == "default" ? nil : $0 }
  }

  /// The names of all contexts, that of every machine included.
  var names: [String] { ["default"] + all.map(\.name).filter { !$0.isEmpty && $0 != "default" }.sorted() }

  private var all: [Metadata] {
    guard let place = folder.map({ $0 + "/contexts/meta" }) else { return [] }
    // Where the folder can't be read there are no contexts.
    return ((try? FileSystem.names(in: place)) ?? []).prefix(ReadLimit.elements)
      .compactMap { read("\(place)/\($0)/meta.json") }
  }

  /// Where the engine of a context listens; throws where there is no such context, or none with a host.
  func host(of name: String, source: String) throws(EngineEndpointError) -> String {
    let shown = oneLine(name, limit: 80)
    guard let folder else {
      throw EngineEndpointError(Say.EnginesAddress.noFolder(source, shown))
    }
    let place = folder + "/contexts/meta"
    // Where the folder can't be read there is no context either, and the message says where it was looked for.
    let contexts = all
    guard let found = contexts.first(where: { $0.name == name }) else {
      let others = (["default"] + contexts.map(\.name).sorted()).map { oneLine($0, limit: 40) }.prefix(8)
      throw EngineEndpointError(
        Say.EnginesAddress.noContext(source, shown, in: oneLine(place, limit: 80), others: Array(others)))
    }
    guard !found.host.isEmpty else {
      throw EngineEndpointError(Say.EnginesAddress.namesNoEngine(source, shown))
    }
    return found.host
  }

  /// Nil where there is no such file, or it is no JSON of that kind: then it says nothing.
  private func read<Value: Decodable>(_ path: String) -> Value? {
    // Not there, or not ours to read.
    guard let bytes = try? SmallFile.readRegular(path, limit: Self.limit) else { return nil }
    // Somebody else's file, or one that is being written.
    return try? decodeJSON(Value.self, from: ByteBuffer(bytes: bytes))
  }
}
