internal import LinuxSystem
internal import Observer
internal import Paths
public import Reports
public import Session
internal import Topology
internal import Usage

/// `show`: one snapshot, printed once.
public struct ShowCommand: Sendable {
  /// What is printed.
  public enum Format: String, Sendable, CaseIterable {
    /// The diagram.
    case text
    /// The model, with the keys of `ip -j`.
    case json
    /// The diagram as an image.
    case svg
  }

  /// What is printed.
  public var format: Format
  /// Only these namespaces and what they hang on; empty: all.
  public var names: [String]
  /// Whether JSON has the tables of every namespace, as it has those of each one that is named.
  public var wantsTables: Bool
  /// Seconds that the counters are watched for, so that there are rates; nil: not at all.
  public var measuring: Double?
  /// How text is to look.
  public var style: TextStyle

  /// Makes the command.
  public init(
    format: Format, names: [String] = [], tables wantsTables: Bool = false, measuring: Double? = nil, style: TextStyle
  ) {
    self.format = format
    self.measuring = measuring
    self.names = names
    self.wantsTables = wantsTables
    self.style = style
  }

  /// Prints; throws `CommandFailure` where a name leads nowhere or nothing can be written.
  public func run(_ options: SourceOptions) throws {
    Standard.ignoreBrokenPipes()
    let model = try LiveModel(options, wish: .names(names))
    // Who prints once ends then: what the process holds is given back by the kernel, all at once.
    _ = unsafe Unmanaged.passRetained(model)
    let snapshot = model.observer.snapshot
    let wanted = try Self.namespaces(named: names, options, in: snapshot)
    let output = Output()
    switch format {
    case .json: return try output.emit(SnapshotJSON(snapshot, tables: tables(wanted, model.observer)), of: wanted)
    case .svg:
      try output.emit(DiagramReport.svg(snapshot, only: wanted, traffic: try traffic(model), style: style).utf8)
    case .text:
      let traffic = try traffic(model)
      let services = ServicesText(snapshot, of: wanted, tables: wanted == nil ? [:] : tables(wanted, model.observer))
      try output.emit(
        (DiagramReport.text(snapshot, only: wanted, traffic: traffic, style: style) + services.text(style)).utf8)
    }
    output.warn(snapshot.warnings)
  }

  /// The rates, where somebody wants to wait for them.
  private func traffic(_ model: LiveModel) throws -> Traffic? {
    guard let measuring else { return nil }
    // Links that no near end speaks for are asked one by one.
    let others = model.observer.snapshot.namespaces.values.filter { $0.id != .host }.flatMap(\.links).map(\.id)
    try model.observer.sample(others: others)
    SystemClock.sleep(seconds: measuring)
    try model.observer.sample(others: others)
    return model.observer.traffic
  }

  private func tables(_ wanted: Set<NamespaceID>?, _ observer: TopologyObserver) -> [NamespaceID: NetworkTables] {
    var tables: [NamespaceID: NetworkTables] = [:]
    for id in wanted ?? (wantsTables ? Set(observer.snapshot.namespaces.ids) : []) {
      do {
        tables[id] = try observer.tables(of: id, searchesPrograms: wanted != nil)
      } catch {
        var none = NetworkTables()
        none.unread = [Say.Failure.tables("\(error)")]
        tables[id] = none
      }
    }
    return tables
  }

  /// The namespaces that are meant; nil where no name is given.
  static func namespaces(
    named names: [String], _ options: SourceOptions, in snapshot: Snapshot
  ) throws -> Set<NamespaceID>? {
    var wanted: Set<NamespaceID>?
    for name in names {
      let endpoint = try CommandFailure.unwrap("show", Endpoint.resolve(name, in: snapshot), options, snapshot)
      wanted = (wanted ?? []).union([endpoint.namespace])
    }
    return wanted
  }
}
