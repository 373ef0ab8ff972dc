import DigitImaging

/// A data set to be made: which images, in which form, which part of them.
package struct DataSetJob: Sendable {
    /// How many images a whole data set may have.
    package static let counts = 1...Int(UInt32.max)

    package let source: DigitSource
    package let provenance: Provenance
    package let format: any DataSetFormat
    package let shard: Shard

    /// `provenance` is of the whole, of which the job makes the part `shard`.
    package init(
        source: DigitSource, provenance: Provenance, format: any DataSetFormat, shard: Shard = .whole
    ) {
        self.source = source
        self.provenance = provenance
        self.format = format
        self.shard = shard
    }

    /// The images of this job's part.
    package var range: Range<Int> { shard.range(of: provenance.count) }

    /// The folder holds this data set already: there is nothing to do.
    package func isDone(path: String) -> Bool {
        DataSetManifest.describes(self, in: path)
    }

    /// Makes the files in the folder `path`, all or none, and the manifest that describes them.
    ///
    /// `progress` hears how many images of the part are done, after each few thousand; when it throws, the work
    /// ends and leaves nothing. Throws `ImagingError` and what `progress` throws.
    package func run(path: String, progress: (Int) throws -> Void) throws {
        let folder = try StagedFolder(path: path)
        let part = DataSetPart(
            range: range, size: source.size, isLabelled: source.labelsPerImage > 0, isLast: shard.isLast)
        let writer = try format.writer(for: part, in: folder)
        try source.draw(range) { piece, images in
            try writer.append(images, labels: source.labels(piece), index: piece.lowerBound)
            try progress(piece.upperBound - range.lowerBound)
        }
        let files = try writer.finish()
        let manifest = try folder.file(DataSetManifest.fileName)
        try manifest.write(DataSetManifest(job: self, files: files).encoded())
        try manifest.finish()
        try folder.finish(last: DataSetManifest.fileName)
    }
}
