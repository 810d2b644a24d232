/// Numbers of errno(3), as answers hold them (asm-generic/errno.h): this room is pure, and has no system module to take
/// them from.
public enum ErrorNumber {
  /// `EPERM`.
  public static let notPermitted: Int32 = 1
  /// `EACCES`.
  public static let permissionDenied: Int32 = 13
  /// `EXDEV`.
  public static let improperLink: Int32 = 18
  /// `EINVAL`.
  public static let invalidArgument: Int32 = 22
  /// `ENETDOWN`.
  public static let networkDown: Int32 = 100
  /// `ENETUNREACH`.
  public static let networkUnreachable: Int32 = 101
  /// `ENOBUFS`.
  public static let noBufferSpace: Int32 = 105
  /// `EHOSTUNREACH`.
  public static let noRouteToHost: Int32 = 113

  /// The constant's name; the number for one without a name here.
  public static func name(of number: Int32) -> String {
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
