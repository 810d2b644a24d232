import Foundation
import Testing

extension KernelTests {
  /// Two engines of one swarm, each in a machine of its own, joined by a cable: an overlay network and a service.
  @Suite(
    .serialized,
    .enabled(if: Machine.can("dockerd", "docker", "ip", "busybox"), "needs root, Docker's engine and busybox"))
  struct DockerSwarmTests {
    private func join(_ first: Engine, _ second: Engine) -> Outcome {
      Machine.bash(
        """
        set -e
        P1=$(cat \(first.folder)/first) P2=$(cat \(second.folder)/first)
        D1="docker -H unix://\(first.folder)/S" D2="docker -H unix://\(second.folder)/S"
        ip link add nts1 netns $P1 type veth peer name nts2 netns $P2
        for n in 1 2; do
          P=P$n; E="nsenter -t ${!P} --net"
          $E ip link set nts$n name eth9; $E ip addr add 10.60.0.$n/24 dev eth9; $E ip link set eth9 up
          $E ip route add default via 10.60.0.$((3 - n))
        done
        $D1 swarm init --advertise-addr 10.60.0.1
        $D2 swarm join --token $($D1 swarm join-token -q worker) --advertise-addr 10.60.0.2 10.60.0.1:2377
        $D1 network create -d overlay --attachable --subnet 10.77.0.0/24 ov
        $D1 service create --no-resolve-image --detach --name web --network ov --replicas 2 busybox sleep 100000
        $D1 run -d --name lone1 --network ov busybox sleep 100000
        for i in $(seq 50); do $D2 run -d --name lone2 --network ov busybox sleep 100000 && break; sleep 0.2; done
        for i in $(seq 600); do
          $D1 ps --format '{{.Names}}' | grep -q ^web && $D2 ps --format '{{.Names}}' | grep -q ^web && break; sleep 0.1
        done
        """, timeout: 120)
    }

    @Test func overlayNetworksHaveTheirNamesAndTheirWay() throws {
      let (first, second) = (Engine("-swarm1"), Engine("-swarm2"))
      defer { [first, second].forEach { $0.remove() } }
      try #require(first.failure.isEmpty && second.failure.isEmpty, "\(first.failure) \(second.failure)")
      let joined = join(first, second)
      try #require(joined.status == 0, "\(joined.output) \(joined.errors)")
      let shown = try first.program("show --format json").json()
      let network = (shown["networks"] as? [[String: Any]])?.first { $0["name"] as? String == "ov" }
      let told = first.docker(
        "network inspect ov -f '{{index .Options \"com.docker.network.driver.overlay.vxlanid_list\"}}'")
      let vni = Int(told.output.trimmingCharacters(in: .whitespacesAndNewlines))
      #expect(network?["vnis"] as? [Int?] == [vni] && network?["subnets"] as? [String] == ["10.77.0.0/24"])
      let namespaces = try #require(shown["namespaces"] as? [[String: Any]])
      let names = namespaces.compactMap { $0["name"] as? String }
      #expect(
        Set(["ov (overlay)", "ov (load balancer)", "ingress (overlay)", "lone1"]).isSubset(of: names), "\(names)")
      // The wires of both ends: of the other machine's as far as its network has them.
      let tunnels = namespaces.flatMap { $0["interfaces"] as? [[String: Any]] ?? [] }.filter { link in
        ((link["linkinfo"] as? [String: Any])?["info_data"] as? [String: Any])?["id"] as? Int == vni
      }
      #expect(tunnels.count == 2)
      for name in ["lone2", "tasks.web", "web"] {
        let own = first.docker("exec lone1 ping -c 1 -W 2 \(name)")
        let pinged = first.program("ping lone1 \(name) -c 1")
        #expect((pinged.status == 0) == (own.status == 0), "\(name): \(own.output) \(pinged.output) \(pinged.errors)")
        let explained = try first.program("explain lone1 \(name) --format json").json()
        #expect((explained["verdict"] as? String == "reachable") == (own.status == 0), "\(name): \(explained)")
      }
      let across = first.program("ping lone1 lone2 -c 1").output
      #expect(across.contains("path eth0 > veth1 > br0 > vxlan0 > vxlan0 > br0 > veth1 > eth0"), "\(across)")
      // A task by its service and slot, as people call it.
      let task = names.first { $0.hasPrefix("web.") } ?? ""
      let short = task.split(separator: ".").prefix(2).joined(separator: ".")
      #expect(first.program("show \(short) --format json").output.contains(task), "\(task)")
    }
  }
}
