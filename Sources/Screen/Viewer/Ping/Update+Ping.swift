internal import Canvas
internal import Diagnosis
internal import Diagram
internal import Paths
internal import Topology

extension State {
  /// `p`: asks for the target on the diagram; with a marked source, or on the target itself, it starts at once.
  mutating func askForTarget() -> [Effect] {
    if case .pick(let source) = mode { return start(from: source) }
    guard let selection else { return [] }
    if let marked, marked != selection { return start(from: marked) }
    guard endpoint(of: selection) != nil else {
      notify("a ping starts from a container or an interface")
      return []
    }
    mode = .pick(source: selection)
    picksForWhy = false
    // The likeliest target: the next container.
    let places = places
    let others = walkable.filter { element in
      if case .namespace = element { element.namespace != selection.namespace } else { false }
    }
    let here = places[selection] ?? 0
    select(others.first { (places[$0] ?? 0) > here } ?? others.last ?? selection)
    return []
  }

  /// What an element means as one end of a ping.
  func endpoint(of element: Element) -> Endpoint? {
    guard let namespace = snapshot.namespaces[element.namespace] else { return nil }
    switch element {
    case .namespace: return Endpoint(namespace: namespace.id, name: namespace.name)
    case .link(let ref):
      guard let link = snapshot.link(ref) else { return nil }
      let meant = snapshot.meant(by: link)
      if meant.id != ref, let far = snapshot.namespaces[meant.id.namespace] {
        return Endpoint(namespace: far.id, link: meant.id, name: far.name)
      }
      return Endpoint(namespace: namespace.id, link: ref, name: ref.namespace == .host ? link.title : namespace.name)
    }
  }

  mutating func start(from source: Element) -> [Effect] {
    if picksForWhy { return askWhy() }
    mode = .walk
    guard let target = selection, let from = endpoint(of: source), let to = endpoint(of: target) else { return [] }
    guard from.namespace != to.namespace || from.link != to.link else {
      notify("source and target are the same")
      return []
    }
    marked = nil
    return begin(from, to, family: .any)
  }

  mutating func begin(_ source: Endpoint, _ destination: Endpoint, family: AddressFamily) -> [Effect] {
    switch PingRoute.choose(from: source, to: destination, family: family, in: snapshot) {
    case .failure(let error):
      notify(error.description)
      return []
    case .success(let route):
      let id = nextPingID
      nextPingID += 1
      let twin = snapshot.twin(of: route)
      let old = forgetSilence() + (ping.flatMap { $0.isRunning ? [Effect.stopPing(id: $0.id)] : nil } ?? [])
      ping = PingState(id: id, route: route)
      lastRoute = route
      ping?.twin = twin
      if page == .list(.trouble) || page == .list(.events) || page == .matrix || page == .explanation {
        page = .diagram
      }
      relayout()
      return old + [.startPing(id: id, route)]
    }
  }

  mutating func changeFamily(_ family: AddressFamily) -> [Effect] {
    guard let last = ping?.route else { return [] }
    // Addresses that were named are of the old family.
    let source = Endpoint(namespace: last.source.namespace, link: last.source.link, name: last.source.name)
    let target = Endpoint(
      namespace: last.destination.namespace, link: last.destination.link, name: last.destination.name)
    return begin(source, target, family: family)
  }

  /// Takes what the running ping tells.
  mutating func receive(_ report: PingReport) -> [Effect] {
    if let effects = receiveForMatrix(report) { return effects }
    guard report.id == ping?.id else { return [] }
    switch report.event {
    case .sent(let sequence):
      ping?.sequence = sequence
      ping?.statistics.noteSent(sequence)
      if ping?.silentSince == nil { ping?.silentSince = report.at }
    case .reply(let sequence, let milliseconds, let ttl):
      ping?.statistics.noteReply(sequence, milliseconds: milliseconds)
      ping?.remark = "reply to seq \(sequence)" + (ttl.map { " \(glyphs.dot) ttl \($0)" } ?? "")
      ping?.isBad = false
      ping?.stop = nil
      ping?.replyAt = report.at
      ping?.silentSince = nil
      return forgetSilence()
    case .lost(let sequence, let lastSeen):
      ping?.statistics.noteLost(sequence)
      ping?.isBad = true
      let stop = explainedStop ?? lastSeen
      ping?.stop = stop
      ping?.replyAt = nil
      // The claim says more than the counters.
      if let claim = ping?.why?.explanation?.cause?.claim, ping?.why?.isFinal == true {
        ping?.remark = claim
        return []
      }
      let place = lastSeen.flatMap { hop in ping?.route.path[clamped: hop]?.link }.flatMap { snapshot.link($0) }
      ping?.remark =
        "no reply to seq \(sequence)"
        + (place.map { " \(glyphs.dot) the counters saw it last at \($0.name)" } ?? "")
    case .refused(let sequence, let by, let reason):
      ping?.statistics.noteLost(sequence)
      ping?.isBad = true
      ping?.replyAt = nil
      ping?.remark = "seq \(sequence): \(reason)" + (by.map { " (says \($0))" } ?? "")
      return askAboutSilence()
    case .failed(let reason):
      ping?.isRunning = false
      ping?.isBad = true
      ping?.replyAt = nil
      ping?.remark = reason
    }
    return []
  }
}

extension PingRoute {
  /// The family of its addresses.
  var family: AddressFamily { sourceAddress.isIPv6 ? .ipv6 : .ipv4 }
}

extension Snapshot {
  /// The name of another one that has the route's destination address on the same bridge; nil where there is none.
  func twin(of route: PingRoute) -> String? {
    func bridge(of link: Link) -> LinkRef? { (peer(of: link) ?? link).master }
    guard let right = route.path.last.flatMap({ link($0.link) }), let home = bridge(of: right) else { return nil }
    for namespace in namespaces.values {
      for link in namespace.links where link.id != right.id {
        if link.addresses.contains(where: { $0.local == route.destinationAddress }), bridge(of: link) == home {
          return namespace.name
        }
      }
    }
    return nil
  }
}
