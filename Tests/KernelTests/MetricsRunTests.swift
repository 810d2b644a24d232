import Foundation
import Testing

extension KernelTests {
  /// `metrics` on a real kernel, read by Prometheus's own parser.
  @Suite struct MetricsRunTests {
    private static let hasParser =
      Machine.can("ip", "unshare", "python3")
      && Machine.bash("/usr/bin/python3 -c 'import prometheus_client.parser'").status == 0

    /// Two namespaces on a bridge, one of a hostile name, whose port is switched off.
    private static let world = #"""
      cd /run
      ip link add br0 type bridge; ip link set br0 up; ip addr add 10.0.0.1/24 dev br0
      number=2
      for n in a 'b"c\d' 支付网关; do
        ip netns add "$n"; ip link add v$number type veth peer name eth0 netns "$n"; ip link set v$number master br0 up
        nsenter --net="/run/netns/$n" sh -c "ip addr add 10.0.0.$number/24 dev eth0; ip link set eth0 up"
        number=$((number + 1))
      done
      ip link set v3 down
      METRICS="$NT metrics --docker-host $NONE"

      """#

    private static let parse = #"""
      /usr/bin/python3 -c '
      import sys
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(open(sys.argv[1]).read()):
          for sample in family.samples: print(family.type, sample.name, sorted(sample.labels.items()), sample.value)
      ' "$1"

      """#

    private func run(_ script: String) -> Outcome {
      Machine.inPrivateNamespaces(
        "NT=\(Machine.program); parse() { \(Self.parse) }\n" + Self.world + script, timeout: 90)
    }

    @Test(.enabled(if: hasParser, "needs root, iproute2 and python3-prometheus-client"))
    func prometheusReadsItWhateverTheNames() {
      let outcome = run(
        #"""
        $METRICS --pair a,支付网关 --pair 'a,b"c\d' --pair nobody,a --output m.prom; echo STATUS $?
        parse m.prom; stat -c 'MODE %a' m.prom; ls
        """#)
      let text = outcome.output
      #expect(text.contains("STATUS 0\n"), "\(text) \(outcome.errors)")
      for line in [
        "gauge netns_top_pair_reachable [('destination', '支付网关'), ('source', 'a')] 1.0",
        #"gauge netns_top_pair_reachable [('destination', 'b"c\\d'), ('source', 'a')] 0.0"#,
        #"gauge netns_top_pair_cause [('code', 'link-down'), ('destination', 'b"c\\d'), ('source', 'a')] 1.0"#,
        "gauge netns_top_pair_known [('destination', 'a'), ('source', 'nobody')] 0.0",
        "gauge netns_top_namespaces [('kind', 'named')] 3.0", "MODE 644",
      ] { #expect(text.contains(line), "\(line)\n\(text)") }
      #expect(text.contains("counter netns_top_link_receive_drop_total"))
      #expect(!text.contains(".tmp"), "\(text)")
      #expect(outcome.errors.contains("metrics: nobody,a: "), "\(outcome.errors)")
    }

    /// Where there is no room the old file stays, whole.
    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2")) func aFullDiskLeavesWhatWasThere() {
      let outcome = run(
        #"""
        mkdir full; mount -t tmpfs -o size=8k none full; echo old > full/m.prom; head -c 100000 /dev/zero > full/fill 2>/dev/null
        $METRICS --output full/m.prom; echo STATUS $?; cat full/m.prom; ls full
        $METRICS --output /run/nowhere/m.prom; echo STATUS $?
        """#)
      #expect(outcome.output == "STATUS 2\nold\nfill\nm.prom\nSTATUS 2\n", "\(outcome.output) \(outcome.errors)")
      #expect(outcome.errors.contains("No space left on device; what was there is as it was"), "\(outcome.errors)")
    }

    /// More pairs than can be waited for, each of a name whose server never answers: those in time are told, the others are
    /// not known, and `timeout` never has to end it.
    @Test(.enabled(if: hasParser, "needs root, iproute2 and python3-prometheus-client"))
    func pairsThatHangHaveAnEnd() {
      let outcome = run(
        #"""
        ip link set v3 up
        mkdir -p /etc/netns; mount -t tmpfs none /etc/netns; mkdir /etc/netns/a
        echo nameserver 10.0.0.99 > /etc/netns/a/resolv.conf; printf 'hosts: files dns\n' > /etc/netns/a/nsswitch.conf
        set -- --pair a,支付网关
        for number in $(seq 30); do set -- "$@" --pair "a,host$number.example:5432"; done
        timeout 60 $METRICS "$@" --output m.prom; echo STATUS $?
        parse m.prom; ls
        """#)
      let text = outcome.output
      #expect(text.contains("STATUS 0\n"), "\(text) \(outcome.errors)")
      #expect(
        text.contains("gauge netns_top_pair_reachable [('destination', '支付网关'), ('source', 'a')] 1.0"), "\(text)")
      #expect(
        text.contains("gauge netns_top_pair_known [('destination', 'host30.example:5432'), ('source', 'a')] 0.0"),
        "\(text)")
      #expect(text.split(separator: "\n").filter { $0.contains("pair_known") }.count == 31, "\(text)")
      #expect(!text.contains(".tmp"), "\(text)")
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "needs root and iproute2")) func aBadPairIsAUsageError() {
      let outcome = Machine.bash("\(Machine.program) metrics --pair a")
      #expect(outcome.status == 64 && outcome.errors.contains("--pair 'a': write A,B or A,B:PORT"), "\(outcome.errors)")
    }
  }
}
