internal import Glibc
internal import LinuxSystem

/// Where programs are looked for: the directories of `PATH`, then those that it may lack where root's tools live.
struct ToolPath {
  private let directories: [String]

  /// Takes the text of `PATH`. Relative directories are left out: what is in them depends on where the program was
  /// started, and the tools run with its privileges.
  init(_ path: String = Standard.environment["PATH"] ?? "") {
    var found: [String] = []
    let usual = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin"]
    for directory in path.split(separator: ":").map(String.init) + usual
    where directory.hasPrefix("/") && !found.contains(directory) { found.append(directory) }
    directories = found
  }

  /// The value of `PATH` for a child.
  var text: String { directories.joined(separator: ":") }

  /// The program's file; nil where no directory has one that may be run.
  func find(_ program: String) -> String? {
    directories.lazy.map { "\($0)/\(program)" }.first { unsafe access($0, X_OK) == 0 }
  }
}
