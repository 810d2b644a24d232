import Canvas
import Testing

/// Colours are measured, not guessed: contrast as WCAG 2.1 has it, and as it is with other eyes.
@Suite struct ThemeTests {
  /// Lines only: the ratio for them is 3, for text 4.5.
  private static let lines: Set<Role> = [.box, .wire, .guide]

  private static func linear(_ value: UInt8) -> Double {
    let share = Double(value) / 255
    if share <= 0.04045 { return share / 12.92 }
    // ((share + 0.055) / 1.055) ^ 2.4, without libm: x^2.4 = x^2 · (x^2)^(1/5), the root by Newton.
    let base = (share + 0.055) / 1.055
    let square = base * base
    var root = square
    for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }

  private static func channels(_ color: RGB) -> [Double] { [color.red, color.green, color.blue].map(linear) }

  private static func luminance(_ color: RGB) -> Double {
    let part = channels(color)
    return 0.2126 * part[0] + 0.7152 * part[1] + 0.0722 * part[2]
  }

  private static func contrast(_ a: RGB, _ b: RGB) -> Double {
    let (x, y) = (luminance(a), luminance(b))
    return (max(x, y) + 0.05) / (min(x, y) + 0.05)
  }

  @Test func theMeasureIsRight() {
    #expect(abs(Self.contrast(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 0.001)
    #expect(abs(Self.contrast(RGB(0x77, 0x77, 0x77), RGB(255, 255, 255)) - 4.48) < 0.01)
  }

  @Test(arguments: Theme.all, [ColorDepth.indexed256, .truecolor]) func everyRoleCanBeReadInManyColours(
    theme: Theme, depth: ColorDepth
  ) {
    for role in Role.allCases {
      var style = theme.style(for: role, colors: depth)
      if style.emphasis.contains(.reverse) { swap(&style.foreground, &style.background) }
      let front = style.foreground < 0 ? theme.foreground : RGB(of: style.foreground)
      let back = style.background < 0 ? theme.background : RGB(of: style.background)
      let ratio = Self.contrast(front, back)
      #expect(ratio >= (Self.lines.contains(role) ? 3 : 4.5), "\(theme.name) \(depth) \(role): \(ratio)")
    }
  }

  /// With xterm's eight colours on black or white. Bold is the bright form: for dark themes that is meant, for the light
  /// one it must not be needed.
  @Test(arguments: Theme.all) func everyRoleCanBeReadInEightColours(theme: Theme) {
    let isLight = Self.luminance(theme.background) > 0.5
    let ground = isLight ? RGB(255, 255, 255) : RGB(0, 0, 0)
    for role in Role.allCases {
      let style = theme.style(for: role, colors: .eight)
      let isBright = style.emphasis.contains(.bold) && style.foreground > 0
      var fronts = [style.foreground]
      if isBright { fronts = isLight ? [style.foreground, style.foreground + 8] : [style.foreground + 8] }
      for number in fronts {
        let front = number < 0 ? (isLight ? RGB(0, 0, 0) : RGB(indexed: 7)) : RGB(indexed: Int(number))
        let back = style.background < 0 ? ground : RGB(of: style.background)
        let ratio = Self.contrast(front, back)
        #expect(ratio >= (Self.lines.contains(role) ? 3 : 4.5), "\(theme.name) \(role) \(number): \(ratio)")
      }
    }
  }

  /// Where the ground is not known words have the terminal's own colour, and everything else can be read on white and on
  /// black: no colour has more than 4.6 to both.
  @Test(arguments: [ColorDepth.eight, .sixteen, .indexed256, .truecolor]) func whatGroundItMayBe(depth: ColorDepth) {
    let theme = ThemeChoice.auto.theme(on: nil)
    for role in [Role.text, .strong, .boxTitle] {
      let style = theme.style(for: role, colors: depth)
      #expect(style.foreground == -1 && style.background == -1)
    }
    for role in Role.allCases {
      let style = theme.style(for: role, colors: depth)
      if style.foreground < 0, style.background < 0 { continue }
      #expect(style.foreground >= 0, "\(role)")
      let grounds = style.background < 0 ? [RGB(0, 0, 0), RGB(255, 255, 255)] : [RGB(of: style.background)]
      for ground in grounds {
        let ratio = Self.contrast(RGB(of: style.foreground), ground)
        #expect(ratio >= (depth == .eight ? 3.5 : 3.9), "\(depth) \(role) on \(ground.hex): \(ratio)")
      }
    }
  }

