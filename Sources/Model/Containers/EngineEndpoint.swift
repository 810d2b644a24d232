internal import Glibc
internal import Labels
internal import Topology

/// Where a container engine listens: a Unix socket, or the usual places to look for one.
public struct EngineEndpoint: Hashable, Sendable {
  /// The sockets to try, absolute paths, best first; never empty.
  public let candidates: [String]
  /// Whether the user named it: then its absence is worth a word.
  public let isExplicit: Bool
  /// Who named it: `DOCKER_HOST`; empty where nobody did.
  public let source: String
  /// The uid of whose engine it is: a user's is believed about that user's containers only. Nil: root's, or that of
  /// whoever runs this program.
  public let owner: UInt32?

  /// Takes `unix:///path` or an absolute path; throws an `EngineEndpointError` that says what to write instead.
  public init(uri: String) throws(EngineEndpointError) {
    try self.init(explicit: uri, source: Say.EnginesAddress.engine)
  }

  init(usual candidates: [String], owner: UInt32? = nil) {
    self.candidates = candidates
    self.owner = owner
    source = ""
    isExplicit = false
  }

  /// The engines to ask: the one that the user chose, else the one of `DOCKER_HOST`, else that of the context of
  /// `DOCKER_CONTEXT`; else that of Docker's current context where it is on this machine, and every usual socket of an
  /// `Engine` that exists now, those with root first, then those of all users (as far as we may see them).
  ///
  /// Throws `EngineEndpointError` for what is not a Unix socket, and for a context that there is none of.
  public static func find(_ choice: EngineChoice, environment: [String: String]) throws(EngineEndpointError)
    -> [EngineEndpoint]
  {
    let contexts = DockerContexts(environment)
    if let host = choice.host { return [try EngineEndpoint(explicit: host, source: choice.source)] }
    if let name = choice.context { return try ofContext(name, "--context", contexts) ?? usual(environment, root: "") }
    if let host = environment["DOCKER_HOST"], !host.isEmpty {
      return [try EngineEndpoint(explicit: host, source: "DOCKER_HOST")]
    }
    if let name = environment["DOCKER_CONTEXT"], !name.isEmpty {
      return try ofContext(name, "DOCKER_CONTEXT", contexts) ?? usual(environment, root: "")
    }
    let usual = usual(environment, root: "")
    // Nobody asked for this one here and now: where it is on another machine, this machine is looked at all the same.
    guard let name = contexts.current,
      // A context that can't be read leaves the usual sockets.
      let own = try? ofContext(name, Say.EnginesAddress.currentContext, contexts)?.first,
      !usual.contains(where: { FileSystem.socket($0.path)?.identity == FileSystem.socket(own.path)?.identity }),
      FileSystem.socket(own.path) != nil
    else { return usual }
    return [own] + usual
  }

  /// The engine of a context; nil: the default one, which has no socket of its own.
  private static func ofContext(
    _ name: String, _ source: String, _ contexts: DockerContexts
  ) throws(EngineEndpointError) -> [EngineEndpoint]? {
    if name == "default" { return nil }
    let host = try contexts.host(of: name, source: source)
    return [try EngineEndpoint(explicit: host, source: "\(source) \(oneLine(name, limit: 40))")]
  }

  /// What keeps names from being known though nobody complains of it: nil where an engine is asked.
  public static func absence(_ choice: EngineChoice, environment: [String: String]) -> String? {
    // What can't be used is complained of elsewhere.
    guard let found = try? find(choice, environment: environment) else { return nil }
    let contexts = DockerContexts(environment)
    if choice.host == nil, choice.context == nil, (environment["DOCKER_HOST"] ?? "").isEmpty,
      (environment["DOCKER_CONTEXT"] ?? "").isEmpty, let name = contexts.current
    {
      do {
        _ = try ofContext(name, Say.EnginesAddress.currentContext, contexts)
      } catch { return error.description }
    }
    guard found.allSatisfy({ !$0.isExplicit && $0.existing == nil }) else { return nil }
    return Say.EnginesAddress.nobodyListens
  }

