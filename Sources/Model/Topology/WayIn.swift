/// How a shell gets into a namespace: the words before the command that is to run in there.
public struct WayIn: Hashable, Sendable {
  private let words: [String]
  /// What is run where nothing else is named: nsenter(1) takes the user's shell by itself, ip-netns(8) wants one named.
  private let shell: String?

  /// The way into a namespace, by its name where ip-netns(8) knows that, else by a process, else by its mount; nil where
  /// none is known, or none that can be typed.
  public init?(_ namespace: Namespace) {
    let paths = namespace.paths.filter(WayIn.canBeTyped)
    let process = namespace.containers.first?.pid ?? namespace.processes.first?.pid
    let name = paths.lazy.compactMap(WayIn.name).first
    let target = process.map { "/proc/\($0)/ns/net" } ?? paths.first
    // Docker mounts what it makes, too: a container is entered by its process.
    if let name, namespace.kind == .named || target == nil {
      (words, shell) = (["ip", "netns", "exec", name], "sh")
    } else if let target {
      (words, shell) = (["nsenter", "--net=" + target], nil)
    } else {
      return nil
    }
  }

  /// The command that opens a shell in there.
  public var entry: String { WayIn.line(words + (shell.map { [$0] } ?? [])) }

  /// The command that runs another one in there.
  public func running(_ command: [String]) -> String { WayIn.line(words + command) }

  /// The name that `ip netns` has for a path; nil where it has none.
  private static func name(of path: String) -> String? {
    for folder in ["/run/netns/", "/var/run/netns/"] where path.hasPrefix(folder) {
      let name = path.dropFirst(folder.count)
      // A name that looks like an option is taken for one.
      return name.isEmpty || name.contains("/") || name.hasPrefix("-") ? nil : String(name)
    }
    return nil
  }

  /// Whether a text is what it names: where bytes are written as `\xNN`, what they were can't be told any more.
  public static func canBeTyped(_ text: String) -> Bool { !text.contains("\\") }

  /// Words as a shell takes them (sh(1)). Names come from outside, and may hold anything: `$(reboot)` is one.
  public static func line(_ words: [String]) -> String { words.map(quoted).joined(separator: " ") }

  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), 0x30...0x39: true
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "="),
        UInt8(ascii: "@"), UInt8(ascii: "+"):
        true
      default: false
      }
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
