internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Listing
internal import Paths
internal import Topology

extension State {
  /// What the footer says at the screen's width; a click is looked up in it, too: what is clicked is what was seen.
  var footer: Footer {
    var footer = Footer()
    let end = size.width
    func say(_ text: String, _ role: Role, columns: Int = .max) {
      footer.say(text, role, columns: columns, ellipsis: glyphs.ellipsis)
    }
    switch context {
    case .search:
      sayLine("/", stack[Search.self]?.text ?? "", searchHint, notice?.text, in: &footer)
      return footer
    case .filter:
      let count = filterCount
      let hint =
        isFiltering
        ? Say.Footer.filtered(count.shown, of: count.all, enter: "\(glyphs.enterKey)")
        : Say.Footer.filterForms(Filter.Key.allCases.map { "\($0.rawValue):" }.joined(separator: " "))
      sayLine("\\", stack[FilterLine.self]?.text ?? "", hint, filter.problem ?? notice?.text, in: &footer)
      return footer
    case .prompt:
      let prompt = stack[Prompt.self]
      sayLine(":", prompt?.text ?? "", prompt?.hint(keys) ?? "", prompt?.problem ?? notice?.text, in: &footer)
      return footer
    case .pick: say(" \(pickWords) \(pickedWords) ", .barPing, columns: end - 30)
    case .target:
      let line = stack[TargetLine.self]
      let words = fitted(pickWords, columns: max(8, end / 4), ellipsis: glyphs.ellipsis)
      sayLine("\(words) ", line?.text ?? "", targetHint, line?.problem ?? notice?.text, in: &footer)
      return footer
    case .help:
      let arrows = glyphs == .unicode ? "↑↓" : "^v"
      say(" \(Say.Footer.helpKeys(arrows))", .keyLabel, columns: end)
      return footer
    default: break
    }
    if let notice {
      say(" " + fitted(notice.text, columns: max(0, end - 22), ellipsis: glyphs.ellipsis) + " ", .barPing)
    }
    addHints(to: &footer)
    return footer
  }

  /// `why test1 →`.
  private var pickWords: String {
    guard let pick = stack[Pick.self] else { return "" }
    return "\(pick.purpose.label) \(pick.source.sourceName(in: snapshot)) \(glyphs.arrow)"
  }

  /// `test2?`
  private var pickedWords: String {
    guard let pick = stack[Pick.self], let selection, selection != pick.origin || pick.isElsewhere,
      let target = target(selection, for: pick.purpose)
    else { return Say.PickLine.chooseTarget }
    return "\(target.destinationName)?"
  }

  /// How many were found, and by what the selected one was, where that is not its name.
  private var searchHint: String {
    let enter = "\(glyphs.enterKey)"
    guard let matches else { return Say.Footer.searchForms(enter: enter) }
    let hint = Say.Footer.matches(matches.count, enter: enter)
    guard let word = foundBy, word.kind != .name else { return hint }
    var place = ""
    if let link = word.link.flatMap({ snapshot.link($0) }) {
      let owner = link.id.namespace == .host ? "" : (snapshot.namespaces[link.id.namespace]?.name ?? "") + " "
      place = owner + link.name
    }
    let found = Say.Footer.found(word.kind.label, word.text, of: place, isOnly: matches.count == 1)
    // The answer comes before the keys: those are cut first.
    return "\(found)   \(hint)"
  }

  /// A line that is typed: what key began it, what is in it, and what can be done, or what is wrong with it.
  private func sayLine(_ key: String, _ text: String, _ hint: String, _ problem: String?, in footer: inout Footer) {
    footer.say(" " + key, .barPing, columns: .max, ellipsis: glyphs.ellipsis)
    footer.say(text, .barStrong, columns: max(4, size.width / 2), ellipsis: glyphs.ellipsis)
    footer.say("\(glyphs.caret) ", .barPing, columns: .max, ellipsis: glyphs.ellipsis)
    footer.say(
      " " + (problem ?? hint), problem == nil ? .keyLabel : .barWarning, columns: size.width - footer.width - 1,
      ellipsis: glyphs.ellipsis)
  }

  /// The keys that mean something now, as many as there is room for; some stay in any case.
  private func addHints(to footer: inout Footer) {
    let bindings = keys.bindings.filter { binding in
      guard binding.contexts.contains(context), !binding.label.isEmpty, !isForeign(binding) else { return false }
      switch binding.command {
      // Where nothing is open Esc does nothing.
      case .back: return stack.top != nil
      case .nextMatch: return matches.map { $0.count > 1 } ?? false
      default: return true
      }
    }
    func stays(_ binding: Binding) -> Bool {
      binding.command == .help || binding.command == .quit || (context == .pick && binding.command == .back)
    }
    let kept = bindings.filter(stays)
    let end = size.width - kept.reduce(0) { $0 + hintWidth($1) }
    func add(_ binding: Binding) {
      let columns = footer.width..<(footer.width + hintWidth(binding))
      footer.hints.append(Footer.Hint(binding: binding, columns: columns))
      footer.width = columns.upperBound
    }
    // Of the two that start something, the one that was asked for.
    let other: Command? = context == .pick ? (stack[Pick.self]?.purpose == .why ? .ping : .why) : nil
    let others = bindings.filter { !stays($0) && $0.command != other }
    // Beside a word on what a key has just done the keys stay where they were: it may be clicked again.
    let chosen = others.filter { notice == nil && KeyTable.leading[context]?.contains($0.command) ?? false }
    var room = end - footer.width
    var fitting: Set<Command> = []
    for binding in chosen + others where !fitting.contains(binding.command) && hintWidth(binding) <= room {
      room -= hintWidth(binding)
      fitting.insert(binding.command)
    }
    for binding in others where fitting.contains(binding.command) { add(binding) }
    for binding in kept { add(binding) }
  }

  /// Whether the first key of a line means something else to who leads through the picture, where he is asked first.
  private func isForeign(_ binding: Binding) -> Bool {
    isOpenToGuides && binding.keys.first.map { foreignKeys.contains($0) } ?? false
  }

  func drawFooter(_ rect: Rect, on canvas: inout CellCanvas) {
    guard !rect.isEmpty else { return }
    canvas.fill(rect, role: .keyLabel)
    let footer = footer
    for (text, role, x) in footer.words { canvas.put(text, x: x, y: rect.minY, role: role) }
    for hint in footer.hints {
      let x = hint.columns.lowerBound
      let used = canvas.put(" \(hint.binding.cap(glyphs)) ", x: x, y: rect.minY, role: .key)
      canvas.put("\(label(hint.binding)) ", x: x + used, y: rect.minY, role: .keyLabel)
    }
  }

  /// The key whose hint the footer shows in a column; nil where it shows none, or where it can't be told which of two
  /// letters was meant.
  func footerKey(at column: Int) -> Key? {
    guard let hint = footer.hints.first(where: { $0.columns.contains(column) }) else { return nil }
    let place = column - hint.columns.lowerBound - 1
    return hint.binding.key(at: place, glyphs)
  }

  private func label(_ binding: Binding) -> String {
    switch (binding.command, context) {
    case (.back, _): stack.top?.escapeLabel ?? binding.label
    case (.ping, .pick), (.why, .pick): Say.Footer.start
    case (.inspect, .matrix): "ping"
    case (.left, .explanation): Say.Footer.scroll
    case (.inspect, .events): Say.Footer.goThere
    default: binding.label
    }
  }

  private func hintWidth(_ binding: Binding) -> Int {
    displayWidth(binding.cap(glyphs)) + displayWidth(label(binding)) + 3
  }
}
