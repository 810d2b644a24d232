/// Numbers of errno(3), as answers hold them (asm-generic/errno.h): this room is pure, and has no system module to take
/// them from.
enum ErrorNumber {
  /// `EPERM`.
  static let notPermitted: Int32 = 1
  /// `EACCES`.
  static let permissionDenied: Int32 = 13
  /// `EXDEV`.
  static let improperLink: Int32 = 18
  /// `EINVAL`.
  static let invalidArgument: Int32 = 22
  /// `ENETDOWN`.
  static let networkDown: Int32 = 100
  /// `ENETUNREACH`.
  static let networkUnreachable: Int32 = 101
  /// `ENOBUFS`.
  static let noBufferSpace: Int32 = 105
  /// `EHOSTUNREACH`.
  static let noRouteToHost: Int32 = 113

  /// The constant's name; the number for one without a name here.
  static func name(of number: Int32) -> String {
    switch number {
    case notPermitted: "EPERM"
    case permissionDenied: "EACCES"
    case improperLink: "EXDEV"
    case invalidArgument: "EINVAL"
    case networkDown: "ENETDOWN"
    case networkUnreachable: "ENETUNREACH"
    case noBufferSpace: "ENOBUFS"
    case noRouteToHost: "EHOSTUNREACH"
    default: "errno \(number)"
    }
  }
}
