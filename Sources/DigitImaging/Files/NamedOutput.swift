/// What a user names as the place of a result: a file that appears whole, or a pipe, device or descriptor that bytes go
/// into.
package enum NamedOutput {
    /// Opens `path` for a new file, or for writing into the pipe or device that is there. `folders` are those that were
    /// made for it.
    /// Throws `ImagingError.cannotCreate`.
    package static func open(
        _ path: String, in folders: NewFolders? = nil
    ) throws(ImagingError) -> any ByteSink {
        switch PathKind(path) {
        case .stream: try DescriptorSink(existing: path)
        case .missing, .file, .folder: try AtomicFile(path: path, in: folders)
        }
    }

    /// Makes the file `path` of `bytes`, or sends them into what is there. Throws `ImagingError`.
    package static func write(_ bytes: [UInt8], to path: String) throws(ImagingError) {
        let sink = try open(path)
        try sink.write(bytes)
        try sink.finish()
    }

    /// Throws what `open` would throw for a file, for work that should not begin if its result cannot be kept. Pipes
    /// and devices are not opened: that would show at their other end.
    package static func probe(_ path: String) throws(ImagingError) {
        switch PathKind(path) {
        case .stream: try NamedDescriptor.requireWritable(path)
        case .missing, .file, .folder: try AtomicFile.probe(path)
        }
    }
}
