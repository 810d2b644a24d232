/// `IFLA_*` (linux/if_link.h), and the attributes nested in them.
public enum LinkAttribute {
  public static let address: UInt16 = 1
  public static let broadcast: UInt16 = 2
  public static let name: UInt16 = 3
  public static let mtu: UInt16 = 4
  public static let link: UInt16 = 5
  public static let qdisc: UInt16 = 6
  public static let master: UInt16 = 10
  /// `IFLA_PROTINFO`: of AF_BRIDGE the port's attributes.
  public static let protocolInfo: UInt16 = 12
  public static let txQueueLength: UInt16 = 13
  public static let linkMode: UInt16 = 17
  public static let group: UInt16 = 27
  public static let promiscuity: UInt16 = 30
  public static let txQueues: UInt16 = 31
  public static let rxQueues: UInt16 = 32
  public static let minimumMTU: UInt16 = 50
  public static let maximumMTU: UInt16 = 51
  public static let allMulticast: UInt16 = 61
  public static let operState: UInt16 = 16
  public static let linkInfo: UInt16 = 18
  public static let namespacePID: UInt16 = 19
  public static let alias: UInt16 = 20
  public static let stats64: UInt16 = 23
  /// `IFLA_AF_SPEC`: per address family; of AF_BRIDGE the VLANs.
  public static let familySpecific: UInt16 = 26
  public static let extendedMask: UInt16 = 29
  public static let namespaceFD: UInt16 = 28
  /// `IFLA_LINK_NETNSID`: the nsid of the namespace that `link` counts in.
  public static let linkNamespaceID: UInt16 = 37
  /// `IFLA_NEW_NETNSID`: where a link that leaves goes to.
  public static let newNamespaceID: UInt16 = 45
  /// `IFLA_TARGET_NETNSID`.
  public static let targetNamespaceID: UInt16 = 46
  public static let newIndex: UInt16 = 49
  public static let propertyList: UInt16 = 52
  public static let alternativeName: UInt16 = 53

  /// `IFLA_INFO_*`.
  public enum Info {
    public static let kind: UInt16 = 1
    public static let data: UInt16 = 2
    public static let slaveKind: UInt16 = 4
    public static let slaveData: UInt16 = 5
    /// `VETH_INFO_PEER`, nested in the data of a veth.
    public static let vethPeer: UInt16 = 1
  }

  /// `IFLA_BR_*`.
  public enum Bridge {
    public static let ageingTime: UInt16 = 4
    public static let stpState: UInt16 = 5
    public static let vlanFiltering: UInt16 = 7
  }

  /// `IFLA_BRPORT_*`.
  public enum BridgePort {
    public static let state: UInt16 = 1
    public static let mode: UInt16 = 4
    public static let learning: UInt16 = 8
    public static let unicastFlood: UInt16 = 9
    public static let number: UInt16 = 18
    public static let broadcastFlood: UInt16 = 30
    public static let isolated: UInt16 = 33
  }
}
