internal import Sentences

/// The random bytes at the beginning of an echo request's data: who did not see the request can't know them, and so can't
/// make a reply to it, nor an error about it.
public enum EchoNonce {
  /// How many bytes there are, where the request has room for them.
  public static let length = 8

  /// How many bytes there are in a request with so many bytes behind the ICMP header.
  public static func length(inPayload payload: Int) -> Int { min(length, max(0, payload)) }

  /// What is to be said of replies to requests with so many bytes behind the ICMP header; nil where there is room.
  public static func remark(payload: Int) -> String? {
    let length = length(inPayload: payload)
    guard length < Self.length else { return nil }
    return Say.PingPath.littleRoom(length, of: Self.length)
  }
}
