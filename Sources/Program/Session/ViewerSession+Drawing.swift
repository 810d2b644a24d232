internal import LinuxSystem
internal import Reports
internal import Story
internal import SystemPackage

extension ViewerSession {
  /// How many files of the same name there may be.
  private static let drawingLimit = 99

  /// Keeps the diagram as an SVG file in the working directory, never in the place of another; returns what is to be said.
  func keptDrawing(_ svg: String) -> String {
    for number in 1...Self.drawingLimit {
      let name = number == 1 ? "netns-top-tour.svg" : "netns-top-tour-\(number).svg"
      do {
        let file = try FileDescriptor.open(
          FilePath(name), .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
          permissions: [.ownerReadWrite, .groupRead, .otherRead])
        try file.closeAfter { _ = try file.writeAll(svg.utf8) }
        return Say.Tour.kept(name)
      } catch let error as Errno {
        if error == .fileExists { continue }
        return Say.Tour.notKept(name, "\(error)")
      } catch { return Say.Tour.notKept(name, "\(error)") }
    }
    return Say.Tour.notKept("netns-top-tour.svg", "\(Errno.fileExists)")
  }
}
