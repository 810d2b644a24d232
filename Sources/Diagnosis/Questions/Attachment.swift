public import Topology

/// Something that is attached to a link and does with packets what can't be read here.
public struct Attachment: Hashable, Sendable {
  /// Where.
  public var link: LinkRef
  /// `XDP`, `tc ingress`, `tc egress`, `qdisc`.
  public var place: String
  /// The kind of filter or queueing discipline (`bpf`, `flower`, `netem`); empty of XDP.
  public var kind: String

  /// Makes an attachment; its words are made safe.
  public init(link: LinkRef, place: String, kind: String) {
    self.link = link
    self.place = place
    self.kind = SafeText.clean(kind)
  }
}
