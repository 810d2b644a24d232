import Commands
import LinuxSystem
import Settings
import SystemPackage
import Usage

/// The user's configuration file, read once; it is never written.
enum Configuration {
  /// Not there is fine; whatever else goes wrong is a complaint. Where the program has more rights than its user there is
  /// none to be read, and root's is one that nobody else can write.
  ///
  /// Throws `CommandFailure` where root has named another's, by `XDG_CONFIG_HOME`.
  static func read(_ environment: [String: String]) throws -> ConfigurationFile {
    let privilege = Privilege.current
    guard privilege != .lent, let path = configurationPath(environment: environment) else {
      return ConfigurationFile(missing: "")
    }
    do {
      let bytes = try SmallFile.readRegular(path, limit: ConfigurationFile.limit + 1)
      if privilege == .own || Privilege.isRoots(path) { return ConfigurationFile(bytes, name: path) }
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return ConfigurationFile(missing: path) }
      return ConfigurationFile(unreadable: path, because: "\(error)")
    }
    let reason = Say.Failure.writableByOthers
    let isNamed = environment["XDG_CONFIG_HOME"].map { $0.hasPrefix("/") } ?? false
    if isNamed {
      throw CommandFailure(Say.Failure.namedByEnvironment(path, reason))
    }
    return ConfigurationFile(unreadable: path, because: reason)
  }
}
