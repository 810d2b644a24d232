import ArgumentParser
import Commands
import Guides
import Lab
import LinuxSystem
import Session
import Story
import SystemPackage
import Topology

/// The laboratory of a guide: it is changed as the story goes.
struct GuidedLaboratory {
  let lab: Laboratory
  let blueprint: Blueprint

  /// Does what the guide orders; returns what went wrong, in one line.
  func obey(_ order: LaboratoryOrder) -> String? {
    do {
      switch order {
      case .arrange(let containers): try lab.arrange(blueprint, containers: containers)
      case .rebuild(let containers): try lab.rebuild(blueprint, containers: containers)
      case .forget: try lab.forget(blueprint)
      case .switchBridgeOff: try lab.apply(.bridgeDown(TourFacts.bridge), blueprint)
      case .unplug(let name): try lab.apply(.unplugged(name), blueprint)
      case .readdress(let name, let address):
        try lab.apply(.address(name, address.bytes, prefixLength: 16), blueprint)
      }
      return nil
    } catch { return error.description }
  }
}

/// Who leads through the laboratory, as the command line wants it.
extension Demo {
  var isTour: Bool { tour || plain }

  func validateGuide() throws {
    if isTour, lesson != nil { throw ValidationError(Say.Lessons.twoOf(tour ? "--tour" : "--plain", "--lesson")) }
    if isTour || lesson != nil, explain { throw ValidationError(Say.Lessons.twoOf("--explain", "--tour, --lesson")) }
    if isTour || lesson != nil, let chosen = name ?? scenario {
      throw ValidationError(Say.Lessons.twoOf(SafeText.clean(chosen), "--tour, --lesson"))
    }
    guard let lesson, lesson != "list", LessonName(rawValue: lesson) == nil else { return }
    let names = LessonName.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError(Say.Lessons.noLesson(SafeText.clean(lesson), all: names))
  }

  /// The lessons, a line each: the name and the question.
  static var lessonList: String {
    let width = LessonName.allCases.map(\.rawValue.count).max() ?? 0
    return LessonName.allCases.map { lesson in
      let gap = String(repeating: " ", count: width + 2 - lesson.rawValue.count)
      return "\(lesson.rawValue)\(gap)\(Say.Lesson.question(lesson))\n"
    }.joined()
  }

  /// The lesson that is wanted; nil: none.
  func lessonGuide() -> Lesson? {
    guard let name = lesson.flatMap(LessonName.init(rawValue:)) else { return nil }
    let seesFrames = Standard.exists("/proc/sys/net/bridge/bridge-nf-call-iptables")
    let places = LessonPlaces(port1: "", port2: "", mac2: "", filterFamily: "")
    let words = name.solution(places).flatMap { $0.split(separator: " ").map(String.init) }
    let missing = Self.tools.filter { entry in words.contains(entry.tool) && !InteractiveShell.finds(entry.tool) }
    return Lesson(
      name, wayIn: PrivateNamespaces.wayIn,
      filterFamily: seesFrames ? "inet" : "bridge", missing: missing)
  }

  /// What the solutions are typed with, and Debian's package that has it.
  private static let tools: [(tool: String, package: String)] = [
    ("ip", "iproute2"), ("bridge", "iproute2"), ("nft", "nftables"), ("sysctl", "procps"), ("nsenter", "util-linux"),
  ]
}
