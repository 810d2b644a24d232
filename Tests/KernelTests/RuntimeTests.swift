import Foundation
import Testing

extension KernelTests {
  /// Containers and machines of runtimes that have no service to be asked: containerd, LXC, systemd-nspawn, a virtual machine.
  @Suite(.serialized)
  struct RuntimeTests {
    @Test(
      .enabled(
        if: Machine.can("containerd", "ctr", "podman", "runc", "python3"),
        "needs root, containerd, Podman and CNI's plugins"))
    func ctrsContainersHaveTheirNames() throws {
      let run = Machine.inPrivateNamespaces(
        PodmanLab.prelude + #"""
          podman import image.tar docker.io/library/bb:latest > /dev/null 2>&1
          podman save --format docker-archive -o bb.tar docker.io/library/bb:latest > /dev/null 2>&1
          mkdir -p /var/lib/cni net.d; mount -t tmpfs t /var/lib/cni; mkdir -p /etc/cni/net.d; mount --bind net.d /etc/cni/net.d
          echo '{"cniVersion":"0.4.0","name":"ctrnet","plugins":[{"type":"bridge","bridge":"cni7","isGateway":true,
            "ipam":{"type":"host-local","subnet":"10.88.7.0/24","dataDir":"/run/nt/ipam"}}]}' > net.d/10-n.conflist
          containerd --root /mnt/nt/ctrd --state /run/containerd --address /mnt/nt/c.sock > ctrd.log 2>&1 & C=$!
          export CONTAINERD_ADDRESS=/mnt/nt/c.sock
          for i in $(seq 100); do ctr version > /dev/null 2>&1 && break; sleep 0.1; done
          for n in default prod; do ctr -n $n i import bb.tar > /dev/null; done
          run() { ctr -n $1 run -d $2 docker.io/library/bb:latest $3 sleep 1000; }
          run default "" plain; run prod "" other; run default --net-host onhost; run default --cni wired
          run default "--annotation nerdctl/name=nweb" $(printf 'ab%.0s' $(seq 32))
          A='--annotation io.kubernetes.cri.sandbox-name=web-0 --annotation io.kubernetes.cri.sandbox-namespace=prod'
          run k8s.io "$A --annotation io.kubernetes.cri.container-type=sandbox" $(printf 'cd%.0s' $(seq 32)) 2> /dev/null ||
            { ctr -n k8s.io i import bb.tar > /dev/null
              run k8s.io "$A --annotation io.kubernetes.cri.container-type=sandbox" $(printf 'cd%.0s' $(seq 32)); }
          names $NT show --format json; often $NT show plain
          for n in default prod k8s.io; do for c in $(ctr -n $n c ls -q); do ctr -n $n t kill -s 9 $c; done; done
          sleep 0.5; kill $C; leave default prod k8s.io
          """#, timeout: 120)
      let found = PodmanLab.namespaces(run.output)
      for name in ["plain", "other", "wired", "nweb", "web-0"] {
        #expect(found[name]?.containers == [name], "\(name): \(run.output) \(run.errors)")
      }
      let host = found.values.first { !$0.networks.isEmpty }
      #expect(host?.networks == ["cni7=ctrnet"] && host?.containers == ["onhost"], "\(run.output)")
      #expect(PodmanLab.often(run.output)?.good == 20)
    }

    /// A folder that is a machine's root, and sysfs of its own namespace, which LXC looks for bridges in.
    private static let machine = """
      mkdir -p /run/nt/cg; mount --rbind /sys/fs/cgroup /run/nt/cg; mount -t sysfs s /sys; mount --rbind /run/nt/cg /sys/fs/cgroup
      R=/run/nt/tree; for d in bin proc sys dev run sbin etc tmp usr/lib; do mkdir -p $R/$d; done
      cp /bin/busybox $R/bin; for a in sh sleep; do ln -s busybox $R/bin/$a; done; echo ID=x > $R/usr/lib/os-release

      """

    @Test(.enabled(if: Machine.can("lxc-execute", "ip"), "needs root and LXC"))
    func lxcsContainersHaveTheirNames() throws {
      let run = Machine.inPrivateNamespaces(
        Self.machine + """
          ip link add lxcbr9 type bridge; ip link set lxcbr9 up
          printf '%s\\n' 'lxc.uts.name = web01' "lxc.rootfs.path = dir:$R" 'lxc.net.0.type = veth' 'lxc.net.0.link = lxcbr9' \
            'lxc.net.0.flags = up' 'lxc.apparmor.profile = unconfined' > /run/nt/config
          mkdir -p /run/nt/lxc/web01; cp /run/nt/config /run/nt/lxc/web01
          lxc-execute -P /run/nt/lxc -n web01 --logfile /run/nt/lxc.log -- /bin/sleep 1000 & L=$!
          for i in $(seq 100); do $NT show --docker-host $NONE --format json | grep -q '"name":"web01"' && break; sleep 0.1; done
          $NT show --docker-host $NONE --format json; cat /run/nt/lxc.log >&2
          # Its monitor takes the control groups away: where they are left, the next container of that name is another's.
          lxc-stop -P /run/nt/lxc -n web01 -k; wait $L
          """, timeout: 60)
      #expect(run.output.contains(#""name":"web01","kind":"container""#), "\(run.output) \(run.errors)")
    }

    /// With systemd's register the control group has the machine's name; without it the program that runs it has.
    @Test(.enabled(if: Machine.can("systemd-nspawn"), "needs root and systemd-nspawn"))
    func nspawnsMachinesHaveTheirNames() throws {
      let run = Machine.inPrivateNamespaces(
        Self.machine + """
          systemd-nspawn -q --register=no --keep-unit -M box --network-veth -D $R /bin/sleep 1000 > /run/nt/log 2>&1 & N=$!
          for i in $(seq 100); do $NT show --docker-host $NONE --format json | grep -q '"name":"box"' && break; sleep 0.1; done
          $NT show --docker-host $NONE --format json; cat /run/nt/log >&2; kill -9 $N; wait $N
          # Its control groups are the machine's.
          sleep 0.3; rmdir /sys/fs/cgroup/{,*/}{payload,supervisor} 2> /dev/null
          """, timeout: 60)
      #expect(run.output.contains(#""name":"box","kind":"container""#), "\(run.output) \(run.errors)")
      #expect(run.output.contains(#""runtime":"nspawn""#))
    }

    @Test(.enabled(if: Machine.can("ip", "python3"), "needs root, iproute2 and python3"))
    func aTapsGuestHasItsName() throws {
      let run = Machine.inPrivateNamespaces(
        #"""
        ip tuntap add vnet7 mode tap
        cat > /run/guest <<X
        import fcntl, os, struct, time
        f = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(f, 0x400454ca, struct.pack("16sH22s", b"vnet7", 0x1002, b""))
        print("up", flush=True); time.sleep(1000)
        X
        P=$(python3 -c "import sys; print(sys.executable)")
        # Python looks for its modules beside the program that it is called as.
        export PYTHONHOME=$(python3 -c "import sys; print(sys.base_prefix)")
        (exec -a qemu-system-x86_64 "$P" -c "$(cat /run/guest)" -name guest=db-vm,debug-threads=on > /run/up) & G=$!
        for i in $(seq 600); do grep -q up /run/up && break; sleep 0.05; done
        $NT show --docker-host $NONE host --format json; kill $G
        """#)
      #expect(run.output.contains(#""guest":"db-vm""#), "\(run.output) \(run.errors)")
    }
  }
}
