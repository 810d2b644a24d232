import Foundation
import Testing

/// The kernel's constants as the sources have them, against the kernel's own headers: a pure room can't include those,
/// and the headers of old machines lack what new kernels send, so the sources have the numbers themselves.
///
/// Two forms are read: a declaration of a number whose summary begins with the constant's name, and a row of a kind's
/// table. The C compiler compares them with linux-libc-dev's headers.
@Suite struct ConstantTests {
  private struct Constant: Hashable {
    var name: String
    var value: Int
    var place: String
  }

  /// What Debian 12's headers (Linux 6.1) lack, by the version that brought it. Any other name that is not found is a
  /// name that does not exist.
  private static let newer: [String: String] = [
    "IFLA_BRPORT_MAB": "6.2", "IFLA_NETKIT_PRIMARY": "6.7", "IFLA_NETKIT_POLICY": "6.7",
    "IFLA_NETKIT_PEER_POLICY": "6.7", "IFLA_NETKIT_MODE": "6.7", "IFLA_BR_FDB_MAX_LEARNED": "6.7",
    "IFLA_BOND_COUPLED_CONTROL": "6.9", "IFLA_HSR_INTERLINK": "6.10", "NTF_EXT_LOCKED": "6.2",
    "IFLA_MACVLAN_BC_CUTOFF": "6.4", "IFLA_VXLAN_LOCALBYPASS": "6.5", "IFLA_VXLAN_RESERVED_BITS": "6.14",
    "IFLA_GSO_IPV4_MAX_SIZE": "6.3", "IFLA_GRO_IPV4_MAX_SIZE": "6.3", "IFLA_BR_FDB_N_LEARNED": "6.7",
    "IFLA_NETKIT_SCRUB": "6.13", "IFLA_NETKIT_PEER_SCRUB": "6.13", "IFLA_BRPORT_NEIGH_VLAN_SUPPRESS": "6.4",
    "IFLA_BRPORT_BACKUP_NHID": "6.6", "IFLA_BRPORT_MCAST_N_GROUPS": "6.3", "IFLA_BRPORT_MCAST_MAX_GROUPS": "6.3",
    "BRIDGE_VLANDB_ENTRY_MCAST_N_GROUPS": "6.3", "BRIDGE_VLANDB_ENTRY_MCAST_MAX_GROUPS": "6.3",
    "BRIDGE_VLANDB_ENTRY_NEIGH_SUPPRESS": "6.4", "MDBA_MDB_EATTR_DST": "6.4", "MDBA_MDB_EATTR_DST_PORT": "6.4",
    "MDBA_MDB_EATTR_VNI": "6.4", "MDBA_MDB_EATTR_IFINDEX": "6.4", "MDBA_MDB_EATTR_SRC_VNI": "6.4",
    "IFLA_BOND_BROADCAST_NEIGH": "6.17",
    "IFLA_BOND_SLAVE_ACTOR_PORT_PRIO": "6.18", "IFLA_GENEVE_LOCAL": "7.x", "IFLA_GENEVE_LOCAL6": "7.x",
  ]

  /// Names that no header for programs has: of the kernel's own sources, and of iproute2's.
  private static let unpublished: Set<String> = ["NFT_JUMP_STACK_SIZE", "NLMSG_TSTAMP"]

