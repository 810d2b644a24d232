internal import LinuxSystem
internal import Topology

extension TableReader {
  /// Reads the settings below /proc/sys that the pane shows and a diagnosis asks for, those of at most 256 links.
  func readSysctls(_ tables: inout NetworkTables) {
    var names = [
      "net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding", "net.ipv4.conf.all.rp_filter",
      "net.ipv4.conf.default.rp_filter", "net.ipv4.icmp_echo_ignore_all", "net.ipv4.icmp_echo_ignore_broadcasts",
      "net.ipv6.icmp.echo_ignore_all", "net.ipv6.conf.all.disable_ipv6", "net.bridge.bridge-nf-call-iptables",
      "net.bridge.bridge-nf-call-ip6tables", "net.bridge.bridge-nf-call-arptables", "net.ipv4.conf.all.arp_ignore",
      "net.ipv4.conf.all.proxy_arp", "net.ipv6.conf.all.proxy_ndp", "net.ipv4.ip_default_ttl",
    ].map { (name: $0, path: Array("/proc/sys/\($0.replacing(".", with: "/"))".utf8)) }
    for link in links.prefix(256) {
      // A name may hold dots: the path is made of its bytes, the key shows them as they are.
      for (family, key) in [
        ("ipv4", "rp_filter"), ("ipv4", "forwarding"), ("ipv4", "proxy_arp"), ("ipv4", "arp_ignore"),
        ("ipv6", "disable_ipv6"), ("ipv6", "forwarding"), ("ipv6", "proxy_ndp"), ("ipv6", "accept_ra"),
      ] {
        names.append(
          (
            name: "net.\(family).conf.\(SafeText.decode(link.name)).\(key)",
            path: Array("/proc/sys/net/\(family)/conf/".utf8) + link.name + Array("/\(key)".utf8)
          ))
      }
    }
    for (name, path) in names {
      // A kernel without bridges or IPv6 has no such setting, and neither has a link that is gone.
      guard let bytes = try? SmallFile.read(path: path) else { continue }
      let value = SafeText.decode(bytes.prefix { $0 != 10 })
      tables.sysctls.append(NetworkTables.Sysctl(name: name, value: value))
    }
  }
}
