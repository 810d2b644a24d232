internal import Speech

/// Lessons about cables, and what they are plugged into.
extension Say.Lesson {
  static var portDown: Story {
    Story(
      question: say(
        "test1 gets no reply from test2. Inside test2 eth0 is up and has its address. Where does the way end?",
        "test1 收不到 test2 的应答。在 test2 里看，eth0 已启用，地址也在。路断在哪里？"),
      hints: [
        say(
          "A cable has two ends. In the diagram follow test2's towards docker0: which end looks different from test1's?",
          "网线有两端。在图上从 test2 往 docker0 看：哪一端和 test1 的不一样？"),
        say(
          "Inside test2 `ip link` says NO-CARRIER: the reason is at the other end. Compare the flags in `ip link` on the host.",
          "在 test2 里 `ip link` 显示 NO-CARRIER：原因在另一端。在宿主机上用 `ip link` 比较两个 veth 的标志。"),
        say(
          "One veth on the host lacks the flag UP. `ip link set` can give it back.",
          "宿主机上有一个 veth 缺少 UP 标志。用 `ip link set` 可以恢复。"),
      ],
      explanation: say(
        "The host's end of test2's cable was switched off. A veth has a carrier only while its peer is up: setting the port up brings both ends to life, and docker0 forwards again.",
        "test2 的网线在宿主机的一端被关闭了。veth 的对端启用时，这一端才有载波：启用该端口后，两端都恢复，docker0 又能转发。"))
  }

  static var interfaceDown: Story {
    Story(
      question: say(
        "test2 has an address, and yet it neither answers test1 nor gets a packet out itself. What is wrong with it?",
        "test2 有地址，却既不回答 test1，自己也发不出数据包。它出了什么问题？"),
      hints: [
        say(
          "Which of the four ends of the two cables is down, and which one has only lost its carrier?",
          "两根网线共四端：哪一端未启用，哪一端只是没有载波？"),
        say(
          "The host's end is up, but without a carrier: so look inside. The details of test2 (Enter) show the flags of eth0.",
          "宿主机一端已启用，只是没有载波，所以要看里面。test2 的详情（Enter）中有 eth0 的标志。"),
        say(
          "eth0 of test2 is switched off. `nsenter --net=/run/netns/test2` runs a command inside test2, such as `ip link set`.",
          "test2 的 eth0 被关闭了。`nsenter --net=/run/netns/test2` 可以在 test2 里执行命令，例如 `ip link set`。"),
      ],
      explanation: say(
        "eth0 of test2 was switched off; it kept its address and lost its routes. With up the route to its own subnet comes back, which is enough for test1; a default route would have to be added again.",
        "test2 的 eth0 被关闭：地址还在，路由没了。重新启用后，本子网的路由自动恢复，与 test1 通信够用了；默认路由则要重新添加。"))
  }

  static var bridgeDown: Story {
    Story(
      question: say(
        "Both containers are up, both cables are plugged into docker0, and nobody reaches anybody. What do they share?",
        "两个容器都已启用，两根网线都插在 docker0 上，却谁也到不了谁。它们共用的是什么？"),
      hints: [
        say(
          "If both fail alike, look at what both depend on: it is in the middle of the diagram.",
          "两边同样不通，就看它们都依赖的东西：它在图的中间。"),
        say(
          "A bridge is an interface, too, with a state of its own. What does `ip link show docker0` say?",
          "网桥也是接口，有自己的状态。`ip link show docker0` 显示什么？"),
        say(
          "docker0 lacks the flag UP, and the state of its ports is disabled.",
          "docker0 缺少 UP 标志，它的端口状态是 disabled。"),
      ],
      explanation: say(
        "A bridge that is switched off disables all of its ports, and passes nothing between them. Set up, it lets the ports forward again; nothing else had been changed.",
        "网桥被关闭时，所有端口都处于 disabled，端口之间什么也不通。启用网桥后端口恢复转发，其他什么也没变过。"))
  }

  static var unplugged: Story {
    Story(
      question: say(
        "test2's cable is whole and both of its ends are up, but what goes in at one end seems to lead nowhere. Why?",
        "test2 的网线完好，两端都已启用，但发出去的数据包好像到不了任何地方。为什么？"),
      hints: [
        say(
          "Follow both cables in the diagram to the host. Do they end at the same thing?",
          "在图上顺着两根网线看到宿主机。它们接在同一个东西上吗？"),
        say(
          "`bridge link` lists the ports of bridges. How many has docker0, and who is missing?",
          "`bridge link` 列出网桥的端口。docker0 有几个端口？少了谁？"),
        say(
          "The host's end of test2's cable has no master. `ip link set … master …` plugs it in.",
          "test2 的网线在宿主机的一端没有 master。用 `ip link set … master …` 把它插上。"),
      ],
      explanation: say(
        "A cable that is up still leads nowhere if its end at the host belongs to no bridge. As a port of docker0 it gets the frames for test2, and docker0 hears what test2 sends.",
        "网线两端都启用，但宿主机的一端不属于任何网桥，帧还是无处可去。成为 docker0 的端口后，它收得到给 test2 的帧，docker0 也听得到 test2。"))
  }

  static var wrongBridge: Story {
    Story(
      question: say(
        "test1 and test2 have addresses of one subnet, and each port forwards. Yet test1 asks for test2 in vain. Why?",
        "test1 和 test2 的地址在同一子网，两个端口都在转发，test1 却问不到 test2。为什么？"),
      hints: [
        say(
          "A question to everybody (ARP) reaches everybody on the same bridge, and nobody else. Who is on which one?",
          "问所有人的问题（ARP）只能到达同一网桥上的成员。谁在哪个网桥上？"),
        say(
          "Compare test2's address with that of the bridge it is plugged into. `bridge link` shows the master of each port.",
          "把 test2 的地址和它所插网桥的地址比一比。`bridge link` 显示每个端口的 master。"),
        say(
          "test2's cable is plugged into br-other, and its address belongs to docker0's subnet.",
          "test2 的网线插在 br-other 上，而它的地址属于 docker0 的子网。"),
      ],
      explanation: say(
        "One subnet has to be one segment: test1 asks by ARP, and no bridge carries that to another bridge. Plugged into docker0, test2 hears the question, and its address fits its bridge.",
        "同一子网必须在同一网段：test1 用 ARP 提问，而广播不会从一个网桥传到另一个网桥。插回 docker0 后，test2 听得到提问，地址也与网桥相符。"))
  }
}
