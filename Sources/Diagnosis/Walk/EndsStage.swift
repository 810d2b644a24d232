internal import Conclusions
internal import Knowledge
internal import Netfilter
internal import Paths
internal import Questions
internal import Sentences
internal import Topology

/// The two ends: whether they are there and have addresses. If not, that is the finding.
struct EndsStage: WalkStage {
  var walk: PacketWalk

  /// Returns whether there is anything to be followed.
  mutating func run() -> Bool {
    var isWhole = true
    for end in [walk.subject.source, walk.subject.destination] where !lookAt(end) { isWhole = false }
    if isWhole, lookForDisabledIPv6() { return false }
    if isWhole, lookForUnusable() { return false }
    if isWhole, let trouble = walk.subject.trouble {
      walk.accuse(
        walk.finding(
          .noAddress, nil, in: walk.subject.source.namespace, trouble,
          [
            Explanation.Evidence(trouble, source: "IFA_LOCAL")
          ]), .certain)
      return false
    }
    return isWhole
  }

  /// Whether one end is there and has an address.
  private mutating func lookAt(_ end: Subject.End) -> Bool {
    if let container = end.stopped {
      walk.accuse(
        walk.finding(
          .namespaceGone, nil, Say.Ends.notRunning(end.name, state: container.state),
          [Explanation.Evidence(Say.Ends.state(container.state), source: "\(container.runtime) API")],
          remedy: container.hasCommands
            ? EngineWords(container).start(PacketWalk.quoted(container.name)) : nil), .certain)
      return false
    }
    guard let id = end.namespace else { return true }
    guard let namespace = walk.snapshot.namespaces[id] else {
      walk.accuse(
        walk.finding(
          .namespaceGone, nil, in: id, Say.Ends.namespaceGone(end.name),
          [Explanation.Evidence(Say.Ends.cookieGone, source: "RTM_GETNSID")]), .certain)
      return false
    }
    if end.address != nil { return true }
    guard let link = end.link.flatMap({ walk.snapshot.link($0) }) else {
      // What can't be seen is not missing.
      if namespace.permission == .none {
        walk.noteUnread(Say.Ends.unreadable(end.name))
        return false
      }
      accuseLoneliness(of: end, in: namespace)
      return false
    }
    walk.look(at: link, as: end.name == walk.subject.source.name ? .source : .destination)
    if walk.subject.isIPv6, accuseDisabledIPv6(of: link) { return false }
    let place = walk.place(link)
    let claim =
      switch walk.subject.options.family {
      case .ipv6: Say.Ends.noAddress(place, family: "IPv6")
      case .ipv4: Say.Ends.noAddress(place, family: "IPv4")
      default: Say.Ends.noAddress(place)
      }
    walk.accuse(
      walk.finding(
        .noAddress, link, claim, [Explanation.Evidence(Say.Ends.noAddress(on: link.name), source: "IFA_LOCAL")]),
      .certain, check: Say.Walking.address)
    return false
  }

  /// Where IPv6 is asked for: whether it is switched off at an end.
  private mutating func lookForDisabledIPv6() -> Bool {
    guard walk.subject.isIPv6, walk.subject.trouble != nil || walk.subject.source.address?.isIPv6 != true else {
      return false
    }
    for end in [walk.subject.source, walk.subject.destination] {
      guard let link = end.link.flatMap({ walk.snapshot.link($0) }),
        !link.addresses.contains(where: { $0.local.isIPv6 })
      else { continue }
      walk.look(at: link, as: end.name == walk.subject.source.name ? .source : .destination)
      if accuseDisabledIPv6(of: link) { return true }
    }
    return false
  }

  private mutating func accuseDisabledIPv6(of link: Link) -> Bool {
    let keys = ["net.ipv6.conf.\(link.name).disable_ipv6", "net.ipv6.conf.all.disable_ipv6"]
    guard let key = keys.first(where: { walk.sysctl($0, in: link.id.namespace) == "1" }) else { return false }
    walk.accuse(
      walk.finding(
        .ipv6Disabled, link, Say.Ends.ipv6Off(walk.place(link)),
        [Explanation.Evidence("\(key) = 1", source: "/proc/sys, ip-sysctl")]), .certain, check: Say.Walking.address)
    return true
  }

  /// Whether an end's address is one that the kernel does not use.
  private mutating func lookForUnusable() -> Bool {
    for end in [walk.subject.source, walk.subject.destination] {
      guard let link = end.link.flatMap({ walk.snapshot.link($0) }),
        let own = link.addresses.first(where: { $0.local == end.address }), own.isUnusable
      else { continue }
      walk.look(at: link, as: end.name == walk.subject.source.name ? .source : .destination)
      walk.accuse(
        walk.finding(.addressUnusable, link, walk.claimUnusable(own, on: link), [own.flagEvidence]), .certain,
        check: Say.Walking.address)
      return true
    }
    return false
  }

  /// There is nothing but the loopback.
  private mutating func accuseLoneliness(of end: Subject.End, in namespace: Namespace) {
    var finding = walk.finding(
      .noAddress, nil, in: namespace.id,
      namespace.containers.isEmpty ? Say.Ends.onlyLoopback(end.name) : Say.Ends.noNetwork(end.name),
      [Explanation.Evidence(Say.Ends.noLinkButLoopback, source: "RTM_GETLINK")])
    finding.remedy = namespace.containers.first.flatMap { walk.joinCommand($0, beside: end) }
    walk.accuse(finding, .certain)
  }
}
