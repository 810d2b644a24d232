internal import Glibc
internal import LinuxSystem

/// Where programs are looked for: the directories of `PATH`, then those that it may lack where root's tools live.
///
/// With more rights than the user's, only where nobody but root can put a program.
struct ToolPath {
  private let directories: [String]
  private let privilege: Privilege

  /// Takes the text of `PATH`. Relative directories are left out: what is in them depends on where the program was
  /// started, and the tools run with its privileges.
  init(_ path: String = Standard.environment["PATH"] ?? "", privilege: Privilege = .current) {
    var found: [String] = []
    let usual = ["/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/usr/bin", "/bin"]
    let named = privilege == .lent ? [] : path.split(separator: ":").map(String.init)
    for directory in named + usual
    where directory.hasPrefix("/") && !found.contains(directory)
      && (privilege == .own || Privilege.isRoots(directory))
    { found.append(directory) }
    directories = found
    self.privilege = privilege
  }

  /// The value of `PATH` for a child.
  var text: String { directories.joined(separator: ":") }

  /// The program's file; nil where no directory has one that may be run.
  func find(_ program: String) -> String? {
    directories.lazy.map { "\($0)/\(program)" }.first { file in
      unsafe access(file, X_OK) == 0 && (privilege == .own || Privilege.isRoots(file))
    }
  }

  /// The capabilities that a tool is lent where the program itself has them by a file capability only: nft(8) asks for
  /// `CAP_NET_ADMIN`, iptables-legacy for `CAP_NET_RAW`, too (linux/capability.h). A mask of 1 << number.
  var lentCapabilities: UInt64 { privilege == .lent ? 1 << 12 | 1 << 13 : 0 }
}
