import Glibc

/// A function that libFuzzer calls with one input after the other.
typealias TestOneInput = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// libFuzzer's loop (FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>, _ test: TestOneInput
) -> CInt

/// What SwiftPM links as the program's main: writes the seeds into the folder that DIGITGEN_FUZZ_SEEDS names, then
/// lets libFuzzer run.
@_cdecl("fuzz_main")
public func fuzzMain(
    _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
    if let folder = getenv("DIGITGEN_FUZZ_SEEDS").map({ String(cString: $0) }) { writeSeeds(into: folder) }
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, testOneInput)
}

/// The name that libFuzzer's own main looks for.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    FuzzTarget.chosen.run([UInt8](UnsafeBufferPointer(start: bytes, count: size)))
    return 0
}

private func writeSeeds(into folder: String) {
    for (number, seed) in FuzzTarget.chosen.seeds.enumerated() {
        guard let file = fopen("\(folder)/seed-\(number)", "w") else {
            fatalError("cannot write to \(folder)")
        }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
    }
}
