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
    #expect(try EngineEndpoint.find(option: "/option.sock", environment: environment).map(\.path) == ["/option.sock"])
    #expect(try EngineEndpoint.find(option: nil, environment: environment).map(\.path) == ["/env.sock"])
    #expect(try EngineEndpoint.find(option: nil, environment: ["DOCKER_HOST": ""]).allSatisfy { !$0.isExplicit })
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
      try EngineEndpoint.find(option: "tcp://x", environment: [:])
    }
    #expect(option?.description.hasPrefix("--docker-host: tcp://x") == true)
    let variable = #expect(throws: EngineEndpointError.self) {
      try EngineEndpoint.find(option: nil, environment: ["DOCKER_HOST": "ssh://x"])
    }
    #expect(variable?.description.hasPrefix("DOCKER_HOST: ssh://x") == true)
  }

  @Test func linesAreOneLineAndBounded() {
    #expect(oneLine("a\nb\u{1B}[0m\u{9B}\u{202E}") == #"a\x0ab\x1b[0m\xc2\x9b\xe2\x80\xae"#)
    #expect(oneLine(String(repeating: "字", count: 300)).unicodeScalars.count == 200)
    #expect(oneLine("") == "")
  }
}
