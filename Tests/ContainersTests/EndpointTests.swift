import Glibc
import Testing

@testable import Containers

@Suite struct EndpointTests {
  @Test(arguments: [
    ("unix:///run/x.sock", "/run/x.sock"), ("UNIX:///run/x.sock", "/run/x.sock"), ("/run/x.sock", "/run/x.sock"),
    ("unix:///run/支付.sock", "/run/支付.sock"), ("unix:///a b.sock", "/a b.sock"),
  ])
  func accepts(uri: String, path: String) throws {
    let endpoint = try EngineEndpoint(uri: uri)
    #expect(endpoint.path == path)
    #expect(endpoint.isExplicit)
  }

  @Test(arguments: [
    ("tcp://10.0.0.1:2375", "only an engine on this host"), ("http://x", "only an engine on this host"),
    ("ssh://root@x", "run netns-top on that host"), ("npipe:////./pipe/docker", "only Unix sockets"),
    ("fd://3", "only Unix sockets"), ("docker.sock", "not an absolute path"), ("", "not an absolute path"),
    ("unix://docker.sock", "not an absolute path"), ("unix://", "not an absolute path"), ("/", "not an absolute path"),
    ("unix:///a\0b", "not a path"), ("tcp://\u{1B}[31m\n", "\\x1b[31m\\x0a"),
    ("unix:///" + String(repeating: "x", count: 107), "108 bytes, but the kernel takes 107"),
  ])
  func refuses(uri: String, hint: String) {
    let error = #expect(throws: EngineEndpointError.self) { try EngineEndpoint(uri: uri) }
    let text = error?.description ?? ""
    #expect(text.contains(hint), "\(text)")
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test func theLongestPathFits() throws {
    let path = "/" + String(repeating: "x", count: 106)
    #expect(try EngineEndpoint(uri: path).path == path)
  }

  @Test func optionBeatsEnvironmentBeatsUsualPlaces() throws {
    let environment = ["DOCKER_HOST": "unix:///env.sock", "XDG_RUNTIME_DIR": "/run/user/7"]
    #expect(
      try EngineEndpoint.find(EngineChoice(host: "/option.sock"), environment: environment).map(\.path) == [
        "/option.sock"
      ])
    #expect(try EngineEndpoint.find(EngineChoice(), environment: environment).map(\.path) == ["/env.sock"])
    #expect(try EngineEndpoint.find(EngineChoice(), environment: ["DOCKER_HOST": ""]).allSatisfy { !$0.isExplicit })
  }

