internal import JSON

/// Writes nft's JSON as the rules that nft(8) prints.
///
/// For people, as evidence: what is not known here is written in the same manner, and long sets are cut short.
enum NFTText {
  /// How values are written behind the field that they belong to.
  enum Style {
    case plain
    /// Names of interfaces and helpers, in quotes.
    case quoted
    /// Marks, in hexadecimal.
    case mark

    init(_ field: String) {
      switch field {
      case "iif", "iifname", "oif", "oifname", "meta ibrname", "meta obrname", "ct helper", "meta day", "meta time":
        self = .quoted
      case "meta mark", "ct mark": self = .mark
      default: self = .plain
      }
    }
  }

  /// The most elements of a set that are written.
  static let elementLimit = 16

  /// A rule, without its handle and without what its counters count.
  static func rule(_ expressions: [JSONValue], comment: String?) -> String {
    var parts = expressions.map(statement)
    if let comment { parts.append("comment \"\(comment)\"") }
    return parts.joined(separator: " ")
  }

  static func statement(_ value: JSONValue) -> String {
    guard let (tag, inner) = value.tagged else { return expression(value) }
    switch tag {
    case "match": return match(inner)
    case "jump", "goto": return "\(tag) \(inner["target"]?.string ?? "")"
    case "counter": return inner.string.map { "counter name \"\($0)\"" } ?? "counter"
    case "vmap":
      let key = expression(inner["key"] ?? .null)
      return "\(key) vmap \(expression(inner["data"] ?? .null, Style(key)))"
    case "mangle":
      let key = expression(inner["key"] ?? .null)
      return "\(key) set \(expression(inner["value"] ?? .null, Style(key)))"
    case "log": return "log" + (inner["prefix"]?.string.map { " prefix \"\($0)\"" } ?? "")
    case "reject": return reject(inner)
    case "limit": return limit(inner)
    case "dnat", "snat", "redirect", "masquerade": return translation(tag, inner)
    case "queue": return "queue" + (inner["num"].map { " to \(expression($0))" } ?? "")
    case "dup": return "dup to \(expression(inner["addr"] ?? .null))"
    case "fwd": return "fwd to \(expression(inner["dev"] ?? .null, .quoted))"
    // How much of it is used changes with every packet: no part of what the rule is.
    case "quota":
      let over = inner["inv"] == .bool(true) ? "over " : ""
      return "quota \(over)\(expression(inner["val"] ?? .null)) \(inner["val_unit"]?.string ?? "bytes")"
    case "set":
      return "\(inner["op"]?.string ?? "") \(inner["set"]?.string ?? "") { \(expression(inner["elem"] ?? .null)) }"
    case "ct count": return "ct count \(inner["inv"] == .bool(true) ? "over " : "")\(expression(inner["val"] ?? .null))"
    case "xt": return "xt \(inner["type"]?.string ?? "") \"\(inner["name"]?.string ?? "")\""
    default: return inner == .null ? tag : "\(tag) \(expression(inner))"
    }
  }

  private static func match(_ value: JSONValue) -> String {
    let (left, right) = (value["left"] ?? .null, value["right"] ?? .null)
    let operation = value["op"]?.string ?? "=="
    let name = expression(left, left["&"]?.list?.first.map { Style(expression($0)) } ?? .plain)
    if case .bool(let exists) = right { return "\(name) \(exists ? "exists" : "missing")" }
    let isSet = right.string?.hasPrefix("@") == true
    let text = expression(right, isSet ? .plain : Style(left["&"]?.list?.first.map { expression($0) } ?? name))
    if let parts = left["&"]?.list, parts.count == 2, operation == "==",
      parts[0]["payload"]?["field"]?.string == "flags"
    {
      return "\(expression(parts[0])) \(text) / \(expression(parts[1]))"
    }
    let isPlain = operation == "in" || (operation == "==" && left["&"] == nil)
    return isPlain ? "\(name) \(text)" : "\(name) \(operation) \(text)"
  }

  /// An expression of libnftables-json(5). The depth is bounded by the reader of the JSON.
  static func expression(_ value: JSONValue, _ style: Style = .plain) -> String {
    switch value {
    case .null: return ""
    case .bool(let value): return value ? "exists" : "missing"
    case .number(let number): return style == .mark ? hexadecimal(number) : String(number)
    case .decimal(let text): return text
    case .text(let text): return style == .quoted && !text.hasPrefix("@") ? "\"\(text)\"" : text
    case .list(let list): return list.map { expression($0, style) }.joined(separator: ",")
    case .object(let members):
      guard let (tag, inner) = value.tagged else {
        return members.map { "\($0.key) \(expression($0.value))" }.joined(separator: " ")
      }
      return tagged(tag, inner, style)
    }
  }

