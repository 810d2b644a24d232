import Foundation
import Testing

extension KernelTests {
  /// A laboratory where the root is no mount, as after chroot(8): nothing outside may see it, and nothing is left behind.
  @Suite struct ChrootTests {
    private static let ready = Machine.can("unshare", "chroot") && getuid() == 0

    /// The machine's own folders below a plain one, without what the kernel mounts; `extra` is run in there.
    private func demo(_ extra: String) -> Outcome {
      Machine.bash(
        """
        export root=$(mktemp -d)
        unshare --mount --propagation private bash -c '
        mount -t tmpfs none $root; mkdir $root/plain; cd $root/plain; mount --make-shared $root
        for folder in /*; do
          case $folder in /proc|/sys|/dev|/run|/tmp) continue;; esac
          [ -L $folder ] && { cp -P $folder .; continue; }
          [ -d $folder ] && { mkdir .$folder; mount --rbind $folder .$folder; }
        done
        mkdir program; mount --bind \(Machine.program.split(separator: "/").dropLast().map { "/" + $0 }.joined()) program
        mkdir proc; mount -t proc proc proc
        \(extra)
        ls -A > $root/before; grep -c " $root" /proc/self/mountinfo >> $root/before
        chroot . /program/netns-top demo --explain 2>&1 | head -1
        ls -A > $root/after; grep -c " $root" /proc/self/mountinfo >> $root/after
        diff $root/before $root/after && echo UNTOUCHED
        '
        rmdir $root
        """, timeout: 60)
    }

    @Test(.enabled(if: ready, "needs root and util-linux"), arguments: ["mkdir run", ":"])
    func aLaboratoryInAPlainFolder(extra: String) {
      let outcome = demo(extra)
      #expect(outcome.output.hasPrefix("test1 → test2   reachable"), "\(outcome.output) \(outcome.errors)")
      #expect(outcome.output.hasSuffix("UNTOUCHED\n"), "\(outcome.output) \(outcome.errors)")
    }
  }
}
