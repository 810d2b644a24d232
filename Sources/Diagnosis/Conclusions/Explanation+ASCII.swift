internal import Topology

extension Explanation {
  /// The explanation with every character of its words that is no ASCII spelt `\xNN`.
  public func inASCII() -> Explanation {
    var out = self
    out.source.name = SafeText.ascii(source.name)
    out.destination.name = SafeText.ascii(destination.name)
    out.cause = cause?.inASCII()
    out.also = also.map { $0.inASCII() }
    for (index, step) in path.enumerated() {
      out.path[index].namespaceName = SafeText.ascii(step.namespaceName)
      out.path[index].interface = SafeText.ascii(step.interface)
      for (number, check) in step.checks.enumerated() {
        out.path[index].checks[number].text = SafeText.ascii(check.text)
      }
    }
    out.unread = unread.map(SafeText.ascii)
    out.notes = notes.map(SafeText.ascii)
    out.traceNote = traceNote.map(SafeText.ascii)
    return out
  }
}

extension Explanation.Finding {
  fileprivate func inASCII() -> Explanation.Finding {
    var out = self
    out.namespaceName = SafeText.ascii(namespaceName)
    out.interface = interface.map(SafeText.ascii)
    out.claim = SafeText.ascii(claim)
    out.evidence = evidence.map { Explanation.Evidence(SafeText.ascii($0.fact), source: SafeText.ascii($0.source)) }
    out.remedy = remedy.map(SafeText.ascii)
    return out
  }
}
