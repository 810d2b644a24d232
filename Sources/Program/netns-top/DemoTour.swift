import Commands
import Lab
import LinuxSystem
import Namespaces
import Session
import Topology
import Tour

/// The laboratory of a guide: it is changed as the story goes.
struct GuidedLaboratory {
  let lab: Laboratory
  let blueprint: Blueprint

  /// Does what the guide orders; returns what went wrong, in one line.
  func obey(_ order: LaboratoryOrder) -> String? {
    do {
      switch order {
      case .arrange(let containers): try lab.arrange(blueprint, containers: containers)
      case .switchBridgeOff: try lab.apply(.bridgeDown(TourFacts.bridge), blueprint)
      case .unplug(let name): try lab.apply(.unplugged(name), blueprint)
      case .readdress(let name, let address):
        try lab.apply(.address(name, address.bytes, prefixLength: 16), blueprint)
      }
      return nil
    } catch { return error.description }
  }
}
