import Foundation
import Testing

/// What a script needs to run Podman in namespaces of its own, with storage and settings that go with them.
enum PodmanLab {
  /// A folder of the machine's is not touched: what Podman writes lies in tmpfs, `/etc/containers` is a copy.
  static let prelude = #"""
    # Not below /run: in the namespace of rootless bridges Podman mounts something over it.
    mount -t tmpfs -o mode=755 t /mnt; mkdir -p /mnt/nt/image/bin /run/lock; cd /mnt/nt
    for f in /var/lib/containers /var/tmp /run/libpod; do mkdir -p $f; mount -t tmpfs -o mode=1777 t $f; done
    cp -a /etc/containers etc-containers; mount --bind etc-containers /etc/containers; mkdir -p /etc/containers/networks
    cat > cc.conf <<X
    [containers]
    default_ulimits = ["nofile=1024:1024","nproc=1024:1024"]
    [engine]
    events_logger="file"
    cgroup_manager="cgroupfs"
    runtime="runc"
    X
    export CONTAINERS_CONF=/mnt/nt/cc.conf TZ=UTC
    chmod 755 /mnt/nt
    cp /bin/busybox image/bin; for a in sh sleep; do ln -s busybox image/bin/$a; done
    tar -C image -cf image.tar .; chmod 644 image.tar
    names() { "$@" | python3 -c '
    import json, sys
    for n in json.load(sys.stdin)["namespaces"]:
      print("NS", n["name"], ",".join(c["name"] for c in n["containers"]),
        ",".join("%s=%s" % (i["ifname"], i["network"]) for i in n["interfaces"] if "network" in i), sep="|")'
    }
    # Takes empty control groups away, which are the machine's: `leave NAME…`
    leave() {
      local n
      sleep 0.3
      for n in "$@"; do find /sys/fs/cgroup/{,*/}$n -depth -type d -exec rmdir {} + ; done > /dev/null 2>&1
      true
    }
    clean() { podman pod rm -fa -t 0; podman rm -fa -t 0; leave libpod_parent; } > /dev/null 2>&1
    # How often it answered, and how long it took in the middle, milliseconds: `often COMMAND…`
    often() {
      local good=0 i t; : > /mnt/nt/times
      for i in $(seq 20); do
        t=$(date +%s%N); "$@" > /dev/null 2>&1 && good=$((good + 1)); echo $((($(date +%s%N) - t) / 1000000)) >> /mnt/nt/times
      done
      sort -n -o /mnt/nt/times /mnt/nt/times
      echo "OFTEN $good $(sed -n 10p /mnt/nt/times) $(tail -1 /mnt/nt/times)"
    }

    """#

  /// Users 7001 and 7002 with Podman of their own: `as_user UID SCRIPT`.
  static let users = #"""
    mkdir -p home; chmod 755 home
    for f in passwd subuid subgid; do cp /etc/$f $f 2>/dev/null || touch $f; done
    for u in 7001 7002; do
      mkdir -p home/u$u /run/user/$u; chown $u:$u home/u$u /run/user/$u; chmod 700 home/u$u /run/user/$u
      echo "u$u:x:$u:$u::/mnt/nt/home/u$u:/bin/bash" >> passwd
      echo u$u:$((u * 100000)):65536 | tee -a subuid >> subgid
    done
    for f in passwd subuid subgid; do touch /etc/$f; mount --bind $f /etc/$f; done
    mknod tun c 10 200; chmod 666 tun; mount --bind tun /dev/net/tun
    as_user() {
      HOME=/mnt/nt/home/u$1 XDG_RUNTIME_DIR=/run/user/$1 setpriv --reuid $1 --regid $1 --clear-groups bash -c "cd; $2"
    }

