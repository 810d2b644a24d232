internal import Glibc

/// Where a container engine listens: a Unix socket, or the usual places to look for one.
public struct Endpoint: Hashable, Sendable {
  /// The sockets to try, absolute paths, best first; never empty.
  public let candidates: [String]
  /// Whether the user named it: then its absence is worth a word.
  public let isExplicit: Bool

  /// Takes `unix:///path` or an absolute path; throws an `EndpointError` that says what to write instead.
  public init(uri: String) throws(EndpointError) {
    candidates = [try Self.socketPath(uri, source: "container engine")]
    isExplicit = true
  }

  init(usual candidates: [String]) {
    self.candidates = candidates
    isExplicit = false
  }

  /// The engine to ask: the value of `--docker-host`, else `DOCKER_HOST`, else the usual sockets of Docker and Podman,
  /// with root and without.
  ///
  /// Throws `EndpointError` for what is not a Unix socket.
  public static func find(option: String?, environment: [String: String]) throws(EndpointError) -> Endpoint {
    if let option { return try Endpoint(explicit: option, source: "--docker-host") }
    if let host = environment["DOCKER_HOST"], !host.isEmpty {
      return try Endpoint(explicit: host, source: "DOCKER_HOST")
    }
    return Endpoint(usual: usualPaths(environment))
  }

  private init(explicit uri: String, source: String) throws(EndpointError) {
    candidates = [try Self.socketPath(uri, source: source)]
    isExplicit = true
  }

  /// The first candidate that is a socket, else the first.
  public var path: String { existing ?? candidates.first ?? "" }

  /// The first candidate that is a socket now; nil where none is.
  var existing: String? {
    candidates.first { candidate in
      var status = stat()
      return unsafe stat(candidate, &status) == 0 && status.st_mode & S_IFMT == S_IFSOCK
    }
  }

  private static func usualPaths(_ environment: [String: String]) -> [String] {
    let runtime = environment["XDG_RUNTIME_DIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    let paths = [
      "/var/run/docker.sock", "/run/docker.sock", runtime.map { $0 + "/docker.sock" }, "/run/podman/podman.sock",
      runtime.map { $0 + "/podman/podman.sock" },
    ]
    return paths.compactMap(\.self).filter { $0.utf8.count <= longestPath }
  }

  /// `sun_path` of unix(7) holds 108 bytes, the terminating zero among them.
  static let longestPath = 107

  private static func socketPath(_ uri: String, source: String) throws(EndpointError) -> String {
    let shown = oneLine(uri, limit: 80)
    let remedy = "give the path of its Unix socket, such as unix:///var/run/docker.sock"
    var path = uri
    if let colon = uri.firstRange(of: "://") {
      let scheme = uri[..<colon.lowerBound].lowercased()
      switch scheme {
      case "unix": path = String(uri[colon.upperBound...])
      case "ssh":
        throw EndpointError("\(source): \(shown): other hosts are not supported; run netns-top on that host instead")
      case "tcp", "http", "https":
        throw EndpointError(
          "\(source): \(shown): only an engine on this host can be read; \(remedy), or run netns-top on that host")
      default: throw EndpointError("\(source): \(shown): only Unix sockets are supported; \(remedy)")
      }
    }
    guard path.hasPrefix("/"), path != "/" else {
      throw EndpointError("\(source): \(shown): not an absolute path; \(remedy)")
    }
    guard !path.utf8.contains(0) else { throw EndpointError("\(source): \(shown): not a path; \(remedy)") }
    guard path.utf8.count <= longestPath else {
      throw EndpointError(
        "\(source): the socket's path has \(path.utf8.count) bytes, but the kernel takes \(longestPath); "
          + "use a shorter one, for example through a symbolic link")
    }
    return path
  }
}

/// Why an engine's address can't be used: one line that says what to write instead.
public struct EndpointError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line.
  public let description: String

  init(_ description: String) { self.description = description }
}
