import Foundation
import Testing

extension KernelTests {
  /// Less and less permission: what is left works, and what is missing is named.
  @Suite struct CapabilityTests {
    private static let network = """
      ip link add br0 type bridge; ip link set br0 up; ip netns add web
      ip link add veth-a type veth peer name eth0 index 2 netns web; ip link set veth-a master br0 up
      ip -n web addr add 10.0.0.2/24 dev eth0; ip -n web link set eth0 up

      """

    /// The capability, and whether the far end of a cable can still be read and named.
    @Test(
      .enabled(if: Machine.can("ip", "unshare", "setpriv"), "needs root, iproute2 and util-linux"),
      arguments: [
        ("net_admin", false), ("net_broadcast", true), ("sys_admin", true), ("sys_ptrace", true), ("net_raw", true),
      ])
    func oneCapabilityLess(name: String, seesFarEnds: Bool) throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + "exec setpriv --bounding-set -\(name) --inh-caps -\(name) $NT show --format json --docker-host $NONE")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let report = try outcome.json()
      let warnings = (report["warnings"] as? [String] ?? []).joined(separator: " ")
      #expect(warnings.contains("CAP_" + name.uppercased()), "\(warnings)")
      let namespaces = try #require(report["namespaces"] as? [[String: Any]])
      let names = namespaces.flatMap { $0["interfaces"] as? [[String: Any]] ?? [] }.compactMap {
        $0["ifname"] as? String
      }
      #expect(names.contains("br0") && names.contains("veth-a"))
      #expect(names.contains("eth0") == seesFarEnds, "\(names)")
    }

    /// RLIMIT_NPROC counts threads: the second one of the first reading can't be made.
    @Test(.enabled(if: Machine.can("ip", "unshare", "setpriv", "prlimit"), "needs root, iproute2 and util-linux"))
    func withoutAThreadToSpareAllIsReadByOne() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + "exec setpriv --reuid 65534 --clear-groups prlimit --nproc=1 $NT show --format json --docker-host $NONE")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("br0"))
    }

    @Test(.enabled(if: Machine.can("ip", "unshare", "setpriv"), "needs root, iproute2 and util-linux"))
    func nobodySeesTheOwnNamespace() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network + "exec setpriv --reuid 65534 --clear-groups $NT show --format json --docker-host $NONE")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let report = try outcome.json()
      for name in ["CAP_NET_ADMIN", "CAP_SYS_ADMIN", "sudo"] { #expect(outcome.output.contains(name)) }
      let host = try #require((report["namespaces"] as? [[String: Any]])?.first?["interfaces"] as? [[String: Any]])
      let near = try #require(host.first { $0["ifname"] as? String == "veth-a" })
      #expect((near["peer"] as? [String: Any])?["unknown"] != nil)
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs iproute2 and util-linux"))
    func inAUserNamespaceOfItsOwnItHasAllItNeeds() throws {
      let outcome = Machine.bash(
        """
        unshare --user --map-root-user --net --mount --pid --fork --mount-proc bash -c 'mount -t tmpfs none /run; \
        ip link add br0 type bridge; ip link set br0 up; ip netns add web; \
        ip link add veth-a type veth peer name eth0 index 2 netns web; ip link set veth-a master br0 up; \
        $NT show --format json --docker-host unix:///run/none.sock'
        """)
      let report = try outcome.json()
      let namespaces = try #require(report["namespaces"] as? [[String: Any]])
      #expect(namespaces.contains { $0["name"] as? String == "web" })
      #expect(outcome.output.contains("\"ifname\":\"eth0\""))
    }
  }
}
