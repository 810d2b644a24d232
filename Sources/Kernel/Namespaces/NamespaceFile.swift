/// A file that stands for a namespace. The inode is checked after opening, so that a path that was reused is noticed.
public struct NamespaceFile: Hashable, Sendable {
  /// The path's bytes: a mount point may have any.
  public var path: [UInt8]
  /// The nsfs inode that the path led to when it was seen.
  public var inode: UInt64

  /// Makes a file of a path and the inode that it should have; opens nothing.
  public init(path: [UInt8], inode: UInt64) {
    self.path = path
    self.inode = inode
  }
}
