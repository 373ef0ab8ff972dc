/// One PNG with all images in a grid, and what is known about them in its text chunks.
package struct PNGFormat: ImageFormat {
    package let name = "png"
    package let isPicture = true

    package init() {}

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        let layout = job.layout
        let isSolid = layout.background == .solid
        return try PictureWriter(job: job, sink: sink) { picture, sink throws(ImagingError) in
            var encoder = try PNGEncoder()
            try encoder.encode(
                picture,
                as: isSolid ? .shade : .coverage(ink: layout.invert ? 0 : 255, inverted: layout.invert),
                texts: job.texts, repeatsRows: isSolid && layout.scale > 1 && layout.filter == .pixels
            ) { part throws(ImagingError) in try sink.write(part) }
        }
    }
}
