internal import Conclusions
internal import Diagram
public import Keys
public import Paths
public import Topology

/// What somebody may do in the picture who leads a reader through it.
extension State {
  /// Whether keys mean what the picture means by them: no line is typed, no target chosen, nothing lies over it that takes
  /// them.
  public var isOpenToGuides: Bool {
    switch context {
    case .walk, .ping, .explanation, .list, .events, .pane: true
    default: false
    }
  }

  /// Whether something beside the picture may take room from it: no page hides it.
  public var isPictureShown: Bool { context == .walk || context == .ping }

  /// Selects what stands for a link: a container's whole for its own, and for the host's end of its cable.
  public mutating func point(at link: LinkRef) {
    let far = snapshot.link(link).map { snapshot.meant(by: $0).id } ?? link
    if far.namespace != .host { show(far) } else { select(shown(.link(link))) }
  }

  /// Pings over and over, in place of the ping that is on the screen. `now` is when it was wanted.
  public mutating func ping(from: Endpoint, to: Endpoint, at now: Timestamp) -> [Effect] {
    self.now = now
    return begin(.endpoint(from), .endpoint(to), family: .any)
  }

  /// Ends the ping and takes it off the screen, and the page that says why with it.
  public mutating func clearPing() -> [Effect] {
    closeAll { $0 is PingPane || $0 is Echoes || $0 is WhyPage || $0 is LitWay }
  }

  /// Why the ping on the screen has no reply, where that was found out.
  public var pingClaim: String? {
    ping?.why.flatMap { $0.isFinal ? $0.explanation?.cause?.claim : nil }
  }

  /// Does what that key does, whatever else it means.
  public mutating func press(_ key: Key, at now: Timestamp) -> [Effect] { update(.key(key), at: now) }

  /// A number for a diagnosis of somebody else's.
  public mutating func makeForeignID() -> Int { makeID() }
}
