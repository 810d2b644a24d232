import Foundation
import Testing

extension KernelTests {
  /// The program ends when it is told to, says what it could not write, and leaves nothing running.
  @Suite struct EndingTests {
    private static let need = "needs root, iproute2 and util-linux"
    private static let ready = Machine.can("ip", "unshare")

    /// The pipe is full from the first byte on, and the one who holds its other end does not read.
    @Test(
      .enabled(if: ready, "\(need)"),
      arguments: [("show --watch", "TERM", 143), ("show --watch --format json", "INT", 130)])
    func aStuckReaderKeepsNobodyFromEnding(command: String, signal: String, status: Int) {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip link add br0 type bridge; mkfifo /run/pipe; exec 3<> /run/pipe; head -c 65536 /dev/zero >&3
        $NT \(command) --docker-host $NONE --log-file /run/log > /run/pipe & program=$!
        until grep -q begun: /run/log; do kill -0 $program || exit 1; done
        kill -\(signal) $program; wait $program; echo "status $?"
        """)
      #expect(outcome.output == "status \(status)\n", "\(outcome.errors)")
    }

    /// Its reader takes one byte and no more: what follows is twice what a pipe holds.
    @Test(.enabled(if: ready, "\(need)"), arguments: [("TERM", 143), ("INT", 130)])
    func eventsEndWhereNobodyReadsThem(signal: String, status: Int) {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip link add br0 type bridge; mkfifo /run/pipe; exec 3<> /run/pipe
        $NT events --docker-host $NONE --log-file /run/log > /run/pipe & program=$!
        until grep -q begun: /run/log; do kill -0 $program || exit 1; done
        for n in $(seq 2000); do echo "link set br0 mtu $((1000 + n % 2))"; done > /run/batch
        # Until the first event is there the program may not listen yet.
        (until ip link set br0 txqueuelen $((RANDOM + 1)) && [ -e /run/first ]; do :; done) & changer=$!
        head -c 1 <&3 > /run/none; touch /run/first; wait $changer
        ip -batch /run/batch
        # It waits for its reader, and not for the kernel (epoll_wait).
        until grep -q '^\\(poll_\\|do_poll\\|do_sys_poll\\)' /proc/$program/wchan; do kill -0 $program || exit 1; done
        kill -\(signal) $program; wait $program; echo "status $?"
        """)
      #expect(outcome.output == "status \(status)\n", "\(outcome.errors)")
    }

