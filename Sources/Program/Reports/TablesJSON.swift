internal import JSON
internal import Topology

/// The tables of a namespace with the keys of `ip -j route`, `ip -j rule`, `ip -j neigh` and `bridge -j fdb`.
struct TablesJSON {
  let snapshot: Snapshot
  let tables: NetworkTables

  private func name(_ ref: LinkRef) -> String { snapshot.link(ref)?.name ?? "if\(ref.index)" }

  /// Writes the keys into the namespace's object.
  func write(_ json: inout JSONWriter) {
    json.array("routes") { json in for route in tables.routes { write(route, &json) } }
    json.array("rules") { json in for rule in tables.rules { write(rule, &json) } }
    json.array("neighbors") { json in for neighbor in tables.neighbors { write(neighbor, &json) } }
    json.array("fdb") { json in for entry in tables.fdb { write(entry, &json) } }
    if !tables.vlans.isEmpty { writeVLANs(&json) }
    writeBridges(&json)
    json.object("sysctls") { json in
      for sysctl in tables.sysctls {
        json.key(sysctl.name)
        json.value(sysctl.value)
      }
    }
    if let listeners = tables.listeners {
      json.array("listeners") { json in for listener in listeners { write(listener, &json) } }
    }
    if !tables.unread.isEmpty { json.field("unread", tables.unread) }
  }

  private func write(_ route: RouteEntry, _ json: inout JSONWriter) {
    json.object { json in
      if route.type != "unicast" { json.field("type", route.type) }
      json.field("dst", route.destinationText)
      if route.isIPv6 { json.field("family", "inet6") }
      if let source = route.source { json.field("from", source.description) }
      if route.tos != 0 { json.field("tos", "0x" + String(route.tos, radix: 16)) }
      if route.hops.count == 1, let hop = route.hops.first { write(hop, of: route, &json) }
      if route.table != RoutingTable.main.rawValue { json.field("table", route.tableName) }
      if route.origin != "boot" { json.field("protocol", route.origin) }
      if route.scope != "global" { json.field("scope", route.scope) }
      if let source = route.preferredSource { json.field("prefsrc", source.description) }
      if let metric = route.metric { json.field("metric", metric) }
      json.field("flags", route.flags)
      if !route.metrics.isEmpty {
        json.array("metrics") { json in
          json.object { json in
            for metric in route.metrics {
              json.key(metric.name)
              json.value(metric.value)
            }
          }
        }
      }
      if route.hops.count > 1 {
        json.array("nexthops") { json in
          for hop in route.hops {
            json.object { json in
              write(hop, of: route, &json)
              json.field("weight", hop.weight)
              json.field("flags", hop.flags)
            }
          }
        }
      }
      if let preference = route.preference { json.field("pref", preference) }
    }
  }

  private func write(_ hop: RouteEntry.Hop, of route: RouteEntry, _ json: inout JSONWriter) {
    if let gateway = hop.gateway {
      if gateway.isIPv6 == route.isIPv6 {
        json.field("gateway", gateway.description)
      } else {
        json.object("via") { json in
          json.field("family", gateway.isIPv6 ? "inet6" : "inet")
          json.field("host", gateway.description)
        }
      }
    }
    if let link = hop.link { json.field("dev", name(link)) }
  }

  private func write(_ rule: RoutingRule, _ json: inout JSONWriter) {
    json.object { json in
      json.field("priority", rule.priority)
      if rule.isIPv6 { json.field("family", "inet6") }
      for fact in rule.fields {
        json.key(fact.key)
        switch fact.value {
        case .number(let number): json.value(number)
        case .flag: json.null()
        case .text(let text): json.value(text)
        default: json.null()
        }
      }
    }
  }

  private func hardwareText(_ neighbor: Neighbor) -> String {
    Link.hardwareText(neighbor.hardwareAddress, linkType: snapshot.link(neighbor.link)?.linkType ?? "")
  }

