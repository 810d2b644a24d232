internal import Sentences
public import Topology

extension Target {
  /// What it is called as the one who sends.
  public func sourceName(in snapshot: Snapshot) -> String {
    switch self {
    case .outside(let address, let link):
      let uplink = link.flatMap { snapshot.link($0)?.name }.map { "/\($0)" } ?? ""
      return Say.Endpoint.outside + (address.map { "@\($0)" } ?? "") + uplink
    case .endpoint, .stopped, .name: return destinationName
    }
  }

  /// What it is called as the one who is to be reached.
  public var destinationName: String {
    switch self {
    case .endpoint(let endpoint): endpoint.name
    case .outside(let address, _): address?.description ?? Say.Endpoint.internet
    case .stopped(let container): container.name
    case .name(let name): name
    }
  }
}