  /// Prefixes of which at least one constant must have been read: else this test reads nothing of them.
  private static let families = [
    "AF_", "ARPHRD_", "BRIDGE_QUERIER_", "BRIDGE_VLANDB_", "BRIDGE_VLAN_INFO_", "IFAPROT_", "IFLA_MACSEC_", "MDBA_",
    "VXLAN_VNIFILTER_", "E", "FIB_RULE_", "FRA_", "FR_ACT_", "ICMPV6_ROUTER_PREF_", "IFA_", "IFA_F_",
    "IFF_", "IFLA_", "IFLA_BOND_", "IFLA_BR_", "IFLA_BRPORT_", "IFLA_INFO_", "IFLA_VXLAN_", "NDA_", "NETLINK_",
    "NETNSA_",
    "NFNLGRP_", "NFPROTO_", "NFTA_", "NFT_MSG_", "NF_", "NF_INET_", "NLA_", "NLMSG_", "NLM_F_", "NTF_", "NUD_", "RTAX_",
    "RTA_", "RTM_", "RTM_F_", "RTNH_F_", "RTNLGRP_", "RTN_", "RTPROT_", "RT_SCOPE_", "RT_TABLE_", "SOL_",
    "SO_EE_ORIGIN_", "T_", "RES_", "CTA_", "IPCTNL_MSG_", "IPS_", "TCP_CONNTRACK_",
  ]

  private static let headers = [
    "errno.h", "fcntl.h", "sched.h", "signal.h", "netinet/in.h", "arpa/nameser.h", "resolv.h",
    "sys/epoll.h", "sys/mount.h", "sys/socket.h", "linux/amt.h", "linux/errqueue.h",
    "linux/fib_rules.h", "linux/genetlink.h", "linux/icmp.h", "linux/icmpv6.h", "linux/if.h",
    "linux/if_addr.h", "linux/if_arp.h", "linux/if_bridge.h", "linux/if_link.h", "linux/if_tunnel.h", "linux/limits.h",
    "linux/neighbour.h", "linux/net_namespace.h", "linux/netfilter.h", "linux/netfilter/nf_tables.h",
    "linux/netfilter/nfnetlink.h", "linux/netfilter/nfnetlink_conntrack.h",
    "linux/netfilter/nf_conntrack_common.h", "linux/netfilter/nf_conntrack_tcp.h", "linux/inet_diag.h",
    "linux/netlink.h", "linux/pkt_sched.h", "linux/rtnetlink.h",
    "linux/sock_diag.h",
    "linux/veth.h", "linux/wireguard.h", "netinet/tcp.h",
  ]

  private static let compiler: String? = ["clang", "cc"].lazy.flatMap { name in
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
  }.first { FileManager.default.isExecutableFile(atPath: $0) }

  private static let mayCompare =
    compiler != nil && FileManager.default.fileExists(atPath: "/usr/include/linux/if_link.h")
    || ProcessInfo.processInfo.environment["NETNS_TOP_NO_SKIP"] != nil

