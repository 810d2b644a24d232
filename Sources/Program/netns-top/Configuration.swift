import LinuxSystem
import Settings
import SystemPackage

/// The user's configuration file, read once; it is never written.
enum Configuration {
  /// Not there is fine; whatever else goes wrong is a complaint.
  static func read(_ environment: [String: String]) -> ConfigurationFile {
    guard let path = configurationPath(environment: environment) else { return ConfigurationFile([], name: "") }
    do {
      return ConfigurationFile(try SmallFile.readRegular(path, limit: ConfigurationFile.limit + 1), name: path)
    } catch {
      if error == .noSuchFileOrDirectory || error == .notDirectory { return ConfigurationFile([], name: path) }
      return ConfigurationFile(unreadable: path, because: "\(error)")
    }
  }
}
