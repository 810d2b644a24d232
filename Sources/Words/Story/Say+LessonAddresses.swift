internal import Speech

/// Lessons about addresses, and who has which.
extension Say.Lesson {
  static var wrongSubnet: Story {
    Story(
      question: say(
        "Cables and bridge are fine, and test2 has an address. Still test1 does not even ask for test2's MAC. Why not?",
        "网线和网桥都正常，test2 也有地址，但 test1 连 test2 的 MAC 都不问。为什么？"),
      hints: [
        say(
          "Whom does test1 ask directly, and whom by its gateway? `ip route` inside test1 tells.",
          "test1 直接找谁，经网关找谁？看 test1 里的 `ip route`。"),
        say(
          "Compare the addresses of test1, test2 and docker0 in the diagram, digit by digit.",
          "在图上逐位比较 test1、test2 和 docker0 的地址。"),
        say(
          "test2 has 172.27.0.3/16, and everybody else on docker0 lives in 172.17.0.0/16.",
          "test2 的地址是 172.27.0.3/16，而 docker0 上其他成员都在 172.17.0.0/16。"),
      ],
      explanation: say(
        "Ends on one bridge reach each other directly only if each finds the other in its own subnet. test2's second number was wrong. With 172.17.0.3/16 both have a direct route to each other.",
        "同一网桥上的两端，只有彼此都在自己的子网内才能直接到达。test2 的地址第二段写错了；换成 172.17.0.3/16 后，双方都有直连路由。"))
  }

  static var noAddress: Story {
    Story(
      question: say(
        "test2 is plugged in, and its link is up, but nobody can say where to send a packet for it. What does it lack?",
        "test2 已插上网线，链路也启用了，但没人知道给它的数据包该发往哪里。它缺什么？"),
      hints: [
        say(
          "Compare the boxes of test1 and test2 in the diagram: are their addresses of one kind?",
          "在图上比较 test1 和 test2 的方框：它们的地址是同一种吗？"),
        say(
          "`nsenter --net=/run/netns/test2 ip address` lists what eth0 of test2 has.",
          "`nsenter --net=/run/netns/test2 ip address` 列出 test2 的 eth0 有哪些地址。"),
        say(
          "eth0 has no IPv4 address. One of docker0's subnet that nobody else has will do, such as 172.17.0.3/16.",
          "eth0 没有 IPv4 地址。给它一个 docker0 子网里没人用的地址，例如 172.17.0.3/16。"),
      ],
      explanation: say(
        "Without an IPv4 address test2 answers no ARP and has no IPv4 route. The address brings a route to 172.17.0.0/16 with it; a default route would have to be added by hand.",
        "没有 IPv4 地址，test2 不回答 ARP，也没有 IPv4 路由。加上地址后，内核自动添加到 172.17.0.0/16 的路由；默认路由则要手工添加。"))
  }

  static var staleNeighbor: Story {
    Story(
      question: say(
        "test1's frames leave by its cable and even come to docker0, but test2 takes none of them. Whom are they meant for?",
        "test1 的帧从网线发出，也到了 docker0，但 test2 一个也不收。它们是发给谁的？"),
      hints: [
        say(
          "A frame is addressed to a MAC, not to an IP address. Where does test1 look up the MAC of 172.17.0.3?",
          "帧是发给 MAC 的，不是发给 IP 地址的。test1 从哪里查 172.17.0.3 的 MAC？"),
        say(
          "Compare the neighbours in the details of test1 (`ip neigh` inside test1) with the MAC of test2's eth0.",
          "把 test1 详情里的邻居表（test1 里的 `ip neigh`）和 test2 的 eth0 的 MAC 比一比。"),
        say(
          "The entry for 172.17.0.3 is wrong, and PERMANENT: the kernel never asks again. Take it away, or put it right.",
          "172.17.0.3 的表项是错的，而且是 PERMANENT：内核不会再问。删掉它，或改正它。"),
      ],
      explanation: say(
        "A permanent entry comes before all that ARP could find out, and this one named a MAC that nobody has. Without it test1 asks who has 172.17.0.3, and test2 answers.",
        "永久表项优先于 ARP 能问到的一切，而这一条指向一个不存在的 MAC。删掉后，test1 会问谁有 172.17.0.3，test2 会回答。"))
  }

  static var duplicateAddress: Story {
    Story(
      question: say(
        "test1 gets replies from 172.17.0.3, but sometimes they are not test2's. Who answers there, and who should?",
        "test1 能收到 172.17.0.3 的应答，但有时并不是 test2 回的。是谁在回答，应该是谁？"),
      hints: [
        say(
          "Read the addresses of all three containers in the diagram.",
          "在图上看看三个容器的地址。"),
        say(
          "Look whose MAC `ip neigh` inside test1 has for 172.17.0.3, and compare it with test2's and test3's eth0.",
          "看 test1 里的 `ip neigh` 中 172.17.0.3 是谁的 MAC，再与 test2、test3 的 eth0 比较。"),
        say(
          "test3 has 172.17.0.3 as well. Take it away there, and let test1 forget what it has noted.",
          "test3 也有 172.17.0.3。从 test3 上删掉它，并让 test1 忘掉已记下的表项。"),
      ],
      explanation: say(
        "Two owners answer ARP for one address, and the first answer wins. test2 alone has it now. test1 had to forget, too: else it would go on sending to test3 for half a minute. test3 needs another one.",
        "两个主人都回答同一地址的 ARP，先到者胜。现在只有 test2 有它。test1 也要忘掉旧表项，否则半分钟内仍会发给 test3。test3 需要另一个地址。"))
  }

  static var mtu: Story {
    Story(
      question: say(
        "test2 answers a ping of test1, but large packets vanish, and nobody reports why. Up to which size do they get through?",
        "test1 ping test2 是通的，但大数据包会消失，也没有任何报错。多大的数据包能通过，为什么？"),
      hints: [
        say(
          "Ping inside test1 with a size and without fragments: `ping -M do -s 1472 172.17.0.3`, then with smaller sizes.",
          "在 test1 里用指定大小且不分片地 ping：`ping -M do -s 1472 172.17.0.3`，再逐步减小。"),
        say(
          "Read the mtu of every interface on the way, in the diagram or with `ip link`. Which ones are different?",
          "在图上或用 `ip link` 看沿途每个接口的 mtu。哪些不一样？"),
        say(
          "Both ends of test2's cable have mtu 1200 (docker0 takes the least of its ports), and test1 sends up to 1500.",
          "test2 网线两端的 mtu 都是 1200（docker0 取各端口中最小的），而 test1 最大发 1500。"),
      ],
      explanation: say(
        "A bridge drops what is too large for a port and tells nobody; only a router would report it. All on one segment need one MTU: here 1500 at both ends of test2's cable again.",
        "网桥会丢弃超出端口 MTU 的帧，而且不通知任何人；只有路由器才会报告。同一网段的 MTU 必须一致：这里把 test2 网线两端改回 1500。"))
  }
}
