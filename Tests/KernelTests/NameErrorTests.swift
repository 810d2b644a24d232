import Foundation
import Testing

extension KernelTests {
  /// A name that leads nowhere: the line says what keeps names from being known.
  @Suite(.serialized, .enabled(if: Machine.can("ip", "unshare", "python3", "setpriv"), "needs root, iproute2, python3"))
  struct NameErrorTests {
    /// What is set up, what is asked, and what the line must say behind the name.
    struct Way: Sendable, CustomTestStringConvertible {
      var before = ""
      var asked: String
      var words: String
      var testDescription: String { asked }
    }

    private static let ways: [Way] = [
      Way(
        asked: "$NT show x1",
        words: "no container engine listens at the usual places: start it, or name its socket with --docker-host"),
      Way(
        asked: "DOCKER_HOST=tcp://192.0.2.1:2375 $NT show x1",
        words: "DOCKER_HOST: tcp://192.0.2.1:2375: only an engine on this host can be read"),
      Way(
        asked: "DOCKER_HOST=ssh://root@far $NT explain x1 x2",
        words: "DOCKER_HOST: ssh://root@far: other hosts are not supported; run netns-top on that host instead"),
      Way(
        asked: "DOCKER_HOST=unix:///run/not.sock $NT explain x1 x2",
        words: "container engine: /run/not.sock (DOCKER_HOST) does not exist; start the engine"),
      Way(
        asked: "DOCKER_HOST=docker.sock $NT ping x1 x2", words: "DOCKER_HOST: docker.sock: not an absolute path"),
      Way(
        before: "touch /run/plain", asked: "DOCKER_HOST=unix:///run/plain $NT show x1",
        words: "container engine: /run/plain (DOCKER_HOST) is refused: nobody listens there"),
      Way(
        before: """
          python3 -c 'import socket; s = socket.socket(socket.AF_UNIX); s.bind("/run/slow.sock"); s.listen(5); input()' \
            < <(sleep 20) & while [ ! -S /run/slow.sock ]; do sleep 0.05; done
          """,
        asked: "$NT show x1 --docker-host /run/slow.sock",
        words: "container engine: /run/slow.sock gave no answer within 5 s"),
      Way(
        asked: "DOCKER_CONTEXT=far $NT show x1",
        words: "DOCKER_CONTEXT far: ssh://root@far: other hosts are not supported"),
      Way(
        asked: "$NT show x1 --context none",
        words: "--context: no Docker context is called none in /run/docker/contexts/meta; there are: default, far"),
      Way(
        before: "echo '{\"currentContext\":\"far\"}' > /run/docker/config.json", asked: "$NT show x1",
        words: "the current Docker context far: ssh://root@far: other hosts are not supported"),
      Way(
        asked: "setpriv --reuid 65534 --regid 65534 --clear-groups $NT show x1",
        words: "missing CAP_NET_ADMIN, CAP_NET_BROADCAST, CAP_SYS_ADMIN, CAP_SYS_PTRACE, CAP_NET_RAW"),
    ]

    @Test(arguments: ways) func oneLineSaysWhy(way: Way) {
      let folder = """
        mkdir -p /run/docker/contexts/meta/a; export DOCKER_CONFIG=/run/docker HOME=/run
        echo '{"Name":"far","Endpoints":{"docker":{"Host":"ssh://root@far"}}}' > /run/docker/contexts/meta/a/meta.json

        """
      let outcome = Machine.inPrivateNamespaces(folder + way.before + "\n" + way.asked)
      #expect(outcome.status == 2, "\(outcome.errors)")
      let lines = outcome.errors.split(separator: "\n")
      #expect(lines.last?.contains("no container, namespace or interface is called 'x1'") == true, "\(outcome.errors)")
      #expect(lines.last?.contains(way.words) == true, "\(outcome.errors)")
      let isSlow = way.asked.contains("slow")
      #expect(lines.count == (isSlow ? 2 : 1), "\(outcome.errors)")
      if isSlow { #expect(lines[0].contains("waiting for the container engine at /run/slow.sock"), "\(lines)") }
    }
  }
}
