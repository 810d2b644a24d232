internal import Namespaces
internal import Topology

/// What is known of one namespace.
struct NamespaceRecord {
  let id: NamespaceID
  /// The id in our own table; nil for our own namespace.
  var nsid: Int32?
  var cookie: UInt64?
  var inode: UInt64?
  var sighting: Sighting?
  var links = LinkTable()
  /// Whether links and addresses could be read.
  var isReadable = true

  init(id: NamespaceID, nsid: Int32?) {
    self.id = id
    self.nsid = nsid
  }
}
