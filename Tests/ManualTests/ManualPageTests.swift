import Canvas
import Conclusions
import Foundation
import JSON
import Keys
import Settings
import Speech
import Testing

@testable import Manual

@Suite struct ManualPageTests {
  private static let languages = Language.allCases

  /// What the parser says of a program with two commands.
  private static let dump = """
    {"command": {"subcommands": [
      {"commandName": "show", "abstract": "Shows.", "discussion": "First.\\nSecond.", "arguments": [
        {"kind": "option", "shouldDisplay": true, "valueName": "uri", "abstract": "An engine.", "isRepeating": false,
         "names": [{"kind": "long", "name": "docker-host"}]},
        {"kind": "flag", "shouldDisplay": true, "abstract": "The mouse.", "names": [{"kind": "long", "name": "mouse"}]},
        {"kind": "flag", "shouldDisplay": true, "abstract": "The mouse.", "names": [{"kind": "long", "name": "no-mouse"}]},
        {"kind": "option", "shouldDisplay": false, "abstract": "Hidden.", "names": [{"kind": "long", "name": "secret"}]},
        {"kind": "positional", "shouldDisplay": true, "valueName": "name", "abstract": "Whom.", "isRepeating": true}]},
      {"commandName": "ping", "abstract": "Pings.", "arguments": [
        {"kind": "option", "shouldDisplay": true, "valueName": "uri", "abstract": "An engine.", "isRepeating": false,
         "names": [{"kind": "long", "name": "docker-host"}]},
        {"kind": "option", "shouldDisplay": true, "valueName": "count", "abstract": "How many.", "defaultValue": "4",
         "names": [{"kind": "short", "name": "c"}, {"kind": "long", "name": "count"}]}]},
      {"commandName": "ping", "abstract": "The parser's own.", "arguments": []},
      {"commandName": "ghost", "shouldDisplay": false}]}}
    """

  private static func table() throws -> CommandTable {
    var reader = JSONReader(dump)
    return CommandTable(try reader.read())
  }

  private static func pages() throws -> [ManualPage] {
    [.program(try table(), usage: ["netns-top show [<options>]"]), .configuration]
  }

  @Test func theTableIsWhatTheParserSays() throws {
    let table = try Self.table()
    #expect(table.commands.map(\.name) == ["show", "ping"])
    #expect(table.common.map(\.term) == ["--docker-host URI"])
    #expect(table.commands[0].options.map(\.term) == ["--mouse, --no-mouse", "NAME…"])
    #expect(table.commands[1].options.map(\.term) == ["-c, --count COUNT"])
    #expect(table.commands[1].options[0].initial == "4")
  }

  @Test(arguments: languages) func thePagesHoldEveryRowOfEveryTable(language: Language) throws {
    try Language.$spoken.withValue(language) {
      let (program, file) = (try Self.pages()[0], ManualPage.configuration)
      let text = Roff(program, version: "1").text
      let settings = Roff(file, version: "1").text
      for code in CauseCode.allCases {
        #expect(text.contains("\\fB\(Roff.typed(code.rawValue))\\fR\n\(Roff.running(code.meaning))\n"), "\(code)")
      }
      for binding in KeyTable.standard.bindings {
        #expect(text.contains(Roff.line(Roff.running(binding.help))), "\(binding.cap)")
      }
      for setting in Setting.all {
        #expect(settings.contains("\\fB\(Roff.typed(setting.name))\\fR\n"), "\(setting.name)")
        #expect(settings.contains(Roff.running(setting.comment())))
      }
      for term in ["--docker-host URI", "--mouse, --no-mouse", "-c, --count COUNT"] {
        #expect(text.contains("\\fB\(Roff.typed(term))\\fR\n"))
      }
      for section in program.sections + file.sections {
        #expect(!section.blocks.isEmpty)
        for case .definitions(let entries) in section.blocks {
          for entry in entries {
            #expect(!entry.term.isEmpty && !entry.text.isEmpty, "\(section.heading) \(entry.term)")
          }
        }
      }
    }
  }

  @Test func bothLanguagesHaveTheSameParts() throws {
    func shape(_ language: Language) throws -> [[String]] {
      try Language.$spoken.withValue(language) {
        try Self.pages().flatMap(\.sections).map { section in
          section.blocks.map { block in
            switch block {
            case .paragraph: "paragraph"
            case .heading: "heading"
            case .definitions(let entries): "\(entries.count) definitions"
            case .literal(let lines): lines.joined()
            }
          }
        }
      }
    }
    let english = try shape(.english)
    #expect(try english == shape(.chinese))
    #expect(english.count > 20)
  }

  @Test(arguments: languages) func noRowIsWiderThanTheTerminal(language: Language) throws {
    try Language.$spoken.withValue(language) {
      for columns in [24, 40, 60, 80, 100] {
        for topic in Topic.allCases {
          for row in TerminalPage(topic.sections, columns: columns).rows {
            // What is to be copied stays whole; all of it fits the usual terminal.
            #expect(
              displayWidth(row.text) <= (row.isLiteral ? max(80, columns) : columns), "\(topic) \(columns): \(row.text)"
            )
            #expect(!row.text.hasSuffix(" "))
          }
        }
        for row in TerminalPage(try Self.pages().flatMap(\.sections), columns: columns).rows where !row.isLiteral {
          #expect(displayWidth(row.text) <= columns, "\(columns): \(row.text)")
        }
      }
    }
  }

  @Test func headingsAreBoldOnlyWhereThereAreColours() {
    let page = TerminalPage([ManualSection("ONE", [.paragraph("two")])], columns: 80)
    #expect(page.text(.dark, colors: .mono) == "ONE\n  two\n")
    #expect(page.text(.dark, colors: .indexed256).hasPrefix("\u{1B}[0;1;"))
  }

  @Test func aWordLeadsToItsChapterOrItsCause() {
    #expect(Topic.sections(of: "port-isolated")?.first?.heading == "port-isolated")
    #expect(Topic.sections(of: "config")?.count == Topic.config.sections.count)
    #expect(Topic.sections(of: "nothing") == nil)
    #expect(Set(Topic.words).count == Topic.words.count)
    for (typed, meant) in [
      ("keyz", "keys"), ("prot-isolated", "port-isolated"), ("CONFIG", "config"), ("x", nil), ("", nil),
    ] {
      #expect(Topic.nearest(to: typed, among: Topic.words) == meant, "\(typed)")
    }
    #expect(Topic.nearest(to: String(repeating: "k", count: 5000), among: Topic.words) == nil)
  }

  /// Every variable that the sources ask the environment for has its entry.
  @Test func everyVariableOfTheEnvironmentIsNamed() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path + "/../../Sources/"
    let files = try #require(FileManager.default.enumerator(atPath: root)).compactMap { $0 as? String }
    let asked = try Regex("environment\\[\"([A-Z_]+)\"|first\\(((?:\"[A-Z_]+\"(?:, )?)+)\\)")
    var names: Set<Substring> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(contentsOfFile: root + file, encoding: .utf8)
      for match in text.matches(of: asked) {
        names.formUnion(text[match.range].split { !($0.isUppercase || $0 == "_") })
      }
    }
    #expect(names.isSuperset(of: ["DOCKER_HOST", "LC_MESSAGES", "XDG_CONFIG_HOME"]), "\(names)")
    let text = TerminalPage([Chapter.environment], columns: 100).rows.map(\.text).joined(separator: " ")
    let told = Set(text.split { !($0.isUppercase || $0 == "_") })
    #expect(names.subtracting(told).isEmpty, "\(names.subtracting(told))")
  }
}