    """#

  /// The lines of `names`: what each namespace is called, its containers, its bridges with their networks.
  static func namespaces(_ output: String) -> [String: (containers: [String], networks: Set<String>)] {
    var found: [String: (containers: [String], networks: Set<String>)] = [:]
    for line in output.split(separator: "\n") where line.hasPrefix("NS|") {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard fields.count == 4 else { continue }
      found[fields[1]] = (
        fields[2].split(separator: ",").map(String.init), Set(fields[3].split(separator: ",").map(String.init))
      )
    }
    return found
  }

  /// Of 20 runs how many answered, and how long they took in the middle.
  static func often(_ output: String) -> (good: Int, milliseconds: Int)? {
    let line = output.split(separator: "\n").last { $0.hasPrefix("OFTEN ") }
    let numbers = (line ?? "").split(separator: " ").compactMap { Int($0) }
    return numbers.count == 3 ? (numbers[0], numbers[1]) : nil
  }
}

extension KernelTests {
  /// Podman as it is, with and without its service, root's and users'.
  @Suite(
    .serialized,
    .enabled(
      if: Machine.can("podman", "runc", "slirp4netns", "newuidmap", "python3", "ip", "unshare"),
      "needs root, Podman with netavark, runc, slirp4netns and uidmap"))
  struct PodmanTests {
    /// What a debug build may take on a machine that has other things to do; the release build's limit is 150 ms.
    private static let limit = 600

    private static let rootContainers = """
      podman import image.tar bb > /dev/null 2>&1
      podman network create --subnet 10.93.0.0/24 front > /dev/null
      run() { podman run -d "$@" bb sleep 1000 > /dev/null; }
      run --name a1; run --name a2 --network front -p 8080:80; run --name onhost --network host
      run --name an --network none; run --name ax --network container:a1
      podman pod create --name web-pod --network front -p 8091:90 > /dev/null
      run --pod web-pod --name p1; run --pod web-pod --name p2

