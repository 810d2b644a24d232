import Foundation
import LinuxSystem
import Namespaces
import Questions
import Testing
import Topology

@testable import Probes

/// A network namespace with servers of the DNS in it, of which some lie, and with files of its own. What is asked is asked
/// from inside it.
final class NameWorld {
  /// The namespace in the model.
  static let namespace = NamespaceID(serial: 9)

  /// Whether it can be made here, or has to.
  static let canBeMade: Bool =
    ProcessInfo.processInfo.environment["NETNS_TOP_NO_SKIP"] != nil
    || getuid() == 0
      && tools.allSatisfy { ToolPath("/usr/bin:/bin").find($0) != nil }
  /// What is said where it can't.
  static let needs: Comment = "needs root, unshare, nsenter, ip, nft, getent and python3"
  private static let tools = ["unshare", "nsenter", "ip", "nft", "getent", "python3"]

  /// The root that its process has: below it are its files.
  let root: URL
  /// The process that has it open.
  let pid: Int32
  private let process = Process()
  private let input = Pipe()
  private let loop: EventLoop
  private let access: KernelAccess

  init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent("netns-top-names-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: root.appendingPathComponent("etc"), withIntermediateDirectories: true)
    let script = root.appendingPathComponent("server.py")
    try Data(Self.server.utf8).write(to: script)
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/unshare")
    process.arguments = [
      "--net", "--mount", "--propagation", "private", "bash", "-c",
      """
      set -e
      ip link set lo up; ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up
      for i in 53 54 55 56 57; do ip address add 10.9.0.$i/24 dev v0; done
      ip -6 address add fd09::53/64 dev v0 nodad
      exec "$(python3 -c 'import sys; print(sys.executable)')" "$0" "$1"
      """, script.path, root.path,
    ]
    process.standardInput = input
    process.standardOutput = output
    Self.keepToOurselves(input, output)
    try process.run()
    pid = process.processIdentifier
    let ready = output.fileHandleForReading.readData(ofLength: 6)
    try #require(ready == Data("ready\n".utf8))
    var info = stat()
    try #require(unsafe stat("/proc/\(pid)/ns/net", &info) == 0)
    let file = NamespaceFile(path: Array("/proc/\(pid)/ns/net".utf8), inode: UInt64(info.st_ino))
    var snapshot = Snapshot(hostname: "test")
    snapshot.namespaces[Self.namespace] = Namespace(id: Self.namespace, inode: file.inode, name: "names")
    loop = try EventLoop()
    access = KernelAccess(
      entry: try EntryThread(), file: { $0 == Self.namespace ? file : nil }, counters: { $1([:]) },
      snapshot: { snapshot })
  }

  deinit {
    // The thread that started it blocks what would end it politely, and somebody else's child may have its input open.
    kill(pid, SIGKILL)
    process.waitUntilExit()
    try? FileManager.default.removeItem(at: root)
  }

  /// What other tests start meanwhile is not to hold the ends of these pipes: nobody would see the end of what is in them.
  private static func keepToOurselves(_ pipes: Pipe...) {
    for handle in pipes.flatMap({ [$0.fileHandleForReading, $0.fileHandleForWriting] }) {
      _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
    }
  }

  /// Writes the files that are given, and removes the others.
  func write(hosts: String? = nil, resolver: String? = nil, services: String? = nil) throws {
    for (name, text) in [("hosts", hosts), ("resolv.conf", resolver), ("nsswitch.conf", services)] {
      let file = root.appendingPathComponent("etc/\(name)")
      try? FileManager.default.removeItem(at: file)
      if let text { try Data(text.utf8).write(to: file) }
    }
  }

  /// Asks a question from inside the namespace.
  func answer(_ question: Question) throws -> Answer {
    let answerer = Answerer(access: access, tables: { $1(.failure(Unread("no tables"))) }, loop: loop)
    var found: Answer?
    answerer.ask(question) { found = $0 }
    while found == nil { loop.turn(maximumWait: 1000) }
    answerer.stop()
    return try #require(found)
  }

