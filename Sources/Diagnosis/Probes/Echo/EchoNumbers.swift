/// The numbers that a series' requests have on the wire: random ones, so that nobody who did not see a request can tell
/// which it was. Users see numbers from 1 on, as ping(8) has them.
struct EchoNumbers {
  /// The identifier; each datagram socket may have to take another one.
  let identifier: UInt16 = .random(in: 1...UInt16.max)
  /// The sequence number of the first request; behind 65,535 comes 0.
  let first: UInt16 = .random(in: 0...UInt16.max)

  /// The sequence number of a request that is numbered from 1 on.
  func sequence(of number: Int) -> UInt16 { first &+ UInt16(truncatingIfNeeded: number - 1) }

  /// Which request, from 1 on, has a sequence number; nil where it is none of the first `count`.
  func number(of sequence: UInt16, count: Int) -> Int? {
    let number = Int(sequence &- first) + 1
    return number <= count ? number : nil
  }
}
