internal import Sentences
internal import Topology

/// What a person types for a destination, taken apart: `db`, `db:5432`, `10.0.0.3:80`, `[fd00::3]:443`, `db:53/udp`,
/// `https://registry.example/v2/`.
public struct DestinationText: Hashable, Sendable {
  /// The name or the address, without brackets.
  public var host: String
  /// The port that was written, or that the URL's scheme has.
  public var port: ServicePort?
  /// Whether it was written as a URL: then the name is one of the world's, not of the picture's.
  public var isURL: Bool

  /// More than this is no name, no address and no URL.
  private static let limit = 2048

  /// Takes it apart. Throws where it can't be understood.
  public init(_ text: String) throws(ResolutionError) {
    guard text.utf8.count <= Self.limit else { throw ResolutionError(Say.Endpoint.tooLong(text.utf8.count)) }
    guard let mark = text.firstRange(of: "://") else {
      (host, port) = try Self.split(text)
      isURL = false
      return
    }
    isURL = true
    let scheme = text[..<mark.lowerBound].lowercased()
    var authority = text[mark.upperBound...].prefix { !"/?#".contains($0) }
    if let at = authority.lastIndex(of: "@") { authority = authority[authority.index(after: at)...] }
    let written: ServicePort?
    (host, written) = try Self.split(String(authority))
    guard !host.isEmpty else { throw ResolutionError(Say.Endpoint.noHost(inURL: SafeText.clean(text))) }
    let known = Self.schemes[scheme]
    if let written {
      port = ServicePort(written.number, known?.transport ?? (scheme == "udp" ? .udp : written.transport))
    } else if let known {
      port = known
    } else {
      throw ResolutionError(Say.Endpoint.noPortKnown(for: SafeText.clean(scheme)))
    }
  }

  /// The host and the port behind its colon.
  private static func split(_ text: String) throws(ResolutionError) -> (String, ServicePort?) {
    if IPAddress(text) != nil { return (text, nil) }
    var host = text[...]
    var rest: Substring?
    if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<end]
      let behind = text[text.index(after: end)...]
      guard IPAddress(String(host))?.isIPv6 == true, behind.isEmpty || behind.hasPrefix(":") else {
        throw ResolutionError(Say.Endpoint.notBracketedAddress(SafeText.clean(text)))
      }
      rest = behind.isEmpty ? nil : behind.dropFirst()
    } else if let colon = text.lastIndex(of: ":") {
      host = text[..<colon]
      rest = text[text.index(after: colon)...]
      guard !host.contains(":") else {
        throw ResolutionError(Say.Endpoint.manyColons(SafeText.clean(text)))
      }
    }
    guard let rest else { return (String(host), nil) }
    guard let port = ServicePort(String(rest)) else {
      throw ResolutionError(Say.Endpoint.notAPort(SafeText.clean(String(rest))))
    }
    return (String(host), port)
  }

  /// The ports of schemes that people type (IANA's registry of service names).
  private static let schemes: [String: ServicePort] = [
    "http": ServicePort(80), "https": ServicePort(443), "ws": ServicePort(80), "wss": ServicePort(443),
    "ftp": ServicePort(21), "ssh": ServicePort(22), "sftp": ServicePort(22), "smtp": ServicePort(25),
    "dns": ServicePort(53, .udp), "ntp": ServicePort(123, .udp), "ldap": ServicePort(389), "ldaps": ServicePort(636),
    "mysql": ServicePort(3306), "mariadb": ServicePort(3306), "postgres": ServicePort(5432),
    "postgresql": ServicePort(5432), "amqp": ServicePort(5672), "amqps": ServicePort(5671), "redis": ServicePort(6379),
    "rediss": ServicePort(6379), "mqtt": ServicePort(1883), "nats": ServicePort(4222), "kafka": ServicePort(9092),
    "memcached": ServicePort(11211), "mongodb": ServicePort(27017), "rtsp": ServicePort(554), "git": ServicePort(9418),
  ]
}
