import Foundation
import Questions
import Testing
import Topology

@testable import Probes

/// Names, as programs of Alpine resolve them: against musl itself.
@Suite(
  .serialized,
  .enabled(
    if: NameWorld.canBeMade && ToolPath("/usr/bin").find("musl-gcc") != nil, "\(NameWorld.needs), and musl-gcc"))
struct MuslTests {
  /// Prints the addresses of each name; without a name it waits.
  private static let program = #"""
    #include <arpa/inet.h>
    #include <netdb.h>
    #include <stdio.h>
    #include <unistd.h>
    int main(int count, char **names) {
      if (count < 2) pause();
      for (int i = 1; i < count; i++) {
        struct addrinfo hint = {.ai_socktype = SOCK_STREAM}, *found = 0, *one;
        printf("= %s\n", names[i]);
        if (getaddrinfo(names[i], 0, &hint, &found)) continue;
        for (one = found; one; one = one->ai_next) {
          char text[64];
          const void *address = one->ai_family == AF_INET ? (void *)&((struct sockaddr_in *)one->ai_addr)->sin_addr
                                                          : (void *)&((struct sockaddr_in6 *)one->ai_addr)->sin6_addr;
          puts(inet_ntop(one->ai_family, address, text, sizeof text));
        }
      }
    }
    """#

  @Test func namesAreResolvedAsMuslDoesIt() throws {
    let world = try NameWorld()
    let root = world.root.path
    try Data(Self.program.utf8).write(to: world.root.appendingPathComponent("resolve.c"))
    _ = try world.shell("musl-gcc -static -o \(root)/resolve \(root)/resolve.c; mkdir \(root)/lib")
    _ = try world.shell("touch \(root)/lib/ld-musl-x86_64.so.1 \(root)/etc/alpine-release")
    let waiting = Process()
    waiting.executableURL = URL(fileURLWithPath: "/usr/bin/nsenter")
    waiting.arguments = ["--target", "\(world.pid)", "--net", "--root", "--wdns=/", "/resolve"]
    try waiting.run()
    defer {
      // The thread that started it blocks what would end it politely.
      kill(waiting.processIdentifier, SIGKILL)
      waiting.waitUntilExit()
    }
    let short = "options timeout:1 attempts:1\n"
    let server = "nameserver 10.9.0.53\n" + short
    let resolvers = [
      server, server + "search a.example b.example\n", server + "search a.example b.example\noptions ndots:3\n",
      server + "domain example\n", "nameserver 10.9.0.56\n" + server,
    ]
    let names = [
      "box", "BOX.example", "db", "db.example", "db.example.", "six.example", "web", "x.y", "short", "short.", "nodata",
      "alias.example", "far.example", "nothing", "10.1.2.3",
    ]
    for resolver in resolvers {
      try world.write(hosts: "10.2.0.1 Box.example box\nfd02::1 box\n", resolver: resolver, services: "hosts: files\n")
      let text = try world.shell(
        "nsenter --target \(world.pid) --net --root --wdns=/ /resolve \(names.joined(separator: " "))")
      let expected = NameWorld.addresses(text)
      try #require(expected.count == names.count, "\(text)")
      for name in names {
        let found = try world.resolve(name, process: waiting.processIdentifier)
        #expect(
          Set(found.addresses.map(\.description)) == expected[name], "\(name) with \(resolver) \(found)")
      }
    }
  }
}