    @Test(.enabled(if: ready, "\(need)")) func aReaderThatComesLateGetsAllOfIt() throws {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip link add br0 type bridge; mkfifo /run/pipe; exec 3<> /run/pipe
        $NT events --format json link --docker-host $NONE --log-file /run/log > /run/pipe & program=$!
        until grep -q begun: /run/log; do kill -0 $program || exit 1; done
        (until ip link set br0 txqueuelen $((RANDOM + 1)) && [ -e /run/first ]; do :; done) & changer=$!
        head -c 1 <&3 > /run/read; touch /run/first; wait $changer
        for n in $(seq 2000); do echo "link set br0 mtu $((1000 + n % 2))"; done | ip -batch -
        ip link set br0 mtu 1234
        cat <&3 >> /run/read & reader=$!
        until grep -q '"mtu":.*1234' /run/read; do kill -0 $program || exit 1; done
        kill $program; wait $program; echo "status $?" >&2; kill $reader; cat /run/read
        """)
      #expect(outcome.errors.contains("status 143"), "\(outcome.errors)")
      let lines = outcome.output.split(separator: "\n")
      let events = try lines.map {
        try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any], "\($0)")
      }
      #expect(events.count > 2000)
      #expect(!events.contains { $0["object"] as? String == "overrun" })
    }

    @Test(
      .enabled(if: ready, "\(need)"),
      arguments: [
        "--help", "show --help", "--version", "--print-config", "demo --list", "show", "show --format svg",
        "--generate-completion-script bash", "ping host test1 -c 1", "explain host test1", "show --watch",
      ])
    func aFullDiskIsAFailure(command: String) {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip netns add test1; ip link add v type veth peer name eth0 netns test1; ip link set v up
        ip addr add 10.0.0.1/24 dev v; ip -n test1 addr add 10.0.0.2/24 dev eth0; ip -n test1 link set eth0 up
        $NT \(command) > /dev/full; echo $?; $NT \(command) | true; echo ${PIPESTATUS[0]}
        """)
      #expect(outcome.errors.contains("netns-top: writing to standard output: No space left on device"))
      #expect(outcome.output == "2\n0\n", "\(command): \(outcome.output) \(outcome.errors)")
    }

    @Test(.enabled(if: ready && Machine.can("tmux"), "\(need), and tmux")) func aFullLogIsSaid() {
      let outcome = Machine.inPrivateNamespaces("$NT show --log-file /dev/full --docker-host $NONE")
      let complaint = "--log-file /dev/full: No space left on device; diagnostics are missing from it"
      #expect(outcome.status == 0 && outcome.output.contains("host"))
      #expect(outcome.errors.components(separatedBy: complaint).count == 2, "\(outcome.errors)")
      let screen = Screen("\(Machine.program) demo --log-file /dev/full; sleep 100", columns: 120)
      #expect(screen.shows(complaint), "\(screen.text)")
      screen.type("q")
      #expect(screen.shows("netns-top: \(complaint)"), "\(screen.text)")
    }

    /// A tool that becomes a daemon twice over, in sessions of its own, and then does its work.
    @Test(.enabled(if: ready && Machine.can("pgrep", "nft"), "\(need), nftables and procps"))
    func whatAToolLeavesRunningIsEnded() {
      let outcome = Machine.inPrivateNamespaces(
        """
        for n in 1 2; do ip netns add test$n; ip link add v$n type veth peer name eth0 netns test$n; ip link set v$n up
          ip addr add 10.0.$n.1/24 dev v$n; ip -n test$n addr add 10.0.$n.2/24 dev eth0; ip -n test$n link set eth0 up
        done
        mkdir /run/tools; cat > /run/tools/nft <<'END'
        #!/bin/sh
        echo begun >> /run/begun
        setsid sh -c 'setsid sleep 4242 & sleep 4242' < /dev/null > /dev/null 2>&1 &
        exec /usr/sbin/nft "$@"
        END
        chmod +x /run/tools/nft; PATH=/run/tools:$PATH $NT explain test1 test2 --docker-host $NONE > /dev/null
        [ -s /run/begun ] && echo begun; pgrep -x sleep | wc -l
        """)
      #expect(outcome.output == "begun\n0\n", "\(outcome.output) \(outcome.errors)")
    }

    /// Swift's backtracer asks whoever sits at a terminal, for half a minute, what he wants to see.
    @Test(.enabled(if: Machine.can("tmux", "pgrep"), "needs tmux and procps"), arguments: ["demo", "events"])
    func aCrashAsksNobodyAnything(command: String) throws {
      let screen = Screen(
        "A=$(stty -g); \(Machine.program) \(command); echo EXIT=$?; [ \"$A\" = \"$(stty -g)\" ] && echo MODE=same; "
          + "sleep 100", columns: 120)
      var found: Int32?
      #expect(
        Machine.wait {
          found = screen.pid(of: "netns-top")
          // The handlers are there: bit 10 of the caught signals is SIGSEGV's.
          let caught = found.flatMap { try? String(contentsOfFile: "/proc/\($0)/status", encoding: .utf8) }?
            .components(separatedBy: "SigCgt:\t").last?.prefix(16)
          return caught.flatMap { UInt64($0, radix: 16) }.map { $0 & 1 << 10 != 0 } ?? false
        })
      if command == "demo" { #expect(screen.shows("test2")) }
      kill(try #require(found), SIGSEGV)
      #expect(screen.shows("EXIT=139", seconds: 25), "\(screen.text)")
      #expect(screen.shows("MODE=same"))
    }
  }
}
