// Coverage-guided fuzzing of everything that reads bytes from outside: only built where FUZZ is set, for it needs the
// sanitizers. FUZZ_DECODING says what is fuzzed (`Decoding`); .ci/fuzz does all of it.
//
//   FUZZ=1 swift build -c release --product fuzz --sanitize=address --scratch-path .build-fuzz
//   FUZZ_DECODING=nft .build-fuzz/release/fuzz -max_len=4096 CORPUS-FOLDER
import Fixtures
import Glibc

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

private let decoding = unsafe getenv("FUZZ_DECODING").flatMap { unsafe Decoding(rawValue: String(cString: $0)) }

/// What libFuzzer calls in place of main.
@_cdecl("Fuzz_main") public func fuzzMain(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = count
  var arguments = unsafe arguments
  guard decoding != nil else {
    print("FUZZ_DECODING is none of \(Decoding.allCases.map(\.rawValue).joined(separator: ", "))")
    return 2
  }
  return unsafe runDriver(&count, &arguments) { bytes, length in
    unsafe decoding?.run(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
  }
}
