/// Which names are tried, one after the other: what a library makes of a name, the domains of the search list and the number
/// of its dots (res_search(3)).
struct SearchWalk: Sendable {
  /// What the servers said of one of the names.
  enum Verdict: Hashable, Sendable {
    case noSuchName
    case noAddress
    case failed(DNSMessage.Code)
    /// Nobody answered; `isRefused`: the socket said so of every server.
    case silent(isRefused: Bool)
  }

  private enum Phase: Sendable {
    case start
    case first
    case search(Int)
    case last
    case end
  }

  private let name: [UInt8]
  private let domains: [[UInt8]]
  private let dots: Int
  /// Whether the name is tried as it is, and no other.
  private let isAlone: Bool
  private let libc: NameLookup.Libc
  private let comesFirst: Bool
  private let mayComeLast: Bool
  private var phase = Phase.start
  private var wasRootSearched = false
  /// What the name as it is came to, where it was tried first.
  private var first: Verdict?
  private var hadNoAddress = false
  private var serverFailure: Verdict?
  private var latest: Verdict?

  /// `hostDomain`: what is searched where the file says nothing of it.
  init(
    _ name: [UInt8], _ configuration: ResolverConfiguration, hostDomain: [UInt8]?, _ libc: NameLookup.Libc
  ) {
    self.name = name
    domains = configuration.search ?? hostDomain.map { [$0] } ?? []
    dots = name.count { $0 == 0x2E }
    self.libc = libc
    comesFirst = dots >= configuration.ndots || name.last == 0x2E
    // musl searches for no name that has enough dots.
    isAlone = name.last == 0x2E || libc == .musl && comesFirst
    mayComeLast = dots > 0 || libc == .musl || !configuration.sparesTopLevel
  }

  /// The next name, and nil where none is left; `verdict` is of the name before.
  mutating func next(after verdict: Verdict?) -> [UInt8]? {
    if let verdict { take(verdict) }
    switch phase {
    case .start:
      phase = comesFirst ? .first : .search(0)
      return comesFirst ? name : search(0)
    case .first:
      return isAlone ? end() : search(0)
    case .search(let position): return search(position + 1)
    case .last, .end: return end()
    }
  }

  private mutating func take(_ verdict: Verdict) {
    latest = verdict
    switch phase {
    case .first: first = verdict
    // To musl everything but NXDOMAIN is an end.
    case .search where libc == .musl: if verdict != .noSuchName { phase = .end }
    case .search:
      switch verdict {
      case .noAddress: hadNoAddress = true
      case .noSuchName: break
      case .failed(.server): serverFailure = verdict
      case .silent(isRefused: true): phase = .end
      case .failed, .silent: phase = .search(domains.count)
      }
    case .start, .last, .end: break
    }
  }

  private mutating func search(_ position: Int) -> [UInt8]? {
    guard position < domains.count else { return asItIs() }
    phase = .search(position)
    let domain = domains[position].first == 0x2E ? domains[position].dropFirst() : domains[position][...]
    if domain.isEmpty { wasRootSearched = true }
    return name + [0x2E] + domain
  }

  private mutating func asItIs() -> [UInt8]? {
    let wasSearched = !domains.isEmpty
    guard first == nil, !wasRootSearched, mayComeLast || !wasSearched else { return end() }
    phase = .last
    return name
  }

  private mutating func end() -> [UInt8]? {
    phase = .end
    return nil
  }

  /// What all of them came to.
  var conclusion: Verdict {
    first ?? (hadNoAddress ? .noAddress : serverFailure ?? latest ?? .noSuchName)
  }
}
