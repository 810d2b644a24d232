internal import Glibc
internal import Labels

/// What has to be known of files to find a socket.
enum FileSystem {
  /// A file, whatever path leads to it.
  struct Identity: Hashable {
    var device: UInt
    var inode: UInt
  }

  /// A socket in the file system.
  struct Socket {
    let identity: Identity
    /// The uid of whose it is.
    let owner: UInt32
  }

  /// Nil where there is no socket at that path, or none that may be seen; a link at its end is followed, or is none.
  static func socket(_ path: String, followsLink: Bool = true) -> Socket? {
    var status = stat()
    let result = followsLink ? unsafe stat(path, &status) : unsafe lstat(path, &status)
    guard result == 0, status.st_mode & S_IFMT == S_IFSOCK else { return nil }
    return Socket(
      identity: Identity(device: UInt(status.st_dev), inode: UInt(status.st_ino)), owner: UInt32(status.st_uid))
  }

  /// The uid of whose a folder is; nil where there is none at that path.
  static func owner(ofFolder path: String) -> UInt32? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return nil }
    return UInt32(status.st_uid)
  }

  /// Whether a folder has that path, or a link to one.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether nothing has that path, for sure.
  static func isMissing(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) != 0 && errno == ENOENT
  }

  /// The names in a directory that are UTF-8 and not hidden; throws where it can't be read.
  static func names(in directory: String) throws(EngineEndpointError) -> [String] {
    guard let stream = unsafe opendir(directory) else {
      throw EngineEndpointError(Say.EnginesAddress.cannotReadFolder(directory))
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe String(validating: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      if let name, !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