  /// Docker's and Podman's sockets, with root and of two users; one by two paths, and a plain file in a socket's place.
  @Test func everyEngineThatIsThereIsFoundOnce() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    for path in [
      "/run/docker.sock", "/run/podman/podman.sock", "/run/user/1000/podman/podman.sock", "/run/user/7/docker.sock",
    ] { try root.listen(path) }
    try root.link("/var/run/docker.sock", to: "/run/docker.sock")
    try root.write("/run/user/1000/docker.sock")
    func found(_ environment: [String: String]) -> [String] {
      EngineEndpoint.usual(environment, root: root.path).map { String($0.path.dropFirst(root.path.count)) }
    }
    #expect(
      found([:]) == [
        "/var/run/docker.sock", "/run/podman/podman.sock", "/run/user/1000/podman/podman.sock",
        "/run/user/7/docker.sock",
      ])
    #expect(found(["XDG_RUNTIME_DIR": "/run/user/7"])[2] == "/run/user/7/docker.sock")
    #expect(found(["XDG_RUNTIME_DIR": "relative"]).count == 4)
    #expect(EngineEndpoint.usual([:], root: root.path + "/nowhere").isEmpty)
  }

  /// A user's socket must be his: no link to somebody else's, and nobody else's in his folder.
  @Test(.enabled(if: geteuid() == 0, "only root can make sockets of users")) func aUsersEngineIsTheUsers() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    for path in ["/run/docker.sock", "/run/user/1000/docker.sock", "/run/user/1001/docker.sock"] {
      try root.listen(path)
    }
    try root.link("/run/user/1002/docker.sock", to: "/run/docker.sock")
    try root.link("/run/user/1003/podman", to: "/run/user/1001")
    try root.listen("/run/user/1001/podman.sock")
    for (path, owner) in [
      ("/run/user/1000", 1000), ("/run/user/1000/docker.sock", 1000), ("/run/user/1001", 1001),
      ("/run/user/1002", 1002),
      ("/run/user/1003", 1003),
    ] as [(String, UInt32)] { #expect(unsafe chown(root.path + path, owner, owner) == 0) }
    let found = EngineEndpoint.usual([:], root: root.path)
    #expect(
      found.map { String($0.path.dropFirst(root.path.count)) } == ["/run/docker.sock", "/run/user/1000/docker.sock"])
    #expect(found.map(\.owner) == [nil, 1000])
    #expect(try EngineEndpoint(uri: root.path + "/run/user/1000/docker.sock").owner == 1000)
  }

  @Test func errorsNameTheirSource() {
    let option = #expect(throws: EngineEndpointError.self) {
      try EngineEndpoint.find(EngineChoice(host: "tcp://x"), environment: [:])
    }
    #expect(option?.description.hasPrefix("--docker-host: tcp://x") == true)
    let variable = #expect(throws: EngineEndpointError.self) {
      try EngineEndpoint.find(EngineChoice(), environment: ["DOCKER_HOST": "ssh://x"])
    }
    #expect(variable?.description.hasPrefix("DOCKER_HOST: ssh://x") == true)
  }

  @Test func linesAreOneLineAndBounded() {
    #expect(oneLine("a\nb\u{1B}[0m\u{9B}\u{202E}") == #"a\x0ab\x1b[0m\xc2\x9b\xe2\x80\xae"#)
    #expect(oneLine(String(repeating: "字", count: 300)).unicodeScalars.count == 200)
    #expect(oneLine("") == "")
  }

  // MARK: Contexts

  /// A folder as Docker's command line leaves it: two contexts on this machine, one on another.
  private func contexts(_ root: FakeRoot, current: String? = nil) throws -> [String: String] {
    for (hash, name, host) in [
      ("1f", "rootless", "unix://" + root.path + "/run/own.sock"), ("2e", "far", "ssh://root@10.0.0.1"),
      ("3d", "cloud", "tcp://10.0.0.1:2376"),
    ] {
      try root.write(
        "/docker/contexts/meta/\(hash)/meta.json",
        #"{"Name":"\#(name)","Metadata":{},"Endpoints":{"docker":{"Host":"\#(host)","SkipTLSVerify":false}}}"#)
    }
    try root.write("/docker/config.json", current.map { #"{"currentContext":"\#($0)"}"# } ?? "{}")
    return ["DOCKER_CONFIG": root.path + "/docker"]
  }

  @Test func aContextIsAnEngine() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    try root.listen("/run/own.sock")
    let environment = try contexts(root)
    let own = [root.path + "/run/own.sock"]
    #expect(try EngineEndpoint.find(EngineChoice(context: "rootless"), environment: environment).map(\.path) == own)
    let named = environment.merging(["DOCKER_CONTEXT": "rootless"]) { $1 }
    #expect(try EngineEndpoint.find(EngineChoice(), environment: named).map(\.path) == own)
    // As docker(1) has it: DOCKER_HOST comes before DOCKER_CONTEXT, and --context before both.
    let both = named.merging(["DOCKER_HOST": "/host.sock"]) { $1 }
    #expect(try EngineEndpoint.find(EngineChoice(), environment: both).map(\.path) == ["/host.sock"])
    #expect(try EngineEndpoint.find(EngineChoice(context: "rootless"), environment: both).map(\.path) == own)
    #expect(try EngineEndpoint.find(EngineChoice(context: "default"), environment: both).allSatisfy { !$0.isExplicit })
    #expect(EngineChoice.contexts(environment) == ["default", "cloud", "far", "rootless"])
    #expect(EngineChoice.contexts(["DOCKER_CONFIG": root.path + "/none"]) == ["default"])
    // The home has it where nobody says otherwise; the current one comes before the usual places.
    let inUse = try contexts(root, current: "rootless")
    try root.link("/.docker", to: "/docker")
    for environment in [inUse, ["HOME": root.path]] {
      #expect(try EngineEndpoint.find(EngineChoice(), environment: environment).first?.path == own[0])
    }
  }

  @Test func whatIsWrongWithAContextIsSaid() throws {
    let root = try FakeRoot()
    defer { root.remove() }
    let environment = try contexts(root, current: "far")
    func error(_ name: String) -> String {
      do {
        _ = try EngineEndpoint.find(EngineChoice(context: name), environment: environment)
        return ""
      } catch { return error.description }
    }
    #expect(
      error("far").contains("--context far: ssh://root@10.0.0.1: other hosts are not supported; run netns-top on that"))
    #expect(error("cloud").contains("only an engine on this host can be read"))
    #expect(error("none").contains("no Docker context is called none in \(root.path)/docker/contexts/meta"))
    #expect(error("none").contains("there are: default, cloud, far, rootless"))
    // One that is only in use keeps nobody from looking at this machine, and is told where a name leads nowhere.
    #expect(try EngineEndpoint.find(EngineChoice(), environment: environment).allSatisfy { !$0.isExplicit })
    #expect(
      EngineEndpoint.absence(EngineChoice(), environment: environment)?.hasPrefix(
        "the current Docker context far: ssh://")
        == true)
  }

  @Test func aMessageSaysWhoNamedTheSocket() async throws {
    let endpoint = try #require(
      EngineEndpoint.find(EngineChoice(), environment: ["DOCKER_HOST": "unix:///run/nt-none.sock"]).first)
    let report = EngineQuery(endpoint: endpoint, timeoutMilliseconds: 1_000).answer(1_000)
    #expect(
      report.trouble
        == "/run/nt-none.sock (DOCKER_HOST) does not exist; start the engine, or name its socket with --docker-host")
  }
}
