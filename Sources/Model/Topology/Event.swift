/// One thing that happened, as the kernel or the census told it.
public struct Event: Hashable, Sendable {
  /// What it is about, by the words of `ip monitor`.
  public enum Object: String, Hashable, Sendable {
    /// As in `ip monitor`; a namespace and a container are this program's own objects.
    case link, address, route, rule, neighbor, nsid, namespace, container
    /// A message of a kind that is not read here; it is named, never passed over in silence.
    case other
    /// A message that can't be read.
    case malformed
    /// Events were lost, and everything was read again.
    case overrun
  }

  /// What became of it.
  public enum Action: String, Hashable, Sendable {
    /// It was there at the start of a recording.
    case present
    case added, removed, changed
    /// A link went to another namespace.
    case moved
    /// A message that told nothing new.
    case unchanged
  }

  /// One value of an object, before and now.
  public struct Difference: Hashable, Sendable {
    /// What changed, by the key of `ip -j -d` (`mtu`, `master`); values of a bridge's port begin with `port.`.
    public var key: String
    /// The value before, as text; nil where there was none.
    public var from: String?
    /// The value now, as text; nil where there is none any more.
    public var to: String?

    /// Makes a difference.
    public init(_ key: String, from: String?, to: String?) {
      self.key = key
      self.from = from
      self.to = to
    }
  }

  /// Microseconds since 1970-01-01 00:00:00 UTC; nil in a recording before its first timestamp.
  public var microseconds: Int64?
  /// Where it happened; nil where a recording does not tell.
  public var namespace: NamespaceID?
  /// What kind of object it is about.
  public var object: Object
  /// What became of that object.
  public var action: Action
  /// The ifindex of the link that it is about; nil where it is about none.
  public var index: UInt32?
  /// That link's name at the time, made safe; empty where the event is about no link.
  public var name: String
  /// What it is about besides: an address, a route, a container's name.
  public var subject: String
  /// The values that changed: of a new link all, of a route or rule none.
  public var differences: [Difference]
  /// Every value that the message held, for JSON.
  public var values: [Difference]
  /// `RTM_NEWLINK` and the like; empty where no message stands behind it.
  public var message: String

  /// Makes an event.
  public init(
    microseconds: Int64?, namespace: NamespaceID?, object: Object, action: Action, index: UInt32? = nil,
    name: String = "", subject: String = "", differences: [Difference] = [], values: [Difference] = [],
    message: String = ""
  ) {
    self.microseconds = microseconds
    self.namespace = namespace
    self.object = object
    self.action = action
    self.index = index
    self.name = name
    self.subject = subject
    self.differences = differences
    self.values = values
    self.message = message
  }
}
