/// Which container engine the user wants to be asked, as far as he says so.
public struct EngineChoice: Hashable, Sendable {
  /// Where it listens; nil: not said.
  public var host: String?
  /// Who said `host`, in a message's words: `--docker-host`.
  public var source: String
  /// A Docker context that he named (`--context`); nil: none.
  public var context: String?

  /// The names of Docker's contexts in such an environment, for those who choose one.
  public static func contexts(_ environment: [String: String]) -> [String] { DockerContexts(environment).names }

  /// Makes a choice; by default none.
  public init(host: String? = nil, source: String = "--docker-host", context: String? = nil) {
    self.host = host
    self.source = source
    self.context = context
  }
}
