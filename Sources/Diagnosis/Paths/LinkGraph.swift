public import Topology

/// How the links of a snapshot hang together: cables, bridges and bonds, VLANs, tunnels. The one graph of the house: what
/// lights up (`Path`) and what is explained (`BroadcastDomain`) go along it.
public struct LinkGraph: Sendable {
  let snapshot: Snapshot
  /// The links whose master, or whose lower link, is the key.
  private var members: [LinkRef: [LinkRef]] = [:]
  private var uppers: [LinkRef: [LinkRef]] = [:]
  /// The ends of tunnels (VXLAN) by what they carry, in as many namespaces as there are ends.
  private var tunnels: [Tunnel: [LinkRef]] = [:]

  /// What the ends of a tunnel have in common.
  private struct Tunnel: Hashable {
    let id: UInt64
    let port: UInt64
  }

  /// How many links there are.
  let count: Int

  /// Indexes the links of a snapshot. O(links).
  public init(_ snapshot: Snapshot) {
    self.snapshot = snapshot
    count = snapshot.namespaces.values.reduce(0) { $0 + $1.links.count }
    for namespace in snapshot.namespaces.values {
      for link in namespace.links {
        if let master = link.master { members[master, default: []].append(link.id) }
        if let lower = link.lower { uppers[lower, default: []].append(link.id) }
        if let tunnel = Self.tunnel(link) { tunnels[tunnel, default: []].append(link.id) }
      }
    }
  }

  private static func tunnel(_ link: Link) -> Tunnel? {
    guard link.kind == "vxlan", case .number(let id)? = link.fact("id"), case .number(let port)? = link.fact("port")
    else { return nil }
    return Tunnel(id: id, port: port)
  }

  /// The other ends of a tunnel that is bound to no link below it: those of an engine's overlay network are made so.
  func farEnds(of link: Link) -> [LinkRef] {
    // Of such a one the kernel tells the namespace that its packets are sent in, and no link.
    guard link.lower.flatMap({ snapshot.link($0) }) == nil, let tunnel = Self.tunnel(link) else { return [] }
    return (tunnels[tunnel] ?? []).filter { $0.namespace != link.id.namespace }
  }

  /// The tags that a frame carries on its way through links.
  struct Tags: Hashable {
    /// The VLANs, the outermost last.
    var stack: [UInt64] = []
    /// A bridge that filters by VLAN, or whoever does not look at tags, may have put one on or taken one off: then the stack
    /// is empty, and any is admitted.
    var isOpen = false

    func admit(_ id: UInt64) -> Bool { isOpen || stack.last == id }
    var mayBeNone: Bool { isOpen || stack.isEmpty }

    /// With one more.
    func with(_ id: UInt64) -> Tags { Tags(stack: stack + [id]) }

    /// Without the outermost, which whoever admits it takes off; what is below it stays as open as it was.
    var popped: Tags { isOpen ? self : Tags(stack: stack.dropLast()) }
  }

  /// A frame at a link.
  struct Place: Hashable {
    var link: LinkRef
    var tags = Tags()
  }

  /// Rings of VLANs make ever new stacks of tags, and somebody may mean to: no more places than this are looked at.
  var placeLimit: Int { 4096 + 64 * count }

  /// Deeper stacks of tags lead nowhere.
  private static let tagLimit = 4

  /// Every link that a frame sent by `start` could come to if all cables and ports worked, with the shortest way there.
  ///
  /// `ignoresTags`: also where it could only come with another tag than it has.
  public func domain(of start: LinkRef, ignoresTags: Bool = false) -> BroadcastDomain {
    var queue = [Place(link: start, tags: Tags(isOpen: ignoresTags))]
    var previous: [Place: Place] = [:]
    var seen: Set<Place> = [queue[0]]
    var first: [LinkRef: Place] = [start: queue[0]]
    var position = 0
    while position < queue.count, queue.count < placeLimit {
      let here = queue[position]
      position += 1
      for found in frames(from: here) {
        let next = ignoresTags ? Place(link: found.link, tags: Tags(isOpen: true)) : found
        guard seen.insert(next).inserted else { continue }
        previous[next] = here
        // A frame that still has its tag is none of the link's own.
        if next.tags.mayBeNone, first[next.link] == nil { first[next.link] = next }
        queue.append(next)
      }
    }
    var ways: [LinkRef: [LinkRef]] = [:]
    for (link, end) in first {
      var way = [end]
      while let last = way.last, let before = previous[last] { way.append(before) }
      ways[link] = way.reversed().map(\.link)
    }
    return BroadcastDomain(ways: ways)
  }