  private static func constants() throws -> [Constant] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources")
    let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    var found: [Constant] = []
    while let file = files?.nextObject() as? URL {
      guard file.pathExtension == "swift" else { continue }
      found += constants(in: try String(contentsOf: file, encoding: .utf8), file.lastPathComponent)
    }
    return found
  }

  private static func constants(in text: String, _ file: String) -> [Constant] {
    let declared =
      /^\s*(?:public )?(?:private )?(?:static (?:let|var)|case) [^=({]+(?:=|\{) (?:\w+\(rawValue: )?(-?[0-9]\w*)\)?(?: \})?$/
    let row = /KindField\(\s*"(\w+)", (\d+),/
    var found: [Constant] = []
    // The name of the constant that the summary of what follows begins with.
    var name: String?
    var isSummary = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("///") {
        if !isSummary { name = words.prefixMatch(of: /\/\/\/ `([A-Z][A-Z0-9_]+)`/).map { String($0.1) } }
        isSummary = true
        continue
      }
      isSummary = false
      if words.hasPrefix("@") { continue }
      if let name, let match = line.wholeMatch(of: declared), let value = number(String(match.1)) {
        found.append(Constant(name: name, value: value, place: file))
      }
      name = nil
    }
    for match in text.matches(of: row) {
      found.append(Constant(name: String(match.1), value: Int(match.2) ?? -1, place: file))
    }
    return found
  }

  private static func number(_ text: String) -> Int? {
    let digits = text.replacing("_", with: "")
    return digits.hasPrefix("0x") ? Int(digits.dropFirst(2), radix: 16) : Int(digits)
  }

  /// What the compiler says of a program that asserts each constant's value.
  private static func diagnostics(_ constants: [Constant]) throws -> [String] {
    var program = headers.map { "#include <\($0)>\n" }.joined()
    for constant in constants {
      // A mask that is made with ~ is an int there.
      let (name, value) = (constant.name, constant.value)
      program +=
        "_Static_assert((\(name)) == \(value) || ((\(name)) < 0 && ((\(name)) & 0xFFFF) == \(value)), \"=\(name)\");\n"
    }
    let compiler = try #require(compiler)
    let (process, input, errors) = (Process(), Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: compiler)
    process.arguments = ["-D_GNU_SOURCE", "-fsyntax-only", "-w", "-x", "c", "-"]
    // Those of another kernel (`make headers_install`), before the machine's.
    if let other = ProcessInfo.processInfo.environment["NETNS_TOP_HEADERS"] { process.arguments? += ["-I", other] }
    // All of them, and no guesses of what was meant: those would be compared, too.
    if compiler.hasSuffix("clang") { process.arguments? += ["-ferror-limit=0", "-fno-spell-checking"] }
    process.standardInput = input
    process.standardError = errors
    try process.run()
    let bytes = Data(program.utf8)
    Thread {
      input.fileHandleForWriting.write(bytes); try? input.fileHandleForWriting.close()
    }.start()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return said.split(separator: "\n").map(String.init)
  }

  @Test(.enabled(if: mayCompare, "there is no C compiler, or there are no headers of the kernel (linux-libc-dev)"))
  func everyConstantIsTheHeaders() throws {
    let constants = try Self.constants().filter { !Self.unpublished.contains($0.name) }
    for family in Self.families {
      #expect(constants.contains { $0.name.hasPrefix(family) }, "no \(family)* was read")
    }
    #expect(constants.count > 500)
    var lacking: Set<String> = []
    var others: [String] = []
    for line in try Self.diagnostics(constants) where line.contains("error:") {
      if let match = line.firstMatch(of: /=(\w+)"?/),
        line.contains("static assertion failed") || line.contains("static_assert failed")
      {
        let name = String(match.1)
        for constant in constants where constant.name == name {
          Issue.record("\(constant.place): \(name) is not \(constant.value)")
        }
      } else if line.contains("undeclared"), let match = line.firstMatch(of: /['‘](\w+)['’]/) {
        lacking.insert(String(match.1))
      } else {
        others.append(line)
      }
    }
    #expect(others.isEmpty, "\(others.prefix(3))")
    for name in lacking.sorted() where Self.newer[name] == nil { Issue.record("no header has \(name)") }
    if !lacking.isEmpty {
      let list = lacking.sorted().map { "\($0) (Linux \(Self.newer[$0] ?? "?"))" }.joined(separator: ", ")
      print("ConstantTests: \(constants.count) constants, of which these headers lack \(lacking.count): \(list)")
    }
  }

  /// The test itself finds what it is for.
  @Test(.enabled(if: mayCompare, "there is no C compiler, or there are no headers of the kernel (linux-libc-dev)"))
  func aWrongNumberIsFound() throws {
    let source = """
        /// `NUD_STALE`: as it is.
        public static let stale: UInt16 = 0x04
        /// `NUD_DELAY`: wrong.
        static let delay = NeighborState(rawValue: 0x0_9)
        /// `NDA_PORT`.
        case port = 7
        /// A `NDA_VNI` that is none: the summary does not begin with it.
        static let vni: UInt16 = 99
      KindField(
        "IFLA_VLAN_ID", 2, "id")
      """
    let constants = Self.constants(in: source, "source")
    #expect(constants.map(\.name) == ["NUD_STALE", "NUD_DELAY", "NDA_PORT", "IFLA_VLAN_ID"])
    let said = try Self.diagnostics(constants).filter { $0.contains("error:") }
    #expect(said.count == 3, "\(said)")
  }
}
