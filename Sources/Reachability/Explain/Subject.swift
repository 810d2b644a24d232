import Topology

/// What an inquiry is about.
struct Subject: Sendable {
  let source: Inquiry.Target
  let destination: Inquiry.Target
  let options: Inquiry.Options
  let snapshot: Snapshot

  init(
    _ source: Inquiry.Target, _ destination: Inquiry.Target, _ options: Inquiry.Options, _ snapshot: Snapshot
  ) {
    self.source = source
    self.destination = destination
    self.options = options
    self.snapshot = snapshot
  }
}
