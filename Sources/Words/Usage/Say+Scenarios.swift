package import Speech

extension Say {
  /// The laboratories of `demo`: what each is, in a line, and why one could not be made.
  package enum Scenario {
    // MARK: Those that work

    package static var tutorial: String {
      say("docker0 with test1 and test2, as in the tutorial", "docker0 上有 test1 和 test2，与教程一致")
    }
    package static var shop: String {
      say(
        "three bridges, twelve containers, one on two networks, one port down",
        "三个网桥、十二个容器，其中一个容器接入两个网络，一个端口被关闭")
    }
    package static var fiveHundred: String {
      say(
        "four bridges, five hundred containers, some of them busy, three ports down",
        "四个网桥、五百个容器，部分流量较大，三个端口被关闭")
    }
    package static var thousand: String {
      say(
        "a thousand containers on docker0, without traffic: for measurements", "docker0 上有一千个容器，没有流量，供测量用")
    }

    // MARK: Those that are broken

    package static var portDown: String {
      say("the host's end of test2's cable is switched off", "test2 网线的宿主机端被关闭")
    }
    package static var interfaceDown: String { say("eth0 inside test2 is switched off", "test2 内的 eth0 被关闭") }
    package static var bridgeDown: String { say("docker0 is switched off", "docker0 被关闭") }
    package static var unplugged: String {
      say("test2's cable ends at the host, but in no bridge", "test2 的网线接到了宿主机，但没有接入任何网桥")
    }
    package static var wrongBridge: String {
      say("test2 is plugged into another bridge than its address says", "test2 接入的网桥与其地址不符")
    }
    package static var isolatedPorts: String {
      say(
        "both ports are isolated: the bridge passes nothing between them", "两个端口都设为隔离：网桥不在它们之间转发")
    }
    package static var stpLearning: String {
      say(
        "test2's port is still learning, as spanning tree lets it for 15 s; here it stays so",
        "test2 的端口仍处于学习状态，生成树通常让它学习 15 秒，这里则一直如此")
    }
    package static var floodingOff: String {
      say(
        "test2's port neither learns nor gets what the bridge floods", "test2 的端口既不学习地址，也收不到网桥泛洪的帧")
    }
    package static var wrongPort: String {
      say(
        "docker0 believes that test2 lives behind test1's port", "docker0 误以为 test2 接在 test1 的端口上")
    }
    package static var wrongSubnet: String { say("test2 has an address of another subnet", "test2 的地址属于另一个子网") }
    package static var noAddress: String { say("test2 has no address", "test2 没有地址") }
    package static var blackhole: String {
      say("test1 has a route that swallows packets to test2", "test1 有一条路由，把发往 test2 的数据包全部丢弃")
    }
    package static var staleNeighbor: String {
      say("test1 has a wrong MAC for test2, for good", "test1 的邻居表中，test2 的 MAC 地址有误，且永久有效")
    }
    package static var duplicateAddress: String {
      say("test3 has the address of test2, too", "test3 与 test2 的地址相同")
    }
    package static var twoNetworks: String {
      say("test2 is on another network, and the host does not forward", "test2 在另一个网络上，而宿主机不做转发")
    }
    package static var forwardDrop: String {
      say(
        "the host's firewall drops what it forwards, frames on docker0 as well",
        "宿主机的防火墙丢弃所转发的数据包，docker0 上的帧也不例外")
    }
    package static var inputDrop: String {
      say("a firewall inside test2 drops what comes in", "test2 内的防火墙丢弃进入的数据包")
    }
    package static var replyFilter: String {
      say("test1 gets the reply, and drops it", "test1 收到应答，却将其丢弃")
    }
    package static var pingIgnored: String { say("test2 answers no ping, but TCP", "test2 不应答 ping，但响应 TCP") }
    package static var mtu: String {
      say(
        "test2's cable is narrower than the others: large packets vanish", "test2 网线的 MTU 比其他网线小：大包会丢失")
    }
  }
}

extension Say.Scenario {
  // MARK: What could not be done

