internal import Topology

/// Which sources are asked for a host's name, and when no more are: the line `hosts` of nsswitch.conf(5).
public struct NameServiceSwitch: Hashable, Sendable {
  /// What a source can come to.
  public enum Status: String, Hashable, Sendable, CaseIterable {
    /// It has the name.
    case success
    /// It hasn't.
    case notFound = "notfound"
    /// It could not be asked.
    case unavailable = "unavail"
    /// It may know later.
    case tryAgain = "tryagain"
  }

  /// A source.
  public struct Service: Hashable, Sendable {
    /// `files`, `dns`, `myhostname` …; made safe.
    public var name: String
    /// At what none behind it is asked.
    public var endsAt: Set<Status> = [.success]
  }

  /// The sources, in their order.
  public let services: [Service]

  /// What holds where the file does not say: `files dns`.
  public static let standard = NameServiceSwitch(services: [Service(name: "files"), Service(name: "dns")])

  private init(services: [Service]) { self.services = services }

  /// More sources than this are not looked at.
  private static let limit = 32

  /// Reads the bytes of the file; never fails. Of several lines the last one counts; behind what is not understood nothing
  /// of a line does.
  public init(_ bytes: [UInt8]) {
    var services: [Service]?
    for line in bytes.lines {
      let text = line.prefix { $0 != 0x23 }.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
      guard let colon = text.firstIndex(of: 0x3A), text[..<colon].words.map(Array.init) == [Array("hosts".utf8)] else {
        continue
      }
      services = Self.services(text[text.index(after: colon)...])
    }
    self.init(services: services ?? Self.standard.services)
  }

  private static func services(_ text: ArraySlice<UInt8>) -> [Service] {
    var services: [Service] = []
    var rest = text
    while let start = rest.firstIndex(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) {
      rest = rest[start...]
      if rest.first == 0x5B {
        guard let end = rest.firstIndex(of: 0x5D), let last = services.indices.last else { return services }
        guard apply(rest[(start + 1)..<end], to: &services[last]) else { return services }
        rest = rest[(end + 1)...]
      } else {
        let name = rest.prefix { $0 != 0x20 && $0 != 0x5B && !(0x09...0x0D).contains($0) }
        guard services.count < limit else { return services }
        services.append(Service(name: SafeText.decode(name)))
        rest = rest[name.endIndex...]
      }
    }
    return services
  }

  /// `NOTFOUND=return !UNAVAIL=continue`; false where it is something else.
  private static func apply(_ criteria: ArraySlice<UInt8>, to service: inout Service) -> Bool {
    for word in criteria.words {
      let isInverted = word.first == 0x21
      let parts = String(decoding: word.drop { $0 == 0x21 }, as: UTF8.self).lowercased().split(separator: "=")
      guard parts.count == 2, let status = Status(rawValue: String(parts[0])) else { return false }
      let meant = isInverted ? Set(Status.allCases).subtracting([status]) : [status]
      switch parts[1] {
      case "return": service.endsAt.formUnion(meant)
      case "continue", "merge": service.endsAt.subtract(meant)
      default: return false
      }
    }
    return true
  }
}
