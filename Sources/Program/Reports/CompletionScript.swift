/// What shells are given to complete the command line, which the parser makes.
public enum CompletionScript {
  /// What the parser says, with what is amiss in a script put right.
  public static func mended(_ message: String, program: String) -> String {
    withWholeWords(withOneHelp(message, program: program))
  }

  /// The script with one command `help`: the parser adds its own behind ours, and the shells would take that one, which
  /// knows no topics.
  private static func withOneHelp(_ script: String, program: String) -> String {
    var lines = script.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let begins = lines.indices.filter { lines[$0] == "_\(program)_help() {" }
    if begins.count == 2, let end = lines[begins[1]...].firstIndex(of: "}") { lines.removeSubrange(begins[1]...end) }
    // Its words in the lists; the text is the parser's, in every language.
    lines.removeAll { $0.contains("Show subcommand help information.") }
    return lines.joined(separator: "\n").replacing("|help|help)", with: "|help)").replacing(
      " help help'", with: " help'")
  }

  /// bash's script, for which the words of the command line are whole: bash breaks them at colons and at signs of equality,
  /// and the parser's script would count each piece (`unix:///run/docker.sock` has three) as an argument.
  private static func withWholeWords(_ script: String) -> String {
    script.replacing(
      "    local -i positional_number\n",
      with: """
            local -a whole_words=()
            local -i whole_cword=0 piece_number=0
            local piece
            for piece in "${COMP_WORDS[@]}"; do
                if [[ "${#whole_words[@]}" -gt 1 && -n "${piece}" && ("${piece}" = [:=]* || "${whole_words[${#whole_words[@]} - 1]}" = *[:=]) ]]; then
                    whole_words[${#whole_words[@]} - 1]+="${piece}"
                else
                    whole_words+=("${piece}")
                fi
                [[ "${piece_number}" -eq "${COMP_CWORD}" ]] && whole_cword="$((${#whole_words[@]} - 1))"
                piece_number+=1
            done
            local -a COMP_WORDS=("${whole_words[@]}")
            local -i COMP_CWORD="${whole_cword}"

            local -i positional_number

        """, maxReplacements: 1)
  }
}
