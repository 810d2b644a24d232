internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Topology

/// A container that is marked as the source of the next ping.
struct SourceMark: Layer {
  let element: Element

  func closed(in state: inout State) -> [Effect] {
    if let name = state.endpoint(of: element)?.name { state.notify(Say.Notice.unmarked(name)) }
    return []
  }
}

/// The zoom that was chosen, in place of the finest that fits.
struct ZoomChoice: Layer {
  let zoom: Zoom

  var wantsBody: Bool { true }

  func closed(in state: inout State) -> [Effect] {
    state.notify(Say.Notice.fitsAgain)
    state.relayout(afresh: true)
    return []
  }
}

extension State {
  /// Steps from card to row, rake and dots, or back, and keeps to the zoom that was chosen.
  mutating func stepZoom(_ step: Int) {
    let all = Zoom.allCases
    guard let here = all.firstIndex(of: stack[ZoomChoice.self]?.zoom ?? layout.zoom), all.indices.contains(here + step)
    else { return notify(step < 0 ? Say.Notice.closest : Say.Notice.widest) }
    stack.push(ZoomChoice(zoom: all[here + step]))
    relayout(afresh: true)
  }

  /// Keeps to a zoom; nil: the finest that fits, again.
  mutating func zoom(to zoom: Zoom?) {
    guard let zoom else {
      closeAll { $0 is ZoomChoice }
      return
    }
    stack.push(ZoomChoice(zoom: zoom))
    relayout(afresh: true)
  }

  /// Space: folds a bridge, or marks a source.
  mutating func markOrFold() {
    guard let selection else { return }
    if case .link(let ref) = selection, snapshot.link(ref)?.isBridge == true {
      if diagram.folded.remove(ref) == nil { diagram.folded.insert(ref) }
      relayout()
    } else if stack[SourceMark.self]?.element == selection {
      stack[SourceMark.self] = nil
    } else {
      stack.push(SourceMark(element: selection))
      if let name = endpoint(of: selection)?.name { notify(Say.Notice.marked(name, keys.cap(.ping), keys.cap(.why))) }
    }
  }
}
