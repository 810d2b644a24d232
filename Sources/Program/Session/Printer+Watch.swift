internal import LinuxSystem
internal import Observer
internal import Reachability
internal import Reports
internal import Topology

extension Printer {
  /// Prints the live model at each change, until the program is ended: `show --watch`.
  ///
  /// A burst is one change; at most ten a second are printed, and the last one always is.
  public static func watch(_ options: WorldOptions, json: Bool, names: [String], style: Style) throws -> Int32 {
    Standard.ignoreBrokenPipes()
    let signals = try SignalSource([SignalSource.Number.interrupt, SignalSource.Number.terminate])
    let world = try World(options, engineMilliseconds: 1000)
    let wanted = try namespaces(named: names, in: world.observer.snapshot)
    var status: Int32 = 0
    var failure: (any Error)?
    var isDue = false
    func print() {
      isDue = false
      let snapshot = world.observer.snapshot
      do {
        if json {
          try emit(SnapshotJSON(snapshot), of: wanted)
        } else {
          try emit((text(snapshot, only: wanted, style: style) + "\n").utf8)
        }
      } catch let error {
        failure = error
        world.loop.stop()
      }
    }
    try world.loop.watch(signals.descriptor) {
      for arrival in signals.take() where arrival.number == SignalSource.Number.terminate {
        status = 128 + arrival.number
      }
      world.loop.stop()
    }
    print()
    try world.start { _ in
      if isDue { return }
      isDue = true
      world.loop.schedule(afterMilliseconds: 100) { print() }
    }
    world.recheckEverySecond()
    if failure == nil { world.loop.run() }
    world.stop()
    if let failure { throw failure }
    return status
  }

  /// The namespaces that are meant; nil where no name is given.
  static func namespaces(named names: [String], in snapshot: Snapshot) throws -> Set<NamespaceID>? {
    var wanted: Set<NamespaceID>?
    for name in names {
      switch Endpoint.resolve(name, in: snapshot) {
      case .success(let endpoint): wanted = (wanted ?? []).union([endpoint.namespace])
      case .failure(let error): throw Failure("show: \(error)")
      }
    }
    return wanted
  }
}