  package static func failed(_ reason: String) -> String { say("laboratory: \(reason)", "实验环境：\(reason)") }
  package static func badName(_ name: String) -> String {
    say("laboratory: '\(name)' can't be a namespace's name", "实验环境：「\(name)」不能用作命名空间的名称")
  }
  package static func namespace(_ name: String, _ reason: String) -> String {
    say("laboratory: namespace \(name): \(reason)", "实验环境：命名空间 \(name)：\(reason)")
  }
  package static func noNamespace(_ name: String) -> String {
    say("laboratory: no namespace \(name)", "实验环境：没有命名空间 \(name)")
  }
  package static func unopened(_ name: String) -> String {
    say("laboratory: namespace \(name) can't be opened", "实验环境：无法打开命名空间 \(name)")
  }
  package static func noContainer(_ name: String) -> String {
    say("laboratory: no container \(name)", "实验环境：没有容器 \(name)")
  }
  package static func noLink(_ name: String) -> String {
    say("laboratory: no link \(name)", "实验环境：没有接口 \(name)")
  }
  package static func inside(_ name: String, _ reason: String) -> String {
    say("laboratory: inside \(name): \(reason)", "实验环境：在 \(name) 内：\(reason)")
  }
  package static func packetFilter(of name: String, _ reason: String) -> String {
    say("laboratory: packet filter of \(name): \(reason)", "实验环境：\(name) 的数据包过滤：\(reason)")
  }
  package static func packetFilterOfHost(_ reason: String) -> String {
    say("laboratory: packet filter of the host: \(reason)", "实验环境：宿主机的数据包过滤：\(reason)")
  }
  package static func loopback(_ reason: String) -> String { say("loopback: \(reason)", "回环：\(reason)") }
  package static func because(_ what: String, _ reason: String) -> String {
    say("\(what): \(reason)", "\(what)：\(reason)")
  }

  // MARK: What was being done: an error's text stands behind it

  package static func making(_ name: String) -> String { say("making \(name)", "创建 \(name)") }
  package static func switching(_ name: String) -> String { say("switching \(name)", "启用或关闭 \(name)") }
  package static func port(_ name: String, of bridge: String) -> String {
    say("\(name) as port of \(bridge)", "将 \(name) 设为 \(bridge) 的端口")
  }
  package static func address(of name: String) -> String { say("address of \(name)", "\(name) 的地址") }
  package static func cable(of name: String) -> String { say("the cable of \(name)", "\(name) 的网线") }
  package static func port(of name: String) -> String { say("the port of \(name)", "\(name) 的端口") }
  package static func unplugging(_ name: String) -> String { say("unplugging \(name)", "拔下 \(name)") }
  package static func table(of bridge: String) -> String { say("\(bridge)'s table", "\(bridge) 的转发表") }
  package static func mtu(of name: String) -> String { say("the MTU of \(name)'s cable", "\(name) 网线的 MTU") }

  // MARK: What `demo` may not do

  package static var privileges: String { say("demo: giving up privileges", "demo: 放弃权限") }
  package static var privateMounts: String { say("demo: making the mounts private", "demo: 将挂载点设为私有") }
  package static var privateRun: String { say("demo: mounting a private /run", "demo: 挂载私有的 /run") }
  package static func directory(_ path: String) -> String { say("demo: making \(path)", "demo: 创建 \(path)") }
  /// Root whom the system refuses is in a container, or of a service.
  package static func refused(_ reason: String, isRoot: Bool) -> String {
    isRoot
      ? say(
        "demo: this root may make no namespaces (unshare: \(reason)); in a container: docker run --cap-add SYS_ADMIN "
          + "--security-opt apparmor=unconfined",
        "demo: 此处的 root 不能创建命名空间（unshare：\(reason)）；在容器中请用：docker run --cap-add SYS_ADMIN "
          + "--security-opt apparmor=unconfined")
      : say(
        "demo: this system lets an ordinary user make no namespaces (unshare: \(reason)); run it as root: sudo netns-top demo",
        "demo: 本系统不允许普通用户创建命名空间（unshare：\(reason)）；请以 root 运行：sudo netns-top demo")
  }
}
