import Foundation
import Testing

extension KernelTests {
  /// Whoever starts the program, and whatever he has in his environment: nothing of his is run or written with more rights
  /// than he has.
  @Suite struct PrivilegeTests {
    private static let ready = Machine.can("ip", "unshare", "setpriv", "setcap", "nft")
    private static let need: Comment = "needs root, iproute2, util-linux, nftables and libcap2-bin"

    /// test1 and test2 with a firewall between them, and a user who has put a trap wherever he can: tools that say that they
    /// ran, and as whom, a configuration, a description of his terminal. `$AS` runs a command as him.
    private static let network = """
      for n in 1 2; do
        ip netns add test$n; ip link add v$n type veth peer name eth0 netns test$n; ip link set v$n up
        ip addr add 10.0.$n.1/24 dev v$n; ip -n test$n addr add 10.0.$n.2/24 dev eth0
        ip -n test$n link set eth0 up; ip -n test$n route add default via 10.0.$n.1
      done
      sysctl -qw net.ipv4.ip_forward=1; nft add table inet f
      nft 'add chain inet f fw { type filter hook forward priority 0; policy drop; }'
      U=/run/user; mkdir -p $U/netns-top $U/.config/netns-top $U/bin $U/x; mkdir -m 700 /run/root
      for tool in nft iptables-save ip6tables-save iptables-nft-save ip6tables-nft-save; do
        printf '#!/bin/sh\\nid -u >> /run/user/ran\\n' > $U/bin/$tool; chmod +x $U/bin/$tool
      done
      printf 'theme = light\\nlog-file = /run/user/log\\n' | tee $U/netns-top/config > $U/.config/netns-top/config
      head -c 2000 /dev/urandom > $U/x/xterm; chown -R 65534:65534 $U
      TRAPS="env PATH=$U/bin:$PATH HOME=$U XDG_DATA_HOME=$U XDG_RUNTIME_DIR=$U TERMINFO=$U TERMINFO_DIRS=$U"
      TRAPS="$TRAPS LD_LIBRARY_PATH=$U LD_AUDIT=$U/x DOCKER_HOST=unix:///run/user/socket DOCKER_CONFIG=$U"
      AS="setpriv --reuid 65534 --regid 65534 --clear-groups $TRAPS XDG_CONFIG_HOME=$U"
      cp $NT /run/nt; setcap cap_net_admin,cap_net_broadcast,cap_sys_admin,cap_sys_ptrace,cap_net_raw=ep /run/nt

      """

