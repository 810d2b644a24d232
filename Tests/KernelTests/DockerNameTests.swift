import Foundation
import Testing

extension KernelTests {
  /// What people call containers: services, aliases, links; and names beside an engine that comes and goes.
  @Suite(
    .serialized,
    .enabled(
      if: Machine.can("dockerd", "docker", "ip", "busybox", "tmux"), "needs root, Docker's engine, busybox, tmux"))
  struct DockerNameTests {
    private let engine = Engine.shared

    private func words(_ engine: Engine) -> String {
      """
      D="docker -H unix://\(engine.folder)/S"
      svc() { local project=$1 service=$2; shift 2
        $D run -d --name $project-$service-1 --label com.docker.compose.project=$project \
          --label com.docker.compose.service=$service --network-alias $service --dns-opt timeout:1 --dns-opt attempts:1 "$@" busybox sleep 1000 >/dev/null; }

      """
    }

    private func build() -> Outcome {
      engine.insideScript(
        words(engine) + """
          set -e
          for n in shop_front shop_back shop_jobs blog_default; do $D network create $n >/dev/null; done
          svc shop web --network shop_front; svc shop api --network shop_front --network-alias backend
          $D network connect --alias api --alias core shop_back shop-api-1
          svc shop db --network shop_back --network-alias database; svc shop cache --network shop_back
          svc shop worker --network shop_jobs --link shop-queue-1:jobs; svc shop queue --network shop_jobs
          $D network connect --alias worker shop_back shop-worker-1
          svc blog web --network blog_default; svc blog db --network blog_default
          $D run -d --name db busybox sleep 1000 >/dev/null; $D run -d --dns-opt timeout:1 --dns-opt attempts:1 --name old --link db:store busybox sleep 1000 >/dev/null
          """)
    }

    private func remove() {
      engine.insideScript(
        words(engine) + """
          $D rm -f $($D ps -aq --filter label=com.docker.compose.project) db old
          $D network rm shop_front shop_back shop_jobs blog_default
          """)
    }

    /// Who asks for whom, by the names that are used inside.
    private static let questions: [(from: String, name: String)] = [
      ("shop-web-1", "api"), ("shop-web-1", "backend"), ("shop-web-1", "db"), ("shop-web-1", "web"),
      ("shop-web-1", "database"), ("shop-web-1", "shop-api-1"), ("shop-web-1", "core"), ("shop-api-1", "db"),
      ("shop-api-1", "database"), ("shop-api-1", "cache"), ("shop-api-1", "web"), ("shop-api-1", "queue"),
      ("shop-db-1", "core"), ("shop-db-1", "api"), ("shop-db-1", "backend"), ("shop-db-1", "worker"),
      ("shop-worker-1", "jobs"), ("shop-worker-1", "queue"), ("shop-worker-1", "db"), ("shop-worker-1", "web"),
      ("shop-queue-1", "jobs"), ("shop-queue-1", "worker"), ("blog-web-1", "db"), ("blog-web-1", "api"),
      ("old", "store"), ("old", "db"), ("old", "api"),
    ]

    /// Every question has the answer that the container itself has.
    @Test func innerNamesMeanWhatTheyMeanInside() throws {
      try #require(engine.failure.isEmpty, "\(engine.failure)")
      defer { remove() }
      let built = build()
      try #require(built.status == 0, "\(built.errors)")
      for (from, name) in Self.questions {
        let own = engine.docker("exec \(from) ping -c 1 -W 2 \(name)")
        // PING api (172.18.0.3): 56 data bytes
        let address = own.output.split(separator: "(").dropFirst().first?.split(separator: ")").first.map(String.init)
        let explained = engine.program("explain \(from) \(name) --format json")
        let object = try explained.json()
        let said = "\(from) \(name): \(own.output) \(own.errors); \(explained.output.prefix(600))"
        #expect((object["verdict"] as? String == "reachable") == (own.status == 0), "\(said)")
        if own.status == 0 {
          #expect((object["destination"] as? [String: Any])?["address"] as? String == address, "\(said)")
        } else {
          // Nobody called so is near; who elsewhere is the picture's answer, where its own name was typed.
          let code = (object["cause"] as? [String: Any])?["code"] as? String ?? ""
          #expect(["name-not-resolved", "network-isolation", "resolver-unreachable"].contains(code), "\(said)")
        }
        let pinged = engine.program("ping \(from) \(name) -c 1")
        #expect((pinged.status == 0) == (own.status == 0), "\(said) \(pinged.output) \(pinged.errors)")
        if let address, own.status == 0 { #expect(pinged.output.contains(address), "\(pinged.output) \(address)") }
      }
    }

    /// From the outside: one that only one has is his; of several the candidates are told, with their networks.
    @Test func innerNamesLeadToTheirContainers() throws {
      try #require(engine.failure.isEmpty, "\(engine.failure)")
      defer { remove() }
      let built = build()
      try #require(built.status == 0, "\(built.errors)")
      for (name, wanted) in [("cache", "shop-cache-1"), ("core", "shop-api-1"), ("blog/db", "blog-db-1"), ("db", "db")]
      {
        let shown = engine.program("show \(name) --format json")
        let names = (try shown.json()["namespaces"] as? [[String: Any]])?.compactMap { $0["name"] as? String } ?? []
        #expect(names.contains(wanted), "\(name): \(names) \(shown.errors)")
      }
      let unclear = engine.program("show web")
      #expect(
        unclear.errors.contains("'web' is ambiguous: ") && unclear.errors.contains("shop-web-1 (on shop_front)")
          && unclear.errors.contains("blog-web-1 (on blog_default)"), "\(unclear.errors)")
      let elsewhere = engine.program("explain shop-web-1 database --format json")
      #expect(
        elsewhere.output.contains("database is what others call shop-db-1 on shop_back, and shop-web-1 is not there"),
        "\(elsewhere.output)")
      // On the screen: by an alias, and by what a person types for a target.
      let screen = Screen(engine.viewer + "; sleep 100", columns: 140, rows: 40)
      #expect(screen.shows("queue"), "\(screen.text)")
      screen.type("/", "core")
      #expect(screen.shows("1 match"), "\(screen.text)")
      screen.type("Escape", "q")
    }
  }
}
