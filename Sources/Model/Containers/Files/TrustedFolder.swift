internal import Glibc
internal import Labels
internal import LinuxSystem
internal import SystemPackage

/// A folder that records are read from. Nothing that lies in it leads out of it, and only regular files of its owner's count:
/// a user's folder can hold anything, and is read with root's rights.
final class TrustedFolder {
  /// Where it is, for messages.
  let path: String
  private let root: OwnedDescriptor
  private let owner: UInt32?
  /// What of it was there and could not be read, the first of several; nil: nothing. What may not be read is not meant: whoever
  /// lacks the right sees no more of the container than its id.
  private(set) var failure: String?
  /// How many bytes may still be read: root's folders have no bound but each file's.
  private var rest: Int

  /// What every attempt counts for, bytes.
  private static let attempt = 4 << 10

  /// Opens a folder; nil where there is none, or where it is not the owner's (nil: whoever's).
  init?(_ path: String, owner: UInt32? = nil) {
    // Missing, or not ours to read: then there is nothing in it for us.
    guard let root = try? RootedFile.root(path) else { return nil }
    if let owner {
      var info = stat()
      guard unsafe fstat(root.rawValue, &info) == 0, UInt32(info.st_uid) == owner else { return nil }
    }
    self.path = path
    self.root = root
    self.owner = owner
    rest = owner == nil ? .max : ReadLimit.reading
  }

  /// The bytes of a file at that place in it; nil where there is none that counts. One with more than `limit` bytes is none.
  func read(_ place: String, limit: Int) -> [UInt8]? {
    guard rest > 0 else {
      note(place, Say.EnginesFiles.tooMuch(mebibytes: ReadLimit.reading >> 20))
      return nil
    }
    // That nothing is there takes its time, too.
    if owner != nil { rest -= Self.attempt }
    do throws(RootedFile.Failure) {
      let (bytes, isCut) = try RootedFile.read(
        place, below: root, limit: owner == nil ? limit : min(limit, ReadLimit.userFile), owner: owner)
      if owner != nil { rest -= bytes.count }
      if !isCut { return bytes }
      note(place, Say.EnginesFiles.tooLong(kibibytes: limit >> 10))
    } catch { note(place, error) }
    return nil
  }

  /// The first bytes of a file at that place; nil as above.
  func beginning(of place: String, length: Int) -> [UInt8]? {
    // What can't be read now was read a moment ago: who asks tries both again.
    (try? RootedFile.read(place, below: root, limit: length, owner: owner))?.bytes
  }

  /// The names of a folder at that place in it that are UTF-8 and not hidden, sorted, the first `ReadLimit.records` of them.
  func names(in place: String) -> [String] {
    do throws(RootedFile.Failure) {
      let names = try RootedFile.names(
        in: place.isEmpty ? "." : place, below: root, owner: owner, limit: ReadLimit.records)
      return names.compactMap { String(validating: $0, as: UTF8.self) }
        .filter { !$0.hasPrefix(".") }.sorted()
    } catch { note(place, error) }
    return []
  }

  private func note(_ place: String, _ error: RootedFile.Failure) {
    switch error {
    case .absent, .foreign: break
    case .notRegular(let kind): note(place, Say.EnginesFiles.isOfKind(kind))
    case .errno(.permissionDenied), .errno(.notPermitted), .errno(.notDirectory), .errno(.noSuchFileOrDirectory): break
    case .errno(let errno): note(place, Say.EnginesFiles.cannotBeRead("\(errno)"))
    }
  }

  /// Notes what is wrong with a file.
  func note(_ place: String, _ text: String) {
    if failure == nil { failure = oneLine("\(path)/\(place) \(text)") }
  }
}
