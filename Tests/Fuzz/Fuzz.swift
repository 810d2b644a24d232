// Coverage-guided fuzzing of the decoder: only built where FUZZ is set, for it needs the sanitizers.
//
//   FUZZ=1 swift build -c release --product fuzz --sanitize=address --scratch-path .build-fuzz
//   .build-fuzz/release/fuzz -runs=10000000 -max_len=4096 CORPUS-FOLDER
import Fixtures

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

/// What libFuzzer calls in place of main.
@_cdecl("Fuzz_main") public func fuzzMain(
  _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
  var count = count
  var arguments = unsafe arguments
  return unsafe runDriver(&count, &arguments) { bytes, length in
    unsafe Decoding.run(Array(UnsafeBufferPointer(start: bytes, count: length)))
    return 0
  }
}
