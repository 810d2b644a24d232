import Foundation
import FoundationXML
import Testing

extension KernelTests {
  /// Settings, as the program itself takes them from its command line, its file and its environment.
  @Suite struct SettingsRunTests {
    private static let need = "needs root, iproute2 and util-linux"

    /// Runs a script with a configuration file of that text.
    private func run(_ configuration: String, _ script: String) -> Outcome {
      let quoted = configuration.replacingOccurrences(of: "'", with: "'\\''")
      return Machine.bash(
        "D=$(mktemp -d); trap 'rm -rf \"$D\"' EXIT; export XDG_CONFIG_HOME=$D; mkdir $D/netns-top; "
          + "printf '%s' '\(quoted)' > $D/netns-top/config; \(script)")
    }

    @Test func whatIsPrintedIsReadBack() {
      let outcome = run(
        "theme = light\nlog-file = \"/tmp/a # b\"\n",
        """
        $NT --print-config --interval 2.5 --no-mouse --color always > $D/first
        cp $D/first $D/netns-top/config; $NT --print-config > $D/second; cmp $D/first $D/second && cat $D/second
        """)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      for line in ["theme = light", "log-file = \"/tmp/a # b\"", "interval = 2.5", "mouse = no", "color = always"] {
        #expect(outcome.output.split(separator: "\n").contains(Substring(line)), "\(line)")
      }
    }

    @Test func theOrderIsCommandLineFileEnvironment() {
      let print = "--print-config | grep '^color'"
      #expect(run("", "NO_COLOR=1 $NT \(print)").output == "color = never\n")
      #expect(run("", "NO_COLOR= $NT \(print)").output == "color = auto\n")
      #expect(run("color = always", "NO_COLOR=1 $NT \(print)").output == "color = always\n")
      #expect(run("color = always", "NO_COLOR=1 $NT --color auto \(print)").output == "color = auto\n")
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "\(need)")) func aBadFileIsOneLineAndNoFailure() {
      for (make, complaint) in [
        ("echo 'them = dark' > $C", "config:1: unknown setting 'them'; did you mean theme?"),
        ("head -c 300 /dev/zero > $C", "config: not a text in UTF-8: not read"),
        ("head -c 200000 /dev/zero | tr '\\0' '#' > $C", "config: larger than 64 KiB: not read"),
        ("rm $C; mkdir $C", "config: Is a directory: not read"),
        ("rm $C; mkfifo $C", "config: Invalid argument: not read"),
        ("rm $C; ln -s $C $C", "config: Too many levels of symbolic links: not read"),
        ("rm $C", ""),
      ] {
        let outcome = run("", "C=$D/netns-top/config; \(make); exec unshare --net $NT show --docker-host unix:///none")
        #expect(outcome.status == 0 && outcome.output.contains("host"), "\(make): \(outcome.errors)")
        let lines = outcome.errors.split(separator: "\n").filter { !$0.contains("container engine") }
        #expect(lines.count == (complaint.isEmpty ? 0 : 1), "\(outcome.errors)")
        #expect(outcome.errors.contains(complaint) || complaint.isEmpty, "\(make): \(outcome.errors)")
      }
    }

    @Test func whatTheCommandLineHasWrongIsAnError() {
      for (arguments, complaint) in [
        ("--theme nope", "there is no theme 'nope'; there are: auto, dark, light, mono, colorblind"),
        ("--interval 0", "--interval 0.0: give 0.1 to 3600 seconds"),
        ("show --watch --format svg", "--watch and --format svg exclude each other"),
      ] {
        let outcome = Machine.bash("$NT \(arguments)")
        #expect(outcome.status == 64 && outcome.errors.contains(complaint), "\(outcome.errors)")
      }
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "\(need)")) func theLogSaysWhatWentWrong() {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip link add br0 type bridge
        $NT show --docker-host tcp://1.2.3.4:1 --log-file /run/log > /dev/null 2>&1
        $NT show --docker-host $NONE --log-file /run/log > /dev/null
        stat -c %a /run/log; cat /run/log; $NT show --log-file /run/none/log --docker-host $NONE
        """)
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.first == "600")
      #expect(lines.filter { $0.contains("Z notice begun: first snapshot after") }.count == 2, "\(outcome.output)")
      #expect(lines.contains { $0.contains("Z warning containers: ") }, "\(outcome.output)")
      #expect(outcome.status == 2)
      #expect(
        outcome.errors.contains("netns-top: --log-file /run/none/log: No such file or directory"), "\(outcome.errors)")
    }

    @Test(.enabled(if: Machine.can("ip", "unshare"), "\(need)")) func anImageOfHostileNamesIsWellFormed() {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip link add 'b<&>"' type bridge; n=0
        for name in '<script>' 'a&b' ']]>' '支付网关' $'x\\e[31m' $'\\xff\\xfe'; do
          n=$((n+1)); ip netns add "$name"; ip link add v$n type veth peer name eth0 netns "$name"
          ip link set v$n up master 'b<&>"'
        done
        $NT show --format svg --theme light --docker-host $NONE
        """)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let parser = XMLParser(data: Data(outcome.output.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError)) in line \(parser.lineNumber)")
      #expect(outcome.output.contains("&lt;script&gt;") && outcome.output.contains("支"))
      #expect(!outcome.output.contains("<script") && !outcome.output.contains("\u{1B}"))
    }
  }
}
