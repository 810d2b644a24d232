import Foundation
import Testing
import Topology

@testable import Containers

/// What engines leave in files, as Podman 4.3.1, `ctr` 1.6.20 and CNI's plugins 1.1.1 wrote it (the database is cut behind its
/// last page, the bundles' `config.json` to what is read of them), and what others write, by hand from their documentation.
@Suite struct FileDecodingTests {
  static func recording(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings")
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  private func database(_ bytes: [UInt8]) -> LibpodDatabase? {
    var cache = DecodedOnce<LibpodContainer>()
    return BoltFile(bytes).map { LibpodDatabase($0, &cache) }
  }

  private func bundle(_ text: String) throws -> BundleSpecification {
    try #require(decodeJSON(BundleSpecification.self, bytes: Array(text.utf8)))
  }

  @Test func podmansDatabaseHasEverything() throws {
    let found = try #require(database(try Self.recording("podman-4.3-bolt_state.db")))
    let byName = Dictionary(uniqueKeysWithValues: found.entries.map { ($0.container.name, $0) })
    #expect(byName.keys.sorted() == ["alone", "b1e373d66390-infra", "db", "onhost", "p1"])
    let db = try #require(byName["db"])
    #expect(db.container.id == "92968fb85f9456f2db996becb0ebafb154465b42168f64af4439ff9c0127cddc")
    #expect(db.container.image == "localhost/bb:latest")
    #expect(db.container.composeProject == "shop" && db.container.composeService == "db")
    #expect(PublishedPort.texts(db.container.ports) == ["0.0.0.0:8080-8082→80-82/tcp"])
    #expect(db.networks == ["front": ["92968fb85f94"]] && db.container.networkMode(["front"]) == .network("front"))
    #expect(db.state?.state == "running" && (db.state?.pid ?? 0) > 1)
    #expect(byName["onhost"]?.container.networkMode([]) == .host)
    #expect(byName["alone"]?.container.networkMode([]) == ContainerRecord.NetworkMode.none)
    #expect(byName["alone"]?.state?.state == "created" && byName["alone"]?.state?.pid == nil)
    let infra = try #require(byName["b1e373d66390-infra"]).container
    #expect(byName["p1"]?.container.networkMode([]) == .container(infra.id))
    #expect(infra.pod == byName["p1"]?.container.pod)
    #expect(infra.pod.flatMap { found.pods[$0] } == LibpodPod(name: "web-pod", infraContainer: infra.id))
  }

  /// Whatever a user puts in its place: nothing is read beyond the bytes, and nothing goes round in circles.
  @Test func aBrokenDatabaseIsReadAsFarAsItGoes() throws {
    let whole = try Self.recording("podman-4.3-bolt_state.db")
    for length in [0, 1, 15, 16, 80, 4095, 4096, 8191, 8192, 20_000, 90_000] {
      _ = database(Array(whole.prefix(length)))
    }
    var random = SystemRandomNumberGenerator()
    let heads = (0..<whole.count / 4096).flatMap { page in (0..<64).map { page * 4096 + $0 } }
    for _ in 0..<150 {
      var bytes = whole
      for _ in 0..<8 { bytes[heads.randomElement(using: &random) ?? 0] = UInt8.random(in: 0...255, using: &random) }
      _ = database(bytes)
    }
    // A branch that leads to itself.
    var circle = whole
    let meta = whole[16 + 48] > whole[4096 + 16 + 48] ? 0 : 4096
    let root = Int(whole[meta + 32]) + Int(whole[meta + 33]) << 8
    let page = root * 4096
    circle.replaceSubrange(page + 8..<page + 12, with: [1, 0, 255, 255])
    for element in 0..<255 {
      let place = page + 16 + element * 16 + 8
      circle.replaceSubrange(place..<place + 8, with: [UInt8(root & 0xFF), UInt8(root >> 8), 0, 0, 0, 0, 0, 0])
    }
    #expect(try #require(database(circle)).entries.isEmpty)
    #expect(database(Array("SQLite format 3\0".utf8)) == nil)
    // A bucket may be part of any number of others, a value be under any number of keys: there is an end to both.
    let file = try #require(BoltFile(whole))
    var (readings, values) = (0, 0)
    while !file.entries(of: file.root).isEmpty { readings += 1 }
    while file.value(0..<whole.count) != nil { values += 1 }
    #expect(readings > 1000 && readings <= ReadLimit.entries && values == 2)
  }

  /// Podman 5's database: made by SQLite 3.40 with the tables of `libpod/sqlite_state_internal.go`, 40 containers, of which the
  /// configuration of one fills several pages.
  @Test func podmansNewerDatabaseHasTheSame() throws {
    let whole = try Self.recording("podman-5-db.sql")
    func database(_ bytes: [UInt8]) -> LibpodDatabase? {
      var cache = DecodedOnce<LibpodContainer>()
      return SQLiteFile(bytes).map { LibpodDatabase($0, &cache) }
    }
    let found = try #require(database(whole))
    #expect(found.entries.count == 40 && Set(found.entries.map(\.container.name)).count == 40)
    let web = try #require(found.entries.first { $0.container.name == "c7" })
    #expect(web.networks == ["front": ["web", "www"]] && web.state?.state == "running" && web.state?.pid == 107)
    #expect(web.container.image.hasPrefix("localhost/") && web.container.image.utf8.count == ReadLimit.text)
    #expect(PublishedPort.texts(web.container.ports) == ["0.0.0.0:8080→80/tcp"])
    #expect(found.pods["p"] == LibpodPod(name: "web-pod", infraContainer: found.entries[0].container.id))
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      var bytes = whole
      for _ in 0..<12 {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      _ = database(Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random))))
      _ = database(bytes)
    }
  }

  @Test func theStoragesListNamesContainers() throws {
    let bytes = try Self.recording("podman-4.3-containers.json")
    let records = try #require(decodeJSON(LenientList<StorageRecord>.self, bytes: bytes)).elements
    #expect(records.map(\.name).sorted() == ["alone", "b1e373d66390-infra", "db", "onhost", "p1"])
    #expect(Set(records.map(\.image)) == ["localhost/bb:latest", "localhost/podman-pause:4.3.1-0"])
    // What would lead elsewhere as part of a path is no id.
    let hostile = #"[{"id":"../../etc"},{"id":".x"},{"id":""},{"id":"a/b"},{"id":7},{"id":"good","names":null}]"#
    #expect(decodeJSON(LenientList<StorageRecord>.self, bytes: hostile.utf8)?.elements.map(\.id) == ["good"])
  }

  @Test func podmansBundlesSayWhoSharesANetwork() throws {
    func record(_ name: String) throws -> BundleSpecification {
      try bundle(String(decoding: try Self.recording("podman-4.3-config-\(name).json"), as: UTF8.self))
    }
    #expect(try record("db").networkMode == .network(""))
    #expect(try record("onhost").networkMode == .host)
    #expect(try record("p1").networkMode == .container(""))
    let pod = "b1e373d6639066d76fc3f055670f895c90a48892d928d167887176ac33a66c85"
    #expect(try record("infra").podmanPod == pod && record("p1").podmanPod == pod)
    #expect(try record("infra").hostname == "web-pod" && record("db").podmanPod == nil)
    #expect(try !record("p1").isOfCRIO)
  }

  @Test func ctrsContainersAreCalledByTheirID() throws {
    let text = String(decoding: try Self.recording("ctr-1.6-config.json"), as: UTF8.self)
    let record = try bundle(text).record(id: "plain")
    #expect(record.names == ["plain"] && record.networkMode == ContainerRecord.NetworkMode.none)
    #expect(try bundle("{}").record(id: String(repeating: "a", count: 64)).name == "aaaaaaaaaaaa")
  }

  /// Annotations of containerd's CRI: `pkg/cri/annotations/annotations.go`, as kubeadm's and k3s's nodes have them.
  @Test func kubernetesPodsAreCalledByTheirName() throws {
    let sandbox = try bundle(
      """
      {"hostname":"web-7d9f","annotations":{"io.kubernetes.cri.container-type":"sandbox",
       "io.kubernetes.cri.sandbox-id":"s","io.kubernetes.cri.sandbox-name":"web-7d9f",
       "io.kubernetes.cri.sandbox-namespace":"prod","io.kubernetes.cri.sandbox-uid":"u"},
       "linux":{"namespaces":[{"type":"network","path":"/var/run/netns/cni-1"}]}}
      """
    ).record(id: String(repeating: "1", count: 64))
    #expect(sandbox.pod == Pod(name: "web-7d9f", group: "prod", isInfra: true) && sandbox.name == "web-7d9f")
    let app = try bundle(
      """
      {"annotations":{"io.kubernetes.cri.container-name":"nginx","io.kubernetes.cri.container-type":"container",
       "io.kubernetes.cri.image-name":"docker.io/library/nginx:1.25","io.kubernetes.cri.sandbox-id":"s",
       "io.kubernetes.cri.sandbox-name":"web-7d9f","io.kubernetes.cri.sandbox-namespace":"prod"},
       "linux":{"namespaces":[{"type":"network","path":"/proc/4711/ns/net"}]}}
      """
    ).record(id: String(repeating: "2", count: 64))
    #expect(app.name == "nginx" && app.pod == Pod(name: "web-7d9f", group: "prod"))
    #expect(app.image == "docker.io/library/nginx:1.25" && app.networkMode == .container(""))
    // hostNetwork: true
    #expect(try bundle(#"{"linux":{"namespaces":[{"type":"pid"}]}}"#).networkMode == .host)
  }

  /// A few bytes can name billions of ports.
  @Test func portsWithoutEndAreCut() throws {
    let range = #"{"container_port":1,"host_port":1,"range":65535,"protocol":"tcp,udp,sctp"}"#
    let text = #"{"id":"a","newPortMappings":[\#(Array(repeating: range, count: 1000).joined(separator: ","))]}"#
    let container = try #require(decodeJSON(LibpodContainer.self, bytes: text.utf8))
    #expect(container.ports.count == ReadLimit.elements)
  }

  /// Annotations of CRI-O: `pkg/annotations/annotations.go`, `internal/lib/sandbox`.
  @Test func criosPodsAreCalledByTheirName() throws {
    let record = try bundle(
      """
      {"annotations":{"io.kubernetes.cri-o.ContainerType":"container","io.kubernetes.container.name":"db",
       "io.kubernetes.cri-o.ContainerName":"k8s_db_db-0_prod_u_0","io.kubernetes.cri-o.ImageName":"quay.io/db:2",
       "io.kubernetes.pod.name":"db-0","io.kubernetes.pod.namespace":"prod"}}
      """)
    #expect(record.isOfCRIO)
    let found = record.record(id: "x", isCRIO: true)
    #expect(found.name == "db" && found.pod == Pod(name: "db-0", group: "prod") && found.image == "quay.io/db:2")
    // CRI-O hands on what a pod's author writes: containerd's words say nothing there.
    let liar = try bundle(
      """
      {"annotations":{"io.kubernetes.cri-o.ContainerType":"container","io.kubernetes.container.name":"db",
       "io.kubernetes.pod.name":"db-0","io.kubernetes.pod.namespace":"prod",
       "io.kubernetes.cri.sandbox-name":"coredns","io.kubernetes.cri.container-name":"coredns"}}
      """
    ).record(id: "x", isCRIO: true)
    #expect(liar.name == "db" && liar.pod == Pod(name: "db-0", group: "prod"))
  }

  /// nerdctl's labels are annotations of its bundles, too: `pkg/labels/labels.go`.
  @Test func nerdctlsNamesAreKnown() throws {
    let record = try bundle(
      #"""
      {"annotations":{"nerdctl/name":"shop-db-1","nerdctl/namespace":"default","nerdctl/networks":"[\"shop_back\"]",
       "com.docker.compose.project":"shop","com.docker.compose.service":"db",
       "nerdctl/ports":"[{\"HostPort\":5432,\"ContainerPort\":5432,\"Protocol\":\"tcp\",\"HostIP\":\"127.0.0.1\"},{}]"},
       "linux":{"namespaces":[{"type":"network","path":""}]}}
      """#
    ).record(id: String(repeating: "c", count: 64))
    #expect(record.name == "shop-db-1" && record.networks == ["shop_back"] && record.composeService == "db")
    #expect(record.ports == ["127.0.0.1:5432→5432/tcp"])
  }

  @Test func cniSaysWhichBridgeANetworkHas() throws {
    let result = try #require(decodeJSON(CNIResult.self, bytes: try Self.recording("cni-1.1-result.json")))
    #expect(result.container == "default-cn1" && result.network == "ctrnet")
    #expect(result.record.bridge == "cni7" && result.record.name == "ctrnet" && !result.record.isMasqueraded)
    // Without a configuration that can be read the result alone has to tell.
    let bare =
      #"{"networkName":"n","containerId":"c","config":"!","result":{"interfaces":[{"name":"br7"},{"name":"veth1"},{"name":"eth0","sandbox":"/x"}]}}"#
    #expect(decodeJSON(CNIResult.self, bytes: bare.utf8)?.record.bridge == "br7")
    #expect(decodeJSON(CNIResult.self, bytes: #"{"networkName":"n"}"#.utf8) == nil)
    let flannel = #"{"name":"cbr0","plugins":[{"type":"flannel","delegate":{"hairpinMode":true}},{"type":"portmap"}]}"#
    let network = try #require(decodeJSON(CNINetwork.self, bytes: flannel.utf8))
    #expect(network.record(named: network.name).bridge == "cni0")
    let macvlan = #"{"name":"lan","plugins":[{"type":"macvlan","master":"eno1"}]}"#
    #expect(decodeJSON(CNINetwork.self, bytes: macvlan.utf8)?.record(named: "lan").parent == "eno1")
  }

  @Test func settingsOfTheStorageAreRead() {
    let text = Array(
      """
      [other]
      graphroot = "/no"
      [storage]
      # graphroot = "/comment"
        graphroot="/data/containers"   # why
      rootless_storage_path = '$HOME/pods/$UID'
      driver = overlay
      [storage.options]
      runroot = "/no"
      """.utf8)
    #expect(UserFiles.setting("graphroot", in: text) == "/data/containers")
    #expect(UserFiles.setting("runroot", in: text) == nil && UserFiles.setting("driver", in: text) == nil)
    let account = UserFiles.Account(uid: 1000, home: "/home/ada")
    let path = UserFiles.setting("rootless_storage_path", in: text)
    #expect(path.flatMap { UserFiles.expanded($0, account: account) } == "/home/ada/pods/1000")
    #expect(
      UserFiles.expanded("$SOMETHING/x", account: account) == nil && UserFiles.expanded("x", account: account) == nil)
    let passwd = Array(
      "root:x:0:0::/root:/bin/sh\nada:x:1000:1000:::/bin/sh\nbob:x:1001:1001::/home/bob:/bin/sh\nbad\n".utf8)
    #expect(UserFiles.accounts(passwd).map(\.home) == ["/root", "/home/bob"])
  }
}
