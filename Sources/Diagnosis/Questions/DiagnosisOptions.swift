public import Paths

/// What is wanted of a diagnosis.
public struct DiagnosisOptions: Hashable, Sendable {
  /// The address family, where one is wanted.
  public var family: AddressFamily
  /// A port to try; then the verdict is about that port.
  public var port: ServicePort?
  /// Bytes of data in the echo (as `ping -s`), sent with DF; nil: 56, without.
  public var size: Int?
  /// Whether the kernel's rule trace may be used, which puts a table of ours into the namespaces for a moment.
  public var usesTrace: Bool
  /// How many echo requests are sent.
  public var count: Int
  /// Milliseconds between two of them.
  public var interval: Int

  /// Makes options.
  public init(
    family: AddressFamily = .any, port: ServicePort? = nil, size: Int? = nil, usesTrace: Bool = false, count: Int = 3,
    interval: Int = 200
  ) {
    self.family = family
    self.port = port
    self.size = size
    self.usesTrace = usesTrace
    self.count = count
    self.interval = interval
  }
}
