/// Which container engine the user wants to be asked, as far as he says so.
public struct EngineChoice: Hashable, Sendable {
  /// Where it listens; nil: not said.
  public var host: String?
  /// Who said `host`, in a message's words: `--docker-host`.
  public var source: String
  /// A Docker context that he named (`--context`); nil: none.
  public var context: String?

  /// Makes a choice; by default none.
  public init(host: String? = nil, source: String = "--docker-host", context: String? = nil) {
    self.host = host
    self.source = source
    self.context = context
  }
}
