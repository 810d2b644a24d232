internal import LinuxSystem
internal import Observer
internal import Paths
public import Session
internal import SystemPackage
internal import Topology

/// What there is to be named at this moment, for a shell that completes a word.
public struct EndNames: Sendable {
  /// Milliseconds after which a shell that waits gets nothing: an engine has a second of them.
  private static let patience: Int64 = 1_500

  /// What namespaces and containers are called.
  public let names: Set<String>
  private let interfaces: [String: [String]]

  /// Looks once, as `show` does. Nothing is said where that fails, and where it takes too long the program ends: then there are no names.
  public init(_ options: SourceOptions) {
    // Without a thread to watch the time the shell waits a little longer.
    _ = try? Promise<Void>.begin {
      SystemClock.sleep(seconds: Double(Self.patience) / 1000)
      Standard.endAtOnce()
    }
    // As above: what can't be read can't be named.
    guard let model = try? LiveModel(options, wish: EngineWish()) else {
      (names, interfaces) = ([], [:])
      return
    }
    // As after `show`, the kernel takes back what the process holds.
    _ = unsafe Unmanaged.passRetained(model)
    let snapshot = model.observer.snapshot
    names = NameCompletion(in: snapshot, others: []).all
    var interfaces: [String: [String]] = [:]
    for namespace in snapshot.namespaces.values {
      let links = namespace.links.map(\.name)
      for name in namespace.id == .host ? ["host"] : [namespace.name] + namespace.containers.map(\.name) {
        interfaces[name, default: []] += links
      }
    }
    self.interfaces = interfaces
  }

  /// What a text may become: names, and behind a slash the interfaces of who stands before it. Sorted.
  public func completions(of text: String) -> [String] {
    let found = names.filter { $0.hasPrefix(text) }
    guard let slash = text.lastIndex(of: "/") else { return found.sorted() }
    let owner = String(text[..<slash])
    return (found + (interfaces[owner] ?? []).map { "\(owner)/\($0)" }.filter { $0.hasPrefix(text) }).sorted()
  }
}
