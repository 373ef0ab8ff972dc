/// One PNG with all images in a grid, and what is known about them in its text chunks.
package struct PNGFormat: ImageFormat {
    package let name = "png"
    package let isPicture = true

    package init() {}

    package func writer(for job: ImageJob, to sink: any ByteSink) throws(ImagingError) -> any ImageWriter {
        try PictureWriter(job: job, sink: sink) { picture throws(ImagingError) in
            var encoder = try PNGEncoder()
            return try encoder.encode(picture, texts: job.texts, repeatsRows: job.layout.scale > 1)
        }
    }
}
