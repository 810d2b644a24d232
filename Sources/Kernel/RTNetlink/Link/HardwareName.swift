/// The link layers that have a name in iproute2 (linux/if_arp.h); `ARPHRD_VSOCKMON` has none. The cases are the constants without `ARPHRD_`.
enum HardwareName: UInt16 {
  /// `ARPHRD_NETROM`.
  case netrom = 0
  /// `ARPHRD_ETHER`.
  case ether = 1
  /// `ARPHRD_EETHER`.
  case eether = 2
  /// `ARPHRD_AX25`.
  case ax25 = 3
  /// `ARPHRD_PRONET`.
  case pronet = 4
  /// `ARPHRD_CHAOS`.
  case chaos = 5
  /// `ARPHRD_IEEE802`.
  case ieee802 = 6
  /// `ARPHRD_ARCNET`.
  case arcnet = 7
  /// `ARPHRD_APPLETLK`.
  case appletlk = 8
  /// `ARPHRD_DLCI`.
  case dlci = 15
  /// `ARPHRD_ATM`.
  case atm = 19
  /// `ARPHRD_METRICOM`.
  case metricom = 23
  /// `ARPHRD_IEEE1394`.
  case ieee1394 = 24
  /// `ARPHRD_INFINIBAND`.
  case infiniband = 32
  /// `ARPHRD_SLIP`.
  case slip = 256
  /// `ARPHRD_CSLIP`.
  case cslip = 257
  /// `ARPHRD_SLIP6`.
  case slip6 = 258
  /// `ARPHRD_CSLIP6`.
  case cslip6 = 259
  /// `ARPHRD_RSRVD`.
  case rsrvd = 260
  /// `ARPHRD_ADAPT`.
  case adapt = 264
  /// `ARPHRD_ROSE`.
  case rose = 270
  /// `ARPHRD_X25`.
  case x25 = 271
  /// `ARPHRD_HWX25`.
  case hwx25 = 272
  /// `ARPHRD_CAN`.
  case can = 280
  /// `ARPHRD_PPP`.
  case ppp = 512
  /// `ARPHRD_HDLC`.
  case hdlc = 513
  /// `ARPHRD_LAPB`.
  case lapb = 516
  /// `ARPHRD_DDCMP`.
  case ddcmp = 517
  /// `ARPHRD_RAWHDLC`.
  case rawhdlc = 518
  /// `ARPHRD_TUNNEL`.
  case tunnel = 768
  /// `ARPHRD_TUNNEL6`.
  case tunnel6 = 769
  /// `ARPHRD_FRAD`.
  case frad = 770
  /// `ARPHRD_SKIP`.
  case skip = 771
  /// `ARPHRD_LOOPBACK`.
  case loopback = 772
  /// `ARPHRD_LOCALTLK`.
  case localtlk = 773
  /// `ARPHRD_FDDI`.
  case fddi = 774
  /// `ARPHRD_BIF`.
  case bif = 775
  /// `ARPHRD_SIT`.
  case sit = 776
  /// `ARPHRD_IPDDP`.
  case ipddp = 777
  /// `ARPHRD_IPGRE`.
  case ipgre = 778
  /// `ARPHRD_PIMREG`.
  case pimreg = 779
  /// `ARPHRD_HIPPI`.
  case hippi = 780
  /// `ARPHRD_ASH`.
  case ash = 781
  /// `ARPHRD_ECONET`.
  case econet = 782
  /// `ARPHRD_IRDA`.
  case irda = 783
  /// `ARPHRD_FCPP`.
  case fcpp = 784
  /// `ARPHRD_FCAL`.
  case fcal = 785
  /// `ARPHRD_FCPL`.
  case fcpl = 786
  /// `ARPHRD_IEEE802_TR`.
  case ieee802Tr = 800
  /// `ARPHRD_IEEE80211`.
  case ieee80211 = 801
  /// `ARPHRD_IEEE80211_PRISM`.
  case ieee80211Prism = 802
  /// `ARPHRD_IEEE80211_RADIOTAP`.
  case ieee80211Radiotap = 803
  /// `ARPHRD_IEEE802154`.
  case ieee802154 = 804
  /// `ARPHRD_IEEE802154_MONITOR`.
  case ieee802154Monitor = 805
  /// `ARPHRD_PHONET`.
  case phonet = 820
  /// `ARPHRD_PHONET_PIPE`.
  case phonetPipe = 821
  /// `ARPHRD_CAIF`.
  case caif = 822
  /// `ARPHRD_IP6GRE`.
  case ip6gre = 823
  /// `ARPHRD_NETLINK`.
  case netlink = 824
  /// `ARPHRD_6LOWPAN`.
  case sixLowPAN = 825
  /// `ARPHRD_NONE`.
  case none = 65534
  /// `ARPHRD_VOID`.
  case void = 65535

  /// iproute2's name.
  var text: String {
    switch self {
    case .appletlk: "atalk"
    case .tunnel: "ipip"
    case .localtlk: "ltalk"
    case .ipddp: "ip/ddp"
    case .ipgre: "gre"
    case .ieee802Tr: "tr"
    case .ieee80211: "ieee802.11"
    case .ieee80211Prism: "ieee802.11/prism"
    case .ieee80211Radiotap: "ieee802.11/radiotap"
    case .ieee802154: "ieee802.15.4"
    case .ieee802154Monitor: "ieee802.15.4/monitor"
    case .phonetPipe: "phonet_pipe"
    case .ip6gre: "gre6"
    case .sixLowPAN: "6lowpan"
    default: "\(self)"
    }
  }
}
