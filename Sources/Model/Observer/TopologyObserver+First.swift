internal import LinuxSystem
internal import Namespaces
internal import Readings
internal import Topology

/// The first reading: where there are a thousand namespaces, somebody waits for it.
extension TopologyObserver {
  /// What can be read without the kernel's lock on links.
  private struct Aside: Sendable {
    var census: Census.Result
    /// Addresses by nsid (nil: our own namespace), then by ifindex.
    var addresses: [Int32?: [UInt32: [InterfaceAddress]]] = [:]
  }

  /// Reads everything and makes the first snapshot. Every dump of links waits for the kernel's one lock on them; addresses,
  /// mounts and processes do not, and a second thread reads these meanwhile.
  func readFirst(withHelper: Bool) throws {
    let (census, cookie) = (census, cookie)
    var reading: Promise<Aside?>?
    if withHelper {
      // Where no thread can be made, all is read here.
      reading = try? Promise<Aside?>.begin {
        // Without a socket of its own it reads nothing, and all is read by the first one.
        guard let kernel = try? KernelReader() else { return nil }
        return Aside(census: census.take(kernel.requests, cookie: cookie), addresses: Self.addresses(kernel))
      }
    }
    var work = PendingWork()
    let unswept = try sweepIDs(&work)
    store.ownNSID = kernel.ownNamespaceID()
    openBorn(&work)
    readAgain(&work)
    work.leavesAddresses = true
    try read(&work) { false }
    work.leavesAddresses = false
    let aside = reading.flatMap { $0.wait() }
    adopt(aside?.census ?? census.take(kernel.requests, cookie: cookie), &work)
    // The census has the namespaces that links told of, too. For one that came after it, or changed between two
    // readings, an event waits in the socket.
    pending.census = false
    for id in store.all where store[id].isReadable {
      let nsid = store[id].nsid
      do {
        store[id].links.assign(try aside?.addresses[nsid] ?? kernel.addresses(nsid: nsid))
      } catch {
        if id == .host { throw error }
        // It may be dying; else all of it is read once more in a moment.
        failures.namespaces[id] = "\(error)"
        late.namespaces.insert(id)
      }
    }
    openBorn(&work)
    if let unswept {
      sweepRest(behind: unswept, &work)
      openBorn(&work)
    }
    try read(&work) { false }
    publish()
  }

  /// The addresses of our own namespace and of all that an id leads to, the ids tried one by one.
  private static func addresses(_ kernel: KernelReader) -> [Int32?: [UInt32: [InterfaceAddress]]] {
    var found: [Int32?: [UInt32: [InterfaceAddress]]] = [:]
    // What is not read here is read by the first thread.
    found[nil] = try? kernel.addresses(nsid: nil)
    var (next, misses) = (Int32(0), 0)
    while misses < idGap {
      // An id that is not given is refused.
      let addresses = try? kernel.addresses(nsid: next)
      misses = addresses == nil ? misses + 1 : 0
      found[next] = addresses
      next += 1
    }
    return found
  }
}
