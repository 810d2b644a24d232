package import Speech

extension Say {
  /// Why a container engine can't be read. Every text goes on from the path of its socket: `/run/docker.sock does not exist`.
  package enum Engines {
    package static var missing: String {
      say(
        "does not exist; start the engine, or name its socket with --docker-host",
        "不存在；请启动容器引擎，或用 --docker-host 指定其套接字")
    }

    package static var hangs: String { say("took no connection; is the engine hanging?", "未接受连接；容器引擎卡住了？") }

    package static var nobodyListens: String {
      say("is refused: nobody listens there; is the engine running?", "拒绝连接：无人监听；容器引擎在运行吗？")
    }

    package static var mayNotBeOpened: String {
      say(
        "may not be opened; use sudo, or join the group that owns the socket",
        "无权打开；请使用 sudo，或加入该套接字的属组")
    }

    package static var tooManyWait: String {
      say(
        "took no connection: too many are waiting; is the engine hanging?", "未接受连接：排队过多；容器引擎卡住了？")
    }

    package static func cannotBeOpened(_ reason: String) -> String {
      say("can't be opened: \(reason)", "无法打开：\(reason)")
    }

    package static func notHTTP(_ error: String) -> String {
      say("answered something that is not HTTP (\(error))", "响应不是 HTTP（\(error)）")
    }

    /// `excerpt`: how the answer begins; empty: there is nothing in it.
    package static func notTheAPI(_ excerpt: String) -> String {
      say(
        "answered something that is not the Docker API: \(excerpt.isEmpty ? "nothing" : excerpt)",
        "响应不是 Docker API：\(excerpt.isEmpty ? "空" : excerpt)")
    }

    // MARK: One question, by its path

    package static func tooLong(_ path: String, kibibytes: Int) -> String {
      say("answered GET \(path) with more than \(kibibytes) KiB", "对 GET \(path) 的响应超过 \(kibibytes) KiB")
    }

    package static func brokeOff(_ path: String, _ reason: String) -> String {
      say("broke off GET \(path): \(reason)", "中断了 GET \(path)：\(reason)")
    }

    package static func closedBefore(_ path: String) -> String {
      say("closed the connection before it had answered GET \(path)", "尚未响应 GET \(path) 就关闭了连接")
    }

    /// `message`: the engine's own words.
    package static func refused(_ path: String, status: Int, _ message: String) -> String {
      say("answered GET \(path) with \(status): \(message)", "对 GET \(path) 返回 \(status)：\(message)")
    }

    /// `time`: `3 s`.
    package static func noAnswer(to path: String, within time: String) -> String {
      say("gave no answer to GET \(path) within \(time)", "在 \(time) 内没有响应 GET \(path)")
    }

    package static func noAnswer(within time: String) -> String {
      say("gave no answer within \(time)", "在 \(time) 内没有响应")
    }

    package static func tooMany(_ path: String, entries: Int, read: Int) -> String {
      say(
        "answered GET \(path) with \(entries) entries: the first \(read) are read",
        "对 GET \(path) 返回了 \(entries) 项：只读取前 \(read) 项")
    }

    package static func withoutID(_ path: String, entries: Int) -> String {
      say(
        "answered GET \(path) with \(entries == 1 ? "an entry that has" : "\(entries) entries that have") no id: left out",
        "对 GET \(path) 的响应中有 \(entries) 项没有 id：已略去")
    }

    // MARK: Anything

    package static func tooLong(mebibytes: Int) -> String {
      say("answered with more than \(mebibytes) MiB", "响应超过 \(mebibytes) MiB")
    }

    package static func tooManyAliases(mebibytes: Int) -> String {
      say(
        "tells of more than \(mebibytes) MiB of aliases: the rest is left out",
        "给出的别名超过 \(mebibytes) MiB：其余已略去")
    }

    /// `trouble`: one of these, of the question that would have told.
    package static func hidesBridges(_ trouble: String) -> String {
      say("names the bridges of its networks to nobody: it \(trouble)", "没有给出其网络所用的网桥：\(trouble)")
    }

    package static var streamEnded: String {
      say("ended the stream of events; is the engine restarting?", "结束了事件流；容器引擎在重启吗？")
    }

    package static func eventTooLong(mebibytes: Int) -> String {
      say("sent an event of more than \(mebibytes) MiB", "发来的事件超过 \(mebibytes) MiB")
    }
  }

  /// What is wrong with an engine's files: goes on from the file's path.
  package enum EnginesFiles {
    package static func tooMuch(mebibytes: Int) -> String {
      say("is not read: there are more than \(mebibytes) MiB of its kind", "未读取：同类文件超过 \(mebibytes) MiB")
    }

    package static func tooLong(kibibytes: Int) -> String {
      say("has more than \(kibibytes) KiB", "超过 \(kibibytes) KiB")
    }

    /// `kind`: one of `System.directory` and its like.
    package static func isOfKind(_ kind: String) -> String { say("is \(kind)", "是\(kind)") }

    package static func cannotBeRead(_ reason: String) -> String {
      say("can't be read: \(reason)", "无法读取：\(reason)")
    }

    package static var noContainers: String { say("is no list of containers", "不是容器列表") }

    package static var noDatabase: String { say("is no database of Podman's", "不是 Podman 的数据库") }
  }
}
