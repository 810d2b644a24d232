import Observer
import Reports
import Topology
@main struct X { static func main() throws { let o = try Observer(.init(hostname: "h")); print(String(decoding: SnapshotJSON(o.snapshot).line(), as: UTF8.self)) } }
