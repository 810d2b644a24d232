import Foundation
import Namespaces
import Testing

/// Who holds a tap, by a /proc of three processes.
@Suite struct TapHoldersTests {
  private func proc(_ body: (String) throws -> Void) throws {
    let root = NSTemporaryDirectory() + "nt-proc-\(UInt32.random(in: 0 ... .max))"
    defer { try? FileManager.default.removeItem(atPath: root) }
    try body(root)
  }

  private func process(
    _ pid: Int, _ name: String, net: Int, _ files: [(target: String, info: String)], in root: String
  ) throws {
    let files0 = FileManager.default
    let folder = "\(root)/\(pid)"
    for part in ["ns", "fd", "fdinfo"] {
      try files0.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
    }
    try files0.createSymbolicLink(atPath: folder + "/ns/net", withDestinationPath: "net:[\(net)]")
    try (name + "\n").write(toFile: folder + "/comm", atomically: false, encoding: .utf8)
    for (number, file) in files.enumerated() {
      try files0.createSymbolicLink(atPath: "\(folder)/fd/\(number)", withDestinationPath: file.target)
      try file.info.write(toFile: "\(folder)/fdinfo/\(number)", atomically: false, encoding: .utf8)
    }
  }

  @Test func whoHasTheNameOpenInTheNamespaceIsFound() throws {
    let tun = "/dev/net/tun"
    func info(_ name: String) -> String { "pos:\t0\nflags:\t0100002\nmnt_id:\t29\niff:\t\(name)\n" }
    try proc { root in
      try process(20, "qemu", net: 7, [("/dev/null", "pos:\t0\n"), (tun, info("tap0")), (tun, info("tap0"))], in: root)
      try process(
        9, "openvpn", net: 7, [(tun, info("tap00")), (tun, "pos:\t0\n"), ("/dev/null", info("tap0"))], in: root)
      try process(30, "elsewhere", net: 8, [(tun, info("tap0"))], in: root)
      let holders = TapHolders(proc: root)
      func names(_ device: String, _ inode: UInt64, _ rivals: Set<UInt64> = []) -> [String]? {
        holders.find(Array(device.utf8), inode: inode, rivals: rivals)?.map {
          "\(String(decoding: $0.name, as: UTF8.self)) \($0.pid)"
        }
      }
      #expect(names("tap0", 7) == ["qemu 20"], "once, and not the one of another name, nor of another namespace")
      #expect(names("tap0", 8) == ["elsewhere 30"] && names("tap00", 7) == ["openvpn 9"])
      #expect(names("tap", 7) == [] && names("", 7) == [])
      // A device that was moved has its program elsewhere; one whose own namespace has such a device means that one.
      #expect(names("tap0", 9) == ["qemu 20", "elsewhere 30"])
      #expect(names("tap0", 9, [7]) == ["elsewhere 30"] && names("tap0", 9, [7, 8]) == [])
      #expect(holders.find(Array("tap0".utf8), inode: 9, rivals: [7])?.map(\.namespace) == [8])
      // One search for all of them says the same.
      let survey = try #require(holders.survey())
      for (inode, rivals) in [(7, []), (8, []), (9, []), (9, [7]), (9, [7, 8])] as [(UInt64, Set<UInt64>)] {
        let chosen = TapHolders.choose(survey[Array("tap0".utf8)] ?? [], inode: inode, rivals: rivals)
        #expect(chosen == holders.find(Array("tap0".utf8), inode: inode, rivals: rivals))
      }
    }
    #expect(TapHolders(proc: "/nonexistent").find([1], inode: 1) == [])
  }
}
