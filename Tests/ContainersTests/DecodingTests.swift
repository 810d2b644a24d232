import Fixtures
import NIOCore
import Testing

@testable import Containers

@Suite struct DecodingTests {
  private func containers(_ json: String) throws -> [ContainerRecord] {
    try decodeRecords(ContainerRecord.self, from: ByteBuffer(string: json)).records
  }

  private func networks(_ json: String) throws -> [NetworkRecord] {
    try decodeRecords(NetworkRecord.self, from: ByteBuffer(string: json)).records
  }

  @Test func readsAContainer() throws {
    let json = """
      [{"Id":"824d3cd0","Names":["/other/alias","/test1"],"Image":"busybox","ImageID":"sha256:1","Command":"sh","Created":1,
      "Ports":[{"IP":"0.0.0.0","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},
               {"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"},{"PrivatePort":443,"Type":"tcp"}],
      "Labels":{"com.docker.compose.project":"shop","com.docker.compose.service":"web","n":3},"State":"running",
      "Status":"Up 2 hours","HostConfig":{"NetworkMode":"shop_default"},
      "NetworkSettings":{"Networks":{"shop_default":{"IPAddress":"172.18.0.2"},"back":{}}},"Mounts":[]}]
      """
    #expect(
      try containers(json) == [
        ContainerRecord(
          id: "824d3cd0", names: ["test1", "other/alias"], image: "busybox", state: "running", status: "Up 2 hours",
          composeProject: "shop", composeService: "web", ports: ["0.0.0.0:8080→80/tcp"],
          networkMode: .network("shop_default"), networks: ["back", "shop_default"])
      ])
  }

  @Test(arguments: [
    ("none", ContainerRecord.NetworkMode.none), ("host", .host), ("container:abc", .container("abc")),
    ("bridge", .network("bridge")), ("", .network("")),
  ])
  func readsTheNetworkMode(text: String, mode: ContainerRecord.NetworkMode) throws {
    let record = try containers(#"[{"Id":"1","HostConfig":{"NetworkMode":"\#(text)"}}]"#).first
    #expect(record?.networkMode == mode)
  }

  @Test func portsOfOneWildcardPairAndRunsAreJoined() throws {
    func port(_ ip: String, _ outside: Int, _ inside: Int, _ type: String = "tcp") -> String {
      #"{"IP":"\#(ip)","PrivatePort":\#(inside),"PublicPort":\#(outside),"Type":"\#(type)"}"#
    }
    let ports = [
      port("::", 8001, 81), port("::", 8000, 80), port("0.0.0.0", 8000, 80), port("0.0.0.0", 8001, 81),
      port("0.0.0.0", 8002, 82), port("127.0.0.1", 53, 53, "udp"), port("::1", 9, 9), port("", 9000, 9000),
      port("0.0.0.0", 8004, 82),
    ]
    let record = try containers("[{\"Id\":\"1\",\"Ports\":[\(ports.joined(separator: ","))]}]").first
    #expect(
      record?.ports == [
        "[::1]:9→9/tcp", "127.0.0.1:53→53/udp", "0.0.0.0:8000-8002→80-82/tcp", "0.0.0.0:8004→82/tcp",
        "0.0.0.0:9000→9000/tcp",
      ])
  }

  /// Numbers that are no ports: the record stays, the port does not, and nothing overflows.
  @Test(arguments: ["9223372036854775807", "65536", "-1", "1e3", "70000000000", "\"80\"", "null", "0.5"])
  func aNumberThatIsNoPortIsLeftOut(number: String) throws {
    let json = #"""
      [{"Id":"1","Ports":[{"IP":"0.0.0.0","PrivatePort":\#(number),"PublicPort":\#(number),"Type":"tcp"},
      {"IP":"0.0.0.0","PrivatePort":65535,"PublicPort":65535,"Type":"tcp"}]}]
      """#
    let ports = try containers(json).first?.ports
    #expect(ports?.contains("0.0.0.0:65535→65535/tcp") == true)
    #expect(ports?.count == (number == "1e3" ? 2 : 1), "\(ports ?? [])")
  }

  /// Answers with bytes changed, cut and doubled: each is read, or refused.
  @Test(arguments: [UInt64(1), 2, 3, 4]) func mutatedAnswersDoNoHarm(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let seeds = [
      #"[{"Id":"abc","Names":["/web"],"Image":"nginx","State":"running","Ports":[{"IP":"::","PrivatePort":80,"PublicPort":8080,"Type":"tcp"}],"HostConfig":{"NetworkMode":"bridge"},"Labels":{"com.docker.compose.project":"shop"}}]"#,
      #"[{"Name":"bridge","Id":"f00","Options":{"com.docker.network.bridge.name":"docker0"}}]"#,
    ].map { Array($0.utf8) }
    let words = ["9223372036854775807", "-9223372036854775808", "1e999", "null", "[[[[", "{}", "\"\\ud800\"", "true"]
      .map { Array($0.utf8) }
    for _ in 0..<3_000 {
      var bytes = seeds.randomElement(using: &random) ?? []
      for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = .random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(bytes.count, place + 5))
        case 2: bytes.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
        default: bytes = Array(bytes[..<place])
        }
      }
      let text = String(decoding: bytes, as: UTF8.self)
      _ = try? containers(text)
      _ = try? networks(text)
    }
  }

  @Test func oneOddFieldDoesNotCostTheRest() throws {
    let json = """
      [{"Id":"1","Names":"x","Image":7,"State":null,"Status":[],"Ports":{"a":1},"Labels":[],"HostConfig":"h",
        "NetworkSettings":{"Networks":[1]}},
       {"Id":"2","Names":[3,"/ok",null],"Ports":[null,1,{"PrivatePort":"80","PublicPort":80},{"PrivatePort":1,"PublicPort":2}]},
       null, 5, "text", {"Names":["/noid"]}, {"Id":9}, {"Id":"3","Names":["/three"]}]
      """
    let records = try containers(json)
    #expect(records.map(\.id) == ["1", "2", "3"])
    #expect(records[0] == ContainerRecord(id: "1"))
    #expect(records[1].names == ["ok"])
    #expect(records[1].ports == ["0.0.0.0:2→1/tcp"])
    #expect(records[0].name == "1")
    #expect(try decodeRecords(ContainerRecord.self, from: ByteBuffer(string: json)).dropped == 5)
  }

  @Test(arguments: [
    "{}", "", "[1,2]", "\"x\"", "<html>", "[{\"Id\":\"1\"", "{\"message\":\"no\"}",
    String(repeating: "[", count: 100_000),
  ])
  func somethingElseIsNotTheAPI(body: String) {
    let error = #expect(throws: EngineTrouble.self) { try containers(body) }
    #expect(error?.text.hasPrefix("answered something that is not the Docker API: ") == true)
  }

  /// More than anybody has: the first are read, and how many there are is told.
  @Test func listsNamesAndKeysHaveBounds() throws {
    let count = ReadLimit.records + 7
    let many = "[" + (0..<count).map { "{\"Id\":\"\($0)\"}" }.joined(separator: ",") + "]"
    let answer = try decodeRecords(ContainerRecord.self, from: ByteBuffer(string: many))
    #expect(answer.records.count == ReadLimit.records && answer.surplus == 7 && answer.dropped == 0)
    let long = String(repeating: "n", count: 1_000_000)
    let ports = (0..<5_000).map { "{\"PrivatePort\":80,\"PublicPort\":\($0 * 2 + 1),\"Type\":\"\($0)\"}" }.joined(
      separator: ",")
    let keys = (0..<5_000).map { "\"net\($0)\":{}" }.joined(separator: ",")
    let record = try containers(
      "[{\"Id\":\"1\",\"Names\":[\"/\(long)\"],\"Image\":\"\(long)\",\"Ports\":[\(ports)],\"NetworkSettings\":{\"Networks\":{\(keys)}}}]"
    )
    #expect(record.first?.image.count == ReadLimit.text)
    #expect((record.first?.name.count ?? 0) <= ReadLimit.text)
    #expect(record.first?.ports.count == ReadLimit.elements && record.first?.networks.count == ReadLimit.elements)
  }

  @Test(arguments: ["null", "[]", " [ ] \n"])
  func nothingIsAList(body: String) throws {
    #expect(try containers(body).isEmpty)
  }

  @Test func badUTF8IsRepaired() throws {
    var bytes = ByteBuffer(string: #"[{"Id":"1","Names":["/a"#)
    bytes.writeBytes([0xFF, 0xC3])
    bytes.writeString(#""]},{"Id":"2","Names":["/订单\u001b"]}]"#)
    let records = try decodeRecords(ContainerRecord.self, from: bytes).records
    #expect(records.map(\.name) == ["a\u{FFFD}\u{FFFD}", "订单\u{1B}"])
  }

  @Test func networksKnowTheirBridges() throws {
    let json = """
      [{"Name":"bridge","Id":"b1","Driver":"bridge","Options":{"com.docker.network.bridge.name":"docker0"}},
       {"Name":"front","Id":"0123456789abcdef","Driver":"bridge","Options":null},{"Name":"host","Id":"h","Driver":"host"},
       {"name":"podman","id":"p","driver":"bridge","network_interface":"podman0","options":{}},
       {"Name":"mv","Id":"m","Driver":"macvlan","Options":{"parent":"eth0"}},{"Name":"x"}]
      """
    var records = try networks(json)
    #expect(records.map(\.bridge) == ["docker0", nil, nil, "podman0", nil])
    for index in records.indices { records[index].assumeDockerBridge() }
    #expect(records.map(\.bridge) == ["docker0", "br-0123456789ab", nil, "podman0", nil])
    #expect(records.map(\.name) == ["bridge", "front", "host", "podman", "mv"])
    #expect(records.map(\.parent) == [nil, nil, nil, nil, "eth0"])
  }
}
