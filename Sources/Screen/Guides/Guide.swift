package import Conclusions
package import Keys
internal import Paths
public import Topology
internal import Viewer

/// What is to be done to the laboratory that a guide leads through.
public enum LaboratoryOrder: Sendable, Hashable {
  /// The tutorial's bridge with these containers, all well: what is missing is made, what is broken is mended.
  case arrange(containers: [String])
  /// The same made anew, whatever is there.
  case rebuild(containers: [String])
  /// Neighbours and the bridge's table are emptied, as if nobody had spoken yet.
  case forget
  /// The bridge is switched off.
  case switchBridgeOff
  /// The host's end of a container's cable leaves the bridge.
  case unplug(String)
  /// A container's eth0 gets this address instead of its own.
  case readdress(String, IPAddress)
}

/// What a guide wants done.
public enum GuideEffect: Sendable, Hashable {
  /// Something in the laboratory.
  case laboratory(LaboratoryOrder)
  /// The tables of a namespace are to be read; they come to `take(_:of:)`.
  case readTables(NamespaceID, LinkRef?)
  /// One container pings another from now on.
  case ping(from: String, to: String)
  /// The ping ends.
  case stopPing
  /// It is found out whether one reaches the other; it comes to `take(_:)`.
  case explain(from: String, to: String)
  /// That link is pointed at.
  case point(LinkRef)
  /// The diagram is to be kept as a file.
  case keepDrawing
  /// The terminal is lent to a shell inside the laboratory.
  case openShell
}

/// What a guide knows of the ping on the screen.
package struct PingNews: Sendable {
  package var sent = 0
  package var received = 0
  /// The last round trip, in milliseconds.
  package var last: Double?
  /// What became of the last requests, the newest at the end.
  package var isAnswered: Bool?
  /// Why it has no reply, where that was found out.
  package var claim: String?

  package init() {}
}

/// The words of a guide's band: a title, a text of at most three lines, and what its keys do.
package struct Caption: Sendable {
  package var title: String
  package var text: String
  package var keys: [(cap: String, label: String)]
  /// Whether it says that something was reached.
  package var isGood = false
}

/// Somebody who leads through a laboratory: the tour, or a lesson.
package protocol Guide: Sendable {
  /// What is to be done before anything else.
  mutating func begin() -> [GuideEffect]
  /// Takes a key; nil: it means nothing to the guide, but what it means in the viewer.
  mutating func press(_ key: Key) -> [GuideEffect]?
  /// Takes what the kernel has now.
  mutating func see(_ snapshot: Snapshot) -> [GuideEffect]
  /// Takes the tables of a namespace, as they were read just now.
  mutating func take(_ tables: NetworkTables, of id: NamespaceID) -> [GuideEffect]
  /// Takes what is known of the ping.
  mutating func take(_ news: PingNews)
  /// Takes the end of a diagnosis.
  mutating func take(_ explanation: Explanation) -> [GuideEffect]
  /// A second has passed.
  mutating func tick() -> [GuideEffect]
  /// Whether what it tells of now has happened.
  var isSettled: Bool { get }
  /// Whether it waits for something that the reader does.
  var awaitsAct: Bool { get }
  /// Whether there is nothing behind it.
  var isOver: Bool { get }
  var caption: Caption { get }
  /// What is shown beside the picture; nil: nothing.
  var exhibit: Exhibit? { get }
}
