package import Speech

extension Say {
  /// What the kernel or the machine does not give. `reason` is an errno in words, `operation` a message of netlink.
  package enum System {
    // MARK: Entering a namespace

    package static var noWayIn: String {
      say("no mount and no process leads into the namespace", "没有挂载点或进程通往该命名空间")
    }

    package static func cannotOpen(_ reason: String) -> String {
      say("the namespace can't be opened: \(reason)", "无法打开该命名空间：\(reason)")
    }

    package static func noThread(_ reason: String) -> String {
      say(
        "no thread can be made to enter the namespace: \(reason) (RLIMIT_NPROC)",
        "无法创建用来进入该命名空间的线程：\(reason)（RLIMIT_NPROC）")
    }

    package static func cannotEnter(_ reason: String) -> String {
      say("the namespace can't be entered: \(reason)", "无法进入该命名空间：\(reason)")
    }

    /// `capability`: what may be missing.
    package static func cannotEnter(_ reason: String, without capability: String) -> String {
      say("the namespace can't be entered: \(reason) (\(capability))", "无法进入该命名空间：\(reason)（\(capability)）")
    }

    // MARK: Requests to the kernel

    package static func keptChanging(_ operation: String) -> String {
      say("\(operation): the tables kept changing while they were read", "\(operation)：读取期间表一直在变化")
    }

    package static func malformedAnswer(_ detail: String) -> String {
      say("malformed answer: \(detail)", "响应格式有误：\(detail)")
    }

    package static func unanswered(_ operation: String) -> String {
      say("\(operation): the kernel did not answer", "\(operation)：内核没有响应")
    }

    /// An operation, with the version of Linux that it needs.
    package static func needs(_ operation: String, linux version: String) -> String {
      say("\(operation) (Linux \(version) or later is needed)", "\(operation)（需要 Linux \(version) 或更高版本）")
    }

    package static func joiningGroup(_ group: Int) -> String {
      say("joining netlink group \(group)", "加入 netlink 组 \(group)")
    }

    // MARK: Recordings of events

    package static func damage(at offset: Int, _ reason: String) -> String {
      say("at byte \(offset): \(reason)", "第 \(offset) 字节处：\(reason)")
    }

    package static func tooFewForHeader(_ count: Int) -> String {
      say("\(count) bytes are too few for a header", "只剩 \(count) 字节，不够一个消息头")
    }

    package static func messageTooLong(_ length: Int, left: Int) -> String {
      say(
        "a message of \(length) bytes with \(left) left; is this a file that rtmon wrote?",
        "消息长 \(length) 字节，却只剩 \(left) 字节；这是 rtmon 写的文件吗？")
    }

    // MARK: What a file is that is no regular one; no space before these in a Chinese sentence

    package static var directory: String { say("a directory", "目录") }
    package static var fifo: String { say("a FIFO", "命名管道") }
    package static var socket: String { say("a socket", "套接字") }
    package static var symbolicLink: String { say("a symbolic link", "符号链接") }
    package static var device: String { say("a device", "设备") }
  }
}
