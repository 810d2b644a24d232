internal import LinuxSystem

/// Where a user has his engine's files.
struct UserFiles {
  /// An entry of passwd(5).
  struct Account: Hashable {
    let uid: UInt32
    let home: String
  }

  /// The accounts in the text of `/etc/passwd`.
  static func accounts(_ text: [UInt8]) -> [Account] {
    text.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      guard fields.count >= 7, let uid = UInt32(fields[2]), fields[5].hasPrefix("/"), fields[5] != "/" else {
        return nil
      }
      return Account(uid: uid, home: fields[5])
    }
  }

  /// A value of storage.conf(5) in its table `[storage]`; nil where it has none. What else TOML may hold is passed over.
  static func setting(_ key: String, in text: [UInt8]) -> String? {
    var table = ""
    for line in text.split(separator: UInt8(ascii: "\n")).map({ String(decoding: $0, as: UTF8.self) }) {
      let line = line.drop { $0 == " " || $0 == "\t" }
      if line.hasPrefix("[") { table = String(line.dropFirst().prefix { $0 != "]" }) }
      guard table == "storage", let equals = line.firstIndex(of: "=") else { continue }
      guard line[..<equals].filter({ $0 != " " && $0 != "\t" }) == key else { continue }
      let value = line[line.index(after: equals)...].drop { $0 == " " || $0 == "\t" }
      guard let quote = value.first, quote == "\"" || quote == "'" else { continue }
      return String(value.dropFirst().prefix { $0 != quote })
    }
    return nil
  }

  /// A path of storage.conf's for one user (`rootless_storage_path`: `$HOME`, `$UID`, `$USER`); nil where it has something in it
  /// that we don't know.
  static func expanded(_ path: String, account: Account) -> String? {
    let user = account.home.split(separator: "/").last.map(String.init) ?? ""
    let text = path.replacing("$HOME", with: account.home).replacing("$UID", with: "\(account.uid)")
      .replacing("$USER", with: user)
    return text.hasPrefix("/") && !text.contains("$") ? text : nil
  }
}
