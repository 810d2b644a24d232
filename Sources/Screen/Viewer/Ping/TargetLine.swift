internal import Canvas
internal import Diagram
internal import Keys
internal import Labels
internal import Paths
internal import Topology

/// What somebody types for a target, as for an application: `db:5432`, `10.0.0.3:53/udp`, a URL, `internet`; `:80` is a
/// port of what is selected.
struct TargetLine: Layer {
  private(set) var text = ""
  /// Why the line can't be obeyed; nil: it was not tried as it is.
  fileprivate(set) var problem: String?
  /// What was selected before it was typed.
  let origin: Element?

  init(from origin: Element?) { self.origin = origin }

  var context: Context? { .target }
  var wantsBody: Bool { true }

  static func begins(with scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || (0x30...0x39).contains(scalar.value) || "[:_".unicodeScalars.contains(scalar)
  }

  func type(_ key: Key, in state: inout State) -> [Effect]? {
    guard state.stack.isCurrent(TargetLine.self) else { return nil }
    // Who goes on with the arrows has chosen from the picture after all.
    if let direction = Direction(arrow: key) {
      let effects = state.closeAll { $0 is TargetLine || $0 is RouteSearch }
      state.walk(direction)
      return effects
    }
    switch TypedLine.edit(key, text) {
    case .add(let scalar):
      guard let line = state.append(String(scalar), to: text) else { return [] }
      return state.retype(line)
    case .cut(let rest): return state.retype(rest)
    case .keep: return state.startTyped()
    case .close: return state.back()
    case .next: return state.retype(state.completion.completed(text))
    case .previous, .nothing: return []
    }
  }

  func paste(_ more: String, in state: inout State) -> Bool {
    guard state.stack.isCurrent(TargetLine.self) else { return false }
    if let line = state.append(more, to: text) { _ = state.retype(line) }
    return true
  }

  func closed(in state: inout State) -> [Effect] {
    if state.stack[Pick.self] != nil, let origin { state.select(origin) }
    return []
  }

  fileprivate func reading(_ text: String) -> TargetLine {
    var line = self
    line.text = text
    line.problem = nil
    return line
  }
}

extension State {
  mutating func beginTyping(_ text: String) -> [Effect] {
    open(TargetLine(from: selection))
    return retype(text)
  }

  /// The line has another text; who of the picture is meant by it is selected.
  fileprivate mutating func retype(_ text: String) -> [Effect] {
    // Whoever was looked for is not what stands there now.
    let old = closeAll { $0 is RouteSearch }
    notice = nil
    guard let line = stack[TargetLine.self]?.reading(text) else { return old }
    stack[TargetLine.self] = line
    var meant = line.origin
    if let pick = stack[Pick.self], case .success((.endpoint(let end), _)) = reading(text, pick) {
      meant = shown(end.link.map { .link($0) } ?? .namespace(end.namespace)) ?? meant
    }
    select(meant)
    return old
  }

  /// What a text means to the one who asks.
  private func reading(_ text: String, _ pick: Pick) -> Result<(target: Target, port: ServicePort?), ResolutionError> {
    guard text.hasPrefix(":"), text.dropFirst().allSatisfy({ $0 != ":" }) else {
      return Target.destination(text, from: pick.source, in: snapshot)
    }
    guard let port = ServicePort(String(text.dropFirst())) else {
      return .failure(ResolutionError(Say.PickLine.portForm))
    }
    let element = stack[TargetLine.self]?.origin
    guard let to = element.flatMap({ target($0, for: pick.purpose) }) else {
      return .failure(ResolutionError(Say.PickLine.noPorts))
    }
    return .success((to, port))
  }

  /// Starts with what was typed. What can't be understood stays in the line, with a word about why.
  fileprivate mutating func startTyped() -> [Effect] {
    guard let pick = stack[Pick.self], let line = stack[TargetLine.self] else { return [] }
    if line.text.isEmpty { return back() }
    // Nobody is to be reached who is called so: it is who sends.
    if pick.purpose == .why, line.text.hasPrefix("outside"),
      case .success(let source) = Target.source(line.text, in: snapshot), case .outside = source
    {
      stack[Pick.self]?.source = source
      return back()
    }
    switch reading(line.text, pick) {
    case .failure(let error): complain(error.description)
    case .success((_, let port?)) where pick.purpose == .ping:
      complain(Say.PickLine.pingHasNoPort("\(port)", keys.cap(.why), keys.cap(.ping)))
    case .success((.outside(nil, _), _)) where pick.purpose == .ping:
      complain(Say.PickLine.pingNeedsAddress(keys.cap(.why), keys.cap(.ping)))
    case .success(let (to, port)): return start(pick.source, to, port, for: pick.purpose)
    }
    return []
  }

  /// Says what is wrong with the line that is typed, where there is one, and else for a moment.
  mutating func complain(_ text: String) {
    if stack[TargetLine.self] == nil { notify(text) } else { stack[TargetLine.self]?.problem = text }
  }

  // MARK: Words about the line

  /// What the line means, or may become.
  var targetHint: String {
    guard let pick = stack[Pick.self], let line = stack[TargetLine.self] else { return "" }
    if let search = stack[RouteSearch.self] { return Say.Notice.lookingFor(search.text) }
    let start = "\(glyphs.enterKey) \(pick.purpose.label)"
    if line.text.isEmpty { return "db  db:5432  10.0.0.3:53/udp  URL  internet" }
    let names = completion.names(for: line.text)
    let more = names.isEmpty || names == [line.text] ? "" : "   Tab \(names.prefix(4).joined(separator: " "))"
    switch reading(line.text, pick) {
    case .failure: return more.isEmpty ? Say.PickLine.forms : String(more.dropFirst(3))
    // A name that nobody here has is a name for a resolver, or one that is not typed to its end.
    case .success((.name, _)) where !names.isEmpty:
      return String(more.dropFirst(3)) + "   " + Say.PickLine.asItIs(start)
    case .success((let target, let port)): return start + "   " + meaning(target, port, pick) + more
    }
  }

  private func meaning(_ target: Target, _ port: ServicePort?, _ pick: Pick) -> String {
    let what: String =
      switch target {
      case .endpoint(let end): end.name
      case .outside(nil, _): Say.PickLine.internet
      case .outside(let address?, _): "\(address)"
      case .stopped(let container): Say.PickLine.stopped(container.name, container.state)
      case .name: Say.PickLine.name(resolvedBy: pick.source.sourceName(in: snapshot))
      }
    return port.map { Say.PickLine.port(Int($0.number), $0.transport.rawValue.uppercased(), of: what) } ?? what
  }

  /// What the line may become.
  fileprivate var completion: NameCompletion {
    NameCompletion(in: snapshot, others: ["internet"] + (stack[Pick.self]?.purpose == .why ? ["outside"] : []))
  }
}
