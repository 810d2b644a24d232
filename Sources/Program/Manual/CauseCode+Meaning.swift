internal import Chapters
package import Conclusions

extension CauseCode {
  /// What the code means, in a sentence. Neither switch has a default: without its words a new code is not built.
  package var meaning: String {
    switch self {
    case .namespaceGone: Say.Causes.namespaceGone
    case .linkDown: Say.Causes.linkDown
    case .noCarrier: Say.Causes.noCarrier
    case .noAddress: Say.Causes.noAddress
    case .noRoute: Say.Causes.noRoute
    case .routeRejects: Say.Causes.routeRejects
    case .wrongSubnet: Say.Causes.wrongSubnet
    case .duplicateAddress: Say.Causes.duplicateAddress
    case .duplicateMAC: Say.Causes.duplicateMAC
    case .forwardingOff: Say.Causes.forwardingOff
    case .reversePathFilter: Say.Causes.reversePathFilter
    case .mtuMismatch: Say.Causes.mtuMismatch
    case .addressUnusable: Say.Causes.addressUnusable
    case .ipv6Disabled: Say.Causes.ipv6Disabled
    case .otherWay: Say.Causes.otherWay
    case .subnetOverlap: Say.Causes.subnetOverlap
    case .wrongSource: Say.Causes.wrongSource
    case .ttlExceeded: Say.Causes.ttlExceeded
    case .beyondView: Say.Causes.beyondView
    case .loopbackNotRouted: Say.Causes.loopbackNotRouted
    case .notABridgePort, .differentBridges, .bridgeDown, .portNotForwarding, .portIsolated, .vlanMismatch,
      .floodingOff, .fdbWrongPort, .neighborFailed, .neighborWrongMAC, .neighborOff, .firewallDrop, .echoIgnored,
      .networkIsolation, .portClosed, .nobodyAnswersFor, .portLocked, .noMasquerade, .replyBypassesTranslation,
      .hairpinOff, .listensElsewhere, .queueFull, .noProgram, .tunnelMismatch, .opaqueProgram, .nameNotResolved,
      .resolverUnreachable, .staleConnection, .connectionsFull, .ruleMissing, .unknown:
      meaningBeyondRoutes
    }
  }

  /// The same for what goes wrong at bridges, neighbours, rules and programs.
  private var meaningBeyondRoutes: String {
    switch self {
    case .notABridgePort: Say.Causes.notABridgePort
    case .differentBridges: Say.Causes.differentBridges
    case .bridgeDown: Say.Causes.bridgeDown
    case .portNotForwarding: Say.Causes.portNotForwarding
    case .portIsolated: Say.Causes.portIsolated
    case .vlanMismatch: Say.Causes.vlanMismatch
    case .floodingOff: Say.Causes.floodingOff
    case .fdbWrongPort: Say.Causes.fdbWrongPort
    case .neighborFailed: Say.Causes.neighborFailed
    case .neighborWrongMAC: Say.Causes.neighborWrongMAC
    case .neighborOff: Say.Causes.neighborOff
    case .firewallDrop: Say.Causes.firewallDrop
    case .echoIgnored: Say.Causes.echoIgnored
    case .networkIsolation: Say.Causes.networkIsolation
    case .portClosed: Say.Causes.portClosed
    case .nobodyAnswersFor: Say.Causes.nobodyAnswersFor
    case .portLocked: Say.Causes.portLocked
    case .noMasquerade: Say.Causes.noMasquerade
    case .replyBypassesTranslation: Say.Causes.replyBypassesTranslation
    case .hairpinOff: Say.Causes.hairpinOff
    case .listensElsewhere: Say.Causes.listensElsewhere
    case .queueFull: Say.Causes.queueFull
    case .noProgram: Say.Causes.noProgram
    case .tunnelMismatch: Say.Causes.tunnelMismatch
    case .opaqueProgram: Say.Causes.opaqueProgram
    case .nameNotResolved: Say.Causes.nameNotResolved
    case .resolverUnreachable: Say.Causes.resolverUnreachable
    case .staleConnection: Say.Causes.staleConnection
    case .connectionsFull: Say.Causes.connectionsFull
    case .ruleMissing: Say.Causes.ruleMissing
    case .unknown: Say.Causes.unknown
    case .namespaceGone, .linkDown, .noCarrier, .noAddress, .noRoute, .routeRejects, .wrongSubnet, .duplicateAddress,
      .duplicateMAC, .forwardingOff, .reversePathFilter, .mtuMismatch, .addressUnusable, .ipv6Disabled, .otherWay,
      .subnetOverlap, .wrongSource, .ttlExceeded, .beyondView, .loopbackNotRouted:
      meaning
    }
  }
}
