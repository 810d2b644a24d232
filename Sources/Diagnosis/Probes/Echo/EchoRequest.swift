internal import Paths
internal import Questions
internal import Topology

/// How an echo request is to be sent.
struct EchoRequest {
  var namespace: NamespaceID
  /// The address to send from; nil: the kernel's choice.
  var source: IPAddress?
  var destination: IPAddress
  /// The ifindex to send by, of a link-local IPv6 address (`sin6_scope_id`); else 0.
  var scope: UInt32
  /// Bytes behind the ICMP header.
  var payload: Int
  var forbidsFragments: Bool

  /// A request of a ping.
  init(_ route: PingRoute, payload: Int) {
    namespace = route.source.namespace
    source = nil
    destination = route.destinationAddress
    scope = destination.isIPv6 && destination.isLinkLocal ? route.sourceLink.index : 0
    self.payload = payload
    forbidsFragments = false
  }

  /// A request of a series; what is smaller than its own headers has no data.
  init(_ probe: EchoProbe) {
    namespace = probe.namespace
    source = probe.source
    destination = probe.destination
    scope = probe.outLink?.index ?? 0
    payload = max(0, min(probe.size, 65_535) - (probe.destination.isIPv6 ? 48 : 28))
    forbidsFragments = probe.forbidsFragments
  }
}
