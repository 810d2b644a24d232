import Foundation
import Testing

extension KernelTests {
  /// What the program touches: every system call of every command that could change something, as README says.
  ///
  /// `NETNS_TOP_TOUCH_SECONDS` is how long the commands that go on are watched (3 unless given).
  @Suite struct TouchTests {
    private static let seconds = ProcessInfo.processInfo.environment["NETNS_TOP_TOUCH_SECONDS"].flatMap { Int($0) } ?? 3

    /// Two containers on a bridge, and a packet filter that one of them is behind.
    private static let network = """
      ip link set lo up; ip link add br0 type bridge; ip link set br0 up; ip addr add 10.77.0.1/24 dev br0
      for n in 2 3; do
        ip netns add c$n; ip link add v$n type veth peer name eth0 netns c$n; ip link set v$n master br0 up
        ip -n c$n link set eth0 up; ip -n c$n addr add 10.77.0.$n/24 dev eth0
      done
      ip netns exec c3 nft 'add table ip f; add chain ip f i { type filter hook input priority 0; policy drop; }'
      """

    /// Calls that change something by themselves; of `openat` those that may write.
    private static let calls =
      "openat,open,creat,openat2,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,"
      + "chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,truncate,ftruncate,mknod,mknodat,setxattr,utimensat,mount,umount2,"
      + "pivot_root,chroot,sethostname,setdomainname,settimeofday,clock_settime,init_module,finit_module,delete_module,kexec_load,"
      + "reboot,swapon,bpf,ptrace,process_vm_writev,kill,tkill,tgkill,pidfd_send_signal,sendto,sendmsg,add_key,setpriority"

    @Test(
      .enabled(
        if: Machine.can("ip", "unshare", "nft", "strace", "script"), "needs root, iproute2, nftables, strace and script"
      ),
      arguments: [
        "show", "show --format json c2", "show --watch", "events", "ping -c 2 c2 c3", "explain c2 c3",
        "explain c2 c3 --trace", "explain c2 c3:5353/udp", "explain c2 http://nobody.example/", "explain c2 internet",
        "explain outside 10.77.0.1:80", "explain --from-all c3:80",
        "", "demo --list", "--print-config",
      ])
    func nothingIsChanged(command: String) throws {
      let run = Machine.inPrivateNamespaces(
        """
        exec 2>/dev/null
        \(Self.network)
        trace() { timeout -s INT \(Self.seconds) strace -f -qq -v -s 0 -o /run/calls -e trace=\(Self.calls) -e signal=none "$@"; }
        if [ -z "\(command)" ]; then
          export TERM=xterm-256color NT NONE
          # Each key once what it waits for is there: counters (it is up), an echo, the tools of an explanation.
          key() { for i in $(seq 200); do grep -qE "$1" /run/calls && break; sleep 0.05; done; printf "$2"; }
          counters='RTM_GETSTATS|nlmsg_type=0x5e'
          (key "$counters" 'l\r'; key "$counters" pp; key sin_addr w; key 'NFT_MSG|nlmsg_type=0xa' q) |
            timeout -s KILL 30 script -qec "strace -f -qq -v -s 0 -o /run/calls -e trace=\(Self.calls) -e signal=none $NT --docker-host $NONE" /dev/null >/dev/null
        else
          case "\(command)" in demo*|--*) trace $NT \(command);; *) trace $NT \(command) --docker-host $NONE;; esac >/dev/null
        fi
        echo '### calls'; cat /run/calls
        """, timeout: 60)
      let lines = run.output.components(separatedBy: "### calls").last?.split(separator: "\n").map(String.init) ?? []
      try #require(!lines.isEmpty, "\(run.output.prefix(300)) \(run.errors)")
      // What was watched did what it is for.
      let sendsEchoes = command.isEmpty || command.hasPrefix("ping") || command.hasPrefix("explain c2 c3")
      #expect(!sendsEchoes || lines.contains { $0.contains("sin_addr") }, "no echo was sent")
      let changes = lines.filter { !isHarmless($0, allowsTrace: command.contains("--trace")) }
      #expect(changes.isEmpty, "\(changes.prefix(8).joined(separator: "\n"))")
    }

    /// Whether a call changes nothing, or what README says.
    private func isHarmless(_ line: String, allowsTrace: Bool) -> Bool {
      let call = line.drop { $0.isNumber || $0 == " " }
      // The second half of a call that another thread interrupted.
      if call.hasPrefix("<...") || call.hasPrefix("+++") || call.hasPrefix("---") { return true }
      if call.hasPrefix("openat(") || call.hasPrefix("open(") {
        let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"].contains { call.contains($0) }
        // The terminal, and where the tools that are run put what they do not want.
        return !writes || call.contains("\"/dev/tty\"") || call.contains("\"/dev/null\"") || call.contains("\"\"...")
      }
      if call.hasPrefix("openat2(") {
        return !["O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_APPEND"].contains { call.contains($0) }
      }
      if call.hasPrefix("sendto(") || call.hasPrefix("sendmsg(") {
        guard call.contains("nlmsg_type=") else { return true }
        // A dump of sockets (SOCK_DIAG_BY_FAMILY): 20 is RTM_NEWADDR elsewhere, and that is no dump of 72 bytes.
        if call.contains("nlmsg_len=72, nlmsg_type=0x14 "), call.contains("NLM_F_REQUEST|0x300") { return true }
        if call.contains("nlmsg_type=SOCK_DIAG_BY_FAMILY"), call.contains("NLM_F_DUMP") { return true }
        let types = call.components(separatedBy: "nlmsg_type=").dropFirst()
          .map { String($0.prefix { $0 != "," && $0 != "}" && $0 != " " }) }
        return types.allSatisfy { asks($0) || (allowsTrace && (isOfNFTables($0) || $0.hasPrefix("NFNL_"))) }
      }
      // The memory file that keeps standard error; children of ours that took too long.
      return call.hasPrefix("ftruncate(") || call.hasPrefix("kill(")
        || call.hasPrefix("setpriority(PRIO_PROCESS, 0, 0)")
    }

    /// `NFT_MSG_GET*` (linux/netfilter/nf_tables.h): tables, chains, rules, sets and their elements, generation, objects,
    /// flowtables.
    private static let asksOfNFTables: Set<Int> = [1, 4, 7, 10, 13, 16, 19, 23]

    /// Whether a message only asks, or gives a namespace a number in our table (RTM_NEWNSID, 88). strace names its type
    /// only where it sees the socket's namespace; rtnetlink's numbers go by fours: new, del, get, set.
    private func asks(_ type: String) -> Bool {
      if type.contains("GET") || type == "RTM_NEWNSID" { return true }
      guard let number = Int(type.dropFirst(2), radix: 16) else { return false }
      if number < 256 { return number == 88 || (number >= 16 && number & 3 == 2) }
      // NFNL_SUBSYS_CTNETLINK: IPCTNL_MSG_CT_GET, and its statistics.
      if number >> 8 == 1 { return [1, 4, 5].contains(number & 255) }
      // NFNL_SUBSYS_NFTABLES, and the one that asks for the revisions of matches.
      return number >> 8 == 10 ? Self.asksOfNFTables.contains(number & 255) : number >> 8 == 11
    }

    private func isOfNFTables(_ type: String) -> Bool {
      // A batch begins and ends with 16 and 17.
      Int(type.dropFirst(2), radix: 16).map { $0 >> 8 == 10 || $0 == 16 || $0 == 17 } ?? type.hasPrefix("NFT_")
    }
  }
}