    @Test(.enabled(if: ready, need)) func aFileCapabilityTakesNothingFromTheEnvironment() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          $AS /run/nt --print-config | grep -E '^(theme|log-file|docker-host)'; $AS /run/nt explain test1 test2 --format json
          echo; ls $U/ran $U/log 2> /dev/null
          """)
      #expect(
        outcome.output.hasPrefix("theme = auto\ndocker-host = auto\nlog-file = none\n{"),
        "\(outcome.output) \(outcome.errors)")
      let lines = outcome.output.split(separator: "\n")
      #expect(lines.count == 4, "\(outcome.output)")
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(lines[3].utf8)) as? [String: Any], "\(outcome.output)")
      // The true nft has read the rules, with a capability that it was lent.
      let also = object["also"] as? [[String: Any]] ?? []
      let codes = ([object["cause"] as? [String: Any] ?? [:]] + also).compactMap { $0["code"] as? String }
      #expect(codes.contains("firewall-drop"), "\(object)")
      #expect(!outcome.errors.contains("docker") && !outcome.errors.contains("engine"), "\(outcome.errors)")
    }

    @Test(.enabled(if: ready, need)) func whatTheUserNamesIsOpenedWithHisRights() {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          cp $NT /run/suid; chmod 4755 /run/suid; cp $NT /run/more
          setcap cap_dac_override,cap_dac_read_search,cap_net_admin,cap_sys_admin=ep /run/more; echo secret > /run/root/secret; chmod 600 /run/root/secret
          chmod 755 /run/root; touch /run/root/log; chmod 600 /run/root/log
          for program in /run/nt /run/more /run/suid; do
            $AS $program show --log-file /run/root/log > /dev/null; echo $?
            $AS $program show --log-file /run/root/new > /dev/null; echo $?
            $AS $program events --from /run/root/secret; echo $?
            $AS $program show --docker-host unix:///run/root/socket; echo $?
            rm -f $U/mine; $AS $program show --log-file $U/mine > /dev/null; echo $?
          done
          stat -c '%u %a' $U/mine; cat /run/root/log; ls /run/root
          """)
      #expect(
        outcome.output == String(repeating: "2\n2\n2\n2\n0\n", count: 3) + "65534 600\nlog\nsecret\n",
        "\(outcome.output) \(outcome.errors)")
      #expect(outcome.errors.components(separatedBy: "Permission denied").count == 10, "\(outcome.errors)")
    }

    @Test(.enabled(if: ready && Machine.can("tmux"), need)) func theViewerStartsWithAFileCapability() {
      let script = Self.network + "$AS TERM=xterm COLORTERM=truecolor /run/nt"
      let screen = Screen(Machine.privately + Machine.quoted(script) + "; sleep 100", columns: 100, rows: 30)
      #expect(screen.shows("test2"), "\(screen.text)")
      screen.type("R")
      #expect(screen.shows("no configuration file is read: the program has more rights than you"), "\(screen.text)")
      screen.type("q")
      #expect(Machine.wait { !screen.text.contains("test2") })
    }

    @Test(.enabled(if: ready, need)) func rootRunsAndReadsNothingThatIsNotRoots() {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          export XDG_CONFIG_HOME=; $TRAPS $NT explain test1 test2 | grep -c firewall-drop; ls $U/ran $U/log 2> /dev/null
          $TRAPS $NT --print-config | grep '^theme'
          XDG_CONFIG_HOME=$U $TRAPS $NT --print-config | grep '^theme'; echo ${PIPESTATUS[0]}
          mkdir -p /run/root/netns-top; echo 'theme = mono' > /run/root/netns-top/config
          XDG_CONFIG_HOME=/run/root $TRAPS $NT --print-config | grep '^theme'
          chmod o+w /run/root/netns-top/config; XDG_CONFIG_HOME=/run/root $NT --print-config; echo $?
          rm /run/root/netns-top/config; ln -s $U/netns-top/config /run/root/netns-top/config
          XDG_CONFIG_HOME=/run/root $NT --print-config; echo $?
          """)
      #expect(
        outcome.output == "1\ntheme = auto\n2\ntheme = mono\n2\n2\n", "\(outcome.output) \(outcome.errors)")
      let ignored = "/run/user/.config/netns-top/config: others than root can write it: not read"
      #expect(outcome.errors.components(separatedBy: ignored).count == 3, "\(outcome.errors)")
      #expect(
        outcome.errors.components(separatedBy: "others than root can write it; XDG_CONFIG_HOME names it").count == 4)
    }

    /// As the README has it: the command without options, whatever is in his environment.
    @Test(.enabled(if: ready && Machine.can("sudo"), "needs root, sudo, iproute2, util-linux and nftables"))
    func sudoGivesTheUserNothingOfRoots() {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          cp $NT /run/root/netns-top; chmod 755 /run/root /run/root/netns-top
          line='nobody ALL=(root) NOPASSWD: /run/root/netns-top show, /run/root/netns-top explain test1 test2'
          mkdir /run/etc; cp /etc/sudoers /run/etc/; echo "$line" >> /run/etc/sudoers; chmod 440 /run/etc/sudoers
          mount --bind /run/etc/sudoers /etc/sudoers
          sudo='sudo -n'; $AS $sudo /run/root/netns-top explain test1 test2 | grep -c firewall-drop
          $AS $sudo /run/root/netns-top show > /dev/null; echo $?
          $AS $sudo /run/root/netns-top show --log-file /etc/motd 2> /dev/null; echo $?
          ls $U/ran $U/log 2> /dev/null
          """)
      #expect(outcome.output == "1\n0\n1\n", "\(outcome.output) \(outcome.errors)")
    }

    /// There he is root, and has no more rights than before: what is his counts.
    @Test(.enabled(if: ready, need)) func rootOfAUserNamespaceIsTheUser() {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          if $AS unshare -Urn true; then $AS unshare -Urn $NT --print-config | grep '^theme'; else echo theme = light; fi
          unshare -Urn env XDG_CONFIG_HOME=$U $NT --print-config | grep '^theme'
          """)
      #expect(outcome.output == "theme = light\ntheme = light\n", "\(outcome.output) \(outcome.errors)")
    }

    @Test(.enabled(if: ready, need)) func theDemoLeavesWhatItWasLent() throws {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          if $AS unshare -Urn true; then $AS /run/nt demo --scenario input-drop --explain --format json
          else echo '{"cause":{"code":"firewall-drop"}}'; fi
          """)
      let cause = try outcome.json()["cause"] as? [String: Any]
      #expect(cause?["code"] as? String == "firewall-drop", "\(outcome.output) \(outcome.errors)")
    }

    @Test(.enabled(if: ready, need)) func theLogFollowsNoLinkOfAnothers() {
      let outcome = Machine.inPrivateNamespaces(
        Self.network
          + """
          mkdir -m 1777 /run/open; mkdir /run/root/logs; touch /run/root/target /run/root/hard; chmod 1777 /run/open
          sysctl -qw fs.protected_regular=0 fs.protected_symlinks=0 fs.protected_hardlinks=0 2> /dev/null
          ln -s /run/root/target /run/open/link; ln -s /run/root/logs /run/open/folder; ln /run/root/hard /run/open/hard
          setpriv --reuid 65534 --regid 65534 --clear-groups touch /run/open/his
          ln -s /run/root/target /run/root/link
          for log in open/link open/folder/log open/hard open/his user/log open/mine root/link root/logs/log; do
            $NT show --docker-host $NONE --log-file /run/$log > /dev/null; echo "$log $?"
          done
          wc -l < /run/root/target; ls /run/root/logs; stat -c %s /run/root/hard /run/open/his
          """)
      #expect(
        outcome.output == """
          open/link 2
          open/folder/log 2
          open/hard 2
          open/his 2
          user/log 0
          open/mine 0
          root/link 0
          root/logs/log 0
          2
          log
          0
          0

          """, "\(outcome.output) \(outcome.errors)")
    }
  }
}
