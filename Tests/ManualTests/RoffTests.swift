import Conclusions
import Speech
import Testing

@testable import Manual

@Suite struct RoffTests {
  @Test func whatRoffWouldReadIsEscaped() {
    for (text, wanted) in [
      ("--size", "\\-\\-size"), ("a\\b", "a\\eb"), ("it's", "it\\(aqs"), ("`x`", "\\(gax\\(ga"),
      ("~/.x^", "\\(ti/.x\\(ha"),
      ("\"q\"", "\\(dqq\\(dq"), ("…⇄", "…⇄"), ("一\u{1B}[31m\u{7}二", "一[31m二"), ("a\nb\tc", "a b c"),
    ] { #expect(Roff.typed(text) == wanted) }
    #expect(Roff.line(".TH evil") == "\\&.TH evil" && Roff.line(" x") == "\\& x" && Roff.line("x") == "x")
    #expect(Roff.line(Roff.typed("'br")) == "\\(aqbr")
    #expect(Roff.argument("a \"b\" -c") == "\"a \\(dqb\\(dq \\-c\"")
  }

  @Test func whatStandsBetweenBackquotesIsBold() {
    #expect(Roff.running("see `ip -n x` there") == "see \\fBip \\-n x\\fR there")
    #expect(Roff.running("a well-known `thing") == "a well-known \\(gathing")
    #expect(Roff.running("`a``b`") == "\\fBa\\fR\\fBb\\fR")
    #expect(Roff.running("").isEmpty)
  }

  @Test func aChineseTextMayBeBrokenWhereTheScreenBreaksIt() {
    Language.$spoken.withValue(.chinese) { #expect(Roff.plain("网桥，端口 a") == "网\\:桥，\\:端\\:口 a") }
    #expect(Roff.plain("支付") == "支付")
  }

  @Test func everyKindOfBlockHasItsMacros() {
    let page = ManualPage(
      name: "x-y", number: 5, summary: "an example",
      sections: [
        ManualSection(
          "ONE",
          [
            .paragraph(".not a request"), .paragraph("second"), .heading("small"), .paragraph("third"),
            .definitions([ManualEntry("--a B", "what `a` is"), ManualEntry(".c", "")]), .literal(["x = y", "", ".z"]),
          ])
      ])
    #expect(
      Roff(page, version: "1.2", date: "2026-01-02").text == """
        .TH "x\\-y" "5" "2026\\-01\\-02" "netns\\-top 1.2" "netns\\-top manual"
        .nh
        .ad l
        .SH "NAME"
        x-y \\- an example
        .SH "ONE"
        \\&.not a request
        .PP
        second
        .SS "small"
        third
        .TP
        \\fB\\-\\-a B\\fR
        what \\fBa\\fR is
        .TP
        \\fB.c\\fR
        \\&
        .PP
        .RS 4
        .nf
        x = y
        \\&
        \\&.z
        .fi
        .RE

        """)
  }
}
