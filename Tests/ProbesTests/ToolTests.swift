import LinuxSystem
import Namespaces
import Questions
import Testing
import Topology

@testable import Probes

@Suite struct ToolTests {
  /// Runs a program in the tests' own namespace to its end.
  private func run(
    _ words: [String], limits: ToolRun.Limits = ToolRun.Limits(), path: ToolPath = ToolPath("")
  ) throws -> Result<[UInt8], Unread> {
    let loop = try EventLoop()
    let entry = try EntryThread()
    let access = KernelAccess(
      entry: entry, file: { _ in nil }, counters: { $1([:]) }, snapshot: { Snapshot(hostname: "test") })
    var result: Result<[UInt8], Unread>?
    let run = ToolRun(words, loop, limits: limits)
    run.start(in: .host, access, path: path) { result = $0 }
    while result == nil { loop.turn(maximumWait: 1000) }
    return try #require(result)
  }

  @Test func whatIsPrintedIsReadToItsEnd() throws {
    let text = try run(["sh", "-c", "echo \"$LC_ALL\"; head -c 300000 /dev/zero; cat; echo noise >&2"]).get()
    #expect(text.count == 300_002)
    #expect(text.starts(with: "C\n".utf8))
  }

  @Test func aComplaintIsTheReason() throws {
    let failed = Unread("Error: Operation not permitted (you must be root)", missing: "CAP_NET_ADMIN")
    #expect(try run(["sh", "-c", "echo >&2; echo '\(failed.reason)' >&2; exit 3"]) == .failure(failed))
    #expect(try run(["sh", "-c", "exit 3"]) == .failure(Unread("sh ended with status 3")))
    #expect(try run(["sh", "-c", "kill -6 $$"]) == .failure(Unread("sh was killed by signal 6")))
  }

  @Test func aMissingProgramIsNamed() throws {
    #expect(
      try run(["netns-top-has-no-such-tool"])
        == .failure(Unread("no such program", missing: "netns-top-has-no-such-tool")))
  }

  @Test func whoTakesTooLongIsKilled() throws {
    // The grandchild keeps the pipe open; it dies with its group.
    let result = try run(["sh", "-c", "sleep 1000"], limits: ToolRun.Limits(time: 50))
    #expect(result == .failure(Unread("sh had not ended after 50 ms")))
    let silent = try run(["sh", "-c", "exec >&- 2>&-; exec sleep 1000"], limits: ToolRun.Limits(time: 50))
    #expect(silent == .failure(Unread("sh had not ended after 50 ms")))
  }

  @Test func whoPrintsTooMuchIsKilled() throws {
    let result = try run(["sh", "-c", "exec cat /dev/zero"], limits: ToolRun.Limits(output: 1 << 20))
    #expect(result == .failure(Unread("sh printed more than 1 MiB")))
    let just = try run(["sh", "-c", "head -c 1048576 /dev/zero"], limits: ToolRun.Limits(output: 1 << 20))
    #expect(try just.get().count == 1 << 20)
  }

  @Test func relativeDirectoriesAreNotSearched() {
    let path = ToolPath(".:bin:/opt/x::/usr/bin", privilege: .own)
    #expect(path.text.hasPrefix("/opt/x:/usr/bin:/usr/local/sbin:/usr/sbin:/sbin"))
    #expect(!ToolPath(".:bin", privilege: .own).text.contains("."))
  }

  @Test func moreRightsThanTheUsersHaveRootsDirectoriesOnly() {
    for privilege in [Privilege.root, .lent] {
      let path = ToolPath("/tmp:/nowhere:/etc", privilege: privilege)
      #expect(path.text.split(separator: ":").contains("/etc") == (privilege == .root))
      #expect(path.text.contains("/usr/sbin") && !path.text.contains("/tmp") && !path.text.contains("nowhere"))
      #expect(path.find("sh")?.hasSuffix("/sh") == true)
    }
  }

  @Test func versionsTellTheKind() {
    #expect(RuleSource.isLegacy(version: "iptables-save v1.8.9 (legacy)"))
    #expect(RuleSource.isLegacy(version: "iptables-save v1.6.1"))
    #expect(!RuleSource.isLegacy(version: "ip6tables-save v1.8.9 (nf_tables)"))
  }
}
