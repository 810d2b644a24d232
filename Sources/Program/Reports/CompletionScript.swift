/// What shells are given to complete the command line, which the parser makes.
public enum CompletionScript {
  /// The script with one command `help`: the parser adds its own behind ours, and the shells would take that one, which
  /// knows no topics.
  public static func withOneHelp(_ script: String, program: String) -> String {
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let begins = lines.indices.filter { lines[$0] == "_\(program)_help() {" }
    if begins.count == 2, let end = lines[begins[1]...].firstIndex(of: "}") { lines.removeSubrange(begins[1]...end) }
    // Its words in the lists; the text is the parser's, in every language.
    lines.removeAll { $0.contains("Show subcommand help information.") }
    return lines.joined(separator: "\n").replacing("|help|help)", with: "|help)").replacing(
      " help help'", with: " help'")
  }
}
