internal import Chapters

/// What of the machine, and of whoever starts the program, counts.
extension Chapter {
  static var environment: ManualSection {
    ManualSection(
      Say.Heading.environment,
      [
        .definitions([
          ManualEntry("DOCKER_HOST", Say.Variables.dockerHost),
          ManualEntry("DOCKER_CONTEXT", Say.Variables.dockerContext),
          ManualEntry("DOCKER_CONFIG", Say.Variables.dockerConfig), ManualEntry("NO_COLOR", Say.Variables.noColor),
          ManualEntry("COLORTERM", Say.Variables.colorTerm), ManualEntry("COLORFGBG", Say.Variables.colorFGBG),
          ManualEntry("TERM", Say.Variables.term),
          ManualEntry("LC_ALL, LC_MESSAGES, LC_CTYPE, LANG", Say.Variables.locale),
          ManualEntry("LANGUAGE", Say.Variables.language), ManualEntry("COLUMNS", Say.Variables.columns),
          ManualEntry("XDG_CONFIG_HOME", Say.Variables.configHome), ManualEntry("HOME", Say.Variables.home),
          ManualEntry("XDG_RUNTIME_DIR", Say.Variables.runtime), ManualEntry("XDG_DATA_HOME", Say.Variables.dataHome),
          ManualEntry("PATH", Say.Variables.path),
          ManualEntry("SHELL", Say.Variables.shell), ManualEntry("TMUX", Say.Variables.tmux),
          ManualEntry("ESCDELAY", Say.Variables.escapeDelay), ManualEntry("SOURCE_DATE_EPOCH", Say.Variables.epoch),
        ]),
        .paragraph(Say.Variables.intro),
      ])
  }

  static var files: ManualSection {
    ManualSection(
      Say.Heading.files,
      [
        .definitions([
          ManualEntry("~/.config/netns-top/config", Say.Places.configuration),
          ManualEntry("/run/docker.sock, /run/podman/podman.sock, /run/user/UID/…", Say.Places.sockets),
          ManualEntry("/run, /var/lib, /etc/cni/net.d, /etc/containers/networks", Say.Places.runtimes),
          ManualEntry("/run/netns", Say.Places.named), ManualEntry("/proc", Say.Places.processes),
          ManualEntry("/etc/hosts, /etc/resolv.conf, /etc/nsswitch.conf", Say.Places.names),
          ManualEntry(Say.Places.logTerm, Say.Places.log),
        ])
      ])
  }

  static var capabilities: ManualSection {
    ManualSection(
      Say.Heading.capabilities,
      [
        .paragraph(Say.Rights.intro),
        .definitions([
          ManualEntry("CAP_NET_ADMIN", Say.Rights.netAdmin), ManualEntry("CAP_NET_BROADCAST", Say.Rights.netBroadcast),
          ManualEntry("CAP_SYS_ADMIN", Say.Rights.sysAdmin), ManualEntry("CAP_SYS_PTRACE", Say.Rights.sysPtrace),
          ManualEntry("CAP_NET_RAW", Say.Rights.netRaw),
        ]),
        .paragraph(Say.Rights.group),
        .literal([
          "sudo install -o root -g adm -m 750 netns-top /usr/local/bin/",
          "C=cap_net_admin,cap_net_broadcast,cap_sys_admin,cap_sys_ptrace,cap_net_raw",
          "sudo setcap $C=ep /usr/local/bin/netns-top",
        ]),
      ])
  }

  static var signals: ManualSection {
    ManualSection(
      Say.Heading.signals,
      [
        .definitions([
          ManualEntry("HUP", Say.SignalWords.hangup), ManualEntry("INT", Say.SignalWords.interrupt),
          ManualEntry("TERM", Say.SignalWords.terminate), ManualEntry("TSTP", Say.SignalWords.stop),
          ManualEntry("WINCH", Say.SignalWords.window), ManualEntry("USR2", Say.SignalWords.reread),
          ManualEntry("PIPE", Say.SignalWords.pipe),
        ])
      ])
  }
}
