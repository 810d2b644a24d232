internal import Conclusions
internal import Knowledge
internal import Questions
internal import Sentences
internal import Topology
internal import Walk

/// Who answers in the place of the destination.
extension Judge {
  /// Two with one address: it is chance who answers, and whom the next packet comes to.
  var twin: Explanation.Finding? {
    walk.accusations.first { Judge.twins.contains($0.finding.code) }?.finding
  }

  /// The packet comes to somebody else; or the way leads out of the picture, answers come, and the cables of the
  /// destination, which is in the picture, can't have carried them: somebody beyond has its address, too.
  var stranger: Explanation.Finding? {
    if let impostor = walk.impostor { return impostor }
    let cables = walk.destinationCables
    let (answers, bytes) = answers
    guard !cables.isEmpty, answers > 0, let (before, after) = counters, var finding = beyondView else { return nil }
    var (taken, takenBytes, sent, sentBytes): (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    for cable in cables {
      guard let old = before[cable], let new = after[cable] else { return nil }
      taken += new.rxPackets &- old.rxPackets
      takenBytes += new.rxBytes &- old.rxBytes
      sent += new.txPackets &- old.txPackets
      sentBytes += new.txBytes &- old.txBytes
    }
    // Both: what a program of BPF hands over past the cable may be counted on one side only.
    guard taken < answers || takenBytes < bytes, sent < answers || sentBytes < bytes else { return nil }
    let name = subject.destination.name
    if let out = walk.arrival?.link.flatMap({ walk.snapshot.link($0) }) {
      finding.claim = Say.Verdict.strangerAnswers(
        by: walk.name(out.id.namespace), out.name, as: subject.destination.address?.description ?? name, not: name)
    }
    finding.evidence.append(
      Explanation.Evidence(
        Say.Verdict.answersOfOthers(
          "\(answers)", bytes: "\(bytes)", name, took: "\(taken)", bytes: "\(takenBytes)", sent: "\(sent)",
          bytes: "\(sentBytes)"), source: "IFLA_STATS64"))
    return finding
  }

  /// At least so many packets and bytes of frames must have left whoever answered.
  private var answers: (packets: UInt64, bytes: UInt64) {
    let ethernet = 14
    var packets = echo?.received ?? 0
    var bytes = packets * (subject.echoSize + ethernet)
    // A header of TCP or UDP and one of IP.
    let least = (subject.isIPv6 ? 40 : 20) + 8 + ethernet
    switch connection?.outcome {
    case .accepted?, .refused?: (packets, bytes) = (packets + 1, bytes + least)
    case .timedOut?, .failed?, nil: break
    }
    if case .answered? = datagram { (packets, bytes) = (packets + 1, bytes + least) }
    return (UInt64(packets), UInt64(bytes))
  }
}
