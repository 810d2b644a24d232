internal import Canvas
internal import Chapters
internal import Conclusions
internal import Keys

/// The chapters that a page and `help TOPIC` share. What is a table elsewhere is asked for there.
enum Chapter {
  static var keys: ManualSection {
    let entries = KeyTable.standard.bindings.map { binding in
      // These two caps are drawings, which not every page can show.
      switch binding.command {
      case .left: ManualEntry(Say.Overview.arrows, binding.help)
      case .inspect: ManualEntry("Enter", binding.help)
      default: ManualEntry(binding.cap(.unicode), binding.help)
      }
    }
    return ManualSection(Say.Heading.keys, [.definitions(entries), .paragraph(Say.Overview.keys)])
  }

  static var targets: ManualSection {
    ManualSection(
      Say.Heading.targets,
      [
        .paragraph(Say.Ends.both),
        .definitions([
          ManualEntry(Say.Ends.containerTerm, Say.Ends.container),
          ManualEntry(Say.Ends.serviceTerm, Say.Ends.service),
          ManualEntry(Say.Ends.namespaceTerm, Say.Ends.namespace),
          ManualEntry(Say.Ends.interfaceTerm, Say.Ends.interface),
          ManualEntry(Say.Ends.addressTerm, Say.Ends.address),
        ]),
        .paragraph(Say.Ends.destination),
        .definitions([
          ManualEntry(Say.Ends.portTerm, Say.Ends.port), ManualEntry(Say.Ends.urlTerm, Say.Ends.url),
          ManualEntry(Say.Ends.domainTerm, Say.Ends.domain), ManualEntry("internet", Say.Ends.internet),
          ManualEntry("outside", Say.Ends.outside),
        ]),
        .paragraph(Say.Ends.ambiguous),
      ])
  }

  static var exitStatus: ManualSection {
    ManualSection(
      Say.Heading.exitStatus,
      [
        .definitions([
          ManualEntry("0", Say.ExitWords.done), ManualEntry("1", Say.ExitWords.unreachable),
          ManualEntry("2", Say.ExitWords.untold), ManualEntry("64", Say.ExitWords.usage),
          ManualEntry(Say.ExitWords.signalTerm, Say.ExitWords.signal),
        ]),
        .paragraph(Say.ExitWords.streams),
      ])
  }

  static var causes: ManualSection {
    ManualSection(
      Say.Heading.causes,
      [
        .paragraph(Say.Causes.intro),
        .definitions(CauseCode.allCases.map { ManualEntry($0.rawValue, $0.meaning) }),
      ])
  }

  static var examples: ManualSection {
    let lines = [
      (Say.Examples.demo, "netns-top demo"),
      (Say.Examples.lesson, "netns-top demo --lesson unplugged"),
      (Say.Examples.hangsOn, "netns-top show web"),
      (
        Say.Examples.cables,
        """
        netns-top show --format json | jq -r '.namespaces[]
          | select(.kind != "host") | .name as $name | .interfaces[]
          | select(.peer.ifname)
          | [$name, .ifname, .peer.ifname, .network // ""] | @tsv'
        """
      ),
      (Say.Examples.why, "netns-top explain web db:5432"),
      (Say.Examples.code, "netns-top explain web db --format json | jq -r '.cause.code // .verdict'"),
      (Say.Examples.table, "netns-top explain --from-all db:5432"),
      (Say.Examples.pipeline, "netns-top explain web db:5432 && echo reachable"),
      (Say.Examples.wayOut, "netns-top explain web internet"),
      (Say.Examples.published, "netns-top explain outside host:8080"),
      (Say.Examples.change, "timeout 5 netns-top events --format json link | head -n 1"),
      (Say.Examples.metrics, "netns-top metrics --pair web,db:5432 --output netns-top.prom"),
      (Say.Examples.image, "netns-top show --format svg > network.svg"),
      (Say.Examples.page, "netns-top help --man 1 --lang zh_CN > zh_CN/man1/netns-top.1"),
    ]
    return ManualSection(
      Say.Heading.examples,
      lines.flatMap { [.paragraph($0.0), .literal($0.1.split(separator: "\n").map(String.init))] })
  }

  static var limits: ManualSection {
    ManualSection(
      Say.Heading.limits,
      [
        Say.Limits.kernels, Say.Limits.bare, Say.Limits.names, Say.Limits.events, Say.Limits.rules, Say.Limits.silence,
        Say.Limits.notFollowed, Say.Limits.engines,
      ].map { .paragraph($0) })
  }
}
