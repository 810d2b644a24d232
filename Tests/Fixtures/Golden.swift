public import Canvas
internal import LinuxSystem
internal import SystemPackage

/// Pictures that a person has looked at, as planes of text: what stands in each cell, and in which role.
public enum Golden {
  /// One plane of a picture: the ending of its file, and its rows.
  public struct Plane: Sendable {
    /// The ending of the file's name, without its dot ("txt", "roles").
    public var suffix: String
    /// The rows from the top, without line ends; the file ends each with a newline.
    public var rows: [String]

    /// Makes a plane.
    public init(_ suffix: String, _ rows: [String]) {
      self.suffix = suffix
      self.rows = rows
    }
  }

  /// Compares a canvas with the files `NAME.txt` and `NAME.roles` in `Goldens` beside the test's source.
  ///
  /// Returns nil where they agree, else the first difference. With UPDATE_GOLDEN set the files are written instead.
  public static func difference(_ canvas: CellCanvas, _ name: String, file: String = #filePath) -> String? {
    difference([Plane("txt", canvas.rows), Plane("roles", canvas.roleRows)], name, file: file)
  }

  /// The same for a screen in all its modes: Unicode and ASCII, roles, and what is left of them without colours.
  ///
  /// With GOLDEN_ANSI set to a folder, coloured copies are written there to be looked at.
  public static func difference(
    unicode: CellCanvas, ascii: CellCanvas, _ name: String, file: String = #filePath
  ) -> String? {
    if let folder = Standard.environment["GOLDEN_ANSI"] {
      for (suffix, canvas, theme) in [
        ("unicode", unicode, Theme.dark), ("ascii", ascii, .dark), ("mono", unicode, .mono),
      ] {
        let rows = canvas.ansi(theme, colors: .indexed256)
        if let trouble = write(rows, "\(folder)/\(name)-\(suffix).ans") { return trouble }
      }
    }
    return difference(
      [
        Plane("txt", unicode.rows), Plane("roles", unicode.roleRows), Plane("ascii", ascii.rows),
        Plane("mono", monoRows(unicode)),
      ], name, file: file)
  }

  private static func difference(_ planes: [Plane], _ name: String, file: String) -> String? {
    let folder = file.split(separator: "/").dropLast().joined(separator: "/")
    for plane in planes {
      let path = "/\(folder)/Goldens/\(name).\(plane.suffix)"
      if Standard.environment["UPDATE_GOLDEN"] != nil {
        if let trouble = write(plane.rows, path) { return trouble }
        continue
      }
      guard let bytes = try? SmallFile.read(path) else {
        return "\(path) is missing: run with UPDATE_GOLDEN=1, then look"
      }
      let wanted = String(decoding: bytes, as: UTF8.self)
      if wanted == plane.rows.joined(separator: "\n") + "\n" { continue }
      let old = wanted.split(separator: "\n", omittingEmptySubsequences: false)
      for (number, row) in plane.rows.enumerated() where number >= old.count || old[number] != row {
        return """
          \(name).\(plane.suffix) row \(number):
            golden \(number < old.count ? String(old[number]) : "(none)")
            now    \(row)
          """
      }
      return "\(name).\(plane.suffix): \(old.count) rows in the golden, \(plane.rows.count) now"
    }
    return nil
  }

  /// What is wrong, else nil.
  private static func write(_ rows: [String], _ path: String) -> String? {
    do {
      let fd = try FileDescriptor.open(
        FilePath(path), .writeOnly, options: [.create, .truncate],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      try fd.closeAfter { _ = try fd.writeAll((rows.joined(separator: "\n") + "\n").utf8) }
      return nil
    } catch { return "\(path): \(error)" }
  }

  /// The attributes that the theme without colours gives each cell: a letter for each set of them, blank for none.
  private static func monoRows(_ canvas: CellCanvas) -> [String] {
    (0..<canvas.size.height).map { y in
      var row = (0..<canvas.size.width).map { x in
        let cell = canvas[x, y]
        let emphasis = Theme.mono.style(for: cell.role, colors: .mono).emphasis.union(cell.emphasis)
        return Character(Unicode.Scalar(emphasis.rawValue == 0 ? 0x20 : 0x60 + emphasis.rawValue))
      }
      while row.last == " " { row.removeLast() }
      return String(row)
    }
  }
}
