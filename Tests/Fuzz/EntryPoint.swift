import Glibc

/// libFuzzer's way in: called with one input after the other, as long as none crashes.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    FuzzTarget.chosen.run([UInt8](UnsafeBufferPointer(start: data, count: size)))
    return 0
}

/// Called once before: writes the seeds into the folder that DIGITGEN_FUZZ_SEEDS names.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<CInt>?,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    guard let folder = getenv("DIGITGEN_FUZZ_SEEDS").map({ String(cString: $0) }) else { return 0 }
    for (number, seed) in FuzzTarget.chosen.seeds.enumerated() {
        guard let file = fopen("\(folder)/seed-\(number)", "w") else {
            fatalError("cannot write to \(folder)")
        }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
    }
    return 0
}
