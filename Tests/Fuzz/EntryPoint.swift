import Glibc

/// The function that libFuzzer calls with every input.
typealias TestOneInput = @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
typealias Arguments = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

/// libFuzzer's loop (FuzzerInterface.h).
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
    _ count: UnsafeMutablePointer<CInt>, _ arguments: UnsafeMutablePointer<Arguments>, _ test: TestOneInput
) -> CInt

/// SwiftPM links this function as the program's main. It writes the seeds to the folder that DIGITGEN_FUZZ_SEEDS names,
/// then runs libFuzzer.
@_cdecl("fuzz_main")
public func fuzzMain(
    _ count: CInt, _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> CInt {
    if let folder = getenv("DIGITGEN_FUZZ_SEEDS").map({ String(cString: $0) }) { writeSeeds(into: folder) }
    var (count, arguments) = (count, arguments)
    return runDriver(&count, &arguments, testOneInput)
}

/// libFuzzer finds this function by its name.
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
