import Foundation
import Testing

extension KernelTests {
  /// The recipes, each line as it stands there.
  @Suite struct RecipeTests {
    private static let lines: [String] = {
      let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../.github/RECIPES.md"
      let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      return text.split(separator: "\n").filter { $0.hasPrefix("    ") }.map { String($0.dropFirst(4)) }
    }()

    private static let world = #"""
      cd /run; mkdir bin; ln -s "$NT" bin/netns-top; export PATH=/run/bin:$PATH DOCKER_HOST=$NONE
      ip link add docker0 type bridge; ip link set docker0 up; ip addr add 172.17.0.1/16 dev docker0
      for n in 1 2; do
        ip netns add test$n; ip link add veth$n type veth peer name eth0 netns test$n; ip link set veth$n master docker0 up
        ip -n test$n addr add 172.17.0.$((n + 1))/16 dev eth0; ip -n test$n link set eth0 up; ip -n test$n link set lo up
      done
      (while :; do ip link set veth2 alias changed; ip link set veth2 alias ""; sleep 0.1; done) & CHANGES=$!

      """#

    @Test(.enabled(if: Machine.can("ip", "unshare", "jq", "timeout"), "needs root, iproute2 and jq"))
    func everyLineDoesWhatItSays() throws {
      try #require(Self.lines.count > 18)
      var script = "NT=\(Machine.program)\n" + Self.world
      for (number, line) in Self.lines.enumerated() {
        script += "echo '### \(number)'; ( \(line) ) 2>errors; echo \"STATUS $?\"; grep -v 'none.sock' errors\n"
      }
      script += "kill $CHANGES\n"
      let outcome = Machine.inPrivateNamespaces(script, timeout: 120)
      let parts = outcome.output.components(separatedBy: "### ").dropFirst()
      #expect(parts.count == Self.lines.count, "\(outcome.output) \(outcome.errors)")
      for (line, part) in zip(Self.lines, parts) {
        // Nobody has dropped anything, nothing is down and no address is there twice: these have nothing to say.
        let silent = ["dropped", "length > 1", "IN(\"UP\"", "> /dev/null", "--output"]
        let isSilent = silent.contains { line.contains($0) }
        let rows = part.split(separator: "\n").dropFirst()
        #expect(rows.contains("STATUS 0"), "\(line)\n\(part)")
        #expect(isSilent || rows.count > 1, "\(line)\n\(part)")
      }
      for words in [
        "test1\teth0\tveth1", "test2/eth0\n", "172.17.0.3\ttest2\teth0", "veth1\tforwarding", "docker0\t2", "reachable",
        "\"object\":\"link\"",
      ] { #expect(outcome.output.contains(words), "\(words)\n\(outcome.output)") }
    }
  }
}
