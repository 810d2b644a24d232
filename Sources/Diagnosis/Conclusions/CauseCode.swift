/// What kind of fault stops a packet; the raw values are the codes of `explain`'s JSON.
public enum CauseCode: String, Hashable, Sendable, CaseIterable {
  /// The container is not running, or its network namespace is gone.
  case namespaceGone = "namespace-gone"
  /// A link on the way is switched off (`IFF_UP` is not set).
  case linkDown = "link-down"
  /// A link on the way is switched on and has no carrier (`IFF_LOWER_UP` is not set).
  case noCarrier = "no-carrier"
  /// An interface that needs an address of the family has none (`IFA_LOCAL`).
  case noAddress = "no-address"
  /// A namespace on the way has no route for the packet or for its reply.
  case noRoute = "no-route"
  /// A route or a policy rule refuses the packet (`RTN_BLACKHOLE`, `RTN_UNREACHABLE`, `RTN_PROHIBIT`).
  case routeRejects = "route-rejects"
  /// Both ends are on one segment, and the prefix of one leaves out the address of the other.
  case wrongSubnet = "wrong-subnet"
  /// The other end of a container's cable is in no bridge (it has no `IFLA_MASTER`).
  case notABridgePort = "not-a-bridge-port"
  /// The ends are in one subnet, and no cable or bridge joins them.
  case differentBridges = "different-bridges"
  /// The bridge is switched off, or it lacks an address in the subnet of its ports.
  case bridgeDown = "bridge-down"
  /// A bridge's port is in another state than `BR_STATE_FORWARDING` (`IFLA_BRPORT_STATE`).
  case portNotForwarding = "port-not-forwarding"
  /// Both ports are isolated, and a bridge passes nothing between such ports (`IFLA_BRPORT_ISOLATED`).
  case portIsolated = "port-isolated"
  /// A port takes no untagged frames, or the two ports are not in one VLAN (`IFLA_BRIDGE_VLAN_INFO`).
  case vlanMismatch = "vlan-mismatch"
  /// The bridge does not know the MAC address and may not flood to its port (`IFLA_BRPORT_UNICAST_FLOOD`).
  case floodingOff = "flooding-off"
  /// The forwarding database has the MAC address on another port than the one it lives behind.
  case fdbWrongPort = "fdb-wrong-port"
  /// Nobody in the picture has the next hop's address (`NUD_FAILED`, `NUD_INCOMPLETE`).
  case neighborFailed = "neighbor-failed"
  /// A neighbour entry names another MAC address than the owner of the IP address has (`NDA_LLADDR`).
  case neighborWrongMAC = "neighbor-wrong-mac"
  /// An interface takes no part in ARP (`IFF_NOARP` is set).
  case neighborOff = "neighbor-off"
  /// Two interfaces that can meet the packet have the same IP address.
  case duplicateAddress = "duplicate-address"
  /// Two interfaces of one segment have the same MAC address (`IFLA_ADDRESS`).
  case duplicateMAC = "duplicate-mac"
  /// A rule or a policy of a packet filter drops or rejects the packet.
  case firewallDrop = "firewall-drop"
  /// A namespace that has to pass the packet on does not forward (`ip_forward`, `forwarding` of ip-sysctl).
  case forwardingOff = "forwarding-off"
  /// A router does not believe the source of a packet that came in by that interface (`rp_filter`).
  case reversePathFilter = "reverse-path-filter"
  /// Only ping is filtered: echo is ignored (`icmp_echo_ignore_all`), or TCP is answered and echo is not.
  case echoIgnored = "echo-ignored"
  /// Large packets vanish: a link on the way takes smaller ones than the sender believes (`IFLA_MTU`).
  case mtuMismatch = "mtu-mismatch"
  /// An engine keeps its networks apart, or a mode of macvlan or ipvlan keeps its links apart.
  case networkIsolation = "network-isolation"
  /// The destination answers, and nothing listens on the port that was asked for.
  case portClosed = "port-closed"
  /// Somebody has the address, or leads to it, and a setting or a rule keeps the answer back (arp(7), RFC 4861).
  case nobodyAnswersFor = "nobody-answers-for"
  /// The address is tentative, or failed its duplicate detection (`IFA_F_TENTATIVE`, `IFA_F_DADFAILED`).
  case addressUnusable = "address-unusable"
  /// IPv6 is switched off (`disable_ipv6`).
  case ipv6Disabled = "ipv6-disabled"
  /// A locked port of a bridge does not know the sender (`IFLA_BRPORT_LOCKED`).
  case portLocked = "port-locked"
  /// A route, a rule of the policy or a table leads another way than to where the destination lies.
  case otherWay = "other-way"
  /// Two connected routes hold the destination, and the kernel takes the wrong one.
  case subnetOverlap = "subnet-overlap"
  /// The source that the packet carries can't be answered: chosen by a route, or translated to.
  case wrongSource = "wrong-source"
  /// The packet leaves the machine with a source that nobody outside can answer.
  case noMasquerade = "no-masquerade"
  /// The packet's time to live ends at a router.
  case ttlExceeded = "ttl-exceeded"
  /// This machine sends the packet on rightly, and nothing comes back from outside.
  case beyondView = "beyond-view"
  /// The reply goes a way on which its addresses are not translated back.
  case replyBypassesTranslation = "reply-bypasses-translation"
  /// The frame would have to leave by the port that it came in by (`IFLA_BRPORT_MODE`).
  case hairpinOff = "hairpin-off"
  /// A program listens on the port, but on another address or family.
  case listensElsewhere = "listens-elsewhere"
  /// The listener's queue is full: it does not accept.
  case queueFull = "queue-full"
  /// Nobody is behind what the packet was handed to: a queue, a transparent proxy, a tap.
  case noProgram = "no-program"
  /// The two ends of a tunnel disagree, or its table is stale.
  case tunnelMismatch = "tunnel-mismatch"
  /// A program of XDP or tc is attached where the packet was seen last.
  case opaqueProgram = "opaque-program"
  /// The name has no address for the source: NXDOMAIN, no records, or the server's own failure.
  case nameNotResolved = "name-not-resolved"
  /// The source's name server does not answer.
  case resolverUnreachable = "resolver-unreachable"
  /// A packet of 127.0.0.0/8 was translated, and `route_localnet` is 0: the kernel sends it nowhere.
  case loopbackNotRouted = "loopback-not-routed"
  /// Connection tracking sends a flow elsewhere than the rules would now.
  case staleConnection = "stale-connection"
  /// Connection tracking has no room for another connection (`nf_conntrack_max`).
  case connectionsFull = "connections-full"
  /// A rule that a container engine makes for a network or a port is not there.
  case ruleMissing = "rule-missing"
  /// No cause was found, or something could not be read that would tell it.
  case unknown
}