  /// The usual sockets below `root`; of several paths to one socket the first. What lies in a user's folder must be a
  /// socket of that user's, and no link to somebody else's.
  static func usual(_ environment: [String: String], root: String) -> [EngineEndpoint] {
    // Without /run/user (no logind), or where it may not be read, there are no users' sockets that we could offer.
    let users = ((try? FileSystem.names(in: root + "/run/user")) ?? []).sorted().map { "/run/user/" + $0 }
    let own = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? [$0] : nil } ?? []
    var seen: Set<FileSystem.Identity> = []
    var found: [EngineEndpoint] = []
    func add(_ path: String, _ socket: FileSystem.Socket?, owner: UInt32?) {
      guard path.utf8.count <= longestPath, let socket, seen.insert(socket.identity).inserted else { return }
      found.append(EngineEndpoint(usual: [path], owner: trusted(owner)))
    }
    for path in Engine.all.flatMap(\.sockets).map({ root + $0 }) { add(path, FileSystem.socket(path), owner: nil) }
    for folder in own + users {
      guard let owner = FileSystem.owner(ofFolder: root + folder) else { continue }
      for path in Engine.all.map({ root + folder + "/" + $0.userSocket }) {
        guard let socket = FileSystem.socket(path, followsLink: false), socket.owner == owner else { continue }
        add(path, socket, owner: owner)
      }
    }
    return found
  }

  /// Nil for root and for ourselves: they have no reason to lie to us.
  private static func trusted(_ owner: UInt32?) -> UInt32? { owner == 0 || owner == geteuid() ? nil : owner }

  private init(explicit uri: String, source: String) throws(EngineEndpointError) {
    let path = try Self.socketPath(uri, source: source)
    self.source = source
    candidates = [path]
    isExplicit = true
    owner = Self.trusted(FileSystem.socket(path)?.owner)
  }

  /// Its path, for messages: with who named it, unless that is seen on the command line anyway.
  var place: String {
    source.isEmpty || source == "--docker-host" || source == Say.EnginesAddress.engine ? path : "\(path) (\(source))"
  }

  /// The first candidate that is a socket, else the first.
  public var path: String { existing ?? candidates.first ?? "" }

  /// The first candidate that is a socket now; nil where none is.
  var existing: String? {
    candidates.first { FileSystem.socket($0) != nil }
  }

  /// `sun_path` of unix(7) holds 108 bytes, the terminating zero among them.
  static let longestPath = 107

  private static func socketPath(_ uri: String, source: String) throws(EngineEndpointError) -> String {
    let shown = oneLine(uri, limit: 80)
    var path = uri
    if let colon = uri.firstRange(of: "://") {
      let scheme = uri[..<colon.lowerBound].lowercased()
      switch scheme {
      case "unix": path = String(uri[colon.upperBound...])
      case "ssh":
        throw EngineEndpointError(Say.EnginesAddress.otherHost(source, shown))
      case "tcp", "http", "https":
        throw EngineEndpointError(Say.EnginesAddress.overTCP(source, shown))
      default: throw EngineEndpointError(Say.EnginesAddress.notUnix(source, shown))
      }
    }
    guard path.hasPrefix("/"), path != "/" else {
      throw EngineEndpointError(Say.EnginesAddress.notAbsolute(source, shown))
    }
    guard !path.utf8.contains(0) else { throw EngineEndpointError(Say.EnginesAddress.notPath(source, shown)) }
    guard path.utf8.count <= longestPath else {
      throw EngineEndpointError(
        Say.EnginesAddress.pathTooLong(source, bytes: path.utf8.count, limit: longestPath))
    }
    return path
  }
}

/// Why an engine's address can't be used: one line that says what to write instead.
public struct EngineEndpointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line.
  public let description: String

  init(_ description: String) { self.description = description }
}
