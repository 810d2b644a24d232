import Foundation
import Testing

extension KernelTests {
  /// What the shells are told, by the scripts that they are given.
  @Suite struct CompletionTests {
    private static let need = "needs root, iproute2 and util-linux"

    /// Namespaces with names that shells have their own thoughts on, and a function that completes the last of some words as
    /// bash does, and prints what there is.
    private static let world = #"""
      mkdir /run/bin; ln -s "$NT" /run/bin/netns-top; export PATH=/run/bin:$PATH DOCKER_HOST=$NONE; cd /run
      for n in web-1 web-2 a:bob 支付 'bad$(touch pwned)' 'worse`touch pwned`' 'sp ace' "q'uote" $'e\e[31m'; do
        ip netns add "$n" 2> /dev/null
      done
      ip link add v1 type veth peer name eth0 netns web-1
      . <(netns-top --generate-completion-script bash)
      completes() {
        COMP_WORDS=(netns-top "$@"); COMP_CWORD=$#; COMP_LINE="netns-top $*"; COMP_LINE=${COMP_LINE// : /:}
        COMP_POINT=${#COMP_LINE}; COMPREPLY=()
        local word=${COMP_WORDS[COMP_CWORD]}
        # bash gives the word behind a colon, not the colon.
        _netns-top netns-top "${word/#:/}" "${COMP_WORDS[COMP_CWORD-1]}"
        printf '%s =>' "$*"; printf ' %s' "${COMPREPLY[@]}"; echo
      }

      """#

    @Test(.enabled(if: Machine.can("ip", "unshare"), "\(need)")) func bashIsToldNamesThatItTakesAsTheyAre() {
      let cases = [
        (["ping", "we"], "web-1 web-2"), (["ping", "支"], "支付"), (["ping", "web-1/"], "web-1/eth0 web-1/lo"),
        (["explain", "o"], "outside"), (["explain", "web-1", "i"], "internet"),
        (["explain", "web-1", "a", ":", "b"], "bob"),
        (["ping", "a", ":", "bob", "we"], "web-1 web-2"), (["ping", "web-1", "a", ":"], "bob"),
        (["explain", "web-1", "web-2", ":", "8"], ""), (["metrics", "--pair", "we"], "web-1, web-2,"),
        (["metrics", "--pair", "web-1,we"], "web-1,web-2"), (["show", "h"], "host"),
        (["show", "--format", ""], "text json svg"),
        (["show", "--lang", ""], "auto en zh_CN"), (["demo", "shop"], "shop"),
        (["demo", "--lesson", "un"], "unplugged"),
        (["events", "ro"], "route"), (["help", "port-is"], "port-isolated"), (["help", "sho"], "show"),
        (["hel"], "help"),
        (["show", "--context", "def"], "default"), (["ping", "bad"], ""), (["ping", "worse"], ""),
        (["ping", "sp"], ""),
        (["ping", "q"], ""), (["ping", "e"], ""),
      ]
      let script = cases.map { "completes " + $0.0.map(Machine.quoted).joined(separator: " ") }.joined(separator: "\n")
      let outcome = Machine.inPrivateNamespaces(
        "NT=\(Machine.program)\n" + Self.world + script + "\nls /run/pwned /run/netns/pwned 2> /dev/null\n")
      let rows = outcome.output.split(separator: "\n").map(String.init)
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(rows.count == cases.count, "\(outcome.output)")
      for (row, one) in zip(rows, cases) { #expect(row == "\(one.0.joined(separator: " ")) => \(one.1)") }
    }

    /// An engine that takes connections and says nothing costs a shell no more than a moment, and no word.
    @Test(.enabled(if: Machine.can("ip", "unshare", "python3"), "\(need) and python3")) func nothingIsSaidWhereItFails()
    {
      let outcome = Machine.inPrivateNamespaces(
        """
        ip netns add web-1
        python3 -c 'import socket,time; s = socket.socket(socket.AF_UNIX); s.bind("/run/deaf"); s.listen(); time.sleep(30)' &
        while [ ! -S /run/deaf ]; do sleep 0.05; done
        ask() { SAP_SHELL=bash "$NT" ---completion ping -- positional@0 2 0 netns-top ping ''; echo "STATUS $?"; }
        begin=$(date +%s%N); DOCKER_HOST=unix:///run/deaf ask; echo "TOOK $((($(date +%s%N) - begin) / 1000000))"
        DOCKER_HOST=tcp://1.2.3.4:5 ask; DOCKER_HOST=unix:///run/none.sock setpriv --reuid 65534 --clear-groups "$NT" \
          ---completion ping -- positional@0 2 0 netns-top ping '' > /dev/null; echo "STATUS $?"; kill %1
        """.replacingOccurrences(of: "$NT", with: Machine.program))
      let rows = outcome.output.split(separator: "\n").map(String.init)
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(rows.filter { $0 == "STATUS 0" }.count == 3 && rows.contains("web-1"), "\(outcome.output)")
      // A hanging engine has a second; the shell waits for half of one more at most, and for a machine that is busy.
      let took = rows.first { $0.hasPrefix("TOOK ") }.flatMap { Int($0.dropFirst(5)) } ?? .max
      #expect(took < 5_000, "\(took) ms")
    }

    @Test(.enabled(if: Machine.can("zsh", "fish", "bash", root: false), "needs zsh and fish"))
    func everyShellReadsItsScript() {
      for (shell, check) in [("bash", "bash -n"), ("zsh", "zsh -n"), ("fish", "fish --no-execute")] {
        let outcome = Machine.bash(
          """
          S=$(mktemp); trap 'rm -f $S' EXIT; $NT --generate-completion-script \(shell) > $S; \(check) $S && cat $S
          """)
        #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(shell): \(outcome.errors)")
        #expect(outcome.output.components(separatedBy: "_netns-top_help() {").count <= 2)
        #expect(
          outcome.output.contains("port-isolated") && !outcome.output.contains("Show subcommand help information."))
      }
    }
  }
}
