internal import CLinux
internal import Glibc
public import SystemPackage

/// A file that is there as a whole or not at all: written beside its place, and renamed into it (rename(2)).
public enum AtomicFile {
  /// Puts `bytes` in the place of what is at `path`; what was there stays where anything fails.
  ///
  /// The new file may be read by all (0644, less the umask), as what reads it runs as somebody else. Throws `Errno` of open(2), write(2),
  /// fsync(2) or rename(2).
  public static func write(_ bytes: [UInt8], to path: String) throws(Errno) {
    let beside = "\(path).\(getpid()).tmp"
    // No link of somebody else's is followed, and no file of his is written to.
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW
    // One that a run of the same number left behind, when it was killed: in a container every run has it.
    unsafe unlink(beside)
    let fd = try OwnedDescriptor(result: unsafe open(beside, flags, 0o644))
    do throws(Errno) {
      try Standard.write(bytes, to: fd.rawValue)
      guard fsync(fd.rawValue) == 0 else { throw Errno.current }
      guard unsafe rename(beside, path) == 0 else { throw Errno.current }
    } catch {
      unsafe unlink(beside)
      throw error
    }
  }
}
