public import Canvas
public import Conclusions
public import Keys
public import Paths
public import Topology

/// What can happen.
public enum Action: Sendable {
  /// A key was pressed.
  case key(Key)
  /// A text was pasted; cut: it was longer than that, or its end never came.
  case paste(String, isCut: Bool)
  /// A click on a cell.
  case click(Point, isDouble: Bool)
  /// The wheel over a cell, by rows; negative is up.
  case wheel(Int, at: Point)
  /// The terminal has another size.
  case resize(Size)
  /// The model has changed.
  case snapshot(Snapshot)
  /// The counters were sampled.
  case traffic(Traffic)
  /// A ping tells something.
  case ping(PingReport)
  /// What is known of the diagnosis with that number; final: there will be no more.
  case explanation(id: Int, Explanation, isFinal: Bool)
  /// Time went on to a deadline that the state named.
  case tick
  /// That theme suits the terminal, as it says now.
  case suits(Theme)
  /// One line to show for a few seconds.
  case notice(String)
  /// What was found for `findRoute` with that number.
  case route(id: Int, Result<PingRoute, ResolutionError>)
  /// The tables of a namespace, as they were read just now.
  case tables(NamespaceID, NetworkTables)
}

/// What the session is to do.
public enum Effect: Sendable, Hashable {
  /// Ping until `stopPing`, and report under that number.
  case startPing(id: Int, PingRoute)
  /// End the ping, or the probe, of that number.
  case stopPing(id: Int)
  /// Send one echo request and tell what became of it, under that number; `stopPing` ends it before its time.
  case probe(id: Int, PingRoute)
  /// Find which addresses a ping to a name, or beyond the picture, is sent between, and tell in `route`.
  case findRoute(id: Int, from: Endpoint, to: Target, AddressFamily)
  /// Give up what `findRoute` of that number began.
  case stopFinding(id: Int)
  /// Find out why the one can, or can't, reach the other (its port, where there is one), and tell in `explanation`;
  /// `traces`: with the kernel's rule trace, which puts a table into the namespaces for a moment.
  case explain(id: Int, from: Target, to: Target, port: ServicePort?, AddressFamily, traces: Bool = false)
  /// End the diagnosis of that number.
  case stopExplaining(id: Int)
  /// End the program; `keepsScreen`: the picture stays on the terminal.
  case quit(keepsScreen: Bool)
  /// Give the terminal to the shell until the program is continued.
  case suspend
  /// Draw every cell of the screen afresh.
  case redraw
  /// Read the configuration again.
  case reload
  /// Look for namespaces and their names now.
  case rescan
  /// Read routes, neighbours and the like of a namespace, and of that link what only its namespace tells: the pane shows
  /// them. The answer is `tables`.
  case readTables(NamespaceID, of: LinkRef?)
  /// Put a text into the terminal's clipboard.
  case copy(String)
  /// Draw in that theme from now on.
  case use(Theme)
}
