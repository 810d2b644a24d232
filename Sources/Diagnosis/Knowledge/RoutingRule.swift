package import Topology

extension RoutingRule {
  /// The table that it leads to, by its name or number; nil: it leads to none.
  package var table: String? {
    for field in fields where field.key == "table" { if case .text(let table) = field.value { return table } }
    return nil
  }

  /// As `ip rule` prints it, by and large: `5270: not fwmark 0x80000 lookup 52`.
  package var text: String {
    var words: [String] = []
    for field in fields {
      switch (field.key, field.value) {
      case ("table", .text(let table)): words.append("lookup \(table)")
      case ("src", .text(let source)): if source != "all" { words.append("from \(source)") }
      case ("dst", .text(let destination)): words.append("to \(destination)")
      case (let key, .text(let text)): words.append("\(key) \(text)")
      case (let key, .number(let number)): words.append("\(key) \(number)")
      case (let key, .flag(true)): words.append(key)
      default: break
      }
    }
    return "\(priority): \(words.joined(separator: " "))"
  }

  /// `blackhole`, `unreachable`, `prohibit`, of a rule that refuses.
  package var action: String? {
    for field in fields where field.key == "action" {
      if case .text(let action) = field.value, action != "nop" { return action }
    }
    return nil
  }
}
