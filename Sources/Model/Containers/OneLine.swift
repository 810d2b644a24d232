/// Text from outside as part of a message: one line, no control characters (each byte of one as `\xNN`), at most
/// `limit` characters.
func oneLine(_ text: some StringProtocol, limit: Int = 200) -> String {
  var out = ""
  var count = 0
  for scalar in text.unicodeScalars {
    let piece = isPrintable(scalar) ? String(scalar) : escaped(scalar)
    count += piece.unicodeScalars.count
    if count > limit - 1 { return out + "…" }
    out += piece
  }
  return out
}

private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
  default: true
  }
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  String(scalar).utf8.map { byte in
    let digits = String(byte, radix: 16)
    return "\\x" + (digits.count == 1 ? "0" + digits : digits)
  }.joined()
}
