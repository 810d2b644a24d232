public import LinuxSystem
internal import Topology

/// tmux's newest buffer, and through it the clipboard of the terminal around: as it comes, tmux does not listen to what a
/// program in it asks of the terminal (OSC 52), but to `tmux set-buffer -w`.
public final class TmuxBuffer {
  /// Milliseconds that tmux gets.
  private static let patience: Int64 = 1000

  private let run: ToolRun
  private let access: KernelAccess

  /// Makes one for the server at a socket, as the environment names it (`TMUX`: the path, a comma, what else); nil where
  /// there is none, or where it is another user's.
  public init?(_ environment: [String: String], text: String, _ access: KernelAccess, _ loop: EventLoop) {
    guard let path = environment["TMUX"]?.split(separator: ",").first.map(String.init), Privilege.isOwnSocket(path)
    else {
      return nil
    }
    self.access = access
    run = ToolRun(
      ["tmux", "-S", path, "set-buffer", "-w", "--", text], loop,
      limits: ToolRun.Limits(output: 4096, time: Self.patience))
  }

  /// Hands the text over; `done` gets whether tmux took it, once, perhaps at once. The buffer is to be kept until then.
  public func copy(_ done: @escaping (Bool) -> Void) {
    run.start(in: .host, access) { result in
      if case .success = result { done(true) } else { done(false) }
    }
  }
}
