internal import Netlink
internal import NetlinkSocket
internal import Questions
internal import RTNetlink
internal import Sentences
internal import SystemPackage
internal import Topology

extension RouteAnswer {
  /// Asks the kernel where it would send a packet; throws why it could not be asked.
  static func lookup(_ query: RouteQuery, _ access: KernelAccess) throws(Unread) -> RouteAnswer {
    let question = RouteMessage.Lookup(
      destination: query.destination.bytes, source: query.source?.bytes, inputIndex: query.inLink?.index,
      outputIndex: query.outLink?.index, mark: query.mark, ipProtocol: query.protocolNumber,
      destinationPort: query.destinationPort)
    let result = try access.visit(query.namespace) { ask(question) }
    switch result {
    case .success(let message):
      guard let message else { throw Unread(Say.Probing.noAnswer("RTM_GETROUTE")) }
      return .route(RouteDecision(message, in: query.namespace))
    case .failure(.refused(let error)): return .refused(errno: error.code, message: error.message)
    case .failure(let error): throw Unread("\(error)")
    }
  }

  /// To be run inside the namespace.
  private static func ask(_ question: RouteMessage.Lookup) -> Result<RouteMessage?, RequestError> {
    Result { () throws(RequestError) in
      var answer: RouteMessage?
      try RequestChannel().perform(RouteMessage.lookup(question), operation: "RTM_GETROUTE") {
        header, payload throws(DecodeError) in
        if header.type == MessageType.newRoute { answer = try RouteMessage(payload) }
      }
      return answer
    }
  }
}

extension RouteDecision {
  /// What the kernel answered, in the model's words.
  init(_ message: RouteMessage, in namespace: NamespaceID) {
    let hop = message.hops.first ?? message.hop
    self.init(
      type: message.typeName, table: message.table,
      gateway: (hop.gateway ?? hop.via).flatMap { IPAddress($0) },
      outLink: hop.index.map { LinkRef(namespace, $0) },
      preferredSource: message.preferredSource.flatMap { IPAddress($0) },
      mtu: message.metrics[RouteMessage.Metric.mtu.rawValue])
  }
}
