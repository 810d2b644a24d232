import CLinux
import Glibc
import Synchronization
import Testing

@testable import Namespaces

@Suite struct EntryThreadTests {
  private static let mayEnter = geteuid() == 0

  @Test(.enabled(if: mayEnter, "needs root")) func aThreadThatCannotGoHomeEndsAndTheNextVisitHasAnother() throws {
    let isLost = Mutex(true)
    let entry = try EntryThread { descriptor in
      isLost.withLock { lost in
        defer { lost = false }
        return !lost
      }
    }
    let file = try NamespaceFile.ofThread()
    let first = try entry.visit(file) { nt_gettid() }.get()
    let second = try entry.visit(file) { nt_gettid() }.get()
    let third = try entry.visit(file) { nt_gettid() }.get()
    #expect(first != second)
    #expect(second == third)
  }
}
