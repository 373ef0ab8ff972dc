/// One PNG with all images in a grid, and what is known about them in its text chunks.
package struct PNGFormat: ImageFormat {
    package let name = "png"
    package let isPicture = true

    package init() {}

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        let layout = job.layout
        return try PictureWriter(job: job, sink: sink) { picture throws(ImagingError) in
            var encoder = try PNGEncoder()
            guard layout.background == .transparent else {
                let repeatsRows = layout.scale > 1 && layout.filter == .pixels
                return try encoder.encode(picture, texts: job.texts, repeatsRows: repeatsRows)
            }
            return try encoder.encode(
                coverage: layout.invert ? picture.inverted() : picture, ink: layout.invert ? 0 : 255,
                texts: job.texts)
        }
    }
}
