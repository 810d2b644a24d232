internal import CLinux
internal import Glibc
internal import LinuxSystem

/// Keeps what is written to standard error while the screen is up, and says it afterwards: nothing scribbles on the
/// picture, and nothing is lost.
final class StandardErrorCapture {
  /// A copy of the true standard error.
  let original: CInt
  /// Where descriptor 2 leads meanwhile.
  let captured: CInt

  /// At most so many bytes are said afterwards.
  private static let limit = 64 << 10

  /// Nil where there is no memory file to be had; then standard error stays as it is.
  init?() {
    original = fcntl(2, F_DUPFD_CLOEXEC, 10)
    captured = nt_memory_file()
    guard original >= 0, captured >= 0 else {
      if original >= 0 { close(original) }
      if captured >= 0 { close(captured) }
      return nil
    }
    capture()
  }

  deinit {
    close(original)
    close(captured)
  }

  /// Leads descriptor 2 to the memory file.
  func capture() { dup2(captured, 2) }

  /// Leads descriptor 2 to where it led before.
  func release() { dup2(original, 2) }

  /// Releases, and says what was kept, without control characters.
  func replay() {
    release()
    // A memory file of our own: where even that can't be read back, its words are lost.
    guard lseek(captured, 0, SEEK_SET) == 0, var kept = try? SmallFile.read(captured, limit: Self.limit), !kept.isEmpty
    else { return }
    for index in kept.indices where kept[index] < 32 && kept[index] != 10 && kept[index] != 9 { kept[index] = 0x3F }
    // Standard error that can't be written has nobody to be told to.
    try? Standard.write(kept, to: 2)
    ftruncate(captured, 0)
  }
}