  private func write(_ neighbor: Neighbor, _ json: inout JSONWriter) {
    json.object { json in
      json.field("dst", neighbor.address.description)
      json.field("dev", name(neighbor.link))
      if !neighbor.hardwareAddress.isEmpty { json.field("lladdr", hardwareText(neighbor)) }
      for (flag, key) in [
        (NeighborFlags.router, "router"), (.proxy, "proxy"), (.externLearn, "extern_learn"), (.offload, "offload"),
      ] where neighbor.flags.contains(flag) {
        json.key(key)
        json.null()
      }
      json.field("state", neighbor.state.names)
    }
  }

  private func write(_ listener: Listener, _ json: inout JSONWriter) {
    json.object { json in
      json.field("protocol", listener.transport.rawValue)
      json.field("address", listener.address.description)
      json.field("port", Int(listener.port))
      if listener.isIPv6Only { json.field("v6only", true) }
      if let backlog = listener.backlog {
        json.field("waiting", Int(listener.waiting))
        json.field("backlog", Int(backlog))
      }
      if let program = listener.program { json.field("program", program) }
    }
  }

  private func write(_ entry: ForwardingEntry, _ json: inout JSONWriter) {
    json.object { json in
      json.field("mac", Link.hardwareText(entry.hardwareAddress))
      json.field("ifname", name(entry.link))
      if let destination = entry.destination { json.field("dst", destination.description) }
      if let vlan = entry.vlan { json.field("vlan", vlan) }
      if let port = entry.port { json.field("port", port) }
      if let vni = entry.vni { json.field("vni", vni) }
      if let vni = entry.sourceVNI { json.field("src_vni", vni) }
      if let via = entry.via { json.field("viaIf", name(via)) }
      if let via = entry.viaElsewhere {
        if let index = via.index { json.field("viaIfIndex", index) }
        json.field("linkNetNsId", via.nsid)
      }
      json.field("flags", entry.flagNames)
      if let master = entry.master { json.field("master", name(master)) }
      json.field("state", entry.stateName)
    }
  }

  /// What bridges and vxlans have besides, where they have it.
  private func writeBridges(_ json: inout JSONWriter) {
    let facts = FactJSON(snapshot: snapshot)
    facts.write(tables.globalVLANs, as: "vlans_global", inside: "vlans", &json)
    facts.write(tables.vlanTunnels, as: "vlan_tunnels", inside: "tunnels", &json)
    facts.write(tables.spanningTrees, as: "mst", inside: "mst", &json)
    facts.write(tables.vxlanNetworks, as: "vnis", inside: "vnis", &json)
    if !tables.groupMembers.isEmpty {
      json.array("mdb") { json in
        for row in tables.groupMembers { json.object { json in facts.write(row.span, &json) } }
      }
    }
    if !tables.routerPorts.isEmpty {
      json.object("mdb_routers") { json in
        for (bridge, ports) in tables.routerPorts.sorted(by: { $0.key < $1.key }) {
          json.key(name(bridge))
          json.array { json in for port in ports { json.object { $0.field("port", name(port)) } } }
        }
      }
    }
  }

  private func writeVLANs(_ json: inout JSONWriter) {
    json.array("vlans") { json in
      for (link, vlans) in tables.vlans.sorted(by: { $0.key < $1.key }) {
        json.object { json in
          json.field("ifname", name(link))
          json.array("vlans") { json in
            for vlan in vlans {
              json.object { json in
                json.field("vlan", vlan.first)
                if vlan.last != vlan.first { json.field("vlanEnd", vlan.last) }
                let flags = (vlan.isPVID ? ["PVID"] : []) + (vlan.isUntagged ? ["Egress Untagged"] : [])
                if !flags.isEmpty { json.field("flags", flags) }
                FactJSON(snapshot: snapshot).write(vlan.facts.span, &json)
              }
            }
          }
        }
      }
    }
  }
}
