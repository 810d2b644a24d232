import Fixtures
import Testing

@testable import Observer

/// When the model is read again; the clock is a number.
@Suite struct CadenceTests {
  private let millisecond: Int64 = 1_000_000

  @Test func aBurstIsOnePassAndPassesAreAFrameApart() {
    var cadence = Cadence()
    for at in 0..<5 { cadence.needPass(at: Int64(at) * 100_000, isResync: false) }
    #expect(cadence.next == 2 * millisecond)
    #expect(cadence.take(at: millisecond).isEmpty)
    #expect(cadence.take(at: 2 * millisecond) == [.pass])
    #expect(cadence.next == nil)
    cadence.passed(from: 2 * millisecond, to: 3 * millisecond, wasResync: false)
    cadence.needPass(at: 4 * millisecond, isResync: false)
    #expect(cadence.next == 35 * millisecond)
  }

  @Test func behindAResyncComesARest() {
    var cadence = Cadence()
    cadence.passed(from: 0, to: 50 * millisecond, wasResync: true)
    var other = cadence
    cadence.needPass(at: 60 * millisecond, isResync: true)
    #expect(cadence.next == 450 * millisecond)
    other.needPass(at: 60 * millisecond, isResync: false)
    #expect(other.next == 62 * millisecond)
    // Never more than half a second, never less than a tenth.
    var long = Cadence()
    long.passed(from: 0, to: 5_000 * millisecond, wasResync: true)
    long.needPass(at: 5_000 * millisecond, isResync: true)
    #expect(long.next == 5_500 * millisecond)
  }

  @Test func aNewNamespaceIsNamedThreeTimesMore() {
    var cadence = Cadence()
    cadence.beginCensus(at: 0)
    cadence.namespaceCame(at: 0)
    var times: [Int64] = []
    while let next = cadence.next, next <= 16_000 * millisecond {
      #expect(cadence.take(at: next) == [.census])
      times.append(next / millisecond)
    }
    #expect(times == [150, 600, 2500, 15_000])
  }

  @Test func whatIsPutOffComesOnce() {
    var cadence = Cadence()
    cadence.putOff(at: 0)
    cadence.putOff(at: 100 * millisecond)
    #expect(cadence.next == 400 * millisecond)
    #expect(cadence.take(at: 400 * millisecond) == [.lateWork])
    #expect(cadence.next == nil)
  }

  /// Whatever happens and whenever it is looked at: nothing is lost, nothing comes before its time, and what is due is given
  /// once.
  @Test(arguments: [UInt64(1), 2, 3]) func nothingIsLost(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var cadence = Cadence()
    cadence.beginRechecks(at: 0)
    var now: Int64 = 0
    var wanted = false
    for _ in 0..<5_000 {
      switch Int.random(in: 0..<6, using: &random) {
      case 0:
        cadence.needPass(at: now, isResync: Bool.random(using: &random))
        wanted = true
      case 1: cadence.putOff(at: now)
      case 2: cadence.namespaceCame(at: now)
      default: now += Int64.random(in: 0...50_000_000, using: &random)
      }
      let due = cadence.next
      let tasks = cadence.take(at: now)
      #expect(tasks.isEmpty == (due.map { $0 > now } ?? true))
      #expect(Set(tasks).count == tasks.count)
      if tasks.contains(.pass) {
        #expect(wanted)
        wanted = false
        cadence.passed(from: now, to: now + 3_000_000, wasResync: Bool.random(using: &random))
      }
      #expect(cadence.isPassDue == wanted)
      #expect(cadence.next.map { $0 > now } ?? true)
    }
  }
}
