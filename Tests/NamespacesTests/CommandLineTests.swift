import Testing

@testable import Namespaces

/// What a command line says of who runs in a program.
@Suite struct CommandLineTests {
  private func line(_ words: String...) -> CommandLine {
    CommandLine(words.flatMap { Array($0.utf8) + [0] })
  }

  private func text(_ bytes: [UInt8]?) -> String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

  @Test func virtualMachinesAreCalledAsTheirUsersCallThem() {
    // As libvirt calls it, and as people do (qemu(1)).
    #expect(text(line("/usr/bin/qemu-system-x86_64", "-name", "guest=db-vm,debug-threads=on", "-S").guest) == "db-vm")
    #expect(text(line("qemu-kvm", "-m", "512", "-name", "web,process=x").guest) == "web")
    #expect(text(line("firecracker", "--api-sock", "/x", "--id", "fc-7").guest) == "fc-7")
    #expect(text(line("/opt/cloud-hypervisor", "--id=ch1").guest) == "ch1")
    #expect(line("qemu-system-x86_64", "-name").guest == nil && line("qemu-system-x86_64").guest == nil)
    #expect(line("qemu-system-x86_64", "-name", "debug-threads=on").guest == nil)
    #expect(line("/bin/cat", "-name", "guest=x").guest == nil && CommandLine([]).guest == nil)
    #expect(line("qemu-system-x86_64", "-name", "guest=" + String(repeating: "x", count: 999)).guest?.count == 253)
  }

  @Test func nspawnsMachinesHaveTheirName() {
    #expect(text(line("systemd-nspawn", "-q", "-M", "box", "-D", "/srv/other").machine) == "box")
    #expect(text(line("/usr/bin/systemd-nspawn", "--machine=box2").machine) == "box2")
    #expect(text(line("systemd-nspawn", "-D", "/srv/tree/").machine) == "tree")
    #expect(line("bash", "-M", "box").machine == nil && line("systemd-nspawn", "-M").machine == nil)
  }
}
