/// What CNI's plugins left of the attachments that they made: which networks there are, and who is on them.
struct CNIFiles {
  /// Where libcni has its results; those of releases before 0.7 in the second.
  static let places = ["var/lib/cni/results", "var/lib/cni/cache/results"]

  /// Each network once, sorted by its name.
  private(set) var networks: [NetworkRecord] = []
  /// The names of networks by the container's id, as whoever called CNI has it.
  private var attachments: [String: Set<String>] = [:]

  /// Reads all of them.
  init(_ folder: TrustedFolder) {
    var known: [String: NetworkRecord] = [:]
    for place in Self.places {
      for name in folder.names(in: place) {
        guard let bytes = folder.read("\(place)/\(name)", limit: ReadLimit.recordFile),
          let result = decodeJSON(CNIResult.self, bytes: bytes)
        else { continue }
        if known[result.network]?.bridge == nil { known[result.network] = result.record }
        attachments[result.container, default: []].insert(result.network)
      }
    }
    networks = known.values.sorted { $0.name < $1.name }
  }

  /// The networks of a container; `ctr` and nerdctl write its namespace before its id.
  func networks(of id: String, in namespace: String? = nil) -> [String] {
    let names = attachments[id] ?? namespace.flatMap { attachments["\($0)-\(id)"] } ?? []
    return names.sorted()
  }
}
