internal import CLinux
internal import Glibc
internal import LinuxSystem
internal import SystemPackage
internal import Usage

/// User, network, mount and UTS namespaces of the program's own, so that a laboratory needs no root and leaves nothing.
public enum PrivateNamespaces {
  private static let newUser: CInt = 0x1000_0000
  private static let newNetwork: CInt = 0x4000_0000
  private static let newMounts: CInt = 0x0002_0000
  /// So that who is root and plays with sysctls in a laboratory's shell does not rename the machine.
  private static let newNames: CInt = 0x0400_0000

  /// Takes the calling process into it. To be the first thing that a program does: it works only while there is one
  /// thread. `/run` becomes an empty tmpfs with a `netns` directory.
  ///
  /// Throws `LaboratoryError` where the system forbids it (AppArmor, seccomp, a sysctl).
  public static func enter() throws(LaboratoryError) {
    // With lent rights the files below /proc/self are not the user's, and a laboratory needs none.
    do { try Privilege.renounce() } catch { throw LaboratoryError(Say.Scenario.privileges, error) }
    let (uid, gid) = (getuid(), getgid())
    if nt_unshare(newUser | newNetwork | newMounts | newNames) == 0 {
      try write("/proc/self/setgroups", "deny")
      try write("/proc/self/uid_map", "0 \(uid) 1")
      try write("/proc/self/gid_map", "0 \(gid) 1")
    } else {
      let refused = Errno.current
      guard uid == 0, nt_unshare(newNetwork | newMounts | newNames) == 0 else {
        throw LaboratoryError(Say.Scenario.refused("\(refused)", isRoot: uid == 0))
      }
    }
    try makeMountsPrivate()
    guard unsafe nt_mount("tmpfs", "/run", "tmpfs", 0, "mode=0755,size=4m") == 0 else {
      throw LaboratoryError(Say.Scenario.privateRun, .current)
    }
    try makeNamespaceDirectory()
  }

  /// What leads a shell of another terminal into those of this process (nsenter(1)). Root may have had to do without a
  /// user namespace (after chroot(8) there is none to be had), and nobody can enter the one where he is.
  public static var wayIn: String {
    // In one of our own a single user is known (`enter`). What can't be read is taken for that.
    let map = (try? SmallFile.read("/proc/self/uid_map")) ?? []
    let isOurs = map.isEmpty || map.split { $0 == 32 || $0 == 10 }.last.map { Array($0) } == [49]
    return "nsenter -t \(getpid()) \(isOurs ? "-U --preserve-credentials " : "")-m -n"
  }

  private static let isPrivate: UInt = 0x4000 | 0x40000  // MS_REC | MS_PRIVATE

  /// What is mounted from now on is seen by nobody else.
  private static func makeMountsPrivate() throws(LaboratoryError) {
    let root = unsafe open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    let here = unsafe open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard root >= 0 else { throw LaboratoryError(Say.Scenario.privateMounts, .current) }
    defer {
      // Files are written where the user is. A directory that he may not read is left.
      if here >= 0 { _ = fchdir(here) }
      close(root)
      close(here)
    }
    var isDone = unsafe nt_mount("none", "/", nil, isPrivate, nil) == 0
    if isDone, hasSystemDirectories(below: "/") { return }
    // After chroot(8) the root is no mount, and only mounts can be made private: by way of the namespace's own root.
    if !isDone { isDone = unsafe nt_enter_own_mounts() == 0 && nt_mount("none", "/", nil, isPrivate, nil) == 0 }
    guard isDone, fchdir(root) == 0, makeSystemDirectories(), unsafe chroot(".") == 0
    else { throw LaboratoryError(Say.Scenario.privateMounts, .current) }
  }

  private static func hasSystemDirectories(below root: String) -> Bool {
    unsafe access(root + "proc/self", F_OK) == 0 && access(root + "run", F_OK) == 0
  }

  /// `/proc` and `/run` in the working directory. Where there are no such directories, as in an empty root, nothing is
  /// made in it: a new root lies over it.
  private static func makeSystemDirectories() -> Bool {
    if hasSystemDirectories(below: "") { return true }
    let (hasProcesses, hasRun) = unsafe (access("proc", F_OK) == 0, access("run", F_OK) == 0)
    if !hasProcesses || !hasRun {
      guard nt_cover_directory() == 0, unsafe mkdir("proc", 0o555) == 0, unsafe mkdir("run", 0o755) == 0 else {
        return false
      }
    }
    return unsafe nt_mount("proc", "proc", "proc", 0, nil) == 0
  }

  /// As `ip netns add` has it, a mount of its own that is shared: else whoever runs that in a laboratory's shell lays a second
  /// one over it, below which nothing can be taken away any more.
  private static func makeNamespaceDirectory() throws(LaboratoryError) {
    let (bind, shared): (UInt, UInt) = (0x1000 | 0x4000, 1 << 20 | 0x4000)  // MS_BIND, MS_SHARED; MS_REC
    guard unsafe mkdir("/run/netns", 0o755) == 0, unsafe nt_mount("/run/netns", "/run/netns", "none", bind, nil) == 0,
      unsafe nt_mount("none", "/run/netns", nil, shared, nil) == 0
    else {
      throw LaboratoryError(Say.Scenario.directory("/run/netns"), .current)
    }
  }

  private static func write(_ path: String, _ text: String) throws(LaboratoryError) {
    let fd = unsafe open(path, O_WRONLY | O_CLOEXEC)
    guard fd >= 0 else { throw LaboratoryError("demo: \(path)", .current) }
    defer { close(fd) }
    let bytes = Array(text.utf8)
    guard unsafe Glibc.write(fd, bytes, bytes.count) == bytes.count else {
      throw LaboratoryError("demo: \(path)", .current)
    }
  }
}
