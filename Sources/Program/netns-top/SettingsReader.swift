import Commands
import LinuxSystem
import Session
import Settings
import Topology
import Usage

/// Reads the configuration again while the viewer runs.
final class SettingsReader {
  /// What the command line says: it comes first, as ever.
  private let line: SettingsLayer
  /// Whether the engine is another option's choice than the configuration's.
  private let ignoresEngine: Bool
  /// Where the engine listens that was asked from the start.
  private let dockerHost: String?
  /// What the file has said up to now.
  private var said: SettingsLayer

  init(_ invocation: Invocation) {
    line = invocation.line
    ignoresEngine = invocation.common.context != nil
    dockerHost = invocation.settings.dockerHost
    said = invocation.file.layer
  }

  /// The settings after another reading; `old` are those in force.
  func read(_ old: EffectiveSettings) -> Rereading {
    let language = Language.current
    func outcome(_ settings: EffectiveSettings, _ notice: String) -> Rereading {
      let isLate = !ignoresEngine && settings.dockerHost != dockerHost
      return Rereading(
        settings: settings, speaksOtherwise: Language.current != language, fromNextStart: isLate ? ["docker-host"] : [],
        notice: notice)
    }
    if Privilege.current == .lent { return outcome(old, Say.SettingWords.notWithLentRights) }
    guard let path = configurationPath(environment: NetnsTop.environment) else {
      return outcome(old, Say.SettingWords.noPlace)
    }
    do {
      var file = try Configuration.read(NetnsTop.environment)
      Language.choose(EffectiveSettings(layers(file)).lang.language(in: NetnsTop.environment))
      // What it has wrong is told in the language that is spoken now.
      if Language.current != language { file = try Configuration.read(NetnsTop.environment) }
      let settings = EffectiveSettings(layers(file))
      said = layer(file)
      for complaint in file.complaints { NetnsTop.complain(complaint) }
      let success = file.isThere ? Say.SettingWords.readAgain(path) : Say.SettingWords.noFile(path)
      return outcome(settings, Invocation.notice(file.complaints) ?? success)
    } catch { return outcome(old, SafeText.clean("\(error)")) }
  }

  private func layers(_ file: ConfigurationFile) -> [SettingsLayer] {
    [line, layer(file), SettingsLayer(environment: Standard.environment)]
  }

  /// What the file says. Of one with something wrong in it nobody knows what else it was to say: that stays.
  private func layer(_ file: ConfigurationFile) -> SettingsLayer {
    file.complaints.isEmpty ? file.layer : file.layer.over(said)
  }
}
