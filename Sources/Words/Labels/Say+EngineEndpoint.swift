package import Speech

extension Say {
  /// Why an engine's address can't be used. `source` is who named it (`DOCKER_HOST`, or one of these), `text` what was named.
  package enum EnginesAddress {
    /// Who names an address where nobody else does.
    package static var engine: String { say("container engine", "容器引擎") }

    package static var currentContext: String { say("the current Docker context", "当前的 Docker context") }

    package static var nobodyListens: String {
      say(
        "no container engine listens at the usual places: start it, or name its socket with --docker-host",
        "常用位置没有容器引擎在监听：请启动它，或用 --docker-host 指定其套接字")
    }

    package static func cannotReadFolder(_ path: String) -> String { say("\(path): can't be read", "\(path)：无法读取") }

    // MARK: Sockets

    package static func otherHost(_ source: String, _ text: String) -> String {
      say(
        "\(source): \(text): other hosts are not supported; run netns-top on that host instead",
        "\(source)：\(text)：不支持其他主机；请在那台主机上运行 netns-top")
    }

    package static func overTCP(_ source: String, _ text: String) -> String {
      say(
        "\(source): \(text): only an engine on this host can be read; \(remedy), or run netns-top on that host",
        "\(source)：\(text)：只能读取本机的容器引擎；\(remedy)，或在那台主机上运行 netns-top")
    }

    package static func notUnix(_ source: String, _ text: String) -> String {
      say(
        "\(source): \(text): only Unix sockets are supported; \(remedy)",
        "\(source)：\(text)：只支持 Unix 套接字；\(remedy)")
    }

    package static func notAbsolute(_ source: String, _ text: String) -> String {
      say("\(source): \(text): not an absolute path; \(remedy)", "\(source)：\(text)：不是绝对路径；\(remedy)")
    }

    package static func notPath(_ source: String, _ text: String) -> String {
      say("\(source): \(text): not a path; \(remedy)", "\(source)：\(text)：不是路径；\(remedy)")
    }

    package static func pathTooLong(_ source: String, bytes: Int, limit: Int) -> String {
      say(
        "\(source): the socket's path has \(bytes) bytes, but the kernel takes \(limit); "
          + "use a shorter one, for example through a symbolic link",
        "\(source)：套接字路径长 \(bytes) 字节，而内核最多接受 \(limit) 字节；请改用较短的路径，例如通过符号链接")
    }

    private static var remedy: String {
      say(
        "give the path of its Unix socket, such as unix:///var/run/docker.sock",
        "请给出其 Unix 套接字的路径，例如 unix:///var/run/docker.sock")
    }

    // MARK: Contexts

    package static func noFolder(_ source: String, _ context: String) -> String {
      say(
        "\(source): \(context): neither DOCKER_CONFIG nor HOME says where contexts are kept",
        "\(source)：\(context)：DOCKER_CONFIG 和 HOME 都没有说明 context 存放在哪里")
    }

    package static func noContext(_ source: String, _ context: String, in place: String, others: [String]) -> String {
      say(
        "\(source): no Docker context is called \(context) in \(place); there are: \(others.joined(separator: ", "))",
        "\(source)：\(place) 中没有名为 \(context) 的 Docker context；现有：\(others.joined(separator: "、"))")
    }

    package static func namesNoEngine(_ source: String, _ context: String) -> String {
      say(
        "\(source): the Docker context \(context) names no engine; see docker context inspect",
        "\(source)：Docker context \(context) 没有指定容器引擎；参见 docker context inspect")
    }
  }
}
