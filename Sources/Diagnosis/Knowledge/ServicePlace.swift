package import Topology

/// An address and a port that a service is at.
package struct ServicePlace: Hashable, Sendable {
  package var address: IPAddress
  package var port: UInt16?

  package init(address: IPAddress, port: UInt16?) {
    self.address = address
    self.port = port
  }
}
