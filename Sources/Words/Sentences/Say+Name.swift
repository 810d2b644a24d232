package import Speech

extension Say {
  /// How a name is resolved, and why it is not.
  package enum NameLookup {
    // MARK: Why it has no address: `who` asked. They are claims, too, and stand in the middle of a line

    package static func notInHostsFile(_ name: String, _ who: String) -> String {
      say(
        "\(who) finds no '\(name)' in its hosts file, and asks no name server",
        "\(who) 在 hosts 文件中找不到「\(name)」，也不查询域名服务器")
    }
    package static func noSuchName(_ name: String, says servers: [String]) -> String {
      say(
        "there is no name '\(name)', says \(servers.listed) (NXDOMAIN)",
        "域名「\(name)」不存在：\(servers.listed) 返回 NXDOMAIN")
    }
    package static func noUsableAddress(_ name: String, _ who: String) -> String {
      say("the name '\(name)' has no address that \(who) could use", "域名「\(name)」没有 \(who) 可用的地址")
    }
    package static func serverFailed(_ servers: [String], of who: String, _ name: String, _ code: String) -> String {
      say(
        "\(who)'s name server \(servers.listed) can't say what '\(name)' is: \(code)",
        "\(who) 的域名服务器 \(servers.listed) 无法解析「\(name)」：\(code)")
    }
    package static func noServer(_ who: String, _ name: String, _ why: String) -> String {
      say(
        "\(who) has no name server to ask for '\(name)': \(why)",
        "\(who) 没有可查询「\(name)」的域名服务器：\(why)")
    }
    package static func notAName(_ name: String, _ why: String) -> String {
      say("'\(name)' can't be a name: \(why)", "「\(name)」不是合法的域名：\(why)")
    }
    package static func serverIsSilent(_ servers: [String], of who: String, _ name: String) -> String {
      say(
        "\(who)'s name server \(servers.listed) does not answer when it is asked for '\(name)'",
        "\(who) 的域名服务器 \(servers.listed) 对「\(name)」的查询没有响应")
    }

    // MARK: Why there is no server

    package static var noAttempts: String { say("resolv.conf says attempts:0", "resolv.conf 设置了 attempts:0") }
    package static var noResolverFile: String {
      say(
        "there is no resolv.conf, and nobody answers at 127.0.0.1", "没有 resolv.conf，127.0.0.1 也没有响应")
    }
    package static var noServerNamed: String {
      say(
        "resolv.conf names no server, and nobody answers at 127.0.0.1",
        "resolv.conf 没有指定服务器，127.0.0.1 也没有响应")
    }

    // MARK: Why it can't be a name

    package static var emptyLabel: String { say("it has an empty label", "含有空标签") }
    package static var longLabel: String { say("a label has more than 63 bytes", "有标签超过 63 字节") }
    package static var longName: String { say("it has more than 255 bytes", "长度超过 255 字节") }

    // MARK: What came of a question to a server

    package static var noAnswer: String { say("no answer", "没有响应") }
    package static func byTCP(_ what: String) -> String { say("TCP: \(what)", "TCP：\(what)") }
    package static var truncated: String { say("truncated", "被截断") }
    package static func records(_ count: Int) -> String {
      say(count == 1 ? "1 record" : "\(count) records", "\(count) 条记录")
    }

    // MARK: Files

    package static func onlyFirst(_ bytes: Int, of file: String) -> String {
      say("\(file): only its first \(bytes) bytes were read", "\(file)：只读取了前 \(bytes) 字节")
    }
    package static func unread(_ file: String, _ why: String) -> String { say("\(file): \(why)", "\(file)：\(why)") }
  }
}

extension [String] {
  /// One after the other: `a, b`.
  var listed: String { say(joined(separator: ", "), joined(separator: "、")) }
}