  /// Where a frame can go next.
  func frames(from place: Place) -> [Place] {
    guard let link = snapshot.link(place.link), place.tags.stack.count <= Self.tagLimit else { return [] }
    var next: [Place] = []
    if let peer = link.peerLink { next.append(Place(link: peer, tags: place.tags)) }
    if let master = link.master.flatMap({ snapshot.link($0) }), master.carriesFrames,
      ports(of: master).contains(link.id)
    {
      next.append(Place(link: master.id, tags: master.passed(place.tags)))
    }
    if link.carriesFrames {
      for port in ports(of: link) { next.append(Place(link: port, tags: link.passed(place.tags))) }
    }
    if let lower = link.lower, link.isOnItsLower {
      next.append(Place(link: lower, tags: link.vlanID.map { place.tags.with($0) } ?? place.tags))
    }
    for upper in (uppers[link.id] ?? []).compactMap({ snapshot.link($0) }) where upper.isOnItsLower {
      if let id = upper.vlanID {
        if place.tags.admit(id) { next.append(Place(link: upper.id, tags: place.tags.popped)) }
      } else if place.tags.mayBeNone {
        next.append(Place(link: upper.id))
      }
    }
    return next
  }

  /// The members that frames go through. Where none carries anything all of them: what is wrong with them is to be seen.
  private func ports(of master: Link) -> [LinkRef] {
    let all = members[master.id] ?? []
    guard master.kind == "bond" else { return all }
    let serving = all.filter { snapshot.link($0).map { master.isServed(by: $0) } ?? false }
    return serving.isEmpty ? all : serving
  }

  /// The links that the frames of a link go by: a bond's members that carry some, the parent of a VLAN.
  public func links(below link: Link) -> [LinkRef] {
    if link.kind == "bond" { return ports(of: link) }
    return link.isOnItsLower ? [link.lower].compactMap(\.self) : []
  }

  /// Where a link hangs on another one without handing its frames on: a tunnel on its underlay, a link on its VRF; both
  /// ways.
  func attachments(of link: Link) -> [LinkRef] {
    var next: [LinkRef] = []
    if let master = link.master.flatMap({ snapshot.link($0) }), !master.carriesFrames { next.append(master.id) }
    if !link.carriesFrames { next += members[link.id] ?? [] }
    if let lower = link.lower, !link.isOnItsLower { next.append(lower) }
    next += (uppers[link.id] ?? []).filter { snapshot.link($0).map { !$0.isOnItsLower } ?? false }
    return next
  }
}

extension Link {
  /// The tags of a frame behind this link, which carries frames.
  fileprivate func passed(_ tags: LinkGraph.Tags) -> LinkGraph.Tags {
    bridge?.vlanFiltering == true ? LinkGraph.Tags(isOpen: true) : tags
  }

  /// Whether frames go through that member now: of a bond only by one that is up, of one with a spare only by the active
  /// one, of one that speaks LACP only within the group that is used (`bond_should_deliver_exact_match`).
  fileprivate func isServed(by member: Link) -> Bool {
    guard kind == "bond" else { return true }
    // The active one is used whatever its state: a bond that looks for none (miimon 0) does not notice.
    if fact("mode") == .text("active-backup") { return fact("active_slave") == .link(member.id) }
    guard member.state == .up else { return false }
    switch fact("mode") {
    case .text("802.3ad"):
      guard case .object(let info)? = fact("ad_info"),
        case .number(let used)? = info.first(where: { $0.key == "aggregator" })?.value,
        case .number(let own)? = member.slaveFact("ad_aggregator_id")
      else { return true }
      return used == own
    default: return true
    }
  }
}
