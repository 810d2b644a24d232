package import Speech

extension Say {
  /// Why a name, or an address to ping, is not to be had. `reason` is an errno in words, or another of these.
  package enum Lookup {
    package static var noAnswer: String { say("no answer", "没有响应") }

    package static func cannotResolve(_ name: String, by source: String, _ reason: String) -> String {
      say("\(source) can't resolve '\(name)': \(reason)", "\(source) 无法解析「\(name)」：\(reason)")
    }

    /// Nobody is called so, and no name server knows it either.
    package static func alsoFailed(_ first: String, _ second: String) -> String {
      say("\(first), and \(second)", "\(first)；\(second)")
    }

    package static var noAddressOfInternet: String {
      say(
        "the internet as a whole has no address to ping: explain asks about it",
        "互联网整体没有可 ping 的地址：请改用 explain")
    }

    /// `state` is the engine's word: `exited`.
    package static func isNotRunning(_ container: String, _ state: String) -> String {
      say("the container \(container) is not running (\(state))", "容器 \(container) 未在运行（\(state)）")
    }

    package static func isName(_ text: String) -> String { say("'\(text)' is a name", "「\(text)」是名称，不是地址") }

    package static func isOfOtherFamily(_ address: String) -> String {
      say("\(address) is no address of that family", "\(address) 不属于该地址族")
    }

    /// `family`: IPv4 or IPv6.
    package static func hasNoAddress(_ source: String, _ family: String) -> String {
      say("\(source) has no \(family) address", "\(source) 没有 \(family) 地址")
    }

    // MARK: The files that say how names are resolved

    package static func processIsGone(_ process: Int) -> String {
      say("process \(process) has gone", "进程 \(process) 已退出")
    }

    package static func cannotReadRoot(_ process: Int, _ reason: String) -> String {
      say(
        "the root of process \(process) can't be read: \(reason) (CAP_SYS_PTRACE)",
        "无法读取进程 \(process) 的根目录：\(reason)（CAP_SYS_PTRACE）")
    }

    /// `kind`: one of `System.directory` and its like.
    package static func isNotRead(_ kind: String) -> String {
      say("it is \(kind), which is not read", "它是\(kind)，不予读取")
    }

    package static var isForeign: String { say("it is somebody else's", "它属于其他用户") }

    package static var linkNotFollowed: String {
      say("a link on the way is not followed", "路径中有符号链接，不予跟随")
    }

    package static var fileSystemHangs: String { say("the file system does not answer", "文件系统没有响应") }

    package static func fileSystemSilent(milliseconds: Int) -> String {
      say(
        "the file system did not answer within \(milliseconds) ms", "文件系统在 \(milliseconds) ms 内没有响应")
    }

    package static func noThread(_ reason: String) -> String {
      say("no thread to read it on: \(reason)", "没有线程可用来读取：\(reason)")
    }

    package static var serverClosed: String { say("the server closed the connection", "服务器关闭了连接") }
  }

  /// Why the kernel's trace of rules shows nothing, or not everything. `reason` is an errno in words.
  package enum Tracing {
    package static var noNamespace: String {
      say("there is no namespace to trace in", "没有可供跟踪的命名空间")
    }

    package static var eventsLost: String { say("events of the trace were lost", "有跟踪事件丢失") }

    /// `detail`: the kernel's own words, or `needsOwner`.
    package static func refused(_ reason: String, _ detail: String?) -> String {
      say(
        "a trace table was refused: \(reason)" + (detail.map { " (\($0))" } ?? ""),
        "跟踪用的表被拒绝：\(reason)" + (detail.map { "（\($0)）" } ?? ""))
    }

    package static var needsOwner: String {
      say("tables that are gone with their owner need Linux 5.12", "随所有者消失的表需要 Linux 5.12")
    }

    package static var notAcknowledged: String {
      say("a trace table was not acknowledged", "跟踪用的表未得到确认")
    }

    /// `group`: `NFNLGRP_NFTRACE`.
    package static func cannotJoin(_ group: String, _ reason: String) -> String {
      say("joining \(group): \(reason)", "加入 \(group)：\(reason)")
    }
  }
}
