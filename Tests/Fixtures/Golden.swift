public import Canvas
internal import LinuxSystem
internal import SystemPackage

/// Pictures that a person has looked at, as two planes of text: what stands in each cell, and in which role.
public enum Golden {
  /// Compares a canvas with the files `NAME.txt` and `NAME.roles` in `Goldens` beside the test's source.
  ///
  /// Returns nil where they agree, else the first difference. With UPDATE_GOLDEN set the files are written instead.
  public static func difference(_ canvas: Canvas, _ name: String, file: String = #filePath) -> String? {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    for (suffix, rows) in [("txt", canvas.rows), ("roles", canvas.roleRows)] {
      let path = "/\(folder)/Goldens/\(name).\(suffix)"
      let text = rows.joined(separator: "\n") + "\n"
      if Standard.environment["UPDATE_GOLDEN"] != nil {
        do {
          let fd = try FileDescriptor.open(
            FilePath(path), .writeOnly, options: [.create, .truncate],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
          try fd.closeAfter { _ = try fd.writeAll(text.utf8) }
        } catch { return "\(path): \(error)" }
        continue
      }
      guard let bytes = try? SmallFile.read(path) else {
        return "\(path) is missing: run with UPDATE_GOLDEN=1, then look"
      }
      let wanted = String(decoding: bytes, as: UTF8.self)
      if wanted == text { continue }
      let (old, new) = (wanted.split(separator: "\n", omittingEmptySubsequences: false), rows)
      for (number, row) in new.enumerated() where number >= old.count || old[number] != row {
        return
          "\(name).\(suffix) row \(number):\n  golden \(number < old.count ? String(old[number]) : "(none)")\n  now    \(row)"
      }
      return "\(name).\(suffix): \(old.count) rows in the golden, \(new.count) now"
    }
    return nil
  }
}