  private static func tagged(_ tag: String, _ value: JSONValue, _ style: Style) -> String {
    switch tag {
    case "meta":
      let key = value["key"]?.string ?? value.string ?? ""
      return ["iif", "iifname", "oif", "oifname", "iifgroup", "oifgroup"].contains(key) ? key : "meta \(key)"
    case "payload":
      if let name = value["protocol"]?.string { return "\(name) \(value["field"]?.string ?? "")" }
      return "@\(value["base"]?.string ?? ""),\(value["offset"]?.int ?? 0),\(value["len"]?.int ?? 0)"
    case "ct": return ["ct", value["dir"]?.string, value["key"]?.string].compactMap(\.self).joined(separator: " ")
    case "rt": return ["rt", value["family"]?.string, value["key"]?.string].compactMap(\.self).joined(separator: " ")
    case "fib":
      let flags = value["flags"]?.each.compactMap(\.string).joined(separator: " . ") ?? ""
      return "fib \(flags) \(value["result"]?.string ?? "")"
    case "tcp option": return "tcp option \(value["name"]?.string ?? "") \(value["field"]?.string ?? "")"
    case "exthdr":
      return ["exthdr", value["name"]?.string, value["field"]?.string].compactMap(\.self).joined(separator: " ")
    case "socket": return "socket \(value["key"]?.string ?? "")"
    case "prefix": return "\(expression(value["addr"] ?? .null))/\(value["len"]?.int ?? 0)"
    case "range": return value.each.map { expression($0, style) }.joined(separator: "-")
    case "concat": return value.each.map { expression($0, style) }.joined(separator: " . ")
    case "set": return set(value, style)
    case "elem": return expression(value["val"] ?? .null, style)
    case "map": return "\(expression(value["key"] ?? .null)) map \(expression(value["data"] ?? .null))"
    case "&", "|", "^", "<<", ">>": return value.each.map { expression($0, style) }.joined(separator: " \(tag) ")
    case "accept", "drop", "continue", "return": return tag
    case "jump", "goto": return "\(tag) \(value["target"]?.string ?? "")"
    default: return "\(tag) \(expression(value))"
    }
  }

  private static func hexadecimal(_ number: Int64) -> String {
    let digits = String(number, radix: 16)
    return "0x" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
  }

  private static func set(_ value: JSONValue, _ style: Style) -> String {
    let elements = value.each
    var texts = elements.prefix(elementLimit).map { element -> String in
      // An element of a map is a pair.
      guard let pair = element.list, pair.count == 2 else { return expression(element, style) }
      return "\(expression(pair[0], style)) : \(expression(pair[1]))"
    }
    if elements.count > elementLimit { texts.append("… \(elements.count - elementLimit) more") }
    return "{ \(texts.joined(separator: ", ")) }"
  }

  private static func reject(_ value: JSONValue) -> String {
    guard let type = value["type"]?.string else { return "reject" }
    return ["reject with \(type)", value["expr"].map { expression($0) }].compactMap(\.self).joined(separator: " ")
  }

  private static func limit(_ value: JSONValue) -> String {
    if let name = value.string { return "limit name \"\(name)\"" }
    let over = value["inv"] == .bool(true) ? "over " : ""
    let rate = "\(value["rate"]?.int ?? 0)\(value["rate_unit"]?.string.map { " \($0)" } ?? "")"
    let burst =
      value["burst"]?.int.map { $0 > 0 ? " burst \($0) \(value["burst_unit"]?.string ?? "packets")" : "" } ?? ""
    return "limit rate \(over)\(rate)/\(value["per"]?.string ?? "second")\(burst)"
  }

  private static func translation(_ tag: String, _ value: JSONValue) -> String {
    var text = tag
    if let family = value["family"]?.string { text += " \(family)" }
    let port = value["port"].map { ":\(expression($0))" } ?? ""
    if let address = value["addr"] {
      text += " to \(expression(address))\(port)"
    } else if !port.isEmpty {
      text += " to \(port)"
    }
    if let flags = value["flags"] { text += " \(expression(flags))" }
    return text
  }
}
