internal import Speech

/// Lessons about what a bridge does with frames.
extension Say.Lesson {
  static var isolatedPorts: Story {
    Story(
      question: say(
        "Both ports forward, and each container reaches 172.17.0.1. Only the two do not reach each other. What parts them?",
        "两个端口都在转发，两个容器都能到达 172.17.0.1，唯独彼此不通。是什么把它们隔开了？"),
      hints: [
        say(
          "Cables, addresses and routes are right. It must be something that docker0 is told about its ports.",
          "网线、地址、路由都没错。问题应该在 docker0 对端口的设置上。"),
        say(
          "Enter on test1, then on test2: what else does the line `port` say besides the state? (`bridge -d link` has it, too.)",
          "在 test1 和 test2 上按 Enter：端口那一行除了状态还写着什么？（`bridge -d link` 也会显示。）"),
        say(
          "Between two ports that are both isolated nothing passes. One that is not isolated talks to all.",
          "两个都被隔离的端口之间什么也不通；没有被隔离的端口可以和所有端口通信。"),
      ],
      explanation: say(
        "A bridge never forwards from one isolated port to another; to its own address and to other ports it does. It is enough to end the isolation of one of the two.",
        "网桥不会把帧从一个隔离端口转发到另一个隔离端口；到网桥自己和其他端口则可以。只要解除其中一个端口的隔离就够了。"))
  }

  static var learning: Story {
    Story(
      question: say(
        "test2's port is up, has a carrier and is part of docker0, but no frame for test2 leaves by it. What keeps it?",
        "test2 的端口已启用，有载波，也属于 docker0，但给 test2 的帧都不从它发出。是什么拦住了？"),
      hints: [
        say(
          "A port of a bridge has a state besides up and down. Compare the two ports in the diagram.",
          "网桥端口除了启用与否，还有自己的状态。在图上比较两个端口。"),
        say(
          "`bridge link` shows the state of each port. Spanning tree takes a new port through listening and learning first.",
          "`bridge link` 显示每个端口的状态。生成树会让新端口先经过 listening 和 learning。"),
        say(
          "The state of test2's port is learning, and since docker0 runs no spanning tree nobody leads it on.",
          "test2 的端口状态是 learning；docker0 没有运行生成树，没有谁会让它前进。"),
      ],
      explanation: say(
        "A port that is learning notes MACs and passes no frame. Spanning tree ends that by a timer, after 15 s; here no timer runs, and the state stays until somebody sets forwarding.",
        "处于 learning 的端口只学习 MAC 地址，不转发帧。生成树的定时器会在 15 秒后结束它；这里没有定时器，状态一直不变，直到有人设为 forwarding。"))
  }

  static var floodingOff: Story {
    Story(
      question: say(
        "test1 has learned test2's MAC by ARP, so questions and answers pass. Why does no ping get through after that?",
        "test1 通过 ARP 得到了 test2 的 MAC，说明提问和回答都能通过。为什么之后 ping 却不通？"),
      hints: [
        say(
          "A broadcast goes to all ports. A frame for one MAC goes where docker0's fdb says: is test2's MAC in it?",
          "广播会发往所有端口；给某个 MAC 的帧则要查 docker0 的转发表。test2 的 MAC 在表里吗？"),
        say(
          "Whom docker0 does not know, it seeks by flooding. Enter on test2 shows what its port may not do, as does `bridge -d link`.",
          "docker0 不认识的 MAC 靠泛洪寻找。在 test2 上按 Enter 可以看到它的端口不做什么，`bridge -d link` 也行。"),
        say(
          "test2's port has learning off and flood off: docker0 never notes test2, and does not flood to it either.",
          "test2 的端口 learning off、flood off：docker0 不会记下 test2，也不会向它泛洪。"),
      ],
      explanation: say(
        "Without learning docker0 does not know where test2's MAC lives, and without flooding a frame for an unknown MAC does not leave by that port. Either of them would do; both are the default.",
        "不学习，docker0 就不知道 test2 的 MAC 在哪里；不泛洪，给未知 MAC 的帧就不会从该端口发出。开启任一项都能通，默认两项都开启。"))
  }

  static var wrongPort: Story {
    Story(
      question: say(
        "test1 knows test2's right MAC, and both ports forward. Yet no frame from test1 arrives at test2. Where do they go?",
        "test1 知道 test2 的正确 MAC，两个端口都在转发，但 test1 的帧到不了 test2。它们去了哪里？"),
      hints: [
        say(
          "It is docker0 that decides by which port a frame leaves. What does it decide by?",
          "帧从哪个端口发出由 docker0 决定。它依据什么决定？"),
        say(
          "Look up the MAC of test2's eth0 in docker0's fdb: Enter on docker0, or `bridge fdb show br docker0`.",
          "在 docker0 的转发表里查 test2 的 eth0 的 MAC：在 docker0 上按 Enter，或用 `bridge fdb show br docker0`。"),
        say(
          "An entry that was set by hand (static) puts test2's MAC behind test1's port. Nothing learned can move it.",
          "有一条手工设置的表项（static）把 test2 的 MAC 放在 test1 的端口后面，学习无法改变它。"),
      ],
      explanation: say(
        "docker0 sends a frame where its fdb says, and never out of the port it came in by: so it was dropped. Without the static entry docker0 learns from test2's frames where test2 is.",
        "docker0 按转发表发送帧，但不会从进来的端口发回去，于是丢弃了。删掉这条 static 表项后，docker0 会从 test2 发出的帧学到它在哪里。"))
  }
}
