package import Speech

extension Say {
  /// What is said of container engines.
  package enum Conclusion {
    // Both are sentences without their full stop.
    package static func makesRulesWhenItStarts(_ engine: String) -> String {
      say("\(engine) makes its rules when it starts", "\(engine) 在启动时创建规则")
    }
    package static func makesRulesWhenContainersStart(_ engine: String) -> String {
      say("\(engine) makes its rules when a container starts", "\(engine) 在容器启动时创建规则")
    }
  }
}