  /// Dark red on black is hard to read, and bold makes it no brighter on most terminals of today.
  @Test func withSixteenColoursBoldIsBright() {
    let fault = Theme.dark.style(for: .fault, colors: .sixteen)
    #expect(
      fault == Style(9, on: -1, .bold) && Theme.dark.style(for: .fault, colors: .eight) == Style(1, on: -1, .bold))
    #expect(Self.contrast(RGB(of: fault.foreground), RGB(0, 0, 0)) > 5)
    // On white the bright forms are the paler ones: the light theme has none.
    for role in Role.allCases where Theme.light.style(for: role, colors: .sixteen).background < 0 {
      #expect(Theme.light.style(for: role, colors: .sixteen).foreground < 8)
    }
    var canvas = CellCanvas(Size(width: 1, height: 1))
    canvas.put("x", x: 0, y: 0, role: .fault)
    #expect(canvas.ansi(.dark, colors: .sixteen) == ["\u{1B}[0;1;91mx\u{1B}[0m"])
  }

  @Test(arguments: Theme.all + [ThemeChoice.auto.theme(on: nil)], [ColorDepth.eight, .sixteen, .indexed256])
  func faultsHaveAColourOfTheirOwn(
    theme: Theme, depth: ColorDepth
  ) {
    guard theme != .mono else { return }
    func hues(_ role: Role) -> (Int32, Int32) {
      let style = theme.style(for: role, colors: depth)
      return (style.foreground, style.background)
    }
    let fault = hues(.fault).0
    #expect(fault >= 0)
    for role in Role.allCases where ![.fault, .barFault].contains(role) {
      let (front, back) = hues(role)
      #expect(front != fault && back != fault, "\(theme.name) \(role) looks like a fault")
    }
  }

  @Test func withoutColoursThereAreOnlyAttributes() {
    for theme in Theme.all {
      for role in Role.allCases {
        let style = theme.style(for: role, colors: .mono)
        #expect(style.foreground == -1 && style.background == -1)
        #expect(style == Theme.mono.style(for: role, colors: .indexed256))
      }
      let styles = [Role.fault, .selected, .multiHomed, .dim, .text].map { theme.style(for: $0, colors: .mono) }
      #expect(Set(styles).count == styles.count)
    }
  }

  /// What an eye without one kind of cone sees: Machado, Oliveira and Fernandes 2009, severity 1, on linear sRGB.
  @Test(arguments: [
    ("protan", [0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998]),
    ("deutan", [0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881]),
  ]) func statesStayApartForOtherEyes(kind: String, matrix: [Double]) {
    func seen(_ role: Role) -> [Double] {
      let color = RGB(indexed: Int(Theme.colorblind.style(for: role, colors: .indexed256).foreground))
      let part = Self.channels(color)
      return (0..<3).map { row in (0..<3).reduce(0) { $0 + matrix[row * 3 + $1] * part[$1] } }
    }
    let roles: [Role] = [.fault, .up, .ping, .bridge, .noCarrier, .warning]
    for (index, a) in roles.enumerated() {
      for b in roles[(index + 1)...] {
        let difference = zip(seen(a), seen(b)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        #expect(difference >= 0.02, "\(kind): \(a) and \(b) differ by \(difference)")
      }
    }
  }

  @Test func everyThemeIsFoundByItsName() {
    for theme in Theme.all { #expect(Theme.named(theme.name) == theme) }
    #expect(Theme.named("Dark") == nil)
    #expect(Set(Theme.all.map(\.name)).count == Theme.all.count)
  }
}
