/// A colour of sRGB, 8 bits a channel.
public struct RGB: Sendable, Hashable {
  /// From 0 to 255.
  public var red: UInt8
  /// From 0 to 255.
  public var green: UInt8
  /// From 0 to 255.
  public var blue: UInt8

  /// Makes a colour of its three channels.
  public init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour by its number, as xterm has them: 16 of its own, a cube of 6×6×6, and 24 greys.
  ///
  /// The first 16 belong to whoever set up the terminal; xterm's are what most start from.
  public init(indexed number: Int) {
    switch number {
    case 16..<232:
      let levels: [UInt8] = [0, 95, 135, 175, 215, 255]
      let place = number - 16
      self.init(levels[place / 36], levels[place / 6 % 6], levels[place % 6])
    case 232..<256:
      let grey = UInt8(8 + (number - 232) * 10)
      self.init(grey, grey, grey)
    default:
      self = RGB.basic[max(0, min(15, number))]
    }
  }

  /// A colour of a style: one with a number, or one of 24 bits (`Style.color`).
  public init(of color: Int32) {
    guard color >= 0x100_0000 else {
      self.init(indexed: Int(color))
      return
    }
    self.init(UInt8(color >> 16 & 0xFF), UInt8(color >> 8 & 0xFF), UInt8(color & 0xFF))
  }

  /// How bright it looks, from 0 to 1: Rec. 709's weights on the values as they are.
  ///
  /// Without sRGB's curve: a ground is told to be dark or light as an eye would that has black and white text in mind.
  public var brightness: Double {
    (0.2126 * Double(red) + 0.7152 * Double(green) + 0.0722 * Double(blue)) / 255
  }

  private static let basic: [RGB] = [
    RGB(0, 0, 0), RGB(205, 0, 0), RGB(0, 205, 0), RGB(205, 205, 0), RGB(0, 0, 238), RGB(205, 0, 205),
    RGB(0, 205, 205), RGB(229, 229, 229), RGB(127, 127, 127), RGB(255, 0, 0), RGB(0, 255, 0), RGB(255, 255, 0),
    RGB(92, 92, 255), RGB(255, 0, 255), RGB(0, 255, 255), RGB(255, 255, 255),
  ]

  /// `#rrggbb`.
  public var hex: String {
    "#"
      + [red, green, blue].map { value in
        let text = String(value, radix: 16)
        return text.count == 1 ? "0" + text : text
      }.joined()
  }
}
