internal import LinuxSystem
internal import Questions
internal import Sentences
internal import SystemPackage
internal import Topology

/// Everything that the tools print of a namespace's packet filter, all of them at once.
final class RuleReading: ProbeTask {
  private let namespace: NamespaceID
  private let sources: Set<RuleSource>
  private let access: KernelAccess
  private let loop: EventLoop
  private let path: ToolPath
  private var runs: [RuleSource: ToolRun] = [:]
  private var texts: [RuleSource: RuleText] = [:]
  private var done: ((Answer) -> Void)?

  init(
    _ sources: Set<RuleSource>, of namespace: NamespaceID, _ access: KernelAccess, _ loop: EventLoop,
    path: ToolPath = ToolPath()
  ) {
    self.namespace = namespace
    self.sources = sources
    self.access = access
    self.loop = loop
    self.path = path
  }

  func start(_ done: @escaping (Answer) -> Void) {
    self.done = done
    for source in RuleSource.allCases where sources.contains(source) { read(source) }
    finishIfDone()
  }

  func stop() {
    done = nil
    for run in runs.values { run.stop() }
    runs = [:]
  }

  private func read(_ source: RuleSource) {
    switch source {
    case .legacyTables, .legacyTables6: texts[source] = readFile(source)
    case .nft, .nftChains: run(source, source.words) { [weak self] in self?.finish(source, $0) }
    case .iptables, .ip6tables, .iptablesLegacy, .ip6tablesLegacy:
      guard path.find(source.words[0]) == nil, let plain = source.plainProgram else {
        return run(source, source.words) { [weak self] in self?.finish(source, $0) }
      }
      askVersion(of: plain, for: source)
    }
  }

  /// A save program without a name of its own for nf_tables or legacy may be either: its version tells.
  private func askVersion(of program: String, for source: RuleSource) {
    run(source, [program, "-V"]) { [weak self] result in
      guard let self else { return }
      switch result {
      case .failure(var reason):
        // Neither program is there; the one with the full name is reported as missing.
        if reason.missing == program { reason.missing = source.words[0] }
        finish(source, .failure(reason))
      case .success(let text):
        guard RuleSource.isLegacy(version: String(decoding: text, as: UTF8.self)) == source.isLegacy else {
          let kind = source.isLegacy ? "nf_tables" : "legacy"
          return finish(
            source, .failure(Unread(Say.Probing.isOfOtherKind(program, kind), missing: source.words[0])))
        }
        run(source, [program] + source.words.dropFirst()) { [weak self] in self?.finish(source, $0) }
      }
    }
  }

  private func run(
    _ source: RuleSource, _ words: [String], _ then: @escaping (Result<[UInt8], Unread>) -> Void
  ) {
    let run = ToolRun(words, loop)
    runs[source] = run
    run.start(in: namespace, access, path: path, then)
  }

  private func readFile(_ source: RuleSource) -> RuleText {
    // /proc/net is a link to /proc/self/net, which is where the main thread lives.
    let file = source.command.replacing("/proc/net/", with: "/proc/thread-self/net/")
    do {
      let result = try access.visit(namespace) {
        Result { () throws(Errno) in try SmallFile.read(file, limit: 1 << 16) }
      }
      switch result {
      case .success(let bytes): return .text(String(decoding: bytes, as: UTF8.self))
      case .failure(.noSuchFileOrDirectory): return .text("")
      case .failure(let errno):
        let isRefused = errno == .permissionDenied || errno == .notPermitted
        return .unread(
          Unread("\(source.command): \(errno)", missing: isRefused ? "CAP_DAC_READ_SEARCH" : nil))
      }
    } catch { return .unread(error) }
  }

  private func finish(_ source: RuleSource, _ result: Result<[UInt8], Unread>) {
    runs[source] = nil
    switch result {
    case .success(let bytes): texts[source] = .text(String(decoding: bytes, as: UTF8.self))
    case .failure(let reason): texts[source] = .unread(reason)
    }
    finishIfDone()
  }

  private func finishIfDone() {
    guard texts.count == sources.count, let done else { return }
    self.done = nil
    done(.rules(texts))
  }
}

extension RuleSource {
  /// The command's words.
  var words: [String] { command.split(separator: " ").map(String.init) }

  /// The program that may be this one under another name.
  var plainProgram: String? {
    switch self {
    case .iptables, .iptablesLegacy: "iptables-save"
    case .ip6tables, .ip6tablesLegacy: "ip6tables-save"
    case .nft, .nftChains, .legacyTables, .legacyTables6: nil
    }
  }

  /// Whether it tells of rules in the kernel's old tables.
  var isLegacy: Bool { self == .iptablesLegacy || self == .ip6tablesLegacy }

  /// Whether `iptables-save -V` speaks of the old tables; before 1.8 there were no others, and it named none.
  static func isLegacy(version: String) -> Bool { !version.contains("nf_tables") }
}
