import Speech
import Testing
import Topology

@Suite struct WarningLanguageTests {
  @Test func theLogHasItInEnglishWhateverIsSpoken() {
    for language in Language.allCases {
      let warning = Language.$spoken.withValue(language) {
        Warning(source: "events", text: say("events were lost", "有事件丢失"))
      }
      #expect(warning.text == (language == .chinese ? "有事件丢失" : "events were lost"))
      #expect(warning.english == "events were lost")
    }
  }
}