  /// Resolves a name from inside the namespace, with the files of its process.
  func resolve(
    _ name: String, _ families: ResolutionQuery.Families = .both, process: Int32? = nil, timeout: Int = 3000
  ) throws -> Resolution {
    let query = ResolutionQuery(
      namespace: Self.namespace, process: process ?? pid, name: name, families: families, timeout: timeout)
    guard case .resolution(let resolution) = try answer(.resolution(query)) else { throw Unread("no resolution") }
    return resolution
  }

  /// The addresses behind each name, of lines as `= name` and `address …`.
  static func addresses(_ text: String) -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    var name = ""
    for line in text.split(separator: "\n") {
      if line.hasPrefix("= ") {
        name = String(line.dropFirst(2))
        found[name] = []
      } else if let address = line.split(separator: " ").first {
        found[name, default: []].insert(String(address))
      }
    }
    return found
  }

  /// What a shell prints in the namespace, with its files where the machine's are.
  func shell(_ script: String) throws -> String {
    let (shell, output) = (Process(), Pipe())
    shell.executableURL = URL(fileURLWithPath: "/usr/bin/nsenter")
    let binds = ["hosts", "resolv.conf", "nsswitch.conf"].map { name in
      let file = root.appendingPathComponent("etc/\(name)").path
      return "f=$(readlink -f /etc/\(name)); [ ! -e \(file) ] || mount --bind \(file) \"$f\"; "
    }
    shell.arguments = [
      "--target", "\(pid)", "--net", "unshare", "--mount", "--propagation", "private", "bash", "-c",
      binds.joined() + script,
    ]
    shell.standardInput = FileHandle.nullDevice
    shell.standardOutput = output
    shell.standardError = FileHandle.nullDevice
    Self.keepToOurselves(output)
    try shell.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    shell.waitUntilExit()
    return String(decoding: text, as: UTF8.self)
  }

  /// Servers: 10.9.0.53 (and fd09::53) answers, 10.9.0.54 is silent, 10.9.0.55 says SERVFAIL, nobody listens at 10.9.0.56.
  /// What the first does with a name that is none of its own is in the name's first label.
  private static let server = #"""
    import os, socket, struct, sys, threading, time
    ZONE = {
      "db.example": ["10.1.0.1"], "six.example": ["fd01::6"], "both.example": ["10.1.0.2", "fd01::2"],
      "web.a.example": ["10.1.0.3"], "web.b.example": ["10.1.0.4", "fd01::4"], "x.y": ["10.1.0.5"],
      "x.y.a.example": ["10.1.0.6"], "short": ["10.1.0.7"], "nodata.a.example": [], "nodata.example": [],
      "alias.example": "both.example", "far.example": "alias.example", "void.example": "missing.example",
      "loop.example": "loop2.example", "loop2.example": "loop.example",
    }
    def name(text): return b"".join(bytes([len(p)]) + p.encode() for p in text.split(".") if p) + b"\0"
    def record(owner, kind, data): return name(owner) + struct.pack(">HHIH", kind, 1, 60, len(data)) + data
    def answer(query, tcp):
      end, labels = 12, []
      while query[end]:
        labels.append(query[end+1:end+1+query[end]].decode("latin-1")); end += query[end] + 1
      kind = struct.unpack(">H", query[end+1:end+3])[0]
      asked, question, records, code, flags = ".".join(labels).lower(), query[12:end+5], [], 0, 0x8180
      first, count, ident = (labels or [""])[0], None, query[:2]
      if first == "silent" or (first == "hang" and tcp): return None
      if first in ("tcp", "many", "hang", "closed") and not tcp: return ident + struct.pack(">HHHHH", 0x8380, 1, 0, 0, 0) + question
      if first == "closed": return b""
      if first in ("tcp", "garbage", "liar"): records = [record(asked, 1, socket.inet_aton("10.1.0.9"))] if kind == 1 else []
      elif first == "many" and kind == 1: records = [struct.pack(">HHHIHI", 0xC00C, 1, 1, 60, 4, i) for i in range(4000)]
      elif first == "claims": records, count = [struct.pack(">HHHIHI", 0xC00C, 1, 1, 60, 4, i) for i in range(30)], 10000
      elif first == "wrongid": ident = bytes([ident[0] ^ 1, ident[1]])
      elif first == "otherquestion": question = name("evil.example") + question[-4:]
      elif first == "servfail": code = 2
      elif first == "refused": code = 5
      elif first == "notimp": code = 4
      else:
        chain, hops = asked, 0
        while isinstance(ZONE.get(chain), str) and hops < 20:
          records.append(record(chain, 5, name(ZONE[chain]))); chain = ZONE[chain]; hops += 1
        entries = ZONE.get(chain)
        if entries is None and not records: code = 3
        for a in entries if isinstance(entries, list) else []:
          if (":" in a) == (kind == 28): records.append(record(chain, kind, socket.inet_pton(socket.AF_INET6 if ":" in a else socket.AF_INET, a)))
      return ident + struct.pack(">HHHHH", flags | code, 1, len(records) if count is None else count, 0, 0) + question + b"".join(records)
    def serve(address, manner):
      family = socket.AF_INET6 if ":" in address else socket.AF_INET
      s = socket.socket(family, socket.SOCK_DGRAM); s.bind((address, 53))
      other = socket.socket(family, socket.SOCK_DGRAM)
      while True:
        query, peer = s.recvfrom(65536)
        try:
          if manner == "silent": continue
          if manner == "servfail": s.sendto(query[:2] + struct.pack(">H", 0x8182) + query[4:], peer); continue
          label = query[13:13+query[12]]
          reply = answer(query, False)
          if reply is None: continue
          if label == b"elsewhere": other.sendto(reply, peer); continue
          if label == b"garbage":
            for i in range(100): s.sendto(os.urandom(i % 600), peer)
          if label == b"liar": s.sendto(bytes([reply[0] ^ 1]) + reply[1:-1] + b"\x42", peer)
          s.sendto(reply, peer)
        except Exception: pass
    def stream(address):
      s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind((address, 53)); s.listen(16)
      def one(c):
        try:
          pending = b""
          while True:
            got = c.recv(4096)
            if not got: return
            pending += got
            while len(pending) >= 2 and len(pending) - 2 >= struct.unpack(">H", pending[:2])[0]:
              size = struct.unpack(">H", pending[:2])[0]
              reply = answer(pending[2:2+size], True); pending = pending[2+size:]
              if reply == b"": c.close(); return
              if reply is not None: c.sendall(struct.pack(">H", len(reply)) + reply)
        except Exception: pass
      while True: threading.Thread(target=one, args=(s.accept()[0],), daemon=True).start()
    def udp(port, body):
      s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.bind(("10.9.0.57", port))
      while True:
        data, peer = s.recvfrom(65536); reply = body(data)
        if reply is not None: s.sendto(reply, peer)
    for address, manner in (("10.9.0.53", ""), ("fd09::53", ""), ("10.9.0.54", "silent"), ("10.9.0.55", "servfail")):
      threading.Thread(target=serve, args=(address, manner), daemon=True).start()
    threading.Thread(target=stream, args=("10.9.0.53",), daemon=True).start()
    for port, body in ((7, lambda d: d), (53, lambda d: answer(d, False)), (123, lambda d: b"\x24" + d[1:] if len(d) == 48 and d[0] & 7 == 3 else None),
        (9999, lambda d: None)):
      threading.Thread(target=udp, args=(port, body), daemon=True).start()
    os.chroot(sys.argv[1]); os.chdir("/")
    time.sleep(0.2)
    os.write(1, b"ready\n")
    while os.read(0, 1): pass
    os._exit(0)
    """#
}