      """

    private func expectRoots(_ output: String, _ why: String) {
      let found = PodmanLab.namespaces(output)
      #expect(found["a1 +1"]?.containers == ["a1", "ax"], "\(why)")
      #expect(found["a2"]?.containers == ["a2"] && found["an"]?.containers == ["an"], "\(why)")
      let pod = found["web-pod"]?.containers ?? []
      #expect(pod.count == 3 && pod.first?.hasSuffix("-infra") == true && pod.dropFirst() == ["p1", "p2"], "\(why)")
      let host = found.values.first { $0.containers.contains("onhost") }
      #expect(host?.containers == ["onhost"] && host?.networks == ["podman0=podman", "podman1=front"], "\(why)")
      #expect(found.count == 5, "\(why): \(found.keys.sorted())")
    }

    @Test func rootsContainersHaveTheirNamesWithAndWithoutTheService() throws {
      let run = Machine.inPrivateNamespaces(
        PodmanLab.prelude + Self.rootContainers + """
          echo '### files'; names $NT show --format json; $NT show p1; often $NT show web-pod
          podman system service -t 0 unix:///mnt/nt/podman.sock & S=$!
          for i in $(seq 100); do [ -S podman.sock ] && break; sleep 0.05; done
          echo '### service'; names $NT show --format json --docker-host unix:///mnt/nt/podman.sock
          often $NT show web-pod --docker-host unix:///mnt/nt/podman.sock
          mkdir -p /run/podman; ln -s /mnt/nt/podman.sock /run/podman/podman.sock
          echo '### both'; names $NT show --format json; $NT show --format json | grep -c '"warnings":\\[\\]'
          kill $S; clean
          """, timeout: 120)
      let parts = run.output.components(separatedBy: "### ").dropFirst()
      try #require(parts.count == 3, "\(run.output) \(run.errors)")
      for part in parts { expectRoots(part, "\(part)\n\(run.errors)") }
      #expect(parts.first?.contains("web-pod") == true)
      for part in parts.prefix(2) {
        let often = try #require(PodmanLab.often(part))
        #expect(often.good == 20 && often.milliseconds <= Self.limit, "\(often)")
      }
    }

    /// Two users, whose containers have the same names, and root, who sees both.
    @Test func usersContainersHaveTheirNames() throws {
      let script = """
        podman import /mnt/nt/image.tar bb > /dev/null 2>&1
        podman network create --subnet 10.94.0.0/24 mine > /dev/null
        run() { podman run -d \\"\\$@\\" bb sleep 1000 > /dev/null; }
        run --name slirp; run --name solo\\$UID; run --name bridged --network mine; run --name onhost\\$UID --network host
        podman pod create --name upod > /dev/null; run --pod upod --name up1
        """
      let run = Machine.inPrivateNamespaces(
        PodmanLab.prelude + PodmanLab.users + """
          S="\(script)"
          as_user 7001 "$S"; as_user 7002 "$S"
          cp $NT program; chmod 755 program
          echo '### root'; names $NT show --format json; often $NT show solo7001
          echo '### user'; as_user 7001 "$(declare -f names); names /mnt/nt/program show --format json"
          as_user 7002 'mkdir -p /run/user/7002/podman'
          as_user 7002 'podman system service -t 0 unix:///run/user/7002/podman/podman.sock' & S=$!
          for i in $(seq 100); do [ -S /run/user/7002/podman/podman.sock ] && break; sleep 0.05; done
          echo '### service'; names $NT show --format json
          pkill -P $S; kill $S
          """, timeout: 180)
      let parts = run.output.components(separatedBy: "### ").dropFirst().map { $0 }
      try #require(parts.count == 3, "\(run.output) \(run.errors)")
      for part in [parts[0], parts[2]] {
        let count = part.split(separator: "\n").count { $0.hasPrefix("NS|bridged|bridged") }
        #expect(
          count == 2 && part.split(separator: "\n").count { $0.hasPrefix("NS|upod|") } == 2, "\(part) \(run.errors)")
        let found = PodmanLab.namespaces(part)
        for uid in [7001, 7002] {
          let own = found["rootless podman (uid \(uid))"]
          #expect(own?.networks == ["podman1=mine"], "\(part)")
          #expect(found.values.contains { $0.containers.contains("onhost\(uid) (uid \(uid))") }, "\(part)")
        }
        if let often = PodmanLab.often(part) {
          #expect(often.good == 20 && often.milliseconds <= Self.limit, "\(often)")
        }
        #expect(!part.contains("rootlessport") && !part.contains("aardvark") && !part.contains("catatonit"))
      }
      // Whoever is no root sees his own, by his own files.
      let own = PodmanLab.namespaces(parts[1])
      #expect(
        own["slirp"]?.containers == ["slirp"] && own["upod"]?.containers.last == "up1", "\(parts[1]) \(run.errors)")
      #expect(own["rootless podman"]?.networks == ["podman1=mine"], "\(parts[1])")
      #expect(own.values.contains { $0.containers == ["onhost7001"] }, "\(parts[1])")
    }

    /// A name is there within a second of its container, a new name within a second of its giving.
    @Test func namesComeWithTheContainers() throws {
      let run = Machine.inPrivateNamespaces(
        PodmanLab.prelude + """
          podman import image.tar bb > /dev/null 2>&1
          $NT show --watch --format json > watch.json & W=$!
          sleep 1
          # Waits until a name is told: `told NAME`
          told() {
            local i
            for i in $(seq 100); do tail -1 watch.json | grep -q "\\"name\\":\\"$1\\"" && break; sleep 0.01; done
            [ $i -lt 100 ] && echo "TOLD $1"
          }
          podman run -d --name first bb sleep 1000 > /dev/null; told first
          podman run -d --name onhost --network host bb sleep 1000 > /dev/null; told onhost
          podman pod create --name pod1 > /dev/null; podman run -d --pod pod1 --name member bb sleep 1000 > /dev/null; told member
          podman rename first renamed > /dev/null; told renamed
          podman rm -f -t 0 onhost > /dev/null; sleep 1; tail -1 watch.json | grep -q '"onhost"' || echo "GONE onhost"
          kill $W; clean
          """, timeout: 90)
      for word in ["TOLD first", "TOLD onhost", "TOLD member", "TOLD renamed", "GONE onhost"] {
        #expect(run.output.contains(word), "\(word): \(run.output) \(run.errors)")
      }
    }
  }
}
