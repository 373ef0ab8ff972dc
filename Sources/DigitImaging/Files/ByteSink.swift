/// Where the bytes of a file go: a file, a pipe, a device.
package protocol ByteSink: AnyObject {
    /// Takes the next bytes, all of them. Throws `ImagingError.cannotWrite` or `.closedPipe`.
    func write(_ bytes: ArraySlice<UInt8>) throws(ImagingError)

    /// Called once, after the last write: only now does the file count as made.
    func finish() throws(ImagingError)
}

extension ByteSink {
    package func write(_ bytes: [UInt8]) throws(ImagingError) {
        try write(bytes[...])
    }
}
